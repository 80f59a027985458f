"""Mine and refinery output by country, from the data releases of the USGS Mineral Commodity Summaries.

Layouts: the one file of all commodities since 2026 (`MCS chapter, Section, Commodity, Country, Statistics,
Statistics_detail, Unit, Year, Value, Notes`); the file of world data of 2025 (`SOURCE, COMMODITY, COUNTRY, TYPE,
UNIT_MEAS, PROD_2023, PROD_EST_ 2024, PROD_NOTES, ...`); and one file per commodity until 2024, called like
`mcs2024-cobal_world.csv` (`Source, Country, Type, Prod_t_2022, Prod_t_est_2023, Prod_notes, ...`).

Which series are read as which mineral, and with what factor, says `usgs_series.csv`: a series on another basis than
production has here (gross weight for content) is named and left out. Capacities and reserves are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.data.readers.country_labels import country_of
from sogdia.data.readers.output_rows import (
    OTHERS,
    UNITS,
    OutputFigure,
    counted,
    multiplier,
    production,
    sum_of,
    sums_told,
)
from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.errors import Fault, InputError
from sogdia.tabular import checks
from sogdia.tabular.checks import Problem, formula, two_readings
from sogdia.tabular.grid import CellTable, fold
from sogdia.tabular.header import header_at, table
from sogdia.tabular.numerals import COMMAS_IN_THOUSANDS, NUMBER, points_unsettled_in
from sogdia.tabular.rows import packaged_rows
from sogdia.tabular.user_file import UserFile

LONG = ("MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Unit", "Year", "Value")
WORLD_FILE = ("COMMODITY", "COUNTRY", "TYPE", "UNIT_MEAS")
PER_COMMODITY = ("Country", "Type")
PRODUCED = re.compile(r"prod(?:_(t|kt|kg|kct|mct))?(_est)?_((?:19|20)\d\d)", re.ASCII)
IN_NAME = {"t": "metric tons", "kt": "thousand metric tons", "kg": "kilograms", "kct": "thousand carats",
           "mct": "million carats"}  # fmt: skip
FILE = re.compile(r"mcs20\d\d-([a-z-]+?)_world\b.*", re.IGNORECASE)
YEAR = re.compile(r"((?:19|20)\d\d)(?:_?(e|est|estimated))?", re.IGNORECASE | re.ASCII)
NO_FIGURE = frozenset(
    {"", "na", "n/a", "w", "xx", "e", "—", "–", "-", "--", "large", "very small", 'categorized as "large"'}
)
WORDS_FOR_NONE = ("less than", "included", "<", ">")
ESTIMATED = re.compile(r"e\s*([\d.,]+)|([\d.,]+)\s*e", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?<=[^\d\s])[\d,]+$")
WORD = re.compile(r"[a-z']+|\d+")
NAMED = 12


@dataclass(frozen=True, slots=True)
class OutputSeries:
    """A row of the table of series. mineral: None where the series is left out, for the reason in the note."""

    commodity: str
    short: str
    words: frozenset[str]
    without: frozenset[str]
    mineral: str | None
    factor: float
    note: str

    def fits(self, commodity: str, detail: str) -> bool:
        """Whether a heading and its detail name this series."""
        if fold(commodity) not in (fold(self.commodity), self.short):
            return False
        return self.words <= _words(f"{commodity} {detail}") and self.without.isdisjoint(_words(detail))


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure as it stands in the file, with all that says what it is. estimated: by its column or notes."""

    row: int
    column: str
    text: str
    headings: tuple[str, ...]
    detail: str
    country: str
    unit: str
    year: int
    estimated: bool


@cache
def series() -> tuple[OutputSeries, ...]:
    """The series of the table, in the order in which they are tried."""
    names = ("commodity", "short", "words", "without", "mineral", "factor", "evidence", "note")
    return tuple(
        OutputSeries(
            cells["commodity"],
            cells["short"],
            _words(cells["words"]),
            _words(cells["without"]),
            cells["mineral"] or None,
            float(cells["factor"] or 1),
            cells["note"],
        )
        for row in packaged_rows(resources.files(__package__) / "usgs_series.csv", names)
        for cells in [row.cells]
    )


def recognises(file: UserFile) -> bool:
    """Whether a table has the header of one of the layouts."""
    return _layout(file) is not None


def read(file: UserFile) -> ReadTable:
    """The output in a file; InputError with its faults."""
    layout = _layout(file)
    if layout is None:
        rule, remedy = "the file is one of the data releases of the Mineral Commodity Summaries", "Get the file again."
        raise InputError([Fault(file.name, rule, remedy, value="another header")])
    found = table(file.tables[0], layout, further=True)
    checks.refuse(found.faults)
    cells, faults = _cells(file.name, layout, found)
    checks.refuse([*faults, *_two_readings(file.name, cells)])
    figures, faults, told = _figures(file.name, cells)
    figures, ambiguous = _without_ambiguous(figures)
    if not figures and not faults:
        rule, remedy = (
            "the file holds output of minerals",
            "Take the file of world data, not that of the United States.",
        )
        raise InputError([Fault(file.name, rule, "; ".join(told) or remedy, value="none that can be read")])
    frame, impossible = production(file.name, figures)
    checks.refuse([*faults, *impossible])
    told += [f"{file.name}: {each} has several series that overlap, and is left out." for each in ambiguous]
    told += sums_told(file.name, figures)
    return ReadTable(
        "production",
        frame,
        ("USGS_MCS_DATA",),
        ("sums over countries left out; withheld figures kept as null; metal content converted to oxide where named",),
        file.tables[0].repaired,
        tuple(told),
    )


