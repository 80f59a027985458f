"""The first line of a large CSV file, which alone decides what the file is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from sogdia.tabular.grid import fold

HEAD_BYTES = 2**16
SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a file: the titles as they stand there, and what separates them."""

    titles: tuple[str, ...]
    separator: str

    def has(self, *names: str) -> bool:
        """Whether all these columns are there, whatever their case."""
        folded = {fold(title) for title in self.titles}
        return all(fold(name) in folded for name in names)

    def title(self, *names: str) -> str | None:
        """The title of the first of these columns that is there."""
        by_folded = {fold(title): title for title in reversed(self.titles)}
        return next((by_folded[fold(name)] for name in names if fold(name) in by_folded), None)


def head_of(path: Path) -> Head | None:
    """The head of a text file; None for folders, archives and what is no text."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        raw = stream.read(HEAD_BYTES)
    if b"\0" in raw[:4]:
        return None
    line = raw.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    separator = max(SEPARATORS, key=line.count)
    try:
        titles = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    except csv.Error:
        return None
    return Head(tuple(title.strip() for title in titles), separator)
