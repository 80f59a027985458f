"""Checks of the cells of a column: values where they are what they should be, faults with the row where they are not.

A repair is made only where one reading is possible; it is reported once per column, with its first row and its count.
A column with a thousand faults is not read further: it is refused, and whoever mends it sees the pattern long before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from sogdia.codes import hs6_problem
from sogdia.errors import MAX_FAULTS_COUNTED, MAX_FAULTS_SHOWN, Fault, InputError, Near
from sogdia.tabular.grid import CellColumn
from sogdia.tabular.limits import NUMBER_CHARACTERS
from sogdia.tabular.numerals import MISSING, NUMBER, POINTS_IN_THOUSANDS, plain, points_unsettled_in, style_of
from sogdia.text import name_problem

T = TypeVar("T")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
SIGNED_FIGURE = re.compile(r"[+-][\d.,\s’']+([eE][+-]?\d+)?|[+-](nan|inf|infinity)", re.IGNORECASE)
YEAR = re.compile(r"\d{4}(\.0+)?", re.ASCII)
# Statistics of this field begin after 1900; a later year than the last is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1900, 2050


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one cell is refused: the rule it breaks and the remedy. hint: gives a better one, asked when it is shown."""

    rule: str
    remedy: str
    hint: Near | None = None


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A column's values (None where unknown or faulty), its faults, and what was repaired in it."""

    values: tuple[T | None, ...]
    faults: tuple[Fault, ...] = ()
    repaired: tuple[Fault, ...] = ()


def refuse(faults: Sequence[Fault], total: int | None = None) -> None:
    """Raise InputError with the faults in the order of the file; nothing happens when there are none."""
    if faults:
        ordered = sorted(faults, key=lambda fault: (fault.file, fault.row or 0))
        raise InputError(ordered[:MAX_FAULTS_SHOWN], len(ordered) if total is None else total)


def refuse_many(faults: Sequence[Fault]) -> None:
    """The same where the faults are so many that some of the columns may not have been read to their end."""
    if len(faults) >= MAX_FAULTS_COUNTED:
        refuse(faults)


def formula(cell: str) -> Problem | None:
    """Text that a spreadsheet program would run: it has no place in data and is dangerous when written out again.

    >>> formula("=cmd|' /C calc'!A0").rule
    'text must not begin like a formula'
    >>> formula("-12.5") is None, formula("-12,5") is None
    (True, True)
    """
    if cell.startswith(FORMULA_MARKS) and not SIGNED_FIGURE.fullmatch(cell) and cell not in MISSING:
        return Problem("text must not begin like a formula", f"Remove the leading {cell[0]!r}, or write the result.")
    return None


def convert(
    column: CellColumn, read: Callable[[str], T | Problem | None], *, shown: CellColumn | None = None
) -> Checked[T]:
    """Every cell read by one function, which returns a value or the problem; cells that are alike are read once.

    shown: the column as it stands in the file, where its cells have been spelt anew.
    """
    known: dict[str, T | None] = {}
    problems: dict[str, Problem] = {}
    for cell in dict.fromkeys(column.cells):
        value = formula(cell) or read(cell)
        if isinstance(value, Problem):
            problems[cell] = value
            if len(problems) == MAX_FAULTS_COUNTED:
                break
        else:
            known[cell] = value
    faulty = (at for at, cell in enumerate(column.cells) if cell in problems) if problems else ()
    faults = [fault_of(shown or column, at, problems[column.cells[at]]) for at in islice(faulty, MAX_FAULTS_COUNTED)]
    return Checked(tuple(map(known.get, column.cells)), tuple(faults))


def fault_of(column: CellColumn, at: int, problem: Problem) -> Fault:
    """The fault of the cell at a position."""
    cell, row = column.cells[at], column.rows[at]
    return Fault(column.place, problem.rule, problem.remedy, row, column.name, cell, problem.hint)


def texts(column: CellColumn, *, required: bool = True) -> Checked[str]:
    """Any text that is no formula."""

    def read(cell: str) -> str | Problem | None:
        if not cell and required:
            return Problem("this cell must not be empty", "Fill it in or delete the row.")
        return cell or None

    return convert(column, read)


def names(column: CellColumn) -> Checked[str]:
    """Names that a user has given; every row has one."""

    def read(cell: str) -> str | Problem:
        if not cell:
            return Problem("this cell must not be empty", "Fill it in or delete the row.")
        problem = name_problem(cell)
        return Problem(*problem) if problem else cell

    return convert(column, read)


def years(column: CellColumn) -> Checked[int]:
    """Calendar years of four digits."""

    def read(cell: str) -> int | Problem:
        rule = f"a year is a whole number from {FIRST_YEAR} to {LAST_YEAR}"
        if not YEAR.fullmatch(cell) or not FIRST_YEAR <= int(cell[:4]) <= LAST_YEAR:
            return Problem(rule, "Write the calendar year with four digits, e.g. 2022.")
        return int(cell[:4])

    return convert(column, read)


def one_of(column: CellColumn, valid: Iterable[str], what: str, *, required: bool = False) -> Checked[str]:
    """Keys from a list; case does not matter, near misses are named."""
    by_folded = {key.casefold(): key for key in valid}
    keys = tuple(by_folded.values())

    def read(cell: str) -> str | Problem | None:
        if not cell:
            return Problem(f"every row names a {what}", "Fill it in or delete the row.") if required else None
        remedy = "See the list in the template or `sogdia data list --minerals`."
        key = by_folded.get(cell.casefold())
        return key or Problem(f"no {what} has this name", remedy, Near(cell, keys))

    return convert(column, read)


