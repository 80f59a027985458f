"""Rows of the user's own leave the store again, and what lay under them comes back into force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.data.entries import Change, Entry, file_name
from sogdia.data.integrity import TableFile
from sogdia.data.parts import code_of, parts_of
from sogdia.data.replaced import KEYS, Replaced
from sogdia.data.schema import columns
from sogdia.data.writer import Staged, commit, unchanged, writer
from sogdia.errors import DataError, NoAnswerError, wrong_argument
from sogdia.files import sha256


@dataclass(frozen=True, slots=True)
class Removed:
    """What `remove` has taken out of a store."""

    table: str
    removed: tuple[Replaced, ...]

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON."""
        return {"table": self.table, "removed": [asdict(each) for each in self.removed]}


def remove(
    table: str,
    *,
    folder: Path,
    years: Sequence[int] = (),
    keys: Sequence[str] = (),
    wait: float | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Removed:
    """Take a table of the user's own out of the store, or some of its years and keys; embedded data are never touched.

    years, keys: which rows, all of them where none are named; a key is an HS code of trade, a mineral of production, a
    company of purchases. NoAnswerError where the store has no such rows; DataError says how the store is.
    """
    columns(table)
    if keys and table not in KEYS:
        raise wrong_argument("keys", f"rows have a key in {', '.join(sorted(KEYS))}", "Leave the key out.", table)
    if not folder.is_dir():
        raise DataError(f"{folder} is no store: there is no such folder. Make one with `sogdia data add`.")
    picked = pl.lit(value=True)
    if years:
        picked &= pl.col("year").is_in(list(years))
    if keys:
        picked &= pl.col(KEYS[table]).is_in(list(keys))
    with writer(folder, wait=wait, tell=tell) as store:
        kept: list[Entry] = []
        staged: list[Staged] = []
        gone: list[Replaced] = []
        for entry in store.before:
            frame = TableFile(store.folder, entry).frame() if entry.table == table else None
            out = () if frame is None else _counted(frame, table, picked)
            gone += out
            if frame is None or not out:
                kept.append(entry)
            else:
                rest = frame.filter(~picked.fill_null(value=False)).collect()
                staged += [_without(entry, rest, keys, store.scratch)] if rest.height else []
        if not gone:
            named = ", ".join([*map(str, years), *keys])
            raise NoAnswerError(f"the store has no rows of {table}{f' for {named}' if named else ''} of your own.")
        rows = sum(each.rows for each in gone)
        span = tuple(sorted({each.year for each in gone if each.year is not None}))
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        commit(
            store, kept, staged, done="the rows are removed", change=Change(now, "removed", table, "", rows, span, "")
        )
    return Removed(table, tuple(gone))


def _counted(frame: pl.LazyFrame, table: str, picked: pl.Expr) -> tuple[Replaced, ...]:
    key = pl.col(KEYS[table]) if table in KEYS else pl.lit("")
    rows = frame.filter(picked).select("year", key.alias("key")).collect()
    counts = rows.group_by("year", "key").agg(pl.len()).sort("year", "key")
    return tuple(Replaced(table, key or "", year, count) for year, key, count in counts.iter_rows())


def _without(entry: Entry, rest: pl.DataFrame, keys: Sequence[str], scratch: Path) -> Staged:
    """The file of an entry with the rows that are left."""
    part = scratch / f"{entry.table}-left-{entry.sha256[:12]}.parquet"
    with unchanged(scratch.parent):
        rest.write_parquet(part, compression="zstd")
        digest = sha256(part)
    years = tuple(rest["year"].unique().sort().to_list())
    parts = entry.parts
    if entry.table == "trade" and keys:
        parts = tuple(each for each in parts if code_of(each) not in keys) or parts_of(rest, "code")
    file = file_name(entry.table, years, digest)
    return Staged(part, replace(entry, file=file, rows=rest.height, sha256=digest, years=years, parts=parts))
