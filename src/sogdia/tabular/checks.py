"""Is each cell of a column what it should be? Values where it is, faults with the row where it is not.

A repair is made only where one reading is possible; it is reported once per column, with its first row and its count.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sogdia.codes import hs6_problem
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError, did_you_mean
from sogdia.tabular.grid import CellColumn
from sogdia.tabular.numerals import MISSING, NUMBER, plain, style_of

T = TypeVar("T")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
# Statistics of this field begin after 1900; a later year than the last is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1900, 2050


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one cell is refused: the rule it breaks and the remedy."""

    rule: str
    remedy: str


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


def formula(cell: str) -> Problem | None:
    """Text that a spreadsheet program would run: it has no place in data and is dangerous when written out again.

    >>> formula("=cmd|' /C calc'!A0").rule
    'text must not begin like a formula'
    >>> formula("-12.5") is None
    True
    """
    if cell.startswith(FORMULA_MARKS) and not NUMBER.fullmatch(cell) and cell not in MISSING:
        return Problem("text must not begin like a formula", f"Remove the leading {cell[0]!r}, or write the result.")
    return None


def convert(column: CellColumn, read: Callable[[str], T | Problem | None]) -> Checked[T]:
    """Every cell read by one function, which returns a value or the problem."""
    values: list[T | None] = []
    faults = []
    for at, cell in enumerate(column.cells):
        found = formula(cell) or read(cell)
        if isinstance(found, Problem):
            faults.append(column.fault(at, found.rule, found.remedy))
            values.append(None)
        else:
            values.append(found)
    return Checked(tuple(values), tuple(faults))


def texts(column: CellColumn, *, required: bool = True) -> Checked[str]:
    """Any text that is no formula."""

    def read(cell: str) -> str | Problem | None:
        if not cell and required:
            return Problem("this cell must not be empty", "Fill it in or delete the row.")
        return cell or None

    return convert(column, read)


def years(column: CellColumn) -> Checked[int]:
    """Calendar years of four digits."""

    def read(cell: str) -> int | Problem:
        rule = f"a year is a whole number from {FIRST_YEAR} to {LAST_YEAR}"
        if not re.fullmatch(r"\d{4}(\.0+)?", cell) or not FIRST_YEAR <= int(cell[:4]) <= LAST_YEAR:
            return Problem(rule, "Write the calendar year with four digits, e.g. 2022.")
        return int(cell[:4])

    return convert(column, read)


def one_of(column: CellColumn, valid: Iterable[str], what: str, *, required: bool = False) -> Checked[str]:
    """Keys from a list; case does not matter, near misses are named."""
    by_folded = {key.casefold(): key for key in valid}

    def read(cell: str) -> str | Problem | None:
        if not cell:
            return Problem(f"every row names a {what}", "Fill it in or delete the row.") if required else None
        found = by_folded.get(cell.casefold())
        if found:
            return found
        hint = (
            did_you_mean(cell, by_folded.values()) or "See the list in the template or `sogdia data list --minerals`."
        )
        return Problem(f"no {what} has this name", hint)

    return convert(column, read)


def hs6_codes(column: CellColumn) -> Checked[str]:
    """Six-digit codes kept as text; empty is unknown."""

    def read(cell: str) -> str | Problem | None:
        problem = hs6_problem(cell) if cell else None
        return Problem(*problem) if problem else cell or None

    return convert(column, read)


def quantities(column: CellColumn, *, negative: bool = False, blank: frozenset[str] = frozenset()) -> Checked[float]:
    """Finite numbers; empty is unknown, never zero.

    Thousands separators and decimal commas are read where the column settles which is which (see `numerals`), and
    marks such as "NA" or ".." as unknown; both are reported. negative: whether numbers below zero are possible;
    blank: the publisher's own marks for an unknown figure, which need no report.
    """
    style = style_of(column.cells)

    def read(cell: str) -> float | Problem | None:
        if not cell or cell in MISSING | blank:
            return None
        number = plain(cell, style)
        if number is None:
            return _unreadable(cell)
        if not math.isfinite(float(number)):
            return Problem("a number is finite", "Leave the cell empty where the figure is unknown.")
        if float(number) < 0 and not negative:
            return Problem("a quantity or value is not negative", "Correct the sign, or delete a returned consignment.")
        return float(number)

    result = convert(column, read)
    good = [at for at, value in enumerate(result.values) if value is not None]
    respelt = [at for at in good if plain(column.cells[at], style) != column.cells[at]]
    marked = [at for at, cell in enumerate(column.cells) if cell in MISSING - blank]
    repaired = []
    if respelt:
        rule = "a number has a decimal point and no other mark"
        repaired.append(_repair(column, respelt, rule, f"Read as {result.values[respelt[0]]!r}"))
    if marked:
        repaired.append(_repair(column, marked, "an unknown figure is an empty cell", "Read as unknown"))
    return Checked(result.values, result.faults, tuple(repaired))


def _unreadable(cell: str) -> Problem:
    if re.fullmatch(r"[+-]?\d{1,3},\d{3}", cell):
        point = cell.replace(",", ".")
        remedy = f"Write {cell.replace(',', '')} or {point}, whichever is meant."
        return Problem("this number can be read in two ways, and the column does not settle which", remedy)
    if re.fullmatch(r"[+-]?[\d.,]+", cell):
        return Problem(
            "all numbers of a column use one decimal mark", "Write the column with decimal points, e.g. 1234.5."
        )
    if cell in ("TRUE", "FALSE"):
        return Problem("a number is no answer of yes or no", "Write the number, or leave the cell empty.")
    return Problem("a number has digits and a decimal point only", "Write the plain number; the unit is in the header.")


def _repair(column: CellColumn, where: Sequence[int], rule: str, what: str) -> Fault:
    """One record for all the cells of a column that were repaired in the same way."""
    more = f", as were {len(where) - 1} more cells of this column" if len(where) > 1 else ""
    return column.fault(where[0], rule, f"{what}{more}.")
