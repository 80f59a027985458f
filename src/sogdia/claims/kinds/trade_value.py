"""Check: the value of trade in some codes and years, as the trade data have it or with freight and insurance added."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import year_label
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import THOUSAND, ClaimKind, ClaimQuestion
from sogdia.sums import known_total


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The value, million USD; not known where the store has no such trade."""
    row, years = question.row, question.years()
    flows = question.store.trade(question.codes(), years).collect()
    for side in ("importer", "exporter"):
        if getattr(row, side) is not None:
            flows = flows.filter(pl.col(side).is_in(question.countries(side)))
    traded = flows.select(known_total("value_kusd")).item()
    value = None if traded is None else traded / THOUSAND * (1.0 if row.factor is None else row.factor)
    yield question.reading(value, "million USD", year_label(years), question.trade_sources(years))


KIND = ClaimKind(
    "trade_value",
    "Sum of the trade in the codes and years named, free on board; with freight and insurance it is multiplied with "
    "the factor of the check.",
    read,
)
