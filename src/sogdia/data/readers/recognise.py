"""The kind of data that a file or folder holds, by its content and not by its name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sogdia.data.readers.baci import YEARLY
from sogdia.data.readers.reader import ReadByYear, Reader, ReadTable
from sogdia.data.readers.registry import keys, reader, readers
from sogdia.errors import Fault, InputError
from sogdia.tabular import archive
from sogdia.tabular.user_file import UserFile, user_file


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose kind is known."""

    file: UserFile
    reader: Reader

    def read(self) -> ReadTable | ReadByYear:
        """Its rows; InputError with every fault."""
        with archive.intact(self.file.name):
            return self.reader.read(self.file)


def recognise(path: Path | str, named: str | None = None) -> Recognised:
    """The file with its reader; `named` is the user's own word for its kind.

    InputError where there is no such file, or no reader takes it for its own.
    """
    chosen = None if named is None else reader(named)
    file = _only_file(user_file(path))
    with archive.intact(file.name):
        _must_have_content(file)
        if chosen is None:
            chosen = next((each for each in readers() if each.recognises(file)), None)
        if chosen is None:
            raise _unrecognised(file)
    if file.is_folder and not chosen.folders:
        rule, remedy = f"data of kind {chosen.key} are one file", "Name the file."
        raise InputError([Fault(file.name, rule, remedy, value="a folder")])
    return Recognised(file, chosen)


def _only_file(given: UserFile) -> UserFile:
    """The file itself, or the one that a folder holds where it is no part of a release."""
    if not given.is_folder:
        return given
    inside = [each for each in islice(given.path.iterdir(), 2) if not each.name.startswith(".")]
    if len(inside) != 1 or not inside[0].is_file() or YEARLY.fullmatch(inside[0].name):
        return given
    return user_file(inside[0])


def _must_have_content(file: UserFile) -> None:
    if not file.is_folder and not file.path.stat().st_size:
        rule, remedy = "the file holds a header and data", "Give a file with content."
        raise InputError([Fault(file.name, rule, remedy, value="nothing")])
    archive.must_not_be_packed(file.name, file.head)


def _unrecognised(file: UserFile) -> InputError:
    """The error for content that is nobody's."""
    first = next((line for grid in file.tables for line in grid.lines), None)
    titles = [each.title for each in readers()]
    fault = Fault(
        file.name,
        f"the content is {', '.join(titles[:-1])} or {titles[-1]}",
        f"Look at the header line, or name the kind ({', '.join(keys())}) to be told what is missing.",
        first.number if first else None,
        value=first.shown if first else "no text",
    )
    return InputError([fault])
