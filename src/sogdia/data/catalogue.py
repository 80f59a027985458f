"""Which files make up a store, and are they the files that were written? One JSON file lists them with their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sogdia.errors import DataError
from sogdia.files import sha256, write_text

FORMAT = 1
FILE_NAME = "catalogue.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a table. years: the calendar years it holds, empty for tables without years."""

    table: str
    file: str
    rows: int
    sha256: str
    source_ids: tuple[str, ...]
    years: tuple[int, ...]
    transformations: tuple[str, ...]


def read(folder: Path) -> tuple[Entry, ...]:
    """The entries of a store folder; DataError when the catalogue is missing, damaged or of another format."""
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise DataError(f"{path}: format {content['format']}, but this Sogdia reads {FORMAT}. Add the data again.")
        return tuple(_entry(item) for item in content["files"])
    except FileNotFoundError:
        raise DataError(f"{folder} is no store: {FILE_NAME} is missing.") from None
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as fault:
        raise DataError(f"{path} is damaged ({fault}). Add the data again.") from fault


def _entry(item: dict[str, Any]) -> Entry:
    return Entry(
        table=item["table"],
        file=item["file"],
        rows=item["rows"],
        sha256=item["sha256"],
        source_ids=tuple(item["source_ids"]),
        years=tuple(item["years"]),
        transformations=tuple(item["transformations"]),
    )


def write(folder: Path, entries: tuple[Entry, ...]) -> Path:
    """Write the catalogue atomically; until then a store shows its former state."""
    files = [asdict(entry) for entry in sorted(entries, key=lambda e: (e.table, e.file))]
    return write_text(folder / FILE_NAME, json.dumps({"format": FORMAT, "files": files}, indent=1) + "\n")


def entry_for(
    folder: Path,
    file: str,
    *,
    table: str,
    rows: int,
    source_ids: tuple[str, ...],
    years: tuple[int, ...] = (),
    transformations: tuple[str, ...] = (),
) -> Entry:
    """The entry of a file that has just been written."""
    return Entry(table, file, rows, sha256(folder / file), source_ids, years, transformations)


def damage(files: Iterable[str]) -> DataError:
    """The error for files that are not what was written: "FOLDER: FILE: missing" or "... changed"."""
    return DataError("files of the store are damaged:\n  " + "\n  ".join(files) + "\nInstall or add them again.")


def damaged(folder: Path) -> tuple[str, ...]:
    """Files whose content is not what the catalogue says: "FILE: missing" or "FILE: changed"."""
    return tuple(fault for entry in read(folder) if (fault := fault_of(folder, entry)))


def fault_of(folder: Path, entry: Entry) -> str | None:
    """What is wrong with one file, None when it is as it was written."""
    path = folder / entry.file
    if not path.is_file():
        return f"{entry.file}: missing"
    return f"{entry.file}: changed" if sha256(path) != entry.sha256 else None
