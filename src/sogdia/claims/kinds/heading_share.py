"""Check: the share of an exporter's sales under a heading of four digits that goes to one buyer."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The published share, percent, of the last year that the table has for the pair; none where it has no such row."""
    rows = question.store.rows("heading_trade").filter(
        pl.col("reporter").is_in(question.countries("exporter")),
        pl.col("partner").is_in(question.countries("importer")),
        pl.col("heading").is_in(question.row.hs6),
        pl.col("share").is_not_null(),
        flow="export",
    )
    for row in rows.sort("year", "heading", "source_id").tail(1).to_dicts():
        share = PERCENT * row["share"]
        yield question.reading(
            share, "percent", str(row["year"]), row["source_id"].split(SEPARATOR), evidence=row["evidence"],
            agreed=None if question.row.threshold is None else share >= question.row.threshold,
        )  # fmt: skip


KIND = ClaimKind("heading_share", "The buyer's share of the exports under the heading, from the heading table.", read)
