"""Which reported quantities cannot be right, and what stands in for them?

Values are reliable in trade statistics, quantities less so: some are missing, some are a thousand times too large
(kilograms written as tonnes). A quantity is judged by its unit value u = value / quantity:

    centre(k, t) = median of ln u over the flows of code k and year t, weighted by value
    spread(k, t) = 1.4826 x median of |ln u - centre|                       (robust standard deviation)
    half width w = max(BAND_SPREADS x spread, ln BAND_FACTOR)
    absurd       : ln u > centre + w, or ln u < centre - min(w, ln WIDEST_FACTOR)

There is a centre only where the flows with a quantity hold at least LEAST_WEIGHED of the value of the code and year: a
single crate does not say what a whole trade weighed.

A missing or absurd quantity is flagged and imputed as value / exp(centre), or from its own neighbouring years where
`spikes` can. Codes that hold very different goods (rare-earth compounds from 2 to 500 dollars a kilogram) have a wide
spread and hence a wide band, but on the side of too large quantities never so wide that kilograms written as tonnes,
a factor of 1000, would pass. On the other side small lots of a rich grade are real, and weigh little in any sum.

A quantity that passes the band but leaps for one year and back (`spikes`) is a likely error, not a sure one: it is
flagged and replaced in completed weights only, so that shares by weight stay those of the statistics.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import polars as pl

from sogdia.data.spikes import PAIR, ROBUST_SD, spikes
from sogdia.data.store import Store
from sogdia.sums import total

BAND_SPREADS = 4.0
BAND_FACTOR = 10.0
WIDEST_FACTOR = 300.0
LEAST_WEIGHED = 0.10
CODE_YEAR = ["hs6", "year"]

SOURCE_ID = "SOGDIA"
"""The source of a weight that is imputed: the method of this module."""

QUALITY_REPORTED, QUALITY_MISSING, QUALITY_ABSURD, QUALITY_SPIKE = "reported", "missing", "absurd", "spike"


def bands(trade: pl.DataFrame) -> pl.DataFrame:
    """Centre and half-width of ln(unit value in kUSD/t) for every code and year in `trade`.

    Columns: hs6, year, centre, half_width. A code-year in which less than LEAST_WEIGHED of the value has a quantity has
    no row.
    """
    whole = trade.group_by(CODE_YEAR).agg(total_kusd=total("value_kusd"))
    known = trade.filter(pl.col("quantity_t") > 0, pl.col("value_kusd") > 0).select(
        *CODE_YEAR, "value_kusd", log_unit_value=(pl.col("value_kusd") / pl.col("quantity_t")).log()
    )
    level = pl.col("log_unit_value")
    centre = level.filter(pl.col("value_kusd").cum_sum() >= total("value_kusd") / 2).first()
    spread = (
        known.sort("log_unit_value", "value_kusd")
        .group_by(CODE_YEAR)
        .agg(total("value_kusd"), centre=centre, spread=(level - centre).abs().median() * ROBUST_SD)
        .join(whole, on=CODE_YEAR)
        .filter(pl.col("value_kusd") >= LEAST_WEIGHED * pl.col("total_kusd"))
    )
    half_width = pl.max_horizontal(BAND_SPREADS * pl.col("spread"), pl.lit(math.log(BAND_FACTOR)))
    return spread.select(*CODE_YEAR, "centre", half_width=half_width)


def repaired(store: Store, hs6: Iterable[str] | None = None, years: Iterable[int] | None = None) -> pl.DataFrame:
    """Trade of the codes and years, repaired; the years on either side are read too, to see spikes. See `repair`."""
    wanted = list(store.years if years is None else years)
    return repair(store.trade(hs6, years_around(wanted)).collect()).filter(pl.col("year").is_in(wanted))


def years_around(years: Iterable[int]) -> list[int]:
    """The years that `repaired` reads for some years: themselves and those on either side.

    >>> years_around([2009])
    [2008, 2009, 2010]
    """
    return sorted({year + step for year in years for step in (-1, 0, 1)})


def repair(trade: pl.DataFrame, band: pl.DataFrame | None = None) -> pl.DataFrame:
    """Trade with three weights and a flag (`quality`): reported, missing, absurd or spike.

    trade: whole code-years, not one importer's rows; spikes are seen in years that have both neighbours.
    band: from `bands`; made from `trade` itself by default.
    quantity_reported_t: as it came. quantity_t: absurd weights replaced, missing ones null, so that shares by weight
    are over the flows that have a weight. quantity_completed_t: missing ones and spikes imputed too.
    In a code-year with hardly any weight (`bands`) nothing can be imputed and null stays null.
    """
    marked = trade.join(spikes(trade), on=[*PAIR, "year"], how="left", maintain_order="left")
    likely = marked.with_columns(
        quantity_reported_t="quantity_t", quantity_t=pl.coalesce("quantity_spike_t", "quantity_t")
    )
    limits = bands(likely) if band is None else band
    judged = likely.join(limits, on=CODE_YEAR, how="left", maintain_order="left")
    deviation = (pl.col("value_kusd") / pl.col("quantity_reported_t")).log() - pl.col("centre")
    too_little = deviation > pl.col("half_width")
    too_much = deviation < -pl.col("half_width").clip(upper_bound=math.log(WIDEST_FACTOR))
    quality = (
        pl.when(pl.col("quantity_reported_t").is_null() | (pl.col("quantity_reported_t") <= 0))
        .then(pl.lit(QUALITY_MISSING))
        .when(too_little | too_much)
        .then(pl.lit(QUALITY_ABSURD))
        .when(pl.col("quantity_spike_t").is_not_null())
        .then(pl.lit(QUALITY_SPIKE))
        .otherwise(pl.lit(QUALITY_REPORTED))
    )
    imputed = pl.coalesce("quantity_spike_t", pl.col("value_kusd") / pl.col("centre").exp())
    return (
        judged.with_columns(quality=quality)
        .with_columns(
            quantity_completed_t=pl.when(pl.col("quality") == QUALITY_REPORTED)
            .then("quantity_reported_t")
            .otherwise(imputed),
            quantity_t=pl.when(pl.col("quality") == QUALITY_ABSURD).then(imputed).otherwise("quantity_reported_t"),
        )
        .drop("centre", "half_width", "quantity_spike_t")
    )


def report(store: Store, hs6: list[str] | None = None, years: list[int] | None = None) -> pl.DataFrame:
    """How much of each code and year was repaired, by kind of fault: rows, and share of value.

    Columns: hs6, year, flows; missing_flows, absurd_flows, spike_flows; missing_, absurd_ and spike_value_share.
    """
    value, kind = pl.col("value_kusd"), pl.col("quality")
    faults = (QUALITY_MISSING, QUALITY_ABSURD, QUALITY_SPIKE)
    return (
        repaired(store, hs6, years)
        .group_by(CODE_YEAR)
        .agg(
            pl.len().alias("flows"),
            *((kind == fault).sum().alias(f"{fault}_flows") for fault in faults),
            *((total(value.filter(kind == fault)) / total(value)).alias(f"{fault}_value_share") for fault in faults),
        )
        .sort(CODE_YEAR)
    )
