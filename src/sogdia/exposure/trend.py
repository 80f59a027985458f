"""Is it getting better or worse? The slope of concentration over the last years.

By value, because weights are missing in early years: hhi_trend is the least-squares slope per year of the
Herfindahl-Hirschman index of imports by value over the last SPAN_YEARS years, top_supplier_trend that of the share by
value of the supplier that is largest in the last of them. Only codes in use in the last year count, so that a code that
ended does not look like a change of suppliers; without imports in that year there is no trend.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.concentration import Floats
from sogdia.data import Mineral, Store
from sogdia.exposure.trade_codes import code_table

MIN_YEARS = 3
SPAN_YEARS = 10
MARKET = ["economy", "mineral"]


def slope_per_year(years: Floats, values: Floats) -> float:
    """Least-squares slope of values (years,) against years; NaN values are left out, fewer than three give NaN.

    >>> round(slope_per_year(np.array([2000.0, 2001, 2002]), np.array([0.1, 0.2, 0.3])), 6)
    0.1
    """
    known = ~np.isnan(values)
    if known.sum() < MIN_YEARS:
        return float("nan")
    x = years[known] - years[known].mean()
    return float(x @ values[known] / (x @ x))


def value_trends(
    store: Store, economies: Sequence[Region], minerals: Sequence[Mineral], year: int, stage: str | None = None
) -> pl.DataFrame:
    """economy, mineral, hhi_trend and top_supplier_trend [per year] over the SPAN_YEARS years that end in `year`.

    stage: count one stage's codes only.
    """
    members = pl.DataFrame(
        [(e.key, m) for e in economies for m in e.members],
        schema={"economy": pl.String, "importer": pl.String},
        orient="row",
    )
    codes = code_table(minerals, stage, year).select("mineral", "hs6")
    inside = members.rename({"importer": "exporter"})
    years = [y for y in store.years if year - SPAN_YEARS < y <= year]
    value = (
        store.trade(codes["hs6"].unique(), years)
        .filter(pl.col("importer").is_in(members["importer"].to_list()))
        .join(members.lazy(), on="importer")
        .join(inside.lazy(), on=["economy", "exporter"], how="anti")
        .join(codes.lazy(), on="hs6")
        .group_by(*MARKET, "year", "exporter")
        .agg(pl.col("value_kusd").sum())
        .with_columns(share=pl.col("value_kusd") / pl.col("value_kusd").sum().over(*MARKET, "year"))
        .collect()
    )
    leader = (
        value.filter(pl.col("year") == year)
        .sort(*MARKET, "value_kusd", "exporter", descending=[False, False, True, False])
        .group_by(MARKET, maintain_order=True)
        .agg(leader=pl.col("exporter").first())
    )
    per_year = (
        value.join(leader, on=MARKET)
        .group_by(*MARKET, "year")
        .agg(
            hhi=(pl.col("share") ** 2).sum(),
            top=pl.col("share").filter(pl.col("exporter") == pl.col("leader")).sum(),
        )
        .sort(*MARKET, "year")
    )
    rows = [
        (
            *key,
            *(
                slope_per_year(*(part[c].cast(pl.Float64).to_numpy() for c in ("year", what)))
                for what in ("hhi", "top")
            ),
        )
        for key, part in per_year.group_by(MARKET, maintain_order=True)
    ]
    kinds = {"economy": pl.String, "mineral": pl.String, "hhi_trend": pl.Float64, "top_supplier_trend": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row").with_columns(
        pl.col("hhi_trend", "top_supplier_trend").fill_nan(None)
    )
