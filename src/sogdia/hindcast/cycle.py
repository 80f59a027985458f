"""The commodity cycle is the part of a price change that is not the event's.

cycle(t) = median over all other codes k of ln(u[k, t] / u[k, base]), u the world's unit value of a code: value over
completed weight, the base year's being the mean of the base years.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import polars as pl

from sogdia.data import Store
from sogdia.hindcast.panel.trade import whole_trade
from sogdia.sums import total


@lru_cache(maxsize=8)
def unit_values(store: Store) -> pl.DataFrame:
    """World value and completed weight of every code and year: hs6, year, value_kusd, quantity_t."""
    sums = whole_trade(store).group_by("hs6", "year")
    world = sums.agg(total("value_kusd"), quantity_t=total("quantity_completed_t"))
    return world.filter(pl.col("quantity_t") > 0).sort("hs6", "year")


def log_price_change(world: pl.DataFrame, base: Sequence[int], year: int) -> pl.DataFrame:
    """ln(unit value in `year` / unit value over the base years) of every code with trade in all of them."""
    then = (
        world.filter(pl.col("year").is_in(base))
        .group_by("hs6")
        .agg(total("value_kusd"), total("quantity_t"), years=pl.len())
    )
    now = world.filter(pl.col("year") == year)
    both = then.filter(pl.col("years") == len(base)).join(now, on="hs6", suffix="_now")
    before, after = pl.col("value_kusd") / pl.col("quantity_t"), pl.col("value_kusd_now") / pl.col("quantity_t_now")
    return both.select("hs6", change=(after / before).log())


def cycle(store: Store, base: Sequence[int], year: int, without: Sequence[str]) -> float:
    """Median log price change of all codes but those of the event."""
    changes = log_price_change(unit_values(store), base, year).filter(~pl.col("hs6").is_in(without))
    return float(np.median(changes["change"].to_numpy()))
