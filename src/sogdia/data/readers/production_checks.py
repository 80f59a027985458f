"""Figures of production held against the world's total, and against the years before and after them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from statistics import median

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.errors import Fault
from sogdia.sums import total
from sogdia.tabular.checks import Checked
from sogdia.tabular.grid import CellColumn
from sogdia.units import KG_PER_T

# No country has come near ten times the world of the embedded years, and none has grown a thousandfold in one year.
# Kilograms taken for tonnes are a factor of 1000, less half an order of magnitude for real growth in the same year.
WORLDS = 10.0
HUNDREDTH = 0.01
JUMP = KG_PER_T / math.sqrt(10)


@cache
def largest_world_total() -> dict[tuple[str, str], float]:
    """The largest yearly sum over all countries, by mineral and unit."""
    yearly = snapshot().scan("production").collect().group_by("mineral", "unit", "year").agg(total("quantity"))
    rows = yearly.group_by("mineral", "unit").agg(pl.col("quantity").max()).rows()
    return {(mineral, unit): total for mineral, unit, total in rows}


def above_world_total(mineral: str, units: Checked[str], column: CellColumn, quantity: Checked[float]) -> list[Fault]:
    """Faults of the figures of one year that are above ten times the largest total of the embedded years."""
    rule = f"a country mines no more than {WORLDS:.0f} times the world's largest yearly total"
    faults = list[Fault]()
    for at, (unit, value) in enumerate(zip(units.values, quantity.values, strict=True)):
        world = largest_world_total().get((mineral, unit or ""))
        if world and value is not None and value > WORLDS * world:
            faults.append(column.fault(at, rule, f"That is {world:,.0f} {unit}: check the unit and the decimal mark."))
    return faults


def far_from_the_known(
    mineral: str,
    countries: Checked[str],
    units: Checked[str],
    columns: Mapping[str, CellColumn],
    quantities: Mapping[str, Checked[float]],
) -> list[Fault]:
    """The fault of a sheet whose figures are, in the middle, a hundredth or less of those that are known, or a hundred
    times as much or more.
    """
    known = known_output()
    ratios = []
    for year, checked in quantities.items():
        for country, unit, value in zip(countries.values, units.values, checked.values, strict=True):
            there = known.get((mineral, unit, country, int(year)))
            if value and there:
                ratios.append((value / there, year, value, there, unit))
    middle = median(ratio for ratio, *_ in ratios) if ratios else 1.0
    if HUNDREDTH < middle < 1 / HUNDREDTH:
        return []
    _, year, value, there, unit = min(ratios, key=lambda each: abs(each[0] - middle))
    at = quantities[year].values.index(value)
    small = middle <= HUNDREDTH
    far = "a hundredth of" if small else "a hundred times"
    rule = f"output is not {far} what is known for the same countries and years"
    what = "are these thousand tonnes, or is a point a separator?" if small else "is this another unit?"
    remedy = f"The embedded figure is {there:g} {unit}: {what}"
    return [columns[year].fault(at, rule, remedy)]


@cache
def known_output() -> dict[tuple[str, str | None, str | None, int], float]:
    """The embedded output by mineral, unit, country and year."""
    rows = snapshot().scan("production").collect().select("mineral", "unit", "country", "year", "quantity")
    return {(mineral, unit, country, year): value for mineral, unit, country, year, value in rows.rows() if value}


def jumps(
    columns: Mapping[str, CellColumn], quantities: Mapping[str, Checked[float]]
) -> tuple[list[Fault], list[Fault]]:
    """(faults, doubtful figures): figures far above the years on both sides, or above the only known neighbour."""
    rule = f"output does not grow {JUMP:.0f}fold in one year"
    years = sorted(quantities)
    faults: list[Fault] = []
    doubtful: list[Fault] = []
    for place, year in enumerate(years):
        around = [quantities[other] for other in years[max(place - 1, 0) : place + 2] if other != year]
        for at, value in enumerate(quantities[year].values):
            beside = [known for other in around if (known := other.values[at])]
            if value and beside and all(value > JUMP * known for known in beside):
                fault = columns[year].fault(at, rule, f"Check the unit; beside it stands {beside[0]:g}.")
                (faults if len(beside) > 1 else doubtful).append(fault)
    return faults, doubtful
