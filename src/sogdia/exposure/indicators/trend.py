"""The trend of concentration: its slope over the last years, and that of the largest supplier's share.

By value, because weights are missing in early years: hhi_trend is the least-squares slope per year of the
Herfindahl-Hirschman index of imports by value over the last TREND_YEARS years, top_supplier_trend that of the share by
value of the supplier that is largest in the last of them. Only codes in use in the last year count, so that a code that
ended does not look like a change of suppliers; without imports in that year there is no trend. An answer for several
years, for every importing country at once or for a company has no trend.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.concentration import Floats
from sogdia.exposure.measure import TABLE, Columns, Indicator, Measure
from sogdia.exposure.record_inputs import RecordInputs, membership
from sogdia.exposure.tables import TRADE_HISTORY
from sogdia.exposure.weights import floats
from sogdia.sums import total

MIN_YEARS = 3
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


def value_trends(history: pl.DataFrame, economies: Sequence[Region], year: int) -> pl.DataFrame:
    """economy, mineral, hhi_trend and top_supplier_trend [per year] over the years of `history`, which ends in `year`.

    history: mineral, year, importer, exporter, value_kusd; a row may be one of several codes.
    """
    members = membership(economies, "importer")
    inside = members.rename({"importer": "exporter"})
    value = (
        history.filter(pl.col("importer").is_in(members["importer"].to_list()))
        .join(members, on="importer", maintain_order="left")
        .join(inside, on=["economy", "exporter"], how="anti", maintain_order="left")
        .group_by(*MARKET, "year", "exporter")
        .agg(total("value_kusd"))
        .with_columns(share=pl.col("value_kusd") / total("value_kusd").over(*MARKET, "year"))
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
            hhi=total(pl.col("share") ** 2),
            top=total(pl.col("share").filter(pl.col("exporter") == pl.col("leader"))),
        )
        .sort(*MARKET, "year")
    )
    rows = [
        (*key, *(slope_per_year(floats(part, "year"), floats(part, name)) for name in ("hhi", "top")))
        for key, part in per_year.group_by(MARKET, maintain_order=True)
    ]
    kinds = {"economy": pl.String, "mineral": pl.String, "hhi_trend": pl.Float64, "top_supplier_trend": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def columns(inputs: RecordInputs) -> Columns:
    """Both trends of every record, where there is a history."""
    history = inputs.inputs.history
    if history is None or inputs.economies is None:
        return {}
    trends = value_trends(history, inputs.economies, max(inputs.inputs.years))
    rows = inputs.keys.join(trends, on=MARKET, how="left", maintain_order="left")
    return {name: floats(rows, name) for name in ("hhi_trend", "top_supplier_trend")}


INDICATOR = Indicator(
    "trend",
    30,
    (
        Measure(
            "hhi_trend",
            "per year",
            "Trend of concentration",
            "least-squares slope per year of the Herfindahl-Hirschman index of imports by value over the last ten "
            "years; codes in use in the year only",
            (TRADE_HISTORY,),
            TABLE,
            "Trend",
        ),
        Measure(
            "top_supplier_trend",
            "per year",
            "Trend of the largest supplier's share",
            "least-squares slope per year of the share by value of today's largest supplier over the last ten years; "
            "codes in use in the year only",
            (TRADE_HISTORY,),
        ),
    ),
    columns,
)
