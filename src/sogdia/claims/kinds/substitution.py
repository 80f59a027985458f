"""Check: whether what one country exports would cover what an importer buys from another, good by good."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import year_label
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion
from sogdia.sums import known_total, total

SHOWN = 6
MINERALS, VALUE = "minerals", "value"


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The share of the purchases that is covered, by value, or the share of minerals that are covered whole.

    All exports of the alternative count, to whomever they go, so that this is the most it could do.
    """
    row, years = question.row, question.years()
    goods = _goods(question, years)
    if goods.is_empty():
        yield question.reading(None, "percent", year_label(years), question.trade_sources(years))
        return
    minerals = _minerals(question, goods)
    whole = minerals.filter(pl.col("covered") >= pl.col("bought"))["mineral"].to_list()
    bought, covered = goods.select(total("bought"), total("covered")).row(0)
    share = len(whole) / minerals.height if row.measure == MINERALS else covered / bought
    names = [question.store.minerals[key].name.lower() for key in whole]
    listed = f": {', '.join(names[:SHOWN])}{', ...' if len(names) > SHOWN else ''}" if names else ""
    yield question.reading(
        PERCENT * share, "percent", year_label(years), question.trade_sources(years),
        agreed=PERCENT * share >= question.figure("threshold"),
        note=f"Covered whole: {len(whole)} of {minerals.height} minerals{listed}.",
    )  # fmt: skip


def _goods(question: ClaimQuestion, years: tuple[int, ...]) -> pl.DataFrame:
    """By code: what the importer buys from the supplier, and how much of it the alternative's exports would cover."""
    flows = question.store.trade(question.codes(), years).collect()
    buyers, suppliers, others = (question.countries(name) for name in ("importer", "exporter", "alternative"))
    bought = flows.filter(pl.col("importer").is_in(buyers) & pl.col("exporter").is_in(suppliers))
    sold = flows.filter(pl.col("exporter").is_in(others))
    made = bought.group_by("hs6").agg(known_total("value_kusd").alias("bought")).join(
        sold.group_by("hs6").agg(known_total("value_kusd").alias("sold")), on="hs6", how="left"
    )  # fmt: skip
    covered = pl.min_horizontal("bought", pl.col("sold").fill_null(0.0))
    return made.filter(pl.col("bought") > 0.0).with_columns(covered=covered).sort("hs6")


def _minerals(question: ClaimQuestion, goods: pl.DataFrame) -> pl.DataFrame:
    """The same by mineral, in the order of their keys; a code that serves several minerals counts for each."""
    codes = question.store.rows("mineral_codes").select("mineral", "hs6").unique()
    joined = goods.join(codes, on="hs6", how="inner")
    return joined.group_by("mineral").agg(total("bought"), total("covered")).sort("mineral")


KIND = ClaimKind(
    "substitution",
    "For each code the smaller of the importer's purchases from the supplier and all exports of the alternative, "
    "over the purchases; by mineral the number that is covered whole. No export on record counts as none.",
    read,
)
