"""A user's own file of events to test the model against, CSV or XLSX in the shape of the table `restriction_events`.

An event needs a name, a mineral or its codes, a country and a first year; a size may be a fraction or plain words (see
`event_words`). Columns that are left out are filled in: the codes of the mineral, the mineral of the codes, the start
of the first year, the kind that the words of the size name. Every fault of the file is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sogdia.codes import ended, hs6_problem
from sogdia.data.event_words import kind_in, size_in
from sogdia.data.events import KINDS, SEPARATOR, RestrictionEvent, event_of
from sogdia.data.readers.country_labels import countries_of, country_of
from sogdia.data.readers.mineral_labels import minerals_of
from sogdia.data.schema import columns
from sogdia.data.store import Store
from sogdia.errors import Fault, InputError
from sogdia.tabular import checks
from sogdia.tabular.checks import Checked, Problem
from sogdia.tabular.evidence import EVIDENCE
from sogdia.tabular.grid import CellColumn, Grid, fold
from sogdia.tabular.header import table
from sogdia.tabular.limits import EVENT_ROWS
from sogdia.tabular.numerals import MISSING
from sogdia.tabular.user_file import user_table

TABLE = "restriction_events"
SHEET = "events"
REQUIRED = ("event_id", "country", "first_year")
OTHER_NAMES = {
    "event": "event_id",
    "code": "hs6",
    "codes": "hs6",
    "hs1992": "hs6",
    "country_iso3": "country",
    "year": "first_year",
    "first year": "first_year",
}
"""Names of columns that people use instead of those of the table."""
ALL = tuple(column.column for column in columns(TABLE))
OPTIONAL = tuple(name for name in ALL if name not in REQUIRED)
SIZES = ("size_low", "size", "size_high")
WORD = re.compile(r"[^\W\d_]{2}|%")
NUMBERS_IN_LETTERS = frozenset({"nan", "inf", "-inf", "infinity", "-infinity"})
DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
Row = Mapping[str, Any]


def read_event_file(path: Path, store: Store) -> tuple[RestrictionEvent, ...]:
    """The events of a file, in its order; InputError with every fault.

    Where `subject` is left out it is the mineral, else the codes; where `evidence` is left out it is `assumed`.
    """
    return read_event_grid(user_table(path, SHEET), store)


def read_event_grid(grid: Grid, store: Store) -> tuple[RestrictionEvent, ...]:
    """The same, from a table that has been decoded."""
    help_with_header = f"A mineral or hs6 too; there may be any of {', '.join(OPTIONAL)} beside them."
    found = table(_renamed(grid), REQUIRED, OPTIONAL, help_with_header=help_with_header)
    if any(name not in found.columns for name in REQUIRED):
        checks.refuse(found.faults)
    parts = _check(found.columns, store)
    faults = [*found.faults, *(fault for part in parts.values() for fault in part.faults)]
    if not found.height:
        faults.append(Fault(grid.place, "there is a row for every event", "Fill in rows under the header."))
    checks.refuse_many(faults)
    if found.height > EVENT_ROWS:
        rule, remedy = f"a file has {EVENT_ROWS} events at most", "Split it: the model is solved for every event."
        raise InputError([Fault(grid.place, rule, remedy, value=f"{found.height} rows")])
    numbers = found.columns["event_id"].rows
    cells = zip(*(parts[name].values for name in ALL), strict=True)
    broken = {fault.row for fault in faults}
    rows = {
        number: _filled(dict(zip(ALL, values, strict=True)), store)
        for number, values in zip(numbers, cells, strict=True)
        if number not in broken
    }
    faults += [fault for number, row in rows.items() for fault in _contradictions(grid.place, number, row)]
    checks.refuse([*faults, *_repeated(grid.place, rows)])
    return tuple(event_of(row) for row in rows.values())


def _renamed(grid: Grid) -> Grid:
    """With the table's own names in its first line; a name that is there already is not put in twice."""
    if not grid.lines:
        return grid
    first = grid.lines[0]
    there = {fold(cell) for cell in first.cells}
    cells = [name if (name := OTHER_NAMES.get(fold(cell))) and name not in there else cell for cell in first.cells]
    return replace(grid, lines=(replace(first, cells=tuple(cells)), *grid.lines[1:]))


