"""Which quantities jump for one year and back, while the value does not?

A flow whose unit value leaps against both the year before and the year after, beyond what its code did, is a reporting
error: China's bauxite from Guinea costs 64 dollars a tonne in 2022, 464 in 2023 and 69 in 2024. With l the log unit
value of a pair of countries and d(t) the median change of l over the pairs of the code from t-1 to t,

    up   = l(t) - l(t-1) - d(t)
    back = l(t+1) - l(t) - d(t+1)
    spike: up and back have opposite signs and both exceed max(SPIKE_SPREADS x spread of `up`, ln SPIKE_FACTOR)

The quantity is then value / exp(l*), l* the mean of what both neighbours imply. Spread and d come from pairs worth
at least LARGE_KUSD in all the years compared, and only such pairs are judged: small lots of another grade are real.
Years at either end of the data cannot be judged.
"""

from __future__ import annotations

import math

import polars as pl

SPIKE_SPREADS = 3.0
SPIKE_FACTOR = 3.0
LARGE_KUSD = 1000.0
ROBUST_SD = 1.4826
PAIR = ["hs6", "exporter", "importer"]


def spikes(trade: pl.DataFrame) -> pl.DataFrame:
    """Flows with a spike: PAIR, year, and `quantity_spike_t`, the quantity to use instead [t].

    trade: whole code-years with hs6, year, exporter, importer, value_kusd, quantity_t; years without a neighbour on
    either side give no row.
    """
    known = trade.filter(pl.col("quantity_t") > 0, pl.col("value_kusd") >= LARGE_KUSD).select(
        *PAIR, "year", "value_kusd", level=(pl.col("value_kusd") / pl.col("quantity_t")).log()
    )
    before = known.select(*PAIR, year=pl.col("year") + 1, level_before="level")
    steps = known.join(before, on=[*PAIR, "year"]).with_columns(step=pl.col("level") - pl.col("level_before"))
    drift = pl.col("step").median().over("hs6", "year")
    excess = steps.with_columns(drift=drift, excess=pl.col("step") - drift).with_columns(
        spread=pl.col("excess").abs().median().over("hs6", "year") * ROBUST_SD
    )
    into = excess.select(
        *PAIR, "year", "value_kusd", "spread", up="excess", from_before=pl.col("level_before") + pl.col("drift")
    )
    out = excess.select(*PAIR, year=pl.col("year") - 1, back="excess", from_after=pl.col("level") - pl.col("drift"))
    limit = pl.max_horizontal(SPIKE_SPREADS * pl.col("spread"), pl.lit(math.log(SPIKE_FACTOR)))
    right_level = (pl.col("from_before") + pl.col("from_after")) / 2
    return (
        into.join(out, on=[*PAIR, "year"])
        .filter(pl.col("up") * pl.col("back") < 0, pl.col("up").abs() > limit, pl.col("back").abs() > limit)
        .select(*PAIR, "year", quantity_spike_t=pl.col("value_kusd") / right_level.exp())
    )
