"""Damage: how often a year an asset of some code level gets into a state of damage, and how long each state lasts.

The capacity of an asset is lognormal, with a median and a spread beta for each state. Beta holds the spread of capacity
and of damage thresholds alone: the motion's own spread is in the hazard curve already. With the 0.64 that Hazus uses
for buildings it would be counted twice; the library's rows have 0.40 = sqrt(0.64^2 - 0.50^2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import unknown
from sogdia.hazards.code_level import CODE_LEVELS, CodeLevel
from sogdia.hazards.curve import HazardCurve, damage_rate
from sogdia.hazards.packaged import packaged
from sogdia.tabular.evidence import Evidence, provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range

Floats = NDArray[np.float64]
DamageState = Literal["slight", "moderate", "extensive", "complete"]
STATES: tuple[DamageState, ...] = ("slight", "moderate", "extensive", "complete")
ANY = "any"
"""A row that holds for every code level."""


@dataclass(frozen=True, slots=True)
class Fragility:
    """Capacities of an asset at one code level.

    intensity: the measure of motion, pga or sa1; medians: g, by state, None where the asset has no such state;
    betas: of the lognormal capacities.
    """

    asset: str
    label: str
    code_level: str
    intensity: Literal["pga", "sa1"]
    medians: tuple[float | None, ...]
    betas: tuple[float | None, ...]
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Restoration:
    """For how many days an asset is out of service after damage of one state."""

    asset: str
    state: DamageState
    days: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def fragilities() -> Mapping[str, tuple[Fragility, ...]]:
    """The rows of each asset."""
    medians, betas = [f"median_{state}_g" for state in STATES], [f"beta_{state}" for state in STATES]

    def record(cells: Cells) -> Fragility:
        return Fragility(
            asset=cells.text("asset"),
            label=cells.text("label"),
            code_level=cells.choice("code_level", (*CODE_LEVELS, ANY)),
            intensity=cells.choice("intensity", ("pga", "sa1")),
            medians=tuple(cells.optional_number(name, above=0.0) for name in medians),
            betas=tuple(cells.optional_number(name, above=0.0) for name in betas),
            **provenance_of(cells),
        )

    rows = packaged("fragility.csv", ("asset", "label", "code_level", "intensity", *medians, *betas), record)
    return {asset: tuple(row for row in rows if row.asset == asset) for asset in {row.asset: None for row in rows}}


@cache
def restorations() -> Mapping[tuple[str, DamageState], Restoration]:
    """The days out of service of each asset and state."""

    def record(cells: Cells) -> Restoration:
        return Restoration(
            cells.text("asset"), cells.choice("state", STATES), cells.range("days"), **provenance_of(cells)
        )

    rows = packaged("restoration.csv", ("asset", "state", *range_columns("days")), record)
    return {(row.asset, row.state): row for row in rows}


def fragilities_up_to(asset: str, level: CodeLevel) -> tuple[Fragility, ...]:
    """The rows of an asset at this code level and below, or its lowest row; UnknownNameError for another asset.

    An asset is never weaker at a higher level than at a lower one: whoever computes takes the best of these rows.
    """
    if asset not in fragilities():
        raise unknown("asset", asset, fragilities())
    order = {name: at for at, name in enumerate((ANY, *CODE_LEVELS))}
    rows = sorted(fragilities()[asset], key=lambda row: order[row.code_level])
    return tuple(row for row in rows if order[row.code_level] <= order[level]) or (rows[0],)


def reached_rates(curve: HazardCurve, rows: tuple[Fragility, ...]) -> Floats | None:
    """Events a year that reach each state or a worse one, at the central curve; None where its motion is unknown.

    Shape (states,). The least of the rows for each state; a worse state counts as all the lighter ones.
    """
    by_row = []
    for row in rows:
        at_475 = curve.a475.central if row.intensity == "pga" else curve.sa1_475
        if at_475 is None:
            return None
        rates = [
            0.0 if median is None or beta is None else damage_rate(median, beta, at_475, curve.slope)
            for median, beta in zip(row.medians, row.betas, strict=True)
        ]
        by_row.append(np.maximum.accumulate(rates[::-1])[::-1])
    least: Floats = np.min(by_row, axis=0)
    return least


def stays(reached: Floats) -> Floats:
    """Events a year that end in exactly each state: those that reach it less those that reach the next."""
    exactly: Floats = reached - np.append(reached[1:], 0.0)
    return exactly


def spread(rows: tuple[Fragility, ...]) -> float:
    """One spread of capacity for an asset, the mean over its states, to rank events by."""
    betas = [beta for beta in rows[-1].betas if beta is not None]
    return math.fsum(betas) / len(betas)
