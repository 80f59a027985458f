"""A file or folder that the user names: what it is by its content, and its tables, read once."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.tabular import archive
from sogdia.tabular.grid import Grid, fold
from sogdia.tabular.limits import TABLE_BYTES
from sogdia.tabular.text import AS_TABLE, decode, parse
from sogdia.tabular.workbook import WORKBOOK_PART, read_workbook
from sogdia.text import LAYOUT, UNSAFE, code_point

SMALLER_TABLE = "Leave out what is not asked for, or add rows up."
WORKBOOK_ENDINGS = {".xlsx", ".xls"}


@dataclass(frozen=True)
class UserFile:
    """A path that exists. name: as faults call it. Its content is looked at when it is asked for, and only once."""

    path: Path
    name: str

    @cached_property
    def is_folder(self) -> bool:
        """Whether it is a folder; anything else is an ordinary file."""
        return self.path.is_dir()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, which tell archives from text."""
        if self.is_folder:
            return b""
        with archive.intact(self.name), self.path.open("rb") as stream:
            return stream.read(len(archive.OLE_MAGIC))

    @cached_property
    def parts(self) -> frozenset[str] | None:
        """Names of the files of a zip archive; None for anything else. InputError where it is damaged or dangerous."""
        if self.is_folder or not (self.head.startswith(archive.ZIP_MAGIC) or zipfile.is_zipfile(self.path)):
            return None
        return frozenset(info.filename for info in archive.members(self.path, self.name))

    @cached_property
    def tables(self) -> tuple[Grid, ...]:
        """The sheets of a workbook, or the one table of a CSV file; none of a folder or another archive."""
        by_name = self.path.suffix.lower() in WORKBOOK_ENDINGS
        if self.is_folder or (self.parts is not None and WORKBOOK_PART not in self.parts and not by_name):
            return ()
        if self.parts is not None or by_name or self.head == archive.OLE_MAGIC:
            return read_workbook(self.path, self.name)
        text, name, repaired = self.text(TABLE_BYTES)
        return (parse(text, name, (*repaired, *_unfinished(text, name))),)

    def text(
        self, most_bytes: int, as_text: str = AS_TABLE, smaller: str = SMALLER_TABLE
    ) -> tuple[str, str, tuple[Fault, ...]]:
        """The text of the file, its name and what was repaired in decoding it.

        as_text, smaller: what to do where it is no text, or too large.
        """
        size = self.path.stat().st_size
        if size > most_bytes:
            limit = f"{most_bytes // 2**20} MiB" if most_bytes >= 2**20 else f"{most_bytes // 2**10} KiB"
            rule = f"a file of this kind is {limit} at most"
            raise InputError([Fault(self.name, rule, smaller, value=f"{size / 2**20:.1f} MiB")])
        with archive.intact(self.name):
            text, repaired = decode(self.path.read_bytes(), self.name, as_text)
        return text, self.name, repaired


def _unfinished(text: str, name: str) -> tuple[Fault, ...]:
    """The note on a table whose last line has no end, as where a file was cut."""
    if not text.strip() or text.endswith(("\n", "\r")):
        return ()
    rule, remedy = "the last line has a line end", "Read as it stands: is the file whole, and its last figure?"
    return (Fault(name, rule, remedy, text.count("\n") + 1, value=text.rpartition("\n")[2][-40:]),)


def user_file(path: Path | str, name: str | None = None) -> UserFile:
    """The file or folder with this path; InputError where there is none, or nothing that can be read.

    name: what faults call it, by default the last part of the path.
    """
    path = Path(path)
    shown = name or path.name or str(path)
    match = UNSAFE.search(path.name) or LAYOUT.search(path.name)
    if match:
        rule = f"the name of a file has no control characters, and this one has {code_point(match[0])}"
        raise InputError([Fault(shown, rule, "Rename the file.")])
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        raise InputError([Fault(str(path), "the file does not exist", "Check the path.")]) from None
    except (OSError, ValueError) as why:
        raise InputError([Fault(str(path), "the path can be read", "Check the path.", value=str(why))]) from None
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        remedy = "Save its content as a file first."
        raise InputError([Fault(shown, "the path is that of a file or folder", remedy, value="a device or a pipe")])
    return UserFile(path, shown)


def user_table(path: Path | str, sheet: str, name: str | None = None) -> Grid:
    """The table of one file: CSV, or the sheet of a workbook that is called so or is the only one with content."""
    return the_sheet(a_file(path, name), sheet)


def a_file(path: Path | str, name: str | None = None) -> UserFile:
    """As `user_file`, and InputError for a folder."""
    file = user_file(path, name)
    if file.is_folder:
        raise InputError([Fault(file.name, "this is a folder, and a file is needed", "Name the file.")])
    return file


def the_sheet(file: UserFile, sheet: str) -> Grid:
    """The table of a CSV file, or the sheet of a workbook that is called so or is the only one with content."""
    grids = must_be_table(file)
    if not grids[0].sheet:
        return grids[0]
    by_name = {fold(grid.sheet): grid for grid in grids}
    if sheet in by_name:
        return by_name[sheet]
    filled = [grid for grid in grids if grid.lines]
    if len(filled) == 1:
        return filled[0]
    rule, remedy = f"a sheet is called {sheet!r}", f"Name the sheet with the data {sheet!r}."
    raise InputError([Fault(file.name, rule, remedy, value=", ".join(grid.sheet for grid in grids)[:80])])


def must_be_table(file: UserFile) -> tuple[Grid, ...]:
    """The tables of a file; InputError for an archive or a folder."""
    if not file.tables:
        remedy = "Save the table as .xlsx (Excel workbook) or as CSV in UTF-8."
        value = "a folder" if file.is_folder else "a zip archive without a workbook"
        raise InputError([Fault(file.name, "the file is a table", remedy, value=value)])
    return file.tables
