"""How do the user's own data get into the store? Read whole, checked whole, and then written at once or not at all.

Files are written into a folder of their own inside the store and moved to their final names, which carry a hash of
their content, only when everything has been read without fault. The catalogue, replaced last, is what makes them
count; files that it no longer names are removed afterwards.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sogdia.data import catalogue
from sogdia.data.readers.reader import ReadByYear, ReadTable, ReadYear
from sogdia.data.readers.recognise import recognise
from sogdia.data.store import BY_KEY, BY_YEAR, InForce, Store, overlaid, snapshot_folder
from sogdia.errors import DataError, Fault
from sogdia.files import sha256

HASH_DIGITS = 12
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
class _Staged:
    """A file that waits to be moved to its final name. repaired: what was mended in these years alone."""

    part: Path
    file: str
    rows: int
    years: tuple[int, ...]
    repaired: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that one call adds to one table. rows, years: what was read, without what the files keep of earlier ones."""

    table: str
    rows: int
    years: tuple[int, ...]
    files: tuple[_Staged, ...]
    source_ids: tuple[str, ...]
    done: tuple[str, ...]
    repaired: tuple[Fault, ...]
    warnings: tuple[str, ...]


def add(
    path: Path | str, *, kind: str | None = None, folder: Path, progress: Callable[[str], None] | None = None
) -> Added:
    """Read a file or folder of the user's own and lay it over the embedded data.

    path: a file or folder that one of the readers takes for its own (see `sogdia.data.readers.registry`); kind: the key
    of a reader (`baci`, `wmd`, `wgi`, `purchases`, ...) where the content does not tell; folder: the
    user's store, made when absent; progress: called with the name of every step. Trade is replaced year by year,
    production mineral by mineral and year by year, every other table as a whole. InputError lists up to 50 faults; the
    store is then as it was.
    """
    path, folder = Path(path), Path(folder)
    tell = progress or (lambda _: None)
    tell(f"recognising {path.name}")
    recognised = recognise(path, kind)
    before = catalogue.read(folder) if (folder / catalogue.FILE_NAME).is_file() else ()
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as scratch:
            tell(f"reading {path.name}")
            content = recognised.read()
            if isinstance(content, ReadTable):
                batch = _table(content, [InForce(folder, entry, None) for entry in before], Path(scratch))
            else:
                batch = _by_year(content, Path(scratch), tell)
            tell("writing the catalogue")
            return _publish(folder, before, batch, path.name)
    except OSError as why:
        raise DataError(f"{folder} cannot be written: {why}. The store is as it was.") from why
    finally:
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _by_year(content: ReadByYear, scratch: Path, tell: Callable[[str], None]) -> _Batch:
    """A table with one file per year; one year at a time is in memory."""

    def stage(part: ReadYear) -> _Staged:
        return _stage(part.labelled(), content.table, (part.year,), scratch, part.repaired)

    staged = content.each(stage, tell)
    repaired = tuple(repair for file in staged for repair in file.repaired)
    rows, years = sum(file.rows for file in staged), tuple(file.years[0] for file in staged)
    return _Batch(
        content.table, rows, years, tuple(staged), content.source_ids, content.done, repaired, content.warnings
    )


def _table(reading: ReadTable, before: Sequence[InForce], scratch: Path) -> _Batch:
    """Any other kind: one file with the whole table, or with what earlier ones hold beside what was read."""
    frame, sources, done = reading.frame.lazy(), reading.source_ids, reading.done
    warnings = [*reading.warnings, *_hidden(reading)]
    for file in before:
        if file.entry.table != reading.table or reading.table not in BY_KEY:
            continue
        fault = catalogue.fault_of(file.folder, file.entry)
        if fault:  # adding again is the way to mend a store, so that it must not be stopped by the damage
            warnings.append(f"what the store held of {reading.table!r} before is not kept ({fault}).")
        else:
            frame = overlaid(BY_KEY[reading.table], frame, file.scan())
            sources, done = (*sources, *file.entry.source_ids), (*done, *file.entry.transformations)
    years = tuple(frame.select("year").unique().sort("year").collect()["year"].to_list())
    staged = _stage(frame, reading.table, years, scratch)
    return _Batch(
        reading.table,
        reading.frame.height,
        reading.years,
        (staged,),
        tuple(dict.fromkeys(sources)),
        tuple(dict.fromkeys(done)),
        reading.repaired,
        tuple(warnings),
    )


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
    frame: pl.LazyFrame, table: str, years: tuple[int, ...], scratch: Path, repaired: tuple[Fault, ...] = ()
) -> _Staged:
    """Write one Parquet file under a name that tells its years and its content."""
    part = scratch / f"{table}-{years[0]}.parquet"
    frame.sink_parquet(part, compression="zstd", row_group_size=ROW_GROUP_ROWS)
    rows = pl.scan_parquet(part).select(pl.len()).collect().item()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return _Staged(part, f"{table}/{span}-{sha256(part)[:HASH_DIGITS]}.parquet", rows, years, repaired)


def _publish(folder: Path, before: tuple[catalogue.Entry, ...], batch: _Batch, origin: str) -> Added:
    """Move the files to their names, then the catalogue; remove what it no longer names."""
    added = []
    for staged in batch.files:
        target = folder / staged.file
        target.parent.mkdir(exist_ok=True)
        staged.part.replace(target)
        added.append(
            catalogue.entry_for(
                folder,
                staged.file,
                table=batch.table,
                rows=staged.rows,
                source_ids=batch.source_ids,
                years=staged.years,
                transformations=tuple(dict.fromkeys((origin, *batch.done))),
            )
        )
    years = set(batch.years)
    replaced = [entry for entry in before if _replaced(entry, batch.table, years)]
    catalogue.write(folder, (*(entry for entry in before if entry not in replaced), *added))
    for entry in replaced:
        if entry.file not in {staged.file for staged in batch.files}:
            (folder / entry.file).unlink(missing_ok=True)
    return Added(
        batch.table,
        tuple(staged.file for staged in batch.files),
        batch.rows,
        batch.years,
        batch.repaired,
        batch.warnings,
    )


def _replaced(entry: catalogue.Entry, table: str, years: set[int]) -> bool:
    """Whether new files of a table take the place of an entry."""
    return entry.table == table and (table not in BY_YEAR or not years.isdisjoint(entry.years))
