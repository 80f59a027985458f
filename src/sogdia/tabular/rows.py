"""Rows of a table, whose cells are read one by one: for tables whose rows become records of their own.

`rows_of` checks the shape of the table by the rules of `header`; `Cells` reads one row's values and notes what is
wrong, without stopping at the first fault.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sogdia.codes import countries
from sogdia.errors import MAX_FAULTS_COUNTED, Fault, InputError, Near
from sogdia.tabular import checks
from sogdia.tabular.checks import Problem, formula
from sogdia.tabular.grid import CellColumn, Grid
from sogdia.tabular.header import column_of, header_of, line_faults
from sogdia.tabular.text import decode, parse
from sogdia.tabular.user_file import user_table
from sogdia.text import name_problem
from sogdia.uncertain import Range

Name = TypeVar("Name", bound=str)
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: its line in an editor or spreadsheet, and its cells by column, stripped."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of a table that fit its header, the faults of its shape, and what was repaired in it."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    repaired: tuple[Fault, ...] = ()


def packaged_rows(file: Traversable, required: Sequence[str], optional: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a table that ships with Sogdia; InputError with every fault if the file was damaged."""
    text, repaired = decode(file.read_bytes(), file.name)
    read = rows_of(parse(text, file.name, repaired), required, optional)
    if read.faults or read.repaired:
        raise InputError((*read.faults, *read.repaired))
    return read.rows


def packaged_records(
    file: Traversable, columns: Sequence[str], record: Callable[[Cells], Record]
) -> tuple[Record, ...]:
    """The rows of a table that ships with Sogdia as records; InputError with every fault if the file was damaged."""
    made, faults = [], []
    for row in packaged_rows(file, columns):
        cells = Cells(row)
        made.append(record(cells))
        faults += cells.faults
    if faults:
        raise InputError(faults)
    return tuple(made)


def file_rows(
    path: Path | str,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    sheet: str,
    figures: Sequence[str] = (),
    most: int,
) -> RowTable:
    """The rows of a user's file, CSV or workbook; what keeps it from being read is among the faults.

    sheet: what the sheet of a workbook is called; figures, most: as for `rows_of`.
    """
    try:
        read = rows_of(user_table(path, sheet, str(path)), required, optional, figures=figures, most=most)
    except InputError as why:
        return RowTable(faults=why.faults)
    formulas = (fault for row in read.rows for fault in formula_faults(row, figures))
    return replace(read, faults=(*read.faults, *islice(formulas, MAX_FAULTS_COUNTED)))


def formula_faults(row: Row, figures: Collection[str]) -> Iterator[Fault]:
    """The cells of a user's row that begin like a formula. figures: columns in which a sign is one of a number."""
    for column, cell in row.cells.items():
        problem = formula(cell) if cell and column not in figures else None
        if problem:
            yield Fault(row.file, problem.rule, problem.remedy, row.line, column, cell)


def rows_of(
    grid: Grid,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    figures: Sequence[str] = (),
    most: int | None = None,
) -> RowTable:
    """Rows of a table, and all faults of its shape; InputError where it has no header.

    required: columns that must exist; optional: columns that may be left out (their cells read as ""); figures: columns
    whose decimal marks are read by the column; most: how many rows there may be.
    """
    header = header_of(grid, tuple(required), tuple(optional))
    short_or_long = line_faults(grid, header)
    faults = [*header.faults, *short_or_long]
    body = grid.lines[header.at + 1 :]
    if not body:
        faults.append(Fault(grid.place, "the file has a header and rows", "Add at least one row."))
    if most is not None and len(body) > most:
        rule, remedy = f"a table of this kind has {most} rows at most", "Leave out what the question does not need."
        raise InputError([Fault(grid.place, rule, remedy, value=f"{len(body)} rows")])
    broken = {fault.row for fault in short_or_long}
    whole = [line for line in body if line.number not in broken]
    cells = {name: column_of(whole, at) for name, at in header.positions.items()}
    numbers = tuple(line.number for line in whole)
    repaired = list(grid.repaired)
    for name in figures:
        if name in cells:
            column = CellColumn(grid.place, header.line.cells[header.positions[name]], numbers, cells[name])
            plainly, changes = checks.respelt(column)
            cells[name] = plainly.cells
            repaired += changes
    absent = dict.fromkeys((*required, *optional), "")
    names = list(cells)
    rows = (
        Row(grid.place, number, {**absent, **dict(zip(names, values, strict=True))})
        for number, values in zip(numbers, zip(*cells.values(), strict=True), strict=True)
    )
    return RowTable(tuple(rows), tuple(faults), tuple(repaired))


