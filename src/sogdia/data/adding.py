"""The user's own data get into the store: read whole, checked whole, and then written at once or not at all.

Files are written into a folder of their own inside the store and moved to their final names, which carry a hash of
their content, only when everything has been read without fault. The catalogue, replaced last, is what makes them
count; files that it no longer names are removed afterwards (see `sogdia.data.writer`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.data.entries import Change, Entry, file_name
from sogdia.data.laying import Laid, StoreGround, lay_table, lay_year
from sogdia.data.readers.reader import ReadByYear, ReadTable, ReadYear
from sogdia.data.readers.recognise import recognise
from sogdia.data.replaced import Replaced, in_words
from sogdia.data.schema import BY_KEY, BY_YEAR, IDENTITY
from sogdia.data.writer import Staged, commit, unchanged, writer
from sogdia.errors import Fault, InputError
from sogdia.files import sha256
from sogdia.tabular.archive import intact
from sogdia.text import first_of

ROW_GROUP_ROWS = 250_000
NAMED = 10


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` has written. rows, years: of what was read; replaced: what rows are no longer in force; repaired: what
    was mended on the way, each as a fault with its remedy carried out.
    """

    table: str
    files: tuple[str, ...]
    rows: int
    years: tuple[int, ...]
    replaced: tuple[Replaced, ...]
    repaired: tuple[Fault, ...]
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON: what was added, what it took the place of, and what the user should know."""
        added = {"table": self.table, "rows": self.rows, "years": list(self.years), "files": list(self.files)}
        return {
            "added": added,
            "replaced": [asdict(each) for each in self.replaced],
            "warnings": [*map(str, self.repaired), *self.warnings],
        }


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of trade that waits to be put in place. rows: those that were read; repaired: what was mended in it."""

    file: Staged
    rows: int
    laid: Laid
    repaired: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that one call adds to one table. rows, years: what was read, without what the files keep of earlier ones."""

    table: str
    rows: int
    years: tuple[int, ...]
    files: tuple[Staged, ...]
    replaced: tuple[Replaced, ...]
    repaired: tuple[Fault, ...]
    warnings: tuple[str, ...]


def add(
    path: Path | str,
    *,
    kind: str | None = None,
    folder: Path,
    append: bool = False,
    wait: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Added:
    """Read a file or folder of the user's own and lay it over the embedded data.

    path: a file or folder that one of the readers takes for its own (see `sogdia.data.readers.registry`); kind: the key
    of a reader (`baci`, `wmd`, `wgi`, `purchases`, ...) where the content does not tell; folder: the user's store, made
    when absent; append: keep all rows that are there, and refuse those that stand there already; wait: seconds to wait
    while another process writes to it, None for as long as it takes; progress: called with the name of every step.
    Trade is replaced by code and year (national statistics: of their own country only), production by mineral and year,
    purchases by company and year, every other table as a whole. InputError lists up to 50 faults, the store is then as
    it was; DataError says how the store is.
    """
    path, folder = Path(path), Path(folder)
    tell = progress or (lambda _: None)
    origin = path.name.encode("utf-8", "replace").decode()
    tell(f"recognising {path.name}")
    recognised = recognise(path, kind)
    _may_be_appended(append, recognised.reader.table)
    tell(f"reading {path.name}")
    content = recognised.read()
    with writer(folder, wait=wait, tell=tell) as store:
        ground = StoreGround(store.folder, store.before, append)
        if isinstance(content, ReadTable):
            batch = _table(content, origin, ground, store.scratch)
        else:
            with intact(path.name):
                batch = _by_year(content, origin, ground, store.scratch, tell)
        tell("writing the catalogue")
        years = set(batch.years)
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        went = in_words(batch.replaced)
        what = "appended" if append else "added"
        change = Change(now, what, batch.table, origin, batch.rows, batch.years, went)
        entries = [entry for entry in store.before if not _replaced(entry, batch.table, years)]
        commit(store, entries, batch.files, change=change)
        return Added(
            batch.table,
            tuple(file.entry.file for file in batch.files),
            batch.rows,
            batch.years,
            batch.replaced,
            batch.repaired,
            (*store.notes, *batch.warnings),
        )


def _may_be_appended(append: bool, table: str) -> None:
    if append and table not in IDENTITY:
        rule, remedy = f"rows can be appended to {', '.join(sorted(IDENTITY))}", "Leave out --append."
        raise InputError([Fault("--append", rule, remedy, value=table)])


def _by_year(
    content: ReadByYear, origin: str, ground: StoreGround, scratch: Path, tell: Callable[[str], None]
) -> _Batch:
    """A table with one file per year; one year at a time is in memory."""

    def stage(part: ReadYear) -> _Year:
        read = scratch / f"read-{part.year}.parquet"
        with unchanged(scratch.parent):
            part.labelled().sink_parquet(read, compression="zstd", row_group_size=ROW_GROUP_ROWS)
        new = pl.scan_parquet(read, glob=False, hive_partitioning=False)
        laid = lay_year(ground, new, part.year, part.parts)
        rows = new.select(pl.len()).collect().item()
        done = (origin, *content.done)
        staged = _stage(laid, content.table, (part.year,), content.source_ids, done, scratch, read)
        return _Year(staged, rows, laid, part.repaired)

    staged = content.each(stage, tell)
    return _Batch(
        content.table,
        sum(year.rows for year in staged),
        tuple(year.file.entry.years[0] for year in staged),
        tuple(year.file for year in staged),
        tuple(each for year in staged for each in year.laid.replaced),
        tuple(repair for year in staged for repair in year.repaired),
        (*content.warnings, *(warning for year in staged for warning in year.laid.warnings)),
    )


def _table(reading: ReadTable, origin: str, ground: StoreGround, scratch: Path) -> _Batch:
    """Any other kind: one file with the whole table, or with what earlier ones hold beside what was read."""
    laid = lay_table(ground, reading.frame, reading.table)
    warnings = (*reading.warnings, *(() if ground.append else _hidden(reading)), *laid.warnings)
    years = tuple(laid.frame.select("year").unique().sort("year").collect()["year"].to_list())
    staged = _stage(laid, reading.table, years, reading.source_ids, (origin, *reading.done), scratch)
    rows = reading.frame.height
    return _Batch(reading.table, rows, reading.years, (staged,), laid.replaced, reading.repaired, warnings)


def _hidden(reading: ReadTable) -> list[str]:
    """What the embedded table has and the user's own does not, where it is replaced as a whole."""
    embedded = snapshot()
    if reading.table in BY_KEY or not any(file.entry.table == reading.table for file in embedded.files):
        return []
    warnings = []
    for column, what in (("year", "years"), ("country", "countries")):
        there = embedded.scan(reading.table).select(column).unique().collect()[column].to_list()
        lost = [str(value) for value in sorted(set(there) - set(reading.frame[column]))]
        if lost:
            named = first_of(lost, NAMED)
            warnings.append(f"your table {reading.table!r} replaces the embedded one, which also had {what} {named}.")
    return warnings


