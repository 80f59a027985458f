"""What an interrupted command leaves in a store is known by its name and removed by the next that writes there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sogdia.data.entries import WRITTEN
from sogdia.data.schema import tables
from sogdia.errors import refused
from sogdia.files import is_link

SCRATCH = re.compile(r"\.adding-[a-z0-9_]{8}")
PART = re.compile(r"\.\.?(?:catalogue|hashes)\.json\.[a-z0-9_]{8}\.part")


def table_files(folder: Path) -> Iterator[Path]:
    """Every file of a store with a name that `sogdia data add` gives, named by the catalogue or not; no links."""
    for place in _table_folders(folder):
        for path in sorted(place.iterdir()):
            if WRITTEN.fullmatch(f"{place.name}/{path.name}") and not is_link(path) and path.is_file():
                yield path


def sweep(folder: Path, named: Iterable[str]) -> list[str]:
    """Remove what an interrupted command has left, and tables that are not named; what could not be removed, and why.

    named: the files of the catalogue. To be called by the holder of the lock only.
    """
    kept = {folder / name for name in named}
    failures = _removed(path for path in table_files(folder) if path not in kept)
    failures += _removed(
        path
        for path in sorted(folder.iterdir())
        if path.name.startswith(".") and not is_link(path) and (SCRATCH if path.is_dir() else PART).fullmatch(path.name)
    )
    return failures + _removed(place for place in _table_folders(folder) if not any(place.iterdir()))


def _table_folders(folder: Path) -> list[Path]:
    """The folders that are called like tables; no links."""
    return [path for path in sorted(folder.iterdir()) if path.name in tables() and not is_link(path) and path.is_dir()]


def _removed(paths: Iterable[Path]) -> list[str]:
    """Remove files and folders; for each that could not be, a sentence that says why."""
    failures = []
    for path in list(paths):
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as why:
            failures.append(refused(OSError(why.errno, why.strerror, str(path))))
    return failures
