"""Trade figures held against the embedded data: those in a wrong unit, and columns that are exchanged.

A unit value u = value / quantity [kUSD per t] that lies a factor of about 1000 from the world median of the same code
and year is the mark of kilograms taken for tonnes (u too small) or of dollars taken for thousands (u too large). What
lies further away is a slip of another kind, and no less wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import median

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.data.readers.trade_units import column_problems
from sogdia.tabular.checks import Problem
from sogdia.units import KG_PER_T, USD_PER_KUSD

# A mistake of unit is a factor of 1000; prices of one code differ between qualities by half an order of magnitude.
TOLERANCE = math.sqrt(10)
FEWEST_FLOWS, FEWEST_CODES = 30, 3
REVERSED_SHARE, REVERSED_LEAD = 0.5, 1.5


@cache
def world_unit_values() -> dict[str, dict[int, float]]:
    """Median unit value [kUSD per t] over all flows, by code and year."""
    rows = (
        snapshot()
        .trade()
        .filter(pl.col("quantity_t") > 0)
        .select("hs6", "year", "value_kusd", "quantity_t")
        .collect()
        .group_by("hs6", "year")
        .agg((pl.col("value_kusd") / pl.col("quantity_t")).median())
    )
    found: dict[str, dict[int, float]] = {}
    for hs6, year, unit_value in rows.iter_rows():
        found.setdefault(hs6, {})[year] = unit_value
    return found


@cache
def world_unit_value(hs6: str, year: int) -> float | None:
    """Median unit value of the code in the year, or in the nearest year with data; None for an unknown code."""
    by_year = world_unit_values().get(hs6)
    return by_year[min(by_year, key=lambda known: (abs(known - year), known))] if by_year else None


def world_unit_values_of(codes: Iterable[str], year: int) -> list[float]:
    """The same for several codes, without the unknown ones."""
    return [world for hs6 in codes if (world := world_unit_value(hs6, year))]


def unit_mistake(ratios: Sequence[float]) -> Problem | None:
    """The likely mistake behind a unit value, given as its ratios to the world's for every good that may be meant.

    >>> unit_mistake([1.7]) is None, unit_mistake([0.0012]).rule, unit_mistake([0.0012, 1.2]) is None
    (True, 'quantities are in tonnes', True)
    """
    if not ratios:
        return None
    least, most = min(ratios), max(ratios)
    if most * KG_PER_T <= TOLERANCE:
        kind = "These look like kilograms" if most * KG_PER_T >= 1 / TOLERANCE else "No goods are so cheap"
        return Problem("quantities are in tonnes", _remedy(kind, most))
    if least / USD_PER_KUSD >= 1 / TOLERANCE:
        kind = "These look like dollars" if least / USD_PER_KUSD <= TOLERANCE else "No goods are so dear"
        return Problem("values are in thousand US dollars", _remedy(kind, least))
    return None


def _remedy(kind: str, ratio: float) -> str:
    what = "divide them by 1000" if "look like" in kind else "correct the quantity or the value"
    return f"{kind} (the value per tonne is {ratio:.2g} times the world median): {what}."


def trade_problems(flows: pl.DataFrame, year: int) -> list[tuple[str, Problem]]:
    """(column of BACI, problem) of every column, when a year of flows is in the wrong unit or has its sides exchanged.

    flows: exporter, importer, hs6, value_kusd, quantity_t; only codes of the snapshot tell anything.
    """
    known = flows.filter(pl.col("hs6").is_in(list(world_unit_values())))
    if known.height < FEWEST_FLOWS:
        return column_problems(known, year) if known.height else []
    units = (
        known.filter(pl.col("quantity_t") > 0)
        .group_by("hs6")
        .agg((pl.col("value_kusd") / pl.col("quantity_t")).median())
    )
    pairs = [(found, world) for hs6, found in units.iter_rows() if (world := world_unit_value(hs6, year)) and found > 0]
    if len(pairs) >= FEWEST_CODES and _exchanged(pairs):
        return [("v", _EXCHANGED)]
    by_column = column_problems(known, year)
    if by_column:
        return by_column
    problem = unit_mistake([median(found / world for found, world in pairs)]) if len(pairs) >= FEWEST_CODES else None
    if problem:
        return [("q" if "tonnes" in problem.rule else "v", problem)]
    return [("i", _REVERSED)] if _reversed(known, year) else []


_EXCHANGED = Problem(
    "column v is the value and q the quantity",
    "The values per tonne are implausible for most codes, and right the other way round: exchange the two columns.",
)
_REVERSED = Problem(
    "column i is the exporter and j the importer",
    "The flows run against those of the embedded data: exchange the two columns.",
)


def _exchanged(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether quantity per value fits the world's unit values and value per quantity does not."""
    as_it_is = median(abs(math.log(found / world)) for found, world in pairs)
    other_way = median(abs(math.log(1 / found / world)) for found, world in pairs)
    return as_it_is > math.log(TOLERANCE) > other_way * REVERSED_LEAD


def _reversed(known: pl.DataFrame, year: int) -> bool:
    """Whether far more of the flows exist in the embedded data the other way round."""
    nearest = min(snapshot().years, key=lambda there: abs(there - year))
    there = snapshot().trade(years=[nearest]).select("exporter", "importer", "hs6").collect()
    keys = ["exporter", "importer", "hs6"]
    same = known.join(there, on=keys, how="semi").height
    other = known.join(there, left_on=["importer", "exporter", "hs6"], right_on=keys, how="semi").height
    return other > REVERSED_SHARE * known.height and other > REVERSED_LEAD * same
