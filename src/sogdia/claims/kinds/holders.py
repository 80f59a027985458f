"""Check: whether every project of some countries already has a holder or a partner."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion

FREE = "open"
"""What stands in the column of partners where a project looks for one."""


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The share of projects with a named holder among those whose holder is known, percent; all is the threshold."""
    projects = question.store.rows("projects")
    own = projects.filter(pl.col("country").is_in(question.countries("exporter")))
    known = own.filter(pl.col("partner").is_not_null())
    free = known.filter(pl.col("partner").str.strip_chars().str.to_lowercase() == FREE)
    share = None if known.is_empty() else PERCENT * (known.height - free.height) / known.height
    agreed = None if share is None else share >= question.figure("threshold")
    sources = [one for text in known["source_id"] for one in text.split(";")]
    yield question.reading(
        share, "percent", str(question.claim.year), sources, agreed=agreed,
        note=f"{known.height - free.height} of {known.height} projects name a holder; open: "
        f"{', '.join(free['name']) or 'none'}; not known: {own.height - known.height}.",
    )  # fmt: skip


KIND = ClaimKind("holders", "Projects with a named holder over those of which this is known.", read)