class Cells:
    """Reads the values of one row; a value that cannot be read leaves a fault and a harmless stand-in.

    The caller drops the row if `faults` is not empty, so a stand-in never reaches a record.
    """

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, column: str, rule: str, remedy: str, near: Collection[str] = ()) -> None:
        """Note what is wrong with a cell. near: names that may have been meant, to be told instead of the remedy."""
        value = self.row.cells[column]
        hint = Near(value, near) if near else None
        self.faults.append(Fault(self.row.file, rule, remedy, self.row.line, column, value, hint))

    def text(self, column: str) -> str:
        """A text that must not be empty."""
        if not self.row.cells[column]:
            self.fault(column, "the cell must not be empty", "Fill it in.")
        return self.row.cells[column]

    def name(self, column: str) -> str:
        """A name that a user has given."""
        value = self.text(column)
        problem = name_problem(value)
        if problem:
            self.fault(column, *problem)
        return value

    def optional_text(self, column: str) -> str | None:
        return self.row.cells[column] or None

    def note(self, column: str = "note") -> str:
        return self.row.cells[column]

    def names(self, column: str) -> tuple[str, ...]:
        """A list of names separated by semicolons; empty is the empty list."""
        return tuple(name.strip() for name in self.row.cells[column].split(";") if name.strip())

    def choice(self, column: str, valid: Sequence[Name]) -> Name:
        value = self.row.cells[column]
        for candidate in valid:
            if candidate == value:
                return candidate
        self.fault(column, "the value must be one of the known names", f"Known: {', '.join(valid)}.", valid)
        return valid[0]

    def country(self, column: str) -> str:
        """An ISO 3166 alpha-3 code that exists."""
        value = self.row.cells[column]
        if value not in countries():
            self.fault(column, "a country must be an ISO 3166 alpha-3 code", "Write it like KAZ.", list(countries()))
        return value

    def number(
        self,
        column: str,
        *,
        above: float = -math.inf,
        at_least: float = -math.inf,
        at_most: float = math.inf,
    ) -> float:
        """A plain decimal number inside the bounds (`above` is exclusive)."""
        value = self.row.cells[column]
        figure = checks.number(value) if value else Problem("the cell must not be empty", "Fill in a number.")
        if isinstance(figure, Problem):
            self.fault(column, figure.rule, figure.remedy)
            return math.nan
        if figure <= above:
            self.fault(column, f"the value must be above {above:g}", "Correct the sign or the figure.")
        elif figure < at_least:
            self.fault(column, f"the value must be {at_least:g} or more", "Correct the sign or the figure.")
        elif figure > at_most:
            self.fault(column, f"the value must be {at_most:g} or less", "Correct the figure or its unit.")
        return figure

    def optional_number(self, column: str, *, above: float = -math.inf) -> float | None:
        """As `number`; an empty cell is None, which means unknown and never zero."""
        return self.number(column, above=above) if self.row.cells[column] else None

    def range(self, stem: str, *, at_least: float = 0.0) -> Range:
        """Columns stem_low, stem_central and stem_high, in ascending order."""
        low, central, high = (self.number(f"{stem}_{part}", at_least=at_least) for part in ("low", "central", "high"))
        if low > central or central > high:
            self.fault(f"{stem}_central", "low <= central <= high must hold", "Put the three in order.")
        return Range(low, central, high)

    def optional_range(self, stem: str, *, at_least: float = 0.0) -> Range | None:
        """As `range`; None when all three cells are empty."""
        if any(self.row.cells[f"{stem}_{part}"] for part in ("low", "central", "high")):
            return self.range(stem, at_least=at_least)
        return None


def range_columns(stem: str) -> tuple[str, str, str]:
    """The three columns of a range.

    >>> range_columns("hours")
    ('hours_low', 'hours_central', 'hours_high')
    """
    return (f"{stem}_low", f"{stem}_central", f"{stem}_high")
