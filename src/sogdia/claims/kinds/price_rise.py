"""Check: whether a supplier's export price of some codes rose sharply between two years."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimKind, ClaimQuestion
from sogdia.sums import known_total


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The price of the last year over that of the first, which agrees from the threshold on."""
    years = question.years()
    before, after = (_price(question, year) for year in (years[0], years[-1]))
    rise = None if before is None or after is None else after / before
    agreed = None if rise is None else rise >= question.figure("threshold")
    sources = question.trade_sources((years[0], years[-1]))
    yield question.reading(rise, "times", f"{years[0]}, {years[-1]}", sources, agreed=agreed)


def _price(question: ClaimQuestion, year: int) -> float | None:
    """Value over weight of the exports whose weight is known; None where nothing was sold."""
    sellers = question.countries("exporter")
    flows = question.store.trade(question.row.hs6 or None, [year]).collect()
    sold = flows.filter(pl.col("exporter").is_in(sellers) & (pl.col("quantity_t") > 0.0))
    value, weight = sold.select(known_total("value_kusd"), known_total("quantity_t")).row(0)
    return value / weight if weight else None


KIND = ClaimKind(
    "price_rise",
    "Value over weight of all exports of the supplier in the codes named, last year over first year; sharp is the "
    "threshold of the check.",
    read,
)
