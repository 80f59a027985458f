"""A damaged store is made to work again: what is damaged is named with what it held, and then removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sogdia.data.entries import Entry
from sogdia.data.integrity import UNREADABLE, TableFile
from sogdia.data.schema import tables
from sogdia.data.writer import commit, writer
from sogdia.errors import DataError
from sogdia.files import is_link

NAMED = 3


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair has done. files: how many there are now; notes: what was damaged, kept and lost, in sentences."""

    files: int
    notes: tuple[str, ...]


def repair(folder: Path | str, *, wait: float | None = None, tell: Callable[[str], None] = lambda _: None) -> Repaired:
    """Remove from a user's own store what is not as it was written, so that the rest can be read.

    A damaged catalogue is put aside as `catalogue.json.bad`. tell: called with every loss before anything is removed;
    wait: as for `add`. DataError where there is no store, where a file may not be read, and where writing fails.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DataError(f"{folder} is no store: there is no such folder. Make one with `sogdia data add`.")
    with writer(folder, wait=wait, tell=tell) as store:
        links = [path for table in sorted(tables()) if is_link(path := store.folder / table)]
        notes = [*store.notes, *(f"{path}: a link in the place of a folder; what it points to stays" for path in links)]
        kept: list[Entry] = []
        for entry in store.before:
            fault = TableFile(store.folder, entry).fault()
            if fault is None:
                kept.append(entry)
            elif fault.startswith(UNREADABLE):
                place = store.folder / entry.file
                raise DataError(
                    f"{place} {fault}, so it is not removed. Get permission to read it. Nothing was changed."
                )
            else:
                notes.append(_loss(entry, fault))
        for note in notes:
            tell(note)
        if notes:
            commit(store, kept, done="the store is repaired", obstacles=links)
        return Repaired(len(kept), tuple(notes))


def _loss(entry: Entry, fault: str) -> str:
    """What goes with a file."""
    span = "" if not entry.years else f" of {entry.years[0]}"
    span += f" to {entry.years[-1]}" if len(entry.years) > 1 else ""
    origin = f", from {', '.join(entry.transformations[:NAMED])}" if entry.transformations else ""
    return f"{entry.file}: {fault}; lost: {entry.rows:,} rows of {entry.table}{span}{origin}"
