"""The cells of an XLSX workbook as text, with the row numbers that the spreadsheet shows.

The file is a zip of XML parts (ECMA-376). Its cells are read one by one, so that a stray cell at the far corner of a
sheet costs nothing, a formula can be told from its stored result, and every fault has its row.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from sogdia.errors import Fault, InputError
from sogdia.tabular import archive
from sogdia.tabular.grid import Grid, Line, must_be_safe, one_line
from sogdia.tabular.limits import COLUMNS, HEADER_LINES, WORKBOOK_CELLS, WORKBOOK_CHARACTERS, WORKBOOK_SHEETS
from sogdia.tabular.workbook_xml import BROKEN, Attributes, Budget, read_part, too_much
from sogdia.text import LAYOUT, UNSAFE, code_point

WORKBOOK_PART, RELATIONS_PART, STRINGS_PART = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
)
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# The name of a sheet's reference in the usual format and in the one called strict.
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
LAST_ROW = 2**20
BLANKS = " \t\r\n"


def read_workbook(path: Path, name: str | None = None) -> tuple[Grid, ...]:
    """Every sheet as a grid, in the workbook's order. name: as faults call the file."""
    file = name or path.name
    with archive.intact(file), path.open("rb") as stream:
        head = stream.read(len(archive.OLE_MAGIC))
    if head == archive.OLE_MAGIC:
        raise _no_workbook(file, "an old .xls file, or a workbook with a password")
    if not head.startswith(archive.ZIP_MAGIC[:2]):
        raise _no_workbook(file, f"a file that starts with {head!r}")
    parts = {info.filename for info in archive.members(path, file)}
    if WORKBOOK_PART not in parts:
        raise _no_workbook(file, "a zip archive without a workbook")
    try:
        with archive.intact(file), zipfile.ZipFile(path) as zipped:
            return _sheets(zipped, parts, Budget(file))
    except BROKEN as why:
        raise _no_workbook(file, f"a damaged workbook ({why})") from why


def _no_workbook(file: str, value: str) -> InputError:
    remedy = "Save the table as .xlsx (Excel workbook) without a password, or as CSV in UTF-8."
    return InputError([Fault(file, "the file is an XLSX workbook", remedy, value=value[:120])])


def _sheets(zipped: zipfile.ZipFile, parts: set[str], budget: Budget) -> tuple[Grid, ...]:
    contents = _contents(zipped, budget)
    strings = _strings(zipped, budget) if STRINGS_PART in parts else ()
    room = Room(budget.file)
    grids = []
    for sheet, part in contents.sheets.items():
        if part in parts:
            reader = SheetReader(f"{budget.file} [{sheet}]", strings, contents.calculated, room)
            read_part(zipped, part, budget, reader.start, reader.end)
            grid = Grid(budget.file, sheet, tuple(reader.lines), reader.formulas)
            grids.append(grid if reader.safe else must_be_safe(grid))
    return tuple(grids)


@dataclass(slots=True)
class Contents:
    """What the workbook's own part says. sheets: the part of every sheet by its name; calculated: whether zeros beside
    formulas are results, or stand there because no program has calculated the workbook since another one wrote it.
    """

    sheets: dict[str, str]
    calculated: bool


