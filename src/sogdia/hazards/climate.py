"""Climate: what a level of warming does to glaciers, rivers and lakes, and so to outbursts, hydropower and water.

The loss of glaciers at a level of warming is what is committed: it is reached over centuries, at equilibrium. A figure
such as -78 % for Central Asia is one of these (about 2.7 degrees), not the loss by 2100.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from sogdia.answer import each_once
from sogdia.hazards.options import TODAY_C
from sogdia.hazards.packaged import HazardFigure, figures, packaged
from sogdia.tabular.evidence import Evidence, provenance_of, weakest
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range

PERCENT = 100.0
OF_FIGURES = "central_asia"
"""The region whose rivers, response and lakes the figures describe."""
MARKED_SHARES = (1 - math.exp(-1), 0.8)
"""Shares of the change that a response time may mark: the source does not say which; both are shown."""


@dataclass(frozen=True, slots=True)
class GlacierLoss:
    """Committed loss of glaciers of a region at a level of warming, % of the mass of 2020, at equilibrium."""

    region: str
    warming_c: float
    loss_percent: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class GlacierRegion:
    """To which region of the inventory the glaciers of a country belong."""

    country: str
    region: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class ClimateEffect:
    """One effect of a level of warming, with its unit, evidence and sources."""

    name: str
    label: str
    value: Range
    unit: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str


@cache
def glacier_losses() -> tuple[GlacierLoss, ...]:
    """The committed losses, by region and warming."""

    def record(cells: Cells) -> GlacierLoss:
        return GlacierLoss(
            cells.text("region"), cells.number("warming_c"), cells.range("loss_percent"), **provenance_of(cells)
        )

    return packaged("glacier_loss.csv", ("region", "warming_c", *range_columns("loss_percent")), record)


@cache
def glacier_regions() -> Mapping[str, GlacierRegion]:
    """The region of the glaciers of each country that has any in the table."""

    def record(cells: Cells) -> GlacierRegion:
        return GlacierRegion(cells.country("country"), cells.text("region"), **provenance_of(cells))

    return {row.country: row for row in packaged("glacier_regions.csv", ("country", "region"), record)}


def committed_loss(region: str, warming_c: float) -> ClimateEffect | None:
    """The committed loss at equilibrium, linear between the levels of the table; None for a region it does not have.

    Above the highest level of the table it stays.
    """
    rows = [row for row in glacier_losses() if row.region == region]
    if not rows:
        return None
    at = [row.warming_c for row in rows]
    low, central, high = (
        float(np.interp(warming_c, at, [getattr(row.loss_percent, end) for row in rows]))
        for end in ("low", "central", "high")
    )
    exact = warming_c in at
    return ClimateEffect(
        "committed_glacier_loss", "Committed loss of glaciers, at equilibrium", Range(low, central, high),
        "% of the mass of 2020", weakest("seen" if exact else "derived", *(row.evidence for row in rows)),
        each_once(*(row.source_ids for row in rows)),
        rows[0].note if exact else f"between the levels of the table; {rows[0].note}",
    )  # fmt: skip


def reached_by(years: float, marked: float) -> Range:
    """The share of the committed loss that is reached after some years, if the response time marks the share `marked`.

    `1 - (1 - marked)^(years / response)`: the slower the response, the less.
    """
    response = figures()["response_years"].value
    ends = (response.high, response.central, response.low)
    return Range(*(1 - (1 - marked) ** (years / end) for end in ends))


def outburst_factor(warming_c: float) -> tuple[Range, tuple[HazardFigure, ...]]:
    """By what outbursts become more frequent at a level of warming, and the figures behind it.

    Stated assumption: in proportion to the area of lakes, 1 at today's warming, linear between the levels of the two
    scenarios for which the growth of lakes is known, and in the same line beyond. The low end is no change.
    """
    rows = figures()
    low, high = rows["lakes_factor_low_warming"], rows["lakes_factor_high_warming"]
    levels = rows["lakes_low_warming_c"], rows["lakes_high_warming_c"]
    at = (TODAY_C, levels[0].value.central, levels[1].value.central)

    def factor(end: str) -> float:
        first, last = getattr(low.value, end), getattr(high.value, end)
        if warming_c > at[2]:
            return float(last + (last - first) / (at[2] - at[1]) * (warming_c - at[2]))
        return float(np.interp(warming_c, at, (1.0, first, last)))

    return Range(factor("low"), factor("central"), factor("high")), (low, high, *levels)


def effects(country: str, warming_c: float, years: float = 75.0) -> tuple[ClimateEffect, ...]:
    """What a level of warming does in a country; empty where the table has no glaciers for it, which is unknown.

    Rivers, response and lakes are those of Central Asia: elsewhere the committed loss alone is known.

    years: after which the share of the committed loss is told, by default from 2025 to the end of the century.
    """
    region = glacier_regions().get(country)
    loss = committed_loss(region.region, warming_c) if region is not None else None
    if region is None or loss is None:
        return ()
    if region.region != OF_FIGURES:
        return (loss,)
    rows = figures()
    share, summer = rows["glacier_share_of_flow"], rows["summer_share_factor"]
    factor, behind = outburst_factor(warming_c)
    amplification, response = rows["regional_amplification"], rows["response_years"]

    def flow(times: Range) -> Range:
        """What is lost of the flow, %: the share of glaciers in it times the share of them that is lost."""
        lost, part = loss.value, share.value
        return Range(
            -min(part.high * times.high, 1.0) * lost.high, -part.central * times.central * lost.central,
            -part.low * times.low * lost.low,
        )  # fmt: skip

    once = Range(1.0, 1.0, 1.0)
    reached = [reached_by(years, marked) for marked in MARKED_SHARES]
    span = Range(reached[0].low, (reached[0].central + reached[1].central) / 2, reached[1].high)
    yearly, in_summer = flow(once), flow(summer.value)
    return (
        loss,
        ClimateEffect("response_time", "Response time of the glaciers", response.value, "years",
                      response.evidence, response.source_ids, response.note),
        ClimateEffect("share_reached", f"Share of the committed loss reached after {years:g} years", span, "share",
                      *_behind(response), "low to high: the response time marks 63 % or 80 % of the change"),
        ClimateEffect("regional_warming", "Warming of the region",
                      Range(*(warming_c * end for end in _ends(amplification.value))), "degrees",
                      *_behind(amplification), amplification.note),
        ClimateEffect("river_flow", "Flow of a large river, of the year", yearly, "%", *_behind(loss, share),
                      "when the glaciers have shrunk to the committed loss; before, melt adds water"),
        ClimateEffect("summer_flow", "Flow of a large river, in summer", in_summer, "%",
                      *_behind(loss, share, summer), summer.note),
        ClimateEffect("hydropower", "Hydropower of a large river, of the year", _factor(yearly), "factor",
                      *_behind(loss, share), "in proportion to the flow of the year, an assumption"),
        ClimateEffect("process_water", "Process water from a large river, in summer", _factor(in_summer), "factor",
                      *_behind(loss, share, summer), "in proportion to the flow in summer, an assumption"),
        ClimateEffect("outburst_rate", "Outbursts of glacial lakes, against today", factor, "factor",
                      weakest(*(row.evidence for row in behind)), _ids(*behind),
                      "in proportion to the area of lakes, an assumption; low: no change"),
    )  # fmt: skip


def _behind(*rows: HazardFigure | ClimateEffect) -> tuple[Evidence, tuple[str, ...]]:
    """The weakest evidence, and the sources, of the figures behind one that is computed from them."""
    return weakest("derived", *(row.evidence for row in rows)), _ids(*rows)


def _ids(*rows: HazardFigure | ClimateEffect) -> tuple[str, ...]:
    return each_once(*(row.source_ids for row in rows))


def _ends(value: Range) -> tuple[float, float, float]:
    return value.low, value.central, value.high


def _factor(change_percent: Range) -> Range:
    return Range(*(1 + end / PERCENT for end in _ends(change_percent)))
