"""When a catalogue is damaged or gone, the tables that are whole are found again, and the damaged text is put aside.

An entry without a fault is kept as it is. A table that no sound entry names is known by its file name, whose digits
must be those of its content's hash; rows and years are read from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sogdia.data import catalogue
from sogdia.data.entries import Entry, Parsed, doubled, file_name
from sogdia.data.integrity import OpenFile, TableFile, misfit
from sogdia.data.leftovers import table_files
from sogdia.data.parts import parts_of
from sogdia.data.schema import BY_YEAR
from sogdia.files import sha256

SOURCES = {"trade": "CEPII_BACI", "production": "BMF_WMD", "governance": "WB_WGI", "purchases": "OWN_PURCHASES"}
RECOVERED = "found again by its name after the catalogue was damaged"


@dataclass(frozen=True, slots=True)
class Salvage:
    """What is left of a store without a sound catalogue. notes: what was wrong, what is kept and what is lost."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def salvage(folder: Path, parsed: Parsed | None) -> Salvage:
    """The tables of a store that are whole. parsed: what the catalogue says, None where there is none."""
    entries = [] if parsed is None else [_sound(folder, entry) for entry in parsed.entries]
    faults = ("it is missing",) if parsed is None else parsed.faults
    notes = [f"{folder / catalogue.FILE_NAME} is damaged: {fault}" for fault in faults]
    named = {entry.file for entry in entries}
    newest_first = sorted(table_files(folder), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    for path in newest_first:
        file = path.relative_to(folder).as_posix()
        if file in named:
            continue
        entry = _recovered(path, file)
        why = "its content is not what its name says" if entry is None else doubled(entry, entries)
        if entry is None or why:
            notes.append(f"{file} is lost: {why}")
        else:
            entries.append(entry)
            notes.append(f"{file} is kept, without the names of the files that it came from")
    return Salvage(tuple(entries), tuple(notes))


def _sound(folder: Path, entry: Entry) -> Entry:
    """The entry, or where damage of the catalogue may have changed what it says of a whole file, the file's own."""
    if TableFile(folder, entry).fault() is None or not (folder / entry.file).is_file():
        return entry
    return _recovered(folder / entry.file, entry.file) or entry


def _recovered(path: Path, file: str) -> Entry | None:
    """The entry of a file by its name and content; None where they disagree."""
    table, digest = path.parent.name, sha256(path)
    opened = OpenFile(path)
    try:
        frame = opened.parquet()
        rows = frame.select(pl.len()).collect().item()
        years = tuple(frame.select(pl.col("year").cast(pl.Int64)).unique().collect()["year"].drop_nulls().sort())
        parts = parts_of(frame.select("hs6").unique().collect(), "code") if table in BY_YEAR else ()
    except pl.exceptions.PolarsError:
        return None
    if not years or file_name(table, years, digest) != file:
        return None
    sources = (SOURCES[table],) if table in SOURCES else ()
    entry = Entry(table, file, rows, digest, sources, years, (RECOVERED,), parts)
    return None if misfit(opened, entry) else entry


def put_aside(folder: Path) -> Path | None:
    """Give the damaged catalogue a second name that nothing has, and return it; None where there is no catalogue.

    The first name goes to the new catalogue afterwards, so that the store is never without one.
    """
    there = folder / catalogue.FILE_NAME
    if not os.path.lexists(there):
        return None
    for aside in _asides(folder):
        try:
            os.link(there, aside, follow_symlinks=False)
        except FileExistsError:
            continue
        except (OSError, NotImplementedError):  # a folder, or a file system without hard links
            if os.path.lexists(aside):
                continue
            there.rename(aside)
        return aside
    return None


def put_back(folder: Path, aside: Path) -> None:
    """Undo `put_aside`."""
    with suppress(OSError):
        if os.path.lexists(folder / catalogue.FILE_NAME):
            aside.unlink()
        else:
            aside.rename(folder / catalogue.FILE_NAME)


def _asides(folder: Path) -> Iterable[Path]:
    """catalogue.json.bad, catalogue.json.bad.2, ..."""
    name = f"{catalogue.FILE_NAME}.bad"
    yield folder / name
    for number in range(2, 10_000):
        yield folder / f"{name}.{number}"
