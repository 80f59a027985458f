"""The user's own data get into the store: read whole, checked whole, and then written at once or not at all.

Files are written into a folder of their own inside the store and moved to their final names, which carry a hash of
their content, only when everything has been read without fault. The catalogue, replaced last, is what makes them
count; files that it no longer names are removed afterwards (see `sogdia.data.writer`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sogdia.data import catalogue
from sogdia.data.entries import Entry, file_name
from sogdia.data.integrity import TableFile
from sogdia.data.readers.reader import ReadByYear, ReadTable, ReadYear
from sogdia.data.readers.recognise import recognise
from sogdia.data.schema import BY_KEY, BY_YEAR
from sogdia.data.store import Store, overlaid, snapshot_folder
from sogdia.data.writer import Staged, commit, unchanged, writer
from sogdia.errors import Fault
from sogdia.files import sha256
from sogdia.tabular.archive import intact

ROW_GROUP_ROWS = 250_000
NAMED = 10


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` has written. repaired: what was mended on the way, each as a fault with its remedy carried out."""

    table: str
    files: tuple[str, ...]
    rows: int
    years: tuple[int, ...]
    repaired: tuple[Fault, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of trade that waits to be put in place. repaired: what was mended in it."""

    file: Staged
    repaired: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that one call adds to one table. rows, years: what was read, without what the files keep of earlier ones."""

    table: str
    rows: int
    years: tuple[int, ...]
    files: tuple[Staged, ...]
    repaired: tuple[Fault, ...]
    warnings: tuple[str, ...]


def add(
    path: Path | str,
    *,
    kind: str | None = None,
    folder: Path,
    wait: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Added:
    """Read a file or folder of the user's own and lay it over the embedded data.

    path: a file or folder that one of the readers takes for its own (see `sogdia.data.readers.registry`); kind: the key
    of a reader (`baci`, `wmd`, `wgi`, `purchases`, ...) where the content does not tell; folder: the user's store, made
    when absent; wait: seconds to wait while another process writes to it, None for as long as it takes; progress:
    called with the name of every step. Trade is replaced year by year, production mineral by mineral and year by year,
    every other table as a whole. InputError lists up to 50 faults, the store is then as it was; DataError says how the
    store is.
    """
    path, folder = Path(path), Path(folder)
    tell = progress or (lambda _: None)
    origin = path.name.encode("utf-8", "replace").decode()
    tell(f"recognising {path.name}")
    recognised = recognise(path, kind)
    tell(f"reading {path.name}")
    content = recognised.read()
    with writer(folder, wait=wait, tell=tell) as store:
        if isinstance(content, ReadTable):
            batch = _table(content, origin, store.before, store.folder, store.scratch)
        else:
            with intact(path.name):
                batch = _by_year(content, origin, store.scratch, tell)
        tell("writing the catalogue")
        years = set(batch.years)
        commit(store, [entry for entry in store.before if not _replaced(entry, batch.table, years)], batch.files)
        return Added(
            batch.table,
            tuple(file.entry.file for file in batch.files),
            batch.rows,
            batch.years,
            batch.repaired,
            (*store.notes, *batch.warnings),
        )


def _by_year(content: ReadByYear, origin: str, scratch: Path, tell: Callable[[str], None]) -> _Batch:
    """A table with one file per year; one year at a time is in memory."""

    def stage(part: ReadYear) -> _Year:
        done = (origin, *content.done)
        return _Year(
            _stage(part.labelled(), content.table, (part.year,), content.source_ids, done, scratch), part.repaired
        )

    staged = content.each(stage, tell)
    files = tuple(year.file for year in staged)
    repaired = tuple(repair for year in staged for repair in year.repaired)
    rows, years = sum(file.entry.rows for file in files), tuple(file.entry.years[0] for file in files)
    return _Batch(content.table, rows, years, files, repaired, content.warnings)


def _table(reading: ReadTable, origin: str, before: Sequence[Entry], folder: Path, scratch: Path) -> _Batch:
    """Any other kind: one file with the whole table, or with what earlier ones hold beside what was read."""
    frame, sources, done = reading.frame.lazy(), reading.source_ids, (origin, *reading.done)
    warnings = [*reading.warnings, *_hidden(reading)]
    for entry in before:
        if entry.table != reading.table or reading.table not in BY_KEY:
            continue
        fault = catalogue.fault_of(folder, entry)
        if fault:  # adding again is the way to mend a store, so that it must not be stopped by the damage
            warnings.append(f"what the store held of {reading.table!r} before is not kept ({fault}).")
        else:
            frame = overlaid(BY_KEY[reading.table], frame, TableFile(folder, entry).frame())
            sources, done = (*sources, *entry.source_ids), (*done, *entry.transformations)
    years = tuple(frame.select("year").unique().sort("year").collect()["year"].to_list())
    staged = _stage(frame, reading.table, years, sources, done, scratch)
    return _Batch(reading.table, reading.frame.height, reading.years, (staged,), reading.repaired, tuple(warnings))


def _hidden(reading: ReadTable) -> list[str]:
    """What the embedded table has and the user's own does not, where it is replaced as a whole."""
    embedded = Store((snapshot_folder(),))
    if reading.table in BY_KEY or not any(file.entry.table == reading.table for file in embedded.files):
        return []
    warnings = []
    for column, what in (("year", "years"), ("country", "countries")):
        there = embedded.scan(reading.table).select(column).unique().collect()[column].to_list()
        lost = [str(value) for value in sorted(set(there) - set(reading.frame[column]))]
        if lost:
            named = ", ".join(lost[:NAMED]) + (f" and {len(lost) - NAMED} more" if len(lost) > NAMED else "")
            warnings.append(f"your table {reading.table!r} replaces the embedded one, which also had {what} {named}.")
    return warnings


def _stage(
    frame: pl.LazyFrame, table: str, years: tuple[int, ...], sources: Sequence[str], done: Sequence[str], scratch: Path
) -> Staged:
    """Write one Parquet file under a name that tells its years and its content."""
    part = scratch / f"{table}-{years[0]}.parquet"
    with unchanged(scratch.parent):
        frame.sink_parquet(part, compression="zstd", row_group_size=ROW_GROUP_ROWS)
        rows = pl.scan_parquet(part, glob=False, hive_partitioning=False).select(pl.len()).collect().item()
        digest = sha256(part)
    file = file_name(table, years, digest)
    unique = tuple(dict.fromkeys(sources)), tuple(dict.fromkeys(done))
    return Staged(part, Entry(table, file, rows, digest, unique[0], years, unique[1]))


def _replaced(entry: Entry, table: str, years: set[int]) -> bool:
    """Whether new files of a table take the place of an entry."""
    return entry.table == table and (table not in BY_YEAR or not years.isdisjoint(entry.years))