def _layout(file: UserFile) -> tuple[str, ...] | None:
    """The columns of the layout that a file has."""
    if file.is_folder or not file.tables:
        return None
    grid = file.tables[0]
    titles = {fold(cell) for line in grid.lines[:1] for cell in line.cells}
    for names in (LONG, WORLD_FILE):
        if header_at(grid, names) == 0 and {fold(name) for name in names[:4]} <= titles:
            return names
    produced = any(PRODUCED.fullmatch(title.replace(" ", "")) for title in titles)
    return PER_COMMODITY if produced and {fold(name) for name in PER_COMMODITY} <= titles else None


def _cells(name: str, layout: tuple[str, ...], found: CellTable) -> tuple[list[PublishedFigure], list[Fault]]:
    """The figures of output in a table, and the faults of what says which they are."""
    if layout == LONG:
        return list(_long_cells(found)), []
    produced = {title: match for title in found.columns if (match := _produced(title))}
    odd = [title for title in found.columns if fold(title).startswith("prod") and title not in produced]
    rule = "a column of output is called like Prod_kt_2022 or PROD_EST_ 2024"
    faults = [Fault(name, rule, "Correct its unit or year.", 1, t, t) for t in odd if "note" not in fold(t)]
    if not produced:
        faults.append(Fault(name, "there is a column of output", "Take the file of world data.", 1, value="none"))
    own = FILE.fullmatch(name)
    if layout == PER_COMMODITY and own is None:
        rule = "a file of one commodity has its publisher's name, which says which it is"
        faults.append(Fault(name, rule, "Call it again as it was, e.g. mcs2024-cobal_world.csv.", value=name))
    return list(_wide_cells(found, produced, own[1].casefold() if own else "")), faults


def _long_cells(found: CellTable) -> Iterator[PublishedFigure]:
    """Output of the file of all commodities: a row per country, statistic and year."""
    column = {name: found.columns[name].cells for name in LONG}
    notes = found.columns["Notes"].cells if "Notes" in found.columns else ("",) * found.height
    value = found.columns["Value"]
    for at, text in enumerate(value.cells):
        year = YEAR.fullmatch(column["Year"][at])
        world = fold(column["Section"][at]).startswith("world")
        if not world or fold(column["Statistics"][at]) != "production" or year is None:
            continue
        headings = (column["Commodity"][at], column["MCS chapter"][at])
        detail, said = column["Statistics_detail"][at], fold(notes[at])
        estimated = bool(year[2]) or said.startswith("estimated") or "estimated" in fold(detail)
        unit = fold(column["Unit"][at])
        country = column["Country"][at]
        yield PublishedFigure(value.rows[at], "Value", text, headings, detail, country, unit, int(year[1]), estimated)


def _wide_cells(found: CellTable, produced: dict[str, re.Match[str]], short: str) -> Iterator[PublishedFigure]:
    """Output of a file with a column per year. short: the commodity in the file's name, where it has one."""
    by_title = {fold(title): column.cells for title, column in found.columns.items()}
    notes = by_title.get("prod_notes", ("",) * found.height)
    for title, match in produced.items():
        column = found.columns[title]
        for at, text in enumerate(column.cells):
            heading = by_title["commodity"][at] if "commodity" in by_title else short
            unit = fold(by_title["unit_meas"][at]) if "unit_meas" in by_title else IN_NAME.get(match[1], "")
            estimated = bool(match[2]) or fold(notes[at]).startswith("estimated")
            detail, country = by_title["type"][at], by_title["country"][at]
            yield PublishedFigure(
                column.rows[at], title, text, (heading,), detail, country, unit, int(match[3]), estimated
            )


def _produced(title: str) -> re.Match[str] | None:
    return PRODUCED.fullmatch(fold(title).replace(" ", ""))


def _two_readings(name: str, cells: list[PublishedFigure]) -> list[Fault]:
    """The faults of a column whose points may all separate thousands."""
    faults = []
    for column in dict.fromkeys(cell.column for cell in cells):
        own = [cell for cell in cells if cell.column == column]
        if points_unsettled_in([cell.text for cell in own if NUMBER.fullmatch(cell.text)]):
            first = next(cell for cell in own if "." in cell.text and NUMBER.fullmatch(cell.text))
            problem = two_readings(first.text.replace(".", ""), f"{first.text}0")
            faults.append(Fault(name, problem.rule, problem.remedy, first.row, column, first.text))
    return faults