def _stage(
    laid: Laid,
    table: str,
    years: tuple[int, ...],
    sources: Sequence[str],
    done: Sequence[str],
    scratch: Path,
    as_it_is: Path | None = None,
) -> Staged:
    """Write one Parquet file under a name that tells its years and its content. as_it_is: a file that holds the rows
    already, unless others are kept beside them.
    """
    part = scratch / f"{table}-{years[0]}.parquet"
    with unchanged(scratch.parent):
        if as_it_is is not None and not laid.kept:
            as_it_is.replace(part)
        else:
            laid.frame.sink_parquet(part, compression="zstd", row_group_size=ROW_GROUP_ROWS)
        rows = pl.scan_parquet(part, glob=False, hive_partitioning=False).select(pl.len()).collect().item()
        digest = sha256(part)
    file = file_name(table, years, digest)
    all_sources = dict.fromkeys([*sources, *(each for entry in laid.kept for each in entry.source_ids)])
    all_done = dict.fromkeys([*done, *(each for entry in laid.kept for each in entry.transformations)])
    return Staged(part, Entry(table, file, rows, digest, tuple(all_sources), years, tuple(all_done), laid.parts))


def _replaced(entry: Entry, table: str, years: set[int]) -> bool:
    """Whether new files of a table take the place of an entry."""
    return entry.table == table and (table not in BY_YEAR or not years.isdisjoint(entry.years))