def _check(given: Mapping[str, CellColumn], store: Store) -> dict[str, Checked[Any]]:
    """Every column of the table, checked; columns that are absent are empty in every row."""
    like = given["event_id"]
    nothing = CellColumn(like.place, "", like.rows, ("",) * len(like.rows))
    cells = {name: given.get(name, nothing) for name in ALL}
    free = {name: checks.texts(cells[name], required=False) for name in ALL}
    return free | {
        "event_id": checks.names(cells["event_id"]),
        "mineral": minerals_of(cells["mineral"], store),
        "hs6": checks.convert(cells["hs6"], _hs6_list),
        "country": countries_of(cells["country"]),
        "start": checks.convert(cells["start"], _date),
        "end": checks.convert(cells["end"], _date),
        "first_year": checks.years(cells["first_year"]),
        "kind": checks.one_of(cells["kind"], KINDS, "kind of event"),
        "destinations": checks.convert(cells["destinations"], _countries),
        "evidence": checks.one_of(cells["evidence"], EVIDENCE, "evidence level"),
        "size_evidence": checks.one_of(cells["size_evidence"], EVIDENCE, "evidence level"),
        **{name: checks.convert(cells[name], _year) for name in ("last_year", "base_first_year", "base_last_year")},
        **{name: _fractions(cells[name]) for name in ("size_low", "size_high")},
        "size": _sizes(cells["size"]),
        "size_basis": _basis(cells["size_basis"], cells["size"]),
    }


def _date(cell: str) -> str | Problem | None:
    if not cell or DATE.fullmatch(cell):
        return cell or None
    return Problem("a date is YYYY, YYYY-MM or YYYY-MM-DD", "Write it so, as text, e.g. 2010-07.")


def _year(cell: str) -> int | Problem | None:
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}", cell, re.ASCII) or not checks.FIRST_YEAR <= int(cell) <= checks.LAST_YEAR:
        rule = f"a year is a whole number from {checks.FIRST_YEAR} to {checks.LAST_YEAR}"
        return Problem(rule, "Write four digits, or leave the cell empty.")
    return int(cell)


def _hs6_list(cell: str) -> str | Problem | None:
    if not cell:
        return None
    found = [code.strip() for code in cell.split(SEPARATOR)]
    problem = next((problem for code in found if (problem := hs6_problem(code))), None)
    if problem:
        rule, remedy = problem
        return Problem(rule, f"{remedy} Separate several codes by semicolons.")
    return SEPARATOR.join(dict.fromkeys(found))


def _countries(cell: str) -> str | Problem | None:
    if not cell:
        return None
    found = [country_of(label.strip()) for label in cell.split(SEPARATOR)]
    problem = next((one for one in found if isinstance(one, Problem)), None)
    if problem:
        return Problem(problem.rule, f"{problem.remedy} Leave the cell empty for all destinations.")
    return SEPARATOR.join(dict.fromkeys(one for one in found if isinstance(one, str)))


def _fractions(column: CellColumn) -> Checked[float]:
    """Shares between 0 and 1; a percentage is refused, since 1 % and 100 % could not be told apart."""
    read = checks.quantities(column)
    faults = [
        column.fault(at, "a size is a share of exports from 0 to 1", "Write 0.4 for 40 %.")
        for at, value in enumerate(read.values)
        if value is not None and value > 1
    ]
    return Checked(read.values, (*read.faults, *faults), read.repaired)


