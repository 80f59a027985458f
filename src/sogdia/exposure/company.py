"""The exposure of one company, by its own purchases instead of a country's imports.

The same measures, with the purchases that `sogdia data add` put into the store as the flows and no domestic
production (GeoPolRisk in company mode, Koyamparambath et al. 2024). Rows that name only an HS code count for every
mineral the code belongs to. A purchase without a value leaves value, price and shares by value unknown; one without a
weight counts by value only, under the rule of `position` for shares by weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sogdia import arguments
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import WHOLE_CHAIN, Coverage
from sogdia.data.coverage_rules import CoverageRules
from sogdia.errors import NoAnswerError, did_you_mean
from sogdia.exposure.answer import Exposure
from sogdia.exposure.inputs import PAIR, assemble
from sogdia.exposure.position import compute
from sogdia.exposure.ranking import Grades, ranked
from sogdia.exposure.trade_codes import code_table
from sogdia.sums import known_total, total


def expose_company(store: Store, company: str, minerals: Sequence[Mineral], year: int) -> Exposure:
    """The position of a company in the minerals it bought in a year; its name is the economy of the records."""
    bought = store.scan("purchases").collect()
    if arguments.name("company", company, "Example Magnets Ltd") not in bought["company"].to_list():
        known = bought["company"].unique().sort().to_list()
        hint = did_you_mean(company, known) or f"Known: {', '.join(known)}."
        raise NoAnswerError(f"no purchases by {company!r} in the store. {hint}")
    codes = code_table(minerals, None).select("hs6", of_code="mineral")
    mine = bought.filter(pl.col("company") == company)
    by_code = mine.filter(pl.col("mineral").is_null()).join(codes, on="hs6").with_columns(mineral="of_code")
    rows = pl.concat([mine.filter(pl.col("mineral").is_not_null()), by_code.select(mine.columns)])
    asked = rows.filter(pl.col("mineral").is_in([m.key for m in minerals]))
    if asked.is_empty():
        raise NoAnswerError(f"{company} bought none of these minerals in any year of its records.")
    if year not in asked["year"]:
        years = ", ".join(map(str, asked["year"].unique().sort()))
        raise NoAnswerError(f"{company} bought none of these minerals in {year}; there are purchases in {years}.")
    now = asked.filter(pl.col("year") == year)
    value = pl.col("value_kusd")
    weighed = value.filter(pl.col("quantity_t").is_not_null())
    flows = (
        now.group_by("mineral", "year", pl.col("company").alias("importer"), pl.col("origin").alias("exporter"))
        .agg(
            pl.when(value.null_count() == 0).then(total(value)),
            *(known_total("quantity_t").alias(name) for name in ("quantity_t", "quantity_reported_t")),
            weighed_kusd=pl.when(weighed.null_count() == 0).then(total(weighed)),
            imputed_kusd=pl.lit(0.0),
            imputed_t=pl.lit(0.0),
            content_t=pl.lit(None, pl.Float64),
            known_content_t=pl.lit(None, pl.Float64),
        )
        .sort(PAIR)
    )
    present = [m for m in minerals if m.key in flows["mineral"].to_list()]
    read = {"purchases": store.source_ids("purchases", [year])}
    if now["hs6"].null_count() < now.height:
        read["mineral_codes"] = store.source_ids("mineral_codes")
    inputs = assemble(store, present, [year], flows, _unvalued(now, present), read)
    found = compute(inputs, [Region(company, company, (company,))])
    own = Coverage(WHOLE_CHAIN, (), (), None, None, "the purchases of the company itself")
    suppliers = found.suppliers.with_columns(mark=pl.lit(None, pl.String))
    grades = Grades({mineral.key: own for mineral in present}, {}, CoverageRules(), with_gold=True)
    return ranked(replace(found, suppliers=suppliers), present, grades)


def _unvalued(purchases: pl.DataFrame, minerals: Sequence[Mineral]) -> list[str]:
    """One sentence per mineral with purchases whose value is not known."""
    unknown = purchases.filter(pl.col("value_kusd").is_null())["mineral"].to_list()
    return [
        f"{m.name}: value is not known for {unknown.count(m.key)} of {purchases['mineral'].to_list().count(m.key)} "
        "purchases: value, price and shares by value are unknown."
        for m in minerals
        if m.key in unknown
    ]