def _figures(name: str, cells: list[PublishedFigure]) -> tuple[list[OutputFigure], list[Fault], list[str]]:
    """The figures of the series that are read, the faults of the others' cells, and what is left out."""
    figures, faults = list[OutputFigure](), list[Fault]()
    other, marks, sums = dict[str, str](), list[str](), dict[str, None]()
    for cell in cells:
        found, why = _series_of(cell)
        if found is None or found.mineral is None:
            other.setdefault(f"{cell.headings[0]} ({cell.detail})", why)
            continue
        country = sum_of(cell.country) or _country(cell.country)
        value, estimated = _value(cell.text)
        times = multiplier(cell.unit, found.mineral)
        problem = next(
            (each for each in (country, value, _unit_problem(cell, times)) if isinstance(each, Problem)), None
        )
        if problem is not None:
            where = cell.country if problem is country else cell.text if problem is value else cell.unit
            column = "Country" if problem is country else cell.column
            faults.append(Fault(name, problem.rule, problem.remedy, cell.row, column, where, problem.hint))
            continue
        if value is None:
            marks.append(cell.text)
        if country is None:
            sums[cell.country] = None
            continue
        quantity = value * times * found.factor if isinstance(value, float) and times is not None else None
        flag = "e" if cell.estimated or estimated else "r"
        made = OutputFigure(
            cell.row, cell.column, cell.text, fold(cell.detail), found.mineral, str(country), cell.year, quantity, flag
        )
        figures.append(made)
    return figures, faults, _told(name, other, marks, list(sums))


def _told(name: str, other: dict[str, str], marks: list[str], sums: list[str]) -> list[str]:
    """What to tell about series, cells and rows that are not read."""
    told = [f"{name}: not read, {each}: {why}." for each, why in list(other.items())[:NAMED]]
    if len(other) > NAMED:
        told.append(f"{name}: {len(other) - NAMED} more series are not read.")
    if marks:
        told.append(f"{name}: kept as unknown, {counted(marks)}.")
    if sums:
        told.append(f"{name}: sums of several countries are left out: {', '.join(sums)}.")
    return told


def _series_of(cell: PublishedFigure) -> tuple[OutputSeries | None, str]:
    """(series, why it is not read) of a cell."""
    for heading in cell.headings:
        for each in series():
            if each.fits(heading, cell.detail):
                return each, each.note
    return None, "no mineral of the store, or another stage of it"


def _unit_problem(cell: PublishedFigure, times: float | None) -> Problem | None:
    """Why the unit of a figure cannot be right."""
    if cell.unit not in UNITS:
        return Problem(f"a unit is one of {', '.join(UNITS)}", "Correct the unit.")
    if times is None:
        return Problem("the unit measures what is counted", "Get the file again; this unit is none of the mineral's.")
    said = next((unit for unit in sorted(UNITS, key=len, reverse=True) if unit in fold(cell.detail)), cell.unit)
    if said != cell.unit:
        return Problem(f"the unit is that of the series' name, {said}", "Correct the one that is wrong.")
    return None


def _country(label: str) -> str | Problem | None:
    """ISO alpha-3; None for a sum of several countries that are each named."""
    found = country_of(label)
    if isinstance(found, Problem):
        plain = FOOTNOTE.sub("", label).strip()
        again = country_of(plain) if plain and plain != label else found
        if isinstance(again, Problem):
            parts = [part.strip() for part in re.split(r" and |, ", plain)]
            several = len(parts) > 1 and all(isinstance(country_of(part), str) for part in parts)
            return None if several else found
        return again
    return found


def _value(text: str) -> tuple[float | Problem | None, bool]:
    """(figure, whether it is marked as estimated); the figure is None where it is withheld, unknown or not exact.

    >>> _value("1,234"), _value("e120"), _value("W"), _value("Less than 1/2 unit")
    ((1234.0, False), (120.0, True), (None, False), (None, False))
    """
    low = fold(text)
    if low in NO_FIGURE or low.startswith(WORDS_FOR_NONE):
        return None, False
    problem = formula(text)
    if problem:
        return problem, False
    marked = None if NUMBER.fullmatch(text) else ESTIMATED.fullmatch(text)
    figure = text if marked is None else marked[1] or marked[2]
    if COMMAS_IN_THOUSANDS.fullmatch(figure):
        figure = figure.replace(",", "")
    number = checks.number(figure)
    if isinstance(number, float) and number < 0:
        return Problem("output is not negative", "Correct the sign."), False
    return number, marked is not None


def _without_ambiguous(figures: list[OutputFigure]) -> tuple[list[OutputFigure], list[str]]:
    """The figures without those of minerals for which a country has figures of different series, and these minerals."""
    seen: dict[tuple[str, str, int], str] = {}
    ambiguous: dict[str, None] = {}
    for figure in figures:
        if figure.country != OTHERS:
            key = (figure.mineral, figure.country, figure.year)
            if seen.setdefault(key, figure.series) != figure.series:
                ambiguous[figure.mineral] = None
    return [figure for figure in figures if figure.mineral not in ambiguous], list(ambiguous)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(text)))


READER = Reader(
    key="usgs",
    title="a data release of the USGS Mineral Commodity Summaries",
    table="production",
    replaces="the minerals and years it has",
    order=31,
    recognises=recognises,
    read=read,
)
