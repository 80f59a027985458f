"""What stands in the cells of an XLSX workbook? Read as text, with the row numbers the spreadsheet shows.

The file is a zip of XML parts (ECMA-376). It is read here cell by cell, sparsely, so that one stray cell at the far
corner of a sheet costs nothing, a formula can be told from its stored result, and every fault has its row.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from sogdia.errors import Fault, InputError
from sogdia.tabular import archive
from sogdia.tabular.grid import Grid, Line

MAX_COLUMNS = 1024
MAX_CELLS = 20_000_000
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Stored:
    """What the cells of a workbook refer to. strings: the shared texts; calculated: whether zeros beside formulas are
    results, or stand there because no program has calculated the workbook since another one wrote it.
    """

    strings: tuple[str, ...]
    calculated: bool


def is_workbook(path: Path) -> bool:
    """Whether a file is a zip archive that holds a workbook part."""
    try:
        with zipfile.ZipFile(path) as zipped:
            return "xl/workbook.xml" in zipped.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Every sheet as a grid, in the workbook's order."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head == archive.OLE_MAGIC:
        raise _no_workbook(path.name, "an old .xls file, or a workbook with a password")
    if not head.startswith(archive.ZIP_MAGIC[:2]):
        raise _no_workbook(path.name, f"a file that starts with {head!r}")
    parts = {info.filename for info in archive.members(path)}
    if "xl/workbook.xml" not in parts:
        raise _no_workbook(path.name, "a zip archive without a workbook")
    try:
        with archive.intact(path.name), zipfile.ZipFile(path) as zipped:
            strings = _strings(zipped) if "xl/sharedStrings.xml" in parts else ()
            results = Stored(strings, calculated=not _to_be_calculated(zipped))
            return tuple(
                _sheet(zipped, part, path.name, sheet, results) for sheet, part in _sheets(zipped) if part in parts
            )
    except (ElementTree.ParseError, LookupError, ValueError) as why:
        raise _no_workbook(path.name, f"a damaged workbook ({why})") from why


def _no_workbook(file: str, found: str) -> InputError:
    remedy = "Save the table as .xlsx (Excel workbook) without a password, or as CSV in UTF-8."
    return InputError([Fault(file, "the file is an XLSX workbook", remedy, value=found[:120])])


def _tag(element: ElementTree.Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def _elements(zipped: zipfile.ZipFile, part: str, wanted: str) -> Iterator[ElementTree.Element]:
    """The elements of one kind, each dropped from memory after use."""
    with zipped.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if _tag(element) == wanted:
                yield element
                element.clear()


def _sheets(zipped: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, part) of every sheet."""
    targets = {
        e.get("Id", ""): e.get("Target", "") for e in _elements(zipped, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found = [
        (e.get("name", ""), targets.get(e.get(RELATION, ""), "")) for e in _elements(zipped, "xl/workbook.xml", "sheet")
    ]
    return [(name, t.lstrip("/") if t.startswith("/") else f"xl/{t}") for name, t in found]


def _to_be_calculated(zipped: zipfile.ZipFile) -> bool:
    """Whether the writer of the workbook left its formulas to whatever program opens it."""
    return any(e.get("fullCalcOnLoad") in {"1", "true"} for e in _elements(zipped, "xl/workbook.xml", "calcPr"))


def _strings(zipped: zipfile.ZipFile) -> tuple[str, ...]:
    """The shared strings; reading aids for Japanese (phonetic runs) are no part of the text."""
    return tuple(_text(item) for item in _elements(zipped, "xl/sharedStrings.xml", "si"))


def _text(item: ElementTree.Element) -> str:
    parts = []
    for child in item:
        if _tag(child) == "t":
            parts.append(child.text or "")
        elif _tag(child) == "r":
            parts += [run.text or "" for run in child if _tag(run) == "t"]
    return "".join(parts)


def _sheet(zipped: zipfile.ZipFile, part: str, file: str, name: str, results: Stored) -> Grid:
    """One sheet as a grid."""
    lines: list[Line] = []
    number = cells_read = formulas = 0
    for row in _elements(zipped, part, "row"):
        number = int(row.get("r", number + 1))
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            column = _column(cell.get("r", ""), column + 1)
            value, formula = _value(cell, results)
            formulas += formula
            if value:
                cells[column] = value
        cells_read += len(cells)
        if cells and (max(cells) >= MAX_COLUMNS or cells_read > MAX_CELLS):
            rule = f"a sheet has {MAX_COLUMNS} columns and {MAX_CELLS} cells at most"
            raise InputError([Fault(f"{file} [{name}]", rule, "Remove what does not belong to the table.", number)])
        if cells:
            lines.append(Line(number, tuple(cells.get(at, "") for at in range(max(cells) + 1))))
    return Grid(file, name, tuple(lines), formulas)


def _column(reference: str, following: int) -> int:
    """0-based column of a reference such as "AB12"; cells without one follow each other."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return following
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, results: Stored) -> tuple[str, bool]:
    """(text of the cell, whether it holds a formula); a formula without a result is the formula itself."""
    kind, stored, formula = cell.get("t", "n"), "", None
    for child in cell:
        tag = _tag(child)
        if tag == "v":
            stored = child.text or ""
        elif tag == "is":
            return _text(child).strip(), False
        elif tag == "f":
            formula = f"={child.text or ''}"
    if formula and kind == "n" and (not stored or (not results.calculated and float(stored) == 0)):
        return formula, True
    if kind == "s" and stored:
        stored = results.strings[int(stored)]
    elif kind == "b":
        stored = "TRUE" if stored == "1" else "FALSE"
    elif kind == "n" and stored:
        stored = plain(stored)
    return stored.strip(), formula is not None


def plain(stored: str) -> str:
    """A stored number the way a person writes it: 2022 for "2022.0", 0.1 for "0.1"."""
    number = float(stored)
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
