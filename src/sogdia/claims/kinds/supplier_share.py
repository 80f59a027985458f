"""Check: whether one country supplies most of an importer's imports of some codes, by weight or by value."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import year_label
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion
from sogdia.errors import Fault, InputError
from sogdia.sums import known_total

COLUMNS = {"weight": "quantity_t", "value": "value_kusd"}


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The share, percent, which agrees from the threshold on."""
    row, years = question.row, question.years()
    if row.measure not in COLUMNS:
        known = f"Known: {', '.join(COLUMNS)}."
        raise InputError([Fault("checks.csv", "a known measure is needed", known, column="measure", value=row.measure)])
    buyers, sellers = question.countries("importer"), question.countries("exporter")
    flows = question.store.trade(row.hs6 or None, years).collect()
    bought = flows.filter(pl.col("importer").is_in(buyers) & ~pl.col("exporter").is_in(buyers))
    total, own = (
        frame.select(known_total(COLUMNS[row.measure])).item()
        for frame in (bought, bought.filter(pl.col("exporter").is_in(sellers)))
    )
    share = None if not total else PERCENT * (own or 0.0) / total
    agreed = None if share is None else share >= question.figure("threshold")
    yield question.reading(share, "percent", year_label(years), question.trade_sources(years), agreed=agreed)


KIND = ClaimKind(
    "supplier_share",
    "Imports from the supplier over imports from all countries, in the codes and years named; most is more than the "
    "threshold of the check.",
    read,
)