def _contents(zipped: zipfile.ZipFile, budget: Budget) -> Contents:
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []
    calculated = True

    def start(element: str, attributes: Attributes) -> bool:
        nonlocal calculated
        if element == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif element == "sheet":
            named.append((attributes.get("name", ""), next((attributes[r] for r in RELATIONS if r in attributes), "")))
        elif element == "calcPr" and attributes.get("fullCalcOnLoad") in {"1", "true"}:
            calculated = False
        return False

    for part in (RELATIONS_PART, WORKBOOK_PART):
        read_part(zipped, part, budget, start, lambda element, text: None)
    if len(named) > WORKBOOK_SHEETS:
        raise too_much(budget.file, f"a workbook has {WORKBOOK_SHEETS} sheets at most")
    sheets: dict[str, str] = {}
    for name, relation in named:
        match = UNSAFE.search(name) or LAYOUT.search(name)
        if match:
            rule = f"the name of a sheet has no control characters, and this one has {code_point(match[0])}"
            raise InputError([Fault(budget.file, rule, "Rename the sheet.", value=name)])
        if name in sheets:
            rule, remedy = "a sheet's name stands once in a workbook", "Rename or delete one of the sheets."
            raise InputError([Fault(budget.file, rule, remedy, value=name)])
        target = targets.get(relation, "")
        sheets[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return Contents(sheets, calculated)


def _strings(zipped: zipfile.ZipFile, budget: Budget) -> tuple[str, ...]:
    """The shared strings; reading aids for Japanese (phonetic runs) are no part of the text."""
    strings: list[str] = []
    pieces: list[str] = []
    aids = characters = 0

    def start(element: str, attributes: Attributes) -> bool:
        nonlocal aids
        aids += element == "rPh"
        return element == "t" and not aids

    def end(element: str, text: str) -> None:
        nonlocal aids, characters
        aids -= element == "rPh"
        if element == "t" and text:
            pieces.append(text)
            characters += len(text)
        elif element == "si":
            strings.append(_clean("".join(pieces)))
            pieces.clear()
        if characters > WORKBOOK_CHARACTERS:
            raise too_much(budget.file, f"a workbook has {WORKBOOK_CHARACTERS} characters at most")

    read_part(zipped, STRINGS_PART, budget, start, end)
    return tuple(strings)


@dataclass(slots=True)
class Room:
    """Cells and characters that may still be read of a workbook, in all its sheets together."""

    file: str
    cells: int = WORKBOOK_CELLS
    characters: int = WORKBOOK_CHARACTERS

    def take(self, row: int, cells: int, characters: int) -> None:
        """Count the cells of a line, written or to be filled with nothing, and their characters."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0:
            raise too_much(self.file, f"a workbook has {WORKBOOK_CELLS} cells at most, with the empty ones", row)
        if self.characters < 0:
            raise too_much(self.file, f"a workbook has {WORKBOOK_CHARACTERS} characters at most", row)


@dataclass(slots=True)
class SheetReader:
    """Lines of a sheet, made from the elements of its part as they come.

    Lines below those in which a header may stand are kept up to the widest of them, with the first cell beyond.
    """

    place: str
    strings: tuple[str, ...]
    calculated: bool
    room: Room
    lines: list[Line] = field(default_factory=list)
    formulas: int = 0
    number: int = 0
    width: int = 0
    cells: dict[int, str] = field(default_factory=dict)
    column: int = -1
    kind: str = "n"
    stored: str = ""
    formula: str | None = None
    inline: list[str] | None = None
    aids: int = 0
    seen: int = 0
    characters: int = 0
    safe: bool = True

    def start(self, element: str, attributes: Attributes) -> bool:
        """Whether the text of the element that begins is wanted."""
        if element == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells, self.column, self.seen, self.characters = {}, -1, 0, 0
        elif element == "c":
            self.column = _column(attributes.get("r", ""), self.column + 1)
            self.kind, self.stored, self.formula, self.inline = attributes.get("t", "n"), "", None, None
        elif element == "is":
            self.inline = []
        elif element == "rPh":
            self.aids += 1
        return element in {"v", "f"} or (element == "t" and self.inline is not None and not self.aids)

    def end(self, element: str, text: str) -> None:
        """Take the text of the element that ends."""
        if element == "v":
            self.stored = text
        elif element == "f":
            self.formula = f"={text}"
        elif element == "t" and self.inline is not None:
            self.inline.append(text)
        elif element == "rPh":
            self.aids -= 1
        elif element == "c":
            self.seen += 1
            if self.stored or self.formula is not None or self.inline is not None:
                self._take(self._value())
        elif element == "row":
            self._line()

    def _take(self, value: str) -> None:
        """The text of the cell that ends; of two cells in one place the later counts."""
        if value:
            self.cells[self.column] = value
            self.characters += len(value)
            self.safe = self.safe and not UNSAFE.search(value)
        else:
            self.cells.pop(self.column, None)

    def _line(self) -> None:
        """The line that ends, if any of its cells holds text."""
        self.room.take(self.number, 1 + self.seen, self.characters)
        filled = self.cells
        if not filled:
            return
        last = max(filled)
        if self.lines and self.number <= self.lines[-1].number:
            raise ValueError(f"row {self.number} stands after row {self.lines[-1].number}")
        if last >= COLUMNS or not 0 < self.number <= LAST_ROW:
            raise too_much(self.place, f"a sheet has {COLUMNS} columns and {LAST_ROW} rows at most", self.number)
        if len(self.lines) < HEADER_LINES:
            self.width = max(self.width, last + 1)
        cells = tuple([filled.get(at, "") for at in range(min(last + 1, self.width))])
        if last >= self.width:
            cells = (*cells, filled[min(at for at in filled if at >= self.width)])
        self.room.take(self.number, len(cells), 0)
        self.lines.append(Line(self.number, cells))

    def _value(self) -> str:
        """The text of the cell that ends; a formula without a result is the formula itself."""
        if self.inline is not None:
            return _clean("".join(self.inline))
        kind, stored = self.kind, self.stored
        if self.formula is not None:
            self.formulas += 1
            if kind == "n" and (not stored or (not self.calculated and float(stored) == 0)):
                return _clean(self.formula)
        if kind == "s" and stored:
            at = int(stored)
            if at < 0:
                raise LookupError(f"no shared text {at}")
            return self.strings[at]
        if kind == "b":
            return "TRUE" if stored == "1" else "FALSE"
        return plain(stored) if kind == "n" and stored else _clean(stored)


def _clean(text: str) -> str:
    """The text of a cell in one line. Unsafe characters at its ends, blanks in Python, are left there, to be named."""
    composed = normalize("NFC", text)
    return composed.strip(BLANKS) if UNSAFE.search(composed) else one_line(composed)


def _column(reference: str, following: int) -> int:
    """0-based column of a reference such as "AB12"; cells without one follow each other."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return following
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def plain(stored: str) -> str:
    """A stored number the way a person writes it: 2022 for "2022.0", 0.1 for "0.1"."""
    number = float(stored)
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