def _contradictions(place: str, number: int, row: Row) -> Iterator[Fault]:
    """What is wrong with a row whose cells are each right."""

    def fault(column: str, rule: str, remedy: str) -> Fault:
        return Fault(place, rule, remedy, number, column, "" if row[column] is None else str(row[column]))

    if not row["mineral"] and not row["hs6"]:
        yield fault("mineral", "a row names a mineral, or codes in `hs6`", "Fill in one of them.")
    elif not row["hs6"]:
        yield fault("hs6", "codes are named where the store maps none to the mineral", "Fill in six-digit codes.")
    former = ended(row["country"], row["first_year"])
    if former is not None:
        yield fault("country", *former)
    if row["end"] is not None and row["end"] < row["start"][: len(row["end"])]:
        yield fault("end", "an event ends after it starts", "Correct one of the dates.")
    if row["first_year"] < int(row["start"][:4]):
        yield fault("first_year", "trade shows an event when it starts, or later", "Correct the year or `start`.")
    if row["last_year"] is not None and row["last_year"] < row["first_year"]:
        yield fault("last_year", "the last year is not before the first", "Correct one of the years.")
    given = [row[name] for name in SIZES if row[name] is not None]
    if given and row["size"] is None:
        yield fault("size", "a range has a central size", "Fill in `size`, or empty the range.")
    if given != sorted(given):
        yield fault("size", "size_low <= size <= size_high", "Put the three in order.")
    base = (row["base_first_year"], row["base_last_year"])
    if (base[0] is None) != (base[1] is None):
        yield fault("base_first_year", "the base years have a first and a last", "Fill in both columns or neither.")
    elif base[0] is not None and not base[0] <= base[1] < row["first_year"]:
        yield fault("base_last_year", "the base years lie before the first year of the event", "Correct the years.")


def _repeated(place: str, rows: Mapping[int, Row]) -> Iterator[Fault]:
    """Rows that name an event and mineral named before."""
    first: dict[tuple[str, str | None, str | None], int] = {}
    for number, row in rows.items():
        key = (row["event_id"], row["mineral"], row["subject"] if row["mineral"] is None else None)
        if key in first:
            rule = f"an event stands once for a mineral; this one is also in row {first[key]}"
            yield Fault(place, rule, "Delete the copy or give it another id.", number, "event_id", row["event_id"])
        first.setdefault(key, number)


def _filled(row: Row, store: Store) -> dict[str, Any]:
    """The row with what may be left out."""
    codes = tuple(row["hs6"].split(SEPARATOR)) if row["hs6"] else ()
    key = row["mineral"] or _mineral_of(codes, store)
    if key and not codes:
        codes = store.minerals[key].hs6(year=row["first_year"])
    return {
        **row,
        "mineral": key,
        "hs6": SEPARATOR.join(codes),
        "subject": row["subject"] or key or row["hs6"],
        "start": row["start"] or str(row["first_year"]),
        "kind": row["kind"] or kind_in(row["size_basis"] or ""),
        "evidence": row["evidence"] or "assumed",
    }


def _mineral_of(codes: Sequence[str], store: Store) -> str | None:
    """The mineral that most of the codes are mapped to, the first of equals; None where there is none."""
    counts = {key: sum(code in mineral.hs6() for code in codes) for key, mineral in store.minerals.items()}
    best = max(counts, key=lambda key: counts[key], default=None)
    return best if best and counts[best] else None


def _in_words(cell: str) -> bool:
    """Whether a size is written in words; a figure alone, or a mark for a missing one, is not."""
    return bool(WORD.search(cell)) and cell not in MISSING and cell.casefold() not in NUMBERS_IN_LETTERS


def _sizes(column: CellColumn) -> Checked[float]:
    """Shares, as figures or in words; words that state none give none."""
    words = [_in_words(cell) for cell in column.cells]
    figures = tuple("" if word else cell for word, cell in zip(words, column.cells, strict=True))
    read = _fractions(replace(column, cells=figures))
    values = tuple(
        size_in(cell) if word else value for word, cell, value in zip(words, column.cells, read.values, strict=True)
    )
    formulas = checks.convert(column, lambda _: None).faults
    return Checked(values, (*read.faults, *(fault for fault in formulas if fault not in read.faults)), read.repaired)


def _basis(own: CellColumn, sizes: CellColumn) -> Checked[str]:
    """What a size rests on: its own column, else the words of the size."""
    given = checks.texts(own, required=False)
    values = tuple(
        basis or (size if _in_words(size) else None) for basis, size in zip(given.values, sizes.cells, strict=True)
    )
    return Checked(values, given.faults, given.repaired)
