"""A company's purchases are held against what the world makes and trades."""

from __future__ import annotations

from functools import cache

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.sums import known_total
from sogdia.tabular.checks import Problem
from sogdia.units import KG_PER_T

# No company buys more than the world makes; traded goods hold less than their weight, hence the allowance beyond.
MOST_WORLDS = 10.0


def beyond_the_world(
    minerals: tuple[str, ...], hs6: str | None, year: int, quantity_t: float | None, value_kusd: float | None
) -> tuple[str, Problem] | None:
    """(column, problem) where one purchase is larger than the world's output, or dearer than the world's trade.

    minerals: those that may be meant; hs6: the code, where it is given, whose content counts.
    """
    output = [world for key in minerals if (world := _nearest(world_output().get(key, {}), year))]
    traded = [world for key in minerals if (world := largest_trade().get(key))]
    content = (quantity_t or 0.0) * _content(minerals, hs6)
    if output and content > max(output):
        rule = "a company buys no more than the world makes in a year"
        return "quantity_t", Problem(
            rule, _readings("world output of that time", max(output), "t", quantity_t, value_kusd)
        )
    if traded and value_kusd is not None and value_kusd > MOST_WORLDS * max(traded):
        rule = "a company pays no more than ten times the world's trade in a year"
        reading = f"{value_kusd:.6g} thousand USD, or {value_kusd / KG_PER_T:.6g} if these are dollars"
        return "value_kusd", Problem(rule, f"World trade was {max(traded):,.0f} thousand USD at most: is it {reading}?")
    return None


def _readings(what: str, world: float, unit: str, quantity: float | None, value: float | None) -> str:
    amount = quantity or 0.0
    said = f"The {what} is {world:,.0f} {unit}: is it {amount:.6g} t, or {amount / KG_PER_T:.6g} t (kilograms)"
    paid = "" if value is None else f", and {value:.6g} thousand USD, or {value / KG_PER_T:.6g} (dollars)"
    return f"{said}{paid}? Write the figures that are meant in tonnes and thousand dollars."


def _nearest(by_year: dict[int, float], year: int) -> float | None:
    """The figure of the year, or of the nearest one."""
    return by_year[min(by_year, key=lambda there: (abs(there - year), there))] if by_year else None


@cache
def world_output() -> dict[str, dict[int, float]]:
    """The world's output [t] by mineral and year, of those that are measured in tonnes or kilograms."""
    rows = snapshot().scan("production").collect()
    tonnes = pl.when(pl.col("unit") == "kg").then(pl.col("quantity") / KG_PER_T).otherwise(pl.col("quantity"))
    weighed = rows.filter(pl.col("unit").is_in(["t", "kg"])).with_columns(quantity=tonnes)
    yearly = weighed.group_by("mineral", "year").agg(known_total("quantity"))
    found: dict[str, dict[int, float]] = {}
    for mineral, year, quantity in yearly.drop_nulls().sort("mineral", "year").iter_rows():
        found.setdefault(mineral, {})[year] = quantity
    return found


@cache
def largest_trade() -> dict[str, float]:
    """The largest yearly value [thousand USD] of the world's trade in all codes of a mineral."""
    codes = snapshot().scan("mineral_codes").select("mineral", "hs6").collect()
    flows = snapshot().trade().select("hs6", "year", "value_kusd").collect()
    by_code = flows.group_by("hs6", "year").agg(known_total("value_kusd"))
    yearly = codes.join(by_code, on="hs6").group_by("mineral", "year").agg(known_total("value_kusd"))
    return dict(yearly.group_by("mineral").agg(pl.col("value_kusd").max()).drop_nulls().rows())


def _content(minerals: tuple[str, ...], hs6: str | None) -> float:
    """Tonnes of the production basis per tonne of goods; 1 where no code says which goods they are."""
    factors = [
        code.content_factor
        for key in minerals
        for code in snapshot().minerals[key].codes
        if code.hs6 == hs6 and code.content_factor
    ]
    return min(factors, default=1.0)
