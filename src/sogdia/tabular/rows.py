"""How does a CSV text become rows that remember their line, so that every fault can say where it is?

`read_rows` checks the shape of the file (encoding is checked by `decode`, columns and cells here);
`Cells` reads one row's values and notes what is wrong, without stopping at the first fault.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sogdia.codes import countries
from sogdia.errors import Fault, did_you_mean
from sogdia.uncertain import Range

Name = TypeVar("Name", bound=str)

UNIT_TRAPS = {
    "miles": "km",
    "mi": "km",
    "distance_miles": "km",
    "distance": "km",
    "nautical_miles": "km",
    "nm": "km",
    "metres": "km",
    "m": "km",
    "days": "hours",
    "minutes": "hours",
    "capacity_mt_per_year": "capacity_t_per_year",
    "capacity_kt_per_year": "capacity_t_per_year",
    "capacity": "capacity_t_per_year",
    "gauge": "gauge_mm",
}
"""Columns that hold a known quantity in another unit, and the column that is meant."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV: the line where it ends in an editor, and its cells by column, stripped."""

    file: str
    line: int
    cells: dict[str, str]


def read_text(path: Path | str) -> tuple[str, list[Fault]]:
    """The UTF-8 text of a user's file, or a fault if it cannot be read."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        rule = f"the file must be readable ({error.strerror})"
        return "", [Fault(str(path), rule, "Check its name and place.")]
    return decode(content, str(path))


def decode(content: bytes, file: str) -> tuple[str, list[Fault]]:
    """UTF-8 text (a byte-order mark is dropped), or a fault that says where the bytes stop being UTF-8."""
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        bad = content[error.start : error.start + 4].hex(" ")
        return "", [Fault(file, "the text must be UTF-8", "Save it as CSV UTF-8.", row=line, value=bad)]


def read_rows(
    text: str, file: str, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[Row], list[Fault]]:
    """Rows of a CSV with a header, and all faults of its shape; blank lines are skipped.

    required: columns that must exist; optional: columns that may be left out (their cells read as "").
    """
    known = (*required, *optional)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        return [], [Fault(file, f"the CSV is broken ({error})", "Check the quotes.", row=reader.line_num)]
    if not lines:
        return [], [Fault(file, "the file is empty", f"Its columns are {', '.join(required)}.")]
    header_line, raw_header = lines[0]
    header = [name.strip() for name in raw_header]
    faults = _header_faults(header, file, header_line, required, known)
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            rule = f"a row must have {len(header)} cells, this one has {len(cells)}"
            faults.append(Fault(file, rule, 'Quote texts with commas: "a, b".', row=line))
            continue
        found = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        rows.append(Row(file, line, {name: found.get(name, "") for name in known}))
    if not rows and not faults:
        faults.append(Fault(file, "the file has a header but no rows", "Add at least one row."))
    return rows, faults


def _header_faults(
    header: list[str], file: str, line: int, required: Sequence[str], known: Sequence[str]
) -> list[Fault]:
    faults = []
    for name in header:
        if header.count(name) > 1:
            faults.append(Fault(file, "a column may appear once", "Remove one.", row=line, column=name))
        elif name not in known:
            meant = UNIT_TRAPS.get(name.casefold())
            remedy = (
                f"Convert the figures and name the column {meant}."
                if meant in known
                else did_you_mean(name, known) or f"Columns are {', '.join(known)}."
            )
            faults.append(Fault(file, "no such column", remedy, row=line, column=name, value=name))
    missing = [name for name in required if name not in header]
    faults += [
        Fault(file, "the column is missing", f"Add a column named {name}.", row=line, column=name) for name in missing
    ]
    return list(dict.fromkeys(faults))


class Cells:
    """Reads the values of one row; a value that cannot be read leaves a fault and a harmless stand-in.

    The caller drops the row if `faults` is not empty, so a stand-in never reaches a record.
    """

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, column: str, rule: str, remedy: str) -> None:
        value = self.row.cells[column]
        self.faults.append(Fault(self.row.file, rule, remedy, row=self.row.line, column=column, value=value))

    def text(self, column: str) -> str:
        """A text that must not be empty."""
        value = self.row.cells[column]
        if not value:
            self.fault(column, "the cell must not be empty", "Fill it in.")
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
        hint = did_you_mean(value, valid) or f"Known: {', '.join(valid)}."
        self.fault(column, "the value must be one of the known names", hint)
        return valid[0]

    def country(self, column: str) -> str:
        """An ISO 3166 alpha-3 code that exists."""
        value = self.row.cells[column]
        if value not in countries():
            hint = did_you_mean(value, countries()) or "Write it like KAZ."
            self.fault(column, "a country must be an ISO 3166 alpha-3 code", hint)
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
        try:
            figure = float(value)
        except ValueError:
            self.fault(column, *_number_trouble(value))
            return math.nan
        if not math.isfinite(figure):
            self.fault(column, "the value must be finite", "Leave an unknown optional value empty.")
        elif figure <= above:
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


def _number_trouble(value: str) -> tuple[str, str]:
    """Rule and remedy for a cell that is no number."""
    if not value:
        return "the cell must not be empty", "Fill in a number."
    if re.fullmatch(r"[+-]?\d+,\d+", value):
        return "a number must have a decimal point, and no comma", f"Write {value.replace(',', '.')!r}."
    if unit := re.fullmatch(r"[+-]?[\d.,]+\s*([A-Za-z/]+)", value):
        rule = "a number must stand without its unit"
        return rule, f"Convert {unit.group(1)!r} to the column's unit and write the number alone."
    return "the value must be a plain number", "Write digits with a decimal point, no spaces."
