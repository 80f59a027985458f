"""A table as lines of text cells that keep their line numbers, before anything in it has been checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sogdia.errors import MAX_FAULTS_COUNTED, Fault, InputError
from sogdia.tabular.limits import HEADER_LINES
from sogdia.text import UNSAFE, code_point

BREAKS = re.compile(r"[\t\r\n]+")
SHOWN_CELLS, SHOWN_CHARACTERS = 20, 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line. number: 1-based, as an editor or spreadsheet shows it; cells: stripped text, "" where empty."""

    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """The cell at a position; lines may be shorter than the header."""
        return self.cells[at] if at < len(self.cells) else ""

    @property
    def shown(self) -> str:
        """Its beginning, to show in a fault."""
        return ", ".join(cell[:SHOWN_CHARACTERS] for cell in self.cells[:SHOWN_CELLS])[:SHOWN_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Grid:
    """A CSV file or one sheet of a workbook. Lines without any text are left out; the others keep their numbers.

    file: name shown in faults; sheet: "" for CSV; formulas: how many cells hold a formula with a stored result;
    repaired: what was put right while decoding.
    """

    file: str
    sheet: str
    lines: tuple[Line, ...]
    formulas: int = 0
    repaired: tuple[Fault, ...] = ()

    @property
    def place(self) -> str:
        """The file, with the sheet where there is one."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column under a header: the cells of every data line and their line numbers."""

    place: str
    name: str
    rows: tuple[int, ...]
    cells: tuple[str, ...]

    def fault(self, at: int, rule: str, remedy: str) -> Fault:
        """The fault of the cell with that position in the column."""
        return Fault(self.place, rule, remedy, self.rows[at], self.name, self.cells[at])

    def only(self, positions: Sequence[int]) -> CellColumn:
        """The column with some of its lines."""
        rows = tuple(self.rows[at] for at in positions)
        return CellColumn(self.place, self.name, rows, tuple(self.cells[at] for at in positions))


@dataclass(frozen=True, slots=True)
class CellTable:
    """A grid with a known header: columns by the names the reader asked for."""

    columns: dict[str, CellColumn]
    faults: tuple[Fault, ...] = ()

    @property
    def height(self) -> int:
        """Number of data lines."""
        return max((len(column.cells) for column in self.columns.values()), default=0)

    def only(self, positions: Sequence[int]) -> CellTable:
        """The table with some of its lines."""
        return CellTable({name: column.only(positions) for name, column in self.columns.items()}, self.faults)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A header without case, quotes or doubled blanks, so that "Data  Source" is "data source"."""
    return " ".join(name.strip().strip('"').casefold().split())


def one_line(cell: str) -> str:
    """A stripped cell; a line end or tab inside it is a blank, as a spreadsheet shows it.

    >>> one_line(" North" + chr(10) + "Korea ")
    'North Korea'
    """
    return " ".join(part.strip() for part in BREAKS.split(cell.strip()))


def must_be_safe(grid: Grid) -> Grid:
    """The grid itself; InputError where cells hold characters that have no place in data, each with row and column."""
    faults = list(islice(_unsafe(grid), MAX_FAULTS_COUNTED))
    if faults:
        raise InputError(faults)
    return grid


def _unsafe(grid: Grid) -> Iterator[Fault]:
    titles = sorted(grid.lines[:HEADER_LINES], key=lambda line: -sum(map(bool, line.cells)))
    for line in grid.lines:
        for at, cell in enumerate(line.cells):
            match = UNSAFE.search(cell)
            if match:
                rule = f"text has no control characters, and this cell has {code_point(match[0])}"
                remedy = "Remove the character; a program or a web page has left it there."
                yield Fault(grid.place, rule, remedy, line.number, _title(titles, line, at), cell)


def _title(titles: Sequence[Line], line: Line, at: int) -> str:
    """The name of a column: what stands above in the line with most cells, which is the header; else its number."""
    above = next((other.cell(at) for other in titles if other.number < line.number and other.cell(at)), "")
    return str(at + 1) if not above or UNSAFE.search(above) else above
