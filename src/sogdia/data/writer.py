"""Whoever changes a store does it here: alone, safe on the disk before it counts, and told truly when something fails.

The order is: lock, sweep, read the catalogue, stage new files, move them to their names, wait until all is on the
disk, replace the catalogue, remove what it no longer names, unlock. Only the replacing changes what readers see.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sogdia.data import catalogue
from sogdia.data.entries import Change, Entry
from sogdia.data.leftovers import sweep, table_files
from sogdia.data.lock import Lock, must_be_a_wait, writing
from sogdia.data.salvage import put_aside, put_back, salvage
from sogdia.errors import DataError, SogdiaError, refusal, refused
from sogdia.files import NAME_BYTES, is_link, sync, sync_folder

LOCK_NAME = ".lock"
LONGEST_HISTORY = 500


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits to be moved to the name in its entry."""

    part: Path
    entry: Entry


@dataclass(frozen=True, slots=True)
class Writer:
    """A store that is locked for writing. before: the entries in force; there: their files that exist.

    sound: whether the catalogue is. notes: what was wrong with the store, what is kept and lost of it, and what could
    not be removed; history: what was done to it before.
    """

    folder: Path
    lock: Lock
    scratch: Path
    before: tuple[Entry, ...]
    there: frozenset[str]
    sound: bool
    notes: tuple[str, ...]
    history: tuple[Change, ...] = ()


@contextmanager
def writer(folder: Path, *, wait: float | None, tell: Callable[[str], None]) -> Iterator[Writer]:
    """Hold a store for writing; it is made when absent, and removed again when nothing has been written.

    wait: seconds to wait for another writer, None for as long as it takes. DataError says how the store is afterwards.
    """
    must_be_a_wait(wait)
    if "\0" in str(folder):
        raise DataError(f"{str(folder)!r} is no path. Name another folder.")
    with unchanged(folder):
        folder = folder.absolute()
        made = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with writing(folder / LOCK_NAME, what=folder, wait=wait, tell=tell) as lock:
                before, sound, notes = _opened(folder)
                parsed = catalogue.look(folder)
                with _scratch(folder) as scratch:
                    there = frozenset(entry.file for entry in before if (folder / entry.file).exists())
                    yield Writer(folder, lock, scratch, before, there, sound, notes, parsed.history if parsed else ())
        finally:
            if made:
                with suppress(OSError):
                    folder.rmdir()


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """What the operating system refuses before the catalogue is replaced leaves the store as it was, and says so."""
    try:
        yield
    except SogdiaError:
        raise
    except Exception as why:
        cause = refusal(why)
        if cause is None:
            raise
        if isinstance(cause, FileNotFoundError):
            raise _removed(folder, cause.filename or "a file of it") from why
        raise DataError(f"{folder} cannot be written: {refused(cause)} The store is as it was.") from why


def _removed(folder: Path, gone: object) -> DataError:
    return DataError(
        f"{folder} was removed or changed by another program while it was written ({gone} is gone). Nothing was added: "
        "see what is left with `sogdia data verify`, and add the data again."
    )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder for what is not yet in force; what cannot be removed of it is swept by the next writer."""
    path = folder / f".adding-{secrets.token_hex(NAME_BYTES)}"
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _opened(folder: Path) -> tuple[tuple[Entry, ...], bool, tuple[str, ...]]:
    """The entries in force, whether the catalogue is sound, and notes; a sound store is swept."""
    parsed = catalogue.look(folder)
    if parsed is not None and not parsed.faults:
        return parsed.entries, True, _told(sweep(folder, (entry.file for entry in parsed.entries)))
    if parsed is None and not any(table_files(folder)):
        return (), True, _told(sweep(folder, ()))
    saved = salvage(folder, parsed)
    return saved.entries, False, saved.notes


def _told(failures: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"a leftover of an earlier command could not be removed: {failure}" for failure in failures)


def commit(
    store: Writer,
    entries: Sequence[Entry],
    staged: Sequence[Staged] = (),
    *,
    done: str = "the new data are in place",
    obstacles: Sequence[Path] = (),
    change: Change | None = None,
) -> None:
    """Put files in place and let these entries, with those of the files, be the store.

    obstacles: what else is to be removed afterwards; change: what goes into the history; done: what has been achieved
    by then, for messages. DataError when nothing was changed, and also when everything was but something could not be
    removed: the message says which.
    """
    folder, everything = store.folder, (*entries, *(file.entry for file in staged))
    history = (*store.history, *((change,) if change else ()))[-LONGEST_HISTORY:]
    fresh = [path for file in staged if not (path := folder / file.entry.file).exists()]
    aside: Path | None = None
    first = False
    try:
        if not store.sound:
            aside = put_aside(folder)
        if not os.path.lexists(folder / catalogue.FILE_NAME):
            # Tables without a catalogue are tables whose catalogue is lost, never an `add` that was interrupted.
            first = True
            catalogue.replace(folder, ())
        _place(folder, staged)
        _must_be_ours(store, {*(e.file for e in entries if e.file in store.there), *(f.entry.file for f in staged)})
        catalogue.replace(folder, everything, history)
    except BaseException:
        _undo(store, everything, history, fresh, first, aside)
        raise
    failures = _safe(folder, first) + _swept(folder, everything, obstacles)
    if failures:
        raise DataError(
            f"{done} in {folder}; cleaning up failed: {failures[0]} The next `sogdia data add` tries again."
        )


def _place(folder: Path, staged: Sequence[Staged]) -> None:
    """Move files to their names, and wait until they are on the disk."""
    for file in staged:
        sync(file.part)
    for table in sorted({file.entry.table for file in staged}):
        place = folder / table
        if is_link(place):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place))
        if not place.exists():
            place.mkdir()
            sync_folder(folder)
        for file in staged:
            if file.entry.table == table:
                file.part.replace(folder / file.entry.file)
        sync_folder(place)


def _must_be_ours(store: Writer, files: Set[str]) -> None:
    """DataError when another program has removed the store, or files of it, while it was locked."""
    gone = [file for file in sorted(files) if not (store.folder / file).exists()]
    if gone or not store.lock.in_place():
        raise _removed(store.folder, gone[0] if gone else "its lock file")


def _undo(
    store: Writer,
    entries: Sequence[Entry],
    history: tuple[Change, ...],
    fresh: Sequence[Path],
    first: bool,
    aside: Path | None,
) -> None:
    """Remove what was put in place, unless the catalogue has come to name it after all; the catalogue goes last."""
    folder = store.folder
    if not store.lock.in_place() or catalogue.reads(folder, tuple(entries), history):
        return
    for path in fresh:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()
    if first:
        with suppress(OSError):
            (folder / catalogue.FILE_NAME).unlink()
    if aside is not None:
        put_back(folder, aside)


def _safe(folder: Path, first: bool) -> list[str]:
    """Wait until the new catalogue is on the disk, and a new store's own name; why that failed, if it did."""
    try:
        sync_folder(folder)
        if first:
            with suppress(PermissionError):
                sync_folder(folder.parent)
    except OSError as why:
        return [refused(OSError(why.errno, why.strerror, str(folder)))]
    return []


def _swept(folder: Path, entries: Sequence[Entry], obstacles: Sequence[Path]) -> list[str]:
    """Remove obstacles and whatever the catalogue does not name; why that failed, if it did."""
    try:
        for path in obstacles:
            path.unlink()
        return sweep(folder, (entry.file for entry in entries))
    except OSError as why:
        return [refused(why)]
