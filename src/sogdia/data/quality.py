"""Which reported quantities cannot be right, and what stands in for them?

Values are reliable in trade statistics, quantities less so: some are missing, some are a thousand times too large
(kilograms written as tonnes). A quantity is judged by its unit value u = value / quantity:

    centre(k, t) = median of ln u over the flows of code k and year t, weighted by value
    spread(k, t) = 1.4826 x median of |ln u - centre|                       (robust standard deviation)
    half width w = max(BAND_SPREADS x spread, ln BAND_FACTOR)
    absurd       : ln u > centre + w, or ln u < centre - min(w, ln WIDEST_FACTOR)

A missing or absurd quantity is imputed as value / exp(centre) and flagged. Codes that hold very different goods
(rare-earth compounds from 2 to 500 dollars a kilogram) have a wide spread and hence a wide band, but on the side of
too large quantities never so wide that kilograms written as tonnes, a factor of 1000, would pass. On the other side
small lots of a rich grade are real, and weigh little in any sum.
"""

from __future__ import annotations

import math

import polars as pl

from sogdia.data.store import Store

BAND_SPREADS = 4.0
BAND_FACTOR = 10.0
WIDEST_FACTOR = 300.0
ROBUST_SD = 1.4826
CODE_YEAR = ["hs6", "year"]

QUALITY_REPORTED, QUALITY_MISSING, QUALITY_ABSURD = "reported", "missing", "absurd"


def bands(trade: pl.DataFrame) -> pl.DataFrame:
    """Centre and half-width of ln(unit value in kUSD/t) for every code and year in `trade`.

    Columns: hs6, year, centre, half_width. A code-year without any quantity has no row.
    """
    known = (
        trade.lazy()
        .filter(pl.col("quantity_t") > 0, pl.col("value_kusd") > 0)
        .select(*CODE_YEAR, "value_kusd", log_unit_value=(pl.col("value_kusd") / pl.col("quantity_t")).log())
    )
    centre = (
        known.sort(*CODE_YEAR, "log_unit_value")
        .with_columns(
            below=pl.col("value_kusd").cum_sum().over(CODE_YEAR), total=pl.col("value_kusd").sum().over(CODE_YEAR)
        )
        .filter(pl.col("below") >= pl.col("total") / 2)
        .group_by(CODE_YEAR)
        .agg(centre=pl.col("log_unit_value").min())
    )
    spread = (
        known.join(centre, on=CODE_YEAR)
        .group_by(CODE_YEAR)
        .agg(pl.col("centre").first(), spread=(pl.col("log_unit_value") - pl.col("centre")).abs().median() * ROBUST_SD)
    )
    half_width = pl.max_horizontal(BAND_SPREADS * pl.col("spread"), pl.lit(math.log(BAND_FACTOR)))
    return spread.select(*CODE_YEAR, "centre", half_width=half_width).collect()


def repair(trade: pl.DataFrame, band: pl.DataFrame | None = None) -> pl.DataFrame:
    """Trade with three weights and a flag: reported, missing or absurd (`quality`).

    quantity_reported_t: as it came. quantity_t: absurd weights replaced, missing ones null, so that shares by weight
    are over the flows that have a weight. quantity_completed_t: missing ones imputed too.
    band: from `bands`; made from `trade` itself by default, so give whole code-years, not one importer's rows.
    In a code-year without any weight nothing can be imputed and null stays null.
    """
    marked = trade.lazy().join((bands(trade) if band is None else band).lazy(), on=CODE_YEAR, how="left")
    deviation = (pl.col("value_kusd") / pl.col("quantity_t")).log() - pl.col("centre")
    too_little = deviation > pl.col("half_width")
    too_much = deviation < -pl.col("half_width").clip(upper_bound=math.log(WIDEST_FACTOR))
    quality = (
        pl.when(pl.col("quantity_t").is_null() | (pl.col("quantity_t") <= 0))
        .then(pl.lit(QUALITY_MISSING))
        .when(too_little | too_much)
        .then(pl.lit(QUALITY_ABSURD))
        .otherwise(pl.lit(QUALITY_REPORTED))
    )
    imputed = pl.col("value_kusd") / pl.col("centre").exp()
    return (
        marked.with_columns(quality=quality)
        .with_columns(
            quantity_reported_t=pl.col("quantity_t"),
            quantity_t=pl.when(pl.col("quality") == QUALITY_ABSURD).then(imputed).otherwise("quantity_t"),
            quantity_completed_t=pl.when(pl.col("quality") == QUALITY_REPORTED).then("quantity_t").otherwise(imputed),
        )
        .drop("centre", "half_width")
        .collect()
    )


def report(store: Store, hs6: list[str] | None = None, years: list[int] | None = None) -> pl.DataFrame:
    """How much of each code and year was repaired: rows and share of value, missing and absurd apart.

    Columns: hs6, year, flows, missing_flows, absurd_flows, missing_value_share, absurd_value_share (fractions).
    """
    repaired = repair(store.trade(hs6, years).collect())
    value, kind = pl.col("value_kusd"), pl.col("quality")
    return (
        repaired.group_by(CODE_YEAR)
        .agg(
            flows=pl.len(),
            missing_flows=(kind == QUALITY_MISSING).sum(),
            absurd_flows=(kind == QUALITY_ABSURD).sum(),
            missing_value_share=value.filter(kind == QUALITY_MISSING).sum() / value.sum(),
            absurd_value_share=value.filter(kind == QUALITY_ABSURD).sum() / value.sum(),
        )
        .sort(CODE_YEAR)
    )
