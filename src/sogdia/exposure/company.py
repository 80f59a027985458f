"""How exposed is one company, by its own purchases instead of a country's imports?

The same measures, with the purchases that `sogdia data add` put into the store as the flows and no domestic
production (GeoPolRisk in company mode, Koyamparambath et al. 2024). Rows that name only an HS code count for every
mineral the code belongs to; rows without a weight count by value only.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.errors import NoAnswerError, did_you_mean
from sogdia.exposure.inputs import PAIR, assemble
from sogdia.exposure.position import Exposure, compute


def expose_company(store: Store, company: str, minerals: Sequence[Mineral], year: int) -> Exposure:
    """The position of a company in the minerals it bought in a year; its name is the economy of the records."""
    bought = store.scan("purchases").collect()
    if company not in bought["company"].to_list():
        known = bought["company"].unique().sort().to_list()
        hint = did_you_mean(company, known) or f"Known: {', '.join(known)}."
        raise NoAnswerError(f"no purchases by {company!r} in the store. {hint}")
    codes = pl.DataFrame([(m.key, c.hs6) for m in minerals for c in m.codes], schema=["of_code", "hs6"], orient="row")
    mine = bought.filter(pl.col("company") == company, pl.col("year") == year)
    by_code = mine.filter(pl.col("mineral").is_null()).join(codes, on="hs6").with_columns(mineral="of_code")
    rows = pl.concat([mine.filter(pl.col("mineral").is_not_null()), by_code.select(mine.columns)])
    quantity = pl.col("quantity_t").fill_null(0.0)
    flows = (
        rows.filter(pl.col("mineral").is_in([m.key for m in minerals]))
        .group_by("mineral", "year", pl.col("company").alias("importer"), pl.col("origin").alias("exporter"))
        .agg(
            pl.col("value_kusd").fill_null(0.0).sum(),
            *(quantity.sum().alias(n) for n in ("quantity_t", "quantity_reported_t", "quantity_completed_t")),
            imputed_kusd=pl.lit(0.0),
            content_t=pl.lit(None, pl.Float64),
        )
        .sort(PAIR)
    )
    if flows.is_empty():
        raise NoAnswerError(f"{company} bought none of these minerals in {year}.")
    present = [m for m in minerals if m.key in flows["mineral"].to_list()]
    return compute(assemble(store, present, [year], flows, ()), [Region(company, company, (company,))])
