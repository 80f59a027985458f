"""Each column of a year of trade is held by itself against the same flows in the embedded data.

A unit value shows that one of two columns is in a wrong unit, but not that both are: dollars and kilograms together
have the right price. Hence r = (figure of the file) / (figure of the same flow in the embedded data), by code: flows
change from release to release and from year to year, but the median of thirty of them by no factor of a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.sums import known_total
from sogdia.tabular.checks import Problem
from sogdia.units import KG_PER_T

# A mistake of unit is a factor of 1000, less half an order of magnitude for what really changes.
FACTOR = KG_PER_T / math.sqrt(10)
MANY_FLOWS, FEW_FLOWS, ALIKE_SHARE = 30, 3, 0.8
# A code's trade does not grow thirtyfold from one year to the next that is known.
WORLDS = 30.0
FLOW = ["exporter", "importer", "hs6"]
# Column of the table: column of BACI, the unit, what it looks like when it is too large, and when it is too small.
COLUMNS = {
    "quantity_t": ("q", "quantities are in tonnes", "kilograms", "thousand tonnes"),
    "value_kusd": ("v", "values are in thousand US dollars", "dollars", "million dollars"),
}


def column_problems(flows: pl.DataFrame, year: int) -> list[tuple[str, Problem]]:
    """(column of BACI, problem) of every column that is in another unit than it should be.

    flows: exporter, importer, hs6, value_kusd, quantity_t of one year, of codes that the snapshot has.
    """
    nearest = min(snapshot().years, key=lambda there: (abs(there - year), there))
    there = snapshot().trade(flows["hs6"].unique().to_list(), [nearest]).drop("year").collect()
    first: dict[str, Problem] = {}
    for column, problem in _problems(flows, there, nearest):
        first.setdefault(column, problem)
    return list(first.items())


def _problems(flows: pl.DataFrame, there: pl.DataFrame, nearest: int) -> Iterator[tuple[str, Problem]]:
    both = flows.join(there, on=FLOW, suffix="_known")
    for name, (column, rule, large, small) in COLUMNS.items():
        pairs = both.filter((pl.col(name) > 0) & (pl.col(f"{name}_known") > 0))
        ratios = pairs.select("hs6", r=pl.col(name) / pl.col(f"{name}_known"))
        by_code = (
            ratios.group_by("hs6")
            .agg(
                pl.len().alias("flows"),
                pl.col("r").median().alias("median"),
                pl.col("r").is_between(FACTOR, 10 * FACTOR).mean().alias("large"),
                pl.col("r").is_between(1 / (10 * FACTOR), 1 / FACTOR).mean().alias("small"),
            )
            .sort("hs6")
        )
        for hs6, count, median, as_large, as_small in by_code.iter_rows():
            clear = count >= MANY_FLOWS or (count >= FEW_FLOWS and max(as_large, as_small) >= ALIKE_SHARE)
            if clear and not 1 / FACTOR < median < FACTOR:
                ratio = f"{count} flows of {hs6} have {median:.3g} times the figures of the embedded data for {nearest}"
                yield column, Problem(rule, _remedy(ratio, median, large, small))
        for hs6, here, known in _totals(flows, there, name).iter_rows():
            if known and here > WORLDS * known:
                remedy = (
                    f"All flows of {hs6} together are {here:.4g}, {here / known:.3g} times the world's {known:.4g} "
                    f"in {nearest}: are these {large}? Then divide them by 1000."
                )
                yield column, Problem(rule, remedy)


def _remedy(ratio: str, median: float, large: str, small: str) -> str:
    if FACTOR <= median <= 10 * FACTOR:
        return f"These look like {large} ({ratio}): divide them by 1000."
    if 1 / (10 * FACTOR) <= median <= 1 / FACTOR:
        return f"These look like {small} ({ratio}): multiply them by 1000."
    return f"No unit explains them ({ratio}): correct the quantity or the value."


def _totals(flows: pl.DataFrame, there: pl.DataFrame, name: str) -> pl.DataFrame:
    """hs6, the column's total in the file, and the world's."""
    here = flows.group_by("hs6").agg(known_total(name).alias("here"))
    world = there.group_by("hs6").agg(known_total(name).alias("world"))
    return here.join(world, on="hs6").sort("hs6").drop_nulls()