def hs6_codes(column: CellColumn) -> Checked[str]:
    """Six-digit codes kept as text; empty is unknown."""

    def read(cell: str) -> str | Problem | None:
        problem = hs6_problem(cell) if cell else None
        return Problem(*problem) if problem else cell or None

    return convert(column, read)


def quantities(
    column: CellColumn, *, negative: bool = False, thousands: bool = True, blank: frozenset[str] = frozenset()
) -> Checked[float]:
    """Finite numbers; empty is unknown, never zero.

    Thousands separators and decimal commas are read where the column settles which is which (see `numerals`), and
    marks such as "NA" or ".." as unknown; both are reported. negative: whether numbers below zero are possible;
    thousands: whether numbers above a thousand are; blank: the publisher's own marks for an unknown figure, which need
    no report.
    """
    plainly, repaired = respelt(column, blank)
    unsettled = thousands and points_unsettled(column)

    def read(cell: str) -> float | Problem | None:
        if not cell:
            return None
        if unsettled and POINTS_IN_THOUSANDS.fullmatch(cell):
            return two_readings(cell.replace(".", ""), f"{cell}0")
        value = number(cell)
        if isinstance(value, float) and value < 0 and not negative:
            return Problem("a quantity or value is not negative", "Correct the sign, or delete a returned consignment.")
        return value

    result = convert(plainly, read, shown=column)
    return Checked(result.values, result.faults, repaired)


def respelt(column: CellColumn, blank: frozenset[str] = frozenset()) -> tuple[CellColumn, tuple[Fault, ...]]:
    """A column of figures with a decimal point and no other mark, and what was repaired; unreadable cells stay.

    blank: marks for an unknown figure that need no report.
    """
    style = style_of(column.cells)
    spelt: dict[str, str] = {}
    for cell in set(column.cells):
        figure = plain(cell, style) if len(cell) <= NUMBER_CHARACTERS else None
        spelt[cell] = "" if cell in MISSING | blank else figure or cell
    cells = tuple(spelt[cell] for cell in column.cells)
    changed = [at for at, cell in enumerate(column.cells) if cell != cells[at]]
    figures = [at for at in changed if cells[at]]
    marks = [at for at in changed if not cells[at] and column.cells[at] not in blank]
    repaired = []
    if figures:
        rule = "a number has a decimal point and no other mark"
        repaired.append(_repair(column, figures, rule, f"Read as {float(cells[figures[0]])!r}"))
    if marks:
        repaired.append(_repair(column, marks, "an unknown figure is an empty cell", "Read as unknown"))
    return CellColumn(column.place, column.name, column.rows, cells), tuple(repaired)


def points_unsettled(column: CellColumn) -> bool:
    """Whether every figure of a column has three digits behind its only point, which may separate thousands.

    A spreadsheet shows a stored number without zeros at its end: there one such zero shows that the column is text.
    """
    in_sheet = column.place.endswith("]")
    text = not in_sheet or any("." in cell and cell.endswith("0") for cell in column.cells)
    return text and points_unsettled_in(column.cells)


def number(cell: str) -> float | Problem:
    """The finite number of a cell that is spelt with a decimal point, as `respelt` spells it.

    >>> number("12.5"), number("1,234").remedy
    (12.5, 'It can be 1234 or 1.2340: write the one that is meant, without a separator of thousands.')
    """
    if len(cell) > NUMBER_CHARACTERS:
        return Problem(f"a number has {NUMBER_CHARACTERS} characters at most", "Round it.")
    if not NUMBER.fullmatch(cell):
        return _unreadable(cell)
    value = float(cell)
    return value if math.isfinite(value) else Problem("a number is finite", "Leave the cell empty where it is unknown.")


def _unreadable(cell: str) -> Problem:
    if re.fullmatch(r"[+-]?\d{1,3},\d{3}", cell):
        return two_readings(cell.replace(",", ""), cell.replace(",", ".") + "0")
    if re.fullmatch(r"[+-]?[\d.,]+", cell):
        rule = "all numbers of a column use one decimal mark"
        return Problem(rule, "Write the column with decimal points, e.g. 1234.5.")
    if cell in ("TRUE", "FALSE"):
        return Problem("a number is no answer of yes or no", "Write the number, or leave the cell empty.")
    with_unit = re.fullmatch(r"[+-]?\d[\d.,]*\s?([A-Za-z/%]{1,20})", cell)
    if with_unit:
        remedy = f"The unit is in the header: convert {with_unit[1]!r} to it and write the number alone."
        return Problem("a number stands without its unit", remedy)
    return Problem("a number has digits and a decimal point only", "Write the plain number; the unit is in the header.")


def two_readings(thousands: str, decimal: str) -> Problem:
    """The problem of a number with three digits behind its only mark. Which of the two is meant is never advised."""
    rule = "this number can be read in two ways, and the column does not settle which"
    remedy = f"It can be {thousands} or {decimal}: write the one that is meant, without a separator of thousands."
    return Problem(rule, remedy)


def _repair(column: CellColumn, where: Sequence[int], rule: str, what: str) -> Fault:
    """One record for all the cells of a column that were repaired in the same way."""
    more = f", as were {len(where) - 1} more cells of this column" if len(where) > 1 else ""
    return column.fault(where[0], rule, f"{what}{more}.")
