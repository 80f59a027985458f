"""Check: whether a documented restriction of some country began in a year."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.answer import year_label
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimKind, ClaimQuestion


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The number of restrictions on these codes that began in the years named; one is enough to agree."""
    years = question.years()
    events = question.store.rows("restriction_events").filter(
        pl.col("country").is_in(question.countries("exporter")),
        pl.col("start").str.slice(0, 4).cast(pl.Int64).is_in(years),
    )  # fmt: skip
    codes = set(question.row.hs6)
    rows = [row for row in events.to_dicts() if not codes or codes & set((row["hs6"] or "").split(";"))]
    named = "; ".join(f"{row['kind'].replace('_', ' ')} from {row['start']}" for row in rows)
    sources = [one for row in rows for one in row["source_id"].split(";")]
    yield question.reading(
        float(len(rows)), "restrictions", year_label(years), sources or question.row.source_ids,
        agreed=bool(rows), note=f"{named[:1].upper()}{named[1:]}." if named else "",
    )  # fmt: skip


KIND = ClaimKind(
    "restriction", "Rows of the table of restrictions of the country and codes that began in the year named.", read
)
