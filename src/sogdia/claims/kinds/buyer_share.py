"""Check: which share of the exports of some countries one buyer takes, and of how many minerals it takes any."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import year_label
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion
from sogdia.sums import total


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The share by value, percent; the note says how many minerals the buyer takes."""
    years = question.years()
    flows = question.store.trade(question.codes(), years).collect()
    sellers = question.countries("exporter")
    sold = flows.filter(pl.col("exporter").is_in(sellers) & ~pl.col("importer").is_in(sellers))
    taken = sold.filter(pl.col("importer").is_in(question.countries("importer")))
    whole, part = (frame.select(total("value_kusd")).item() for frame in (sold, taken))
    codes = question.store.rows("mineral_codes").select("mineral", "hs6").unique()
    offered, bought = (
        codes.filter(pl.col("hs6").is_in(frame["hs6"].unique().to_list()))["mineral"].n_unique()
        for frame in (sold, taken)
    )
    share = PERCENT * part / whole if whole else None
    agreed = None if share is None else share >= question.figure("threshold")
    yield question.reading(
        share, "percent", year_label(years), question.trade_sources(years), agreed=agreed,
        note=f"The buyer takes {bought} of the {offered} minerals that the countries export.",
    )  # fmt: skip


KIND = ClaimKind("buyer_share", "The buyer's purchases over all exports of the countries, by value.", read)
