"""What rows of a store go when others come: counted by year and key before anything is written, and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.data.store import Store
from sogdia.errors import DataError
from sogdia.text import first_of

NAMED = 8
# What a file takes the place of, column by column, in tables that it does not replace as a whole.
KEYS = {"trade": "hs6", "production": "mineral", "purchases": "company"}


@dataclass(frozen=True, slots=True)
class Replaced:
    """Rows that are no longer in force. key: a code, mineral or company, "" for a table that goes as a whole; year:
    None where all years go.
    """

    table: str
    key: str
    year: int | None
    rows: int


def counted(store: Store, table: str, gone: pl.Expr) -> tuple[Replaced, ...]:
    """The rows in force that an expression picks, by year and key; none where the store cannot be read."""
    if not any(file.entry.table == table for file in store.files):
        return ()
    key = pl.col(KEYS[table]) if table in KEYS else pl.lit("")
    try:
        rows = store.scan(table).filter(gone).select("year", key.alias("key")).collect()
    except DataError:  # what cannot be read is told by the caller, who mends it
        return ()
    by_key = rows.group_by("year", "key").agg(pl.len()).sort("year", "key")
    return tuple(Replaced(table, key or "", year, count) for year, key, count in by_key.iter_rows())


def in_words(replaced: Sequence[Replaced]) -> str:
    """What went, in one sentence; empty where nothing did.

    >>> in_words([Replaced("trade", "280530", 2022, 461), Replaced("trade", "284610", 2022, 39)])
    'replaced 500 rows of trade that were there before: 280530, 284610 in 2022.'
    """
    if not replaced:
        return ""
    keys = sorted({each.key for each in replaced if each.key})
    years = sorted({each.year for each in replaced if each.year is not None})
    named = first_of(keys, NAMED)
    span = "" if not years else f"in {years[0]}" if len(years) == 1 else f"in {years[0]}-{years[-1]}"
    what = " ".join(part for part in (named, span) if part)
    return (
        f"replaced {sum(each.rows for each in replaced):,} rows of {replaced[0].table} that were there before: {what}."
    )
