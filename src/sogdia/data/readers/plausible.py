"""Could these figures be in the wrong unit, or the wrong way round? The embedded trade data are the yardstick.

A unit value u = value / quantity [kUSD per t] that lies a factor of about 1000 from the world median of the same code
and year is the mark of kilograms taken for tonnes (u too small) or of dollars taken for thousands (u too large).
"""

from __future__ import annotations

import math
from functools import cache
from statistics import median

import polars as pl

from sogdia.data.readers.checks import Problem
from sogdia.data.store import Store, snapshot_folder
from sogdia.units import KG_PER_T, USD_PER_KUSD

# A mistake of unit is a factor of 1000; prices of one code differ between qualities by half an order of magnitude.
TOLERANCE = math.sqrt(10)
FEWEST_FLOWS, FEWEST_CODES = 30, 3
REVERSED_SHARE, REVERSED_LEAD = 0.5, 1.5


@cache
def snapshot() -> Store:
    """The embedded data alone, without the user's own."""
    return Store((snapshot_folder(),))


@cache
def world_unit_values() -> dict[str, dict[int, float]]:
    """Median unit value [kUSD per t] over all flows, by code and year."""
    rows = (
        snapshot()
        .trade()
        .filter(pl.col("quantity_t") > 0)
        .group_by("hs6", "year")
        .agg((pl.col("value_kusd") / pl.col("quantity_t")).median())
        .collect()
    )
    found: dict[str, dict[int, float]] = {}
    for hs6, year, unit_value in rows.iter_rows():
        found.setdefault(hs6, {})[year] = unit_value
    return found


def world_unit_value(hs6: str, year: int) -> float | None:
    """Median unit value of the code in the year, or in the nearest year with data; None for an unknown code."""
    by_year = world_unit_values().get(hs6)
    return by_year[min(by_year, key=lambda known: (abs(known - year), known))] if by_year else None


def unit_mistake(ratio: float) -> Problem | None:
    """The likely mistake behind a unit value that is `ratio` times the world's.

    >>> unit_mistake(1.7) is None, unit_mistake(0.0012).rule
    (True, 'quantities are in tonnes')
    """
    world = f"the value per tonne is {ratio:.2g} times the world median"
    if 1 / TOLERANCE <= ratio * KG_PER_T <= TOLERANCE:
        return Problem("quantities are in tonnes", f"These look like kilograms ({world}): divide them by 1000.")
    if 1 / TOLERANCE <= ratio / USD_PER_KUSD <= TOLERANCE:
        return Problem("values are in thousand US dollars", f"These look like dollars ({world}): divide them by 1000.")
    return None


def trade_problem(flows: pl.DataFrame, year: int) -> tuple[str, Problem] | None:
    """(column of BACI, problem) when a year of flows is in the wrong unit or has its sides exchanged.

    flows: exporter, importer, hs6, value_kusd, quantity_t; only codes of the snapshot tell anything.
    """
    known = flows.filter(pl.col("hs6").is_in(list(world_unit_values())))
    if known.height < FEWEST_FLOWS:
        return None
    units = (
        known.filter(pl.col("quantity_t") > 0)
        .group_by("hs6")
        .agg((pl.col("value_kusd") / pl.col("quantity_t")).median())
    )
    ratios = [found / world for hs6, found in units.iter_rows() if (world := world_unit_value(hs6, year)) and found > 0]
    problem = unit_mistake(median(ratios)) if len(ratios) >= FEWEST_CODES else None
    if problem:
        return ("q" if "tonnes" in problem.rule else "v"), problem
    return ("i", _REVERSED) if _reversed(known, year) else None


_REVERSED = Problem(
    "column i is the exporter and j the importer",
    "The flows run against those of the embedded data: exchange the two columns.",
)


def _reversed(known: pl.DataFrame, year: int) -> bool:
    """Whether far more of the flows exist in the embedded data the other way round."""
    nearest = min(snapshot().years, key=lambda there: abs(there - year))
    there = snapshot().trade(years=[nearest]).select("exporter", "importer", "hs6").collect()
    keys = ["exporter", "importer", "hs6"]
    same = known.join(there, on=keys, how="semi").height
    other = known.join(there, left_on=["importer", "exporter", "hs6"], right_on=keys, how="semi").height
    return other > REVERSED_SHARE * known.height and other > REVERSED_LEAD * same
