"""The layouts in which governance indicators are published, each brought to series of countries, years and figures.

1. long: `code, countryname, year, indicator, estimate, stddev, nsource` (indicator `pv`);
2. rows: a row per country and series, a column per year (`2022` or `2022 [YR2022]`), from DataBank or the API;
3. columns: a row per country and year, a column per series, from DataBank;
4. wide: a sheet whose second header line repeats `Estimate, StdErr, NumSrc, ...` under every year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sogdia.tabular.checks import refuse
from sogdia.tabular.grid import CellColumn, CellTable, Grid, fold
from sogdia.tabular.header import header_at, table
from sogdia.tabular.limits import HEADER_LINES

MEASURES = ("estimate", "std_error", "sources")
LONG = {"estimate": "estimate", "std_error": "stddev", "sources": "nsource"}
WIDE = {"estimate": "estimate", "stderr": "std_error", "numsrc": "sources"}
ENDINGS = {": estimate": "estimate", ": standard error": "std_error", ": number of sources": "sources"}
CODES = {"pv.est": "estimate", "pv.std.err": "std_error", "pv.no.src": "sources"}
YEAR = re.compile(r"((?:19|20)\d\d)( \[YR\d{4}\])?", re.ASCII)
FOOTER = ("data from database", "last updated")
FOOTER_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one measure: three columns of equal length."""

    measure: str
    countries: CellColumn
    years: CellColumn
    figures: CellColumn


Layout = Callable[[Grid], tuple[Series, ...] | None]


def layout_of(grid: Grid) -> Layout | None:
    """How to read a grid, by its header; None when it has none of the layouts."""
    if header_at(grid, ("code", "year", "indicator", *LONG.values())) is not None:
        return _long
    for name, code in (("Series Name", "Series Code"), ("Indicator Name", "Indicator Code")):
        if header_at(grid, ("Country Code", name, code)) is not None:
            return partial(_rows, name=name, code=code)
    if header_at(grid, ("Time", "Country Code")) is not None:
        return _columns
    at = _wide_header_at(grid)
    return None if at is None else partial(_wide, at=at)


def series_of(grid: Grid) -> tuple[Series, ...] | None:
    """The series of political stability in a grid; None when it has none."""
    layout = layout_of(grid)
    lines = tuple(line for line in grid.lines if not _footer(line.cells))
    return layout(replace(grid, lines=lines)) if layout else None


def measure_of(series: str) -> str | None:
    """The measure that a series name or code stands for, if it is one of political stability.

    >>> measure_of("Political Stability and Absence of Violence/Terrorism: Estimate [PV.EST]")
    'estimate'
    >>> measure_of("GOV_WGI_PV.STD.ERR"), measure_of("Rule of Law: Estimate")
    ('std_error', None)
    """
    text = fold(series)
    code = re.search(r"(?:gov_wgi_)?(pv\.[a-z.]+)", text)
    if code and code[1] in CODES:
        return CODES[code[1]]
    if "political stability" in text:
        return next((measure for ending, measure in ENDINGS.items() if text.endswith(ending)), None)
    return None


def _footer(cells: tuple[str, ...]) -> bool:
    return bool(cells) and fold(cells[0][:FOOTER_CHARACTERS]).startswith(FOOTER)


def _complete(found: CellTable) -> CellTable:
    """The table, or InputError with the faults of its header."""
    refuse(found.faults)
    return found


def _long(grid: Grid) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("code", "year", "indicator", *LONG.values()), further=True))
    rows = [at for at, cell in enumerate(found.columns["indicator"].cells) if fold(cell) == "pv"]
    column = found.only(rows).columns
    return (
        tuple(Series(measure, column["code"], column["year"], column[name]) for measure, name in LONG.items())
        if rows
        else None
    )


def _rows(grid: Grid, name: str, code: str) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("Country Code", name, code), further=True, title_lines=True))
    years = [(match[1], column) for title, column in found.columns.items() if (match := YEAR.fullmatch(title))]
    names, codes = found.columns[name].cells, found.columns[code].cells
    measures = [measure_of(codes[at]) or measure_of(names[at]) for at in range(found.height)]
    series = []
    for measure in MEASURES:
        where = [at for at, other in enumerate(measures) if other == measure and any(c.cells[at] for _, c in years)]
        for year, column in years:
            figures = column.only(where)
            stated = CellColumn(figures.place, figures.name, figures.rows, (year,) * len(where))
            series.append(Series(measure, found.columns["Country Code"].only(where), stated, figures))
    return tuple(part for part in series if part.figures.cells) or None


def _columns(grid: Grid) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("Time", "Country Code"), further=True))
    measures = {title: measure for title in found.columns if (measure := measure_of(title))}
    where = [at for at in range(found.height) if any(found.columns[title].cells[at] for title in measures)]
    column = found.only(where).columns
    parts = [Series(m, column["Country Code"], column["Time"], column[title]) for title, m in measures.items()]
    return tuple(parts) or None


def _wide_header_at(grid: Grid) -> int | None:
    """Position of the second header line of the older workbook, in its sheet of political stability."""
    at = next((i for i, line in enumerate(grid.lines[:HEADER_LINES]) if i and _is_wide_header(line.cells)), None)
    return None if at is None or not _about_stability(grid, at) else at


def _wide(grid: Grid, at: int) -> tuple[Series, ...] | None:
    """The sheet of the older workbook: years in one line, the names of the measures in the next."""
    body = grid.lines[at + 1 :]
    rows = tuple(line.number for line in body)
    year, series = "", list[Series]()
    countries = CellColumn(grid.place, "Code", rows, tuple(line.cell(1) for line in body))
    for place, title in enumerate(grid.lines[at].cells[2:], start=2):
        year = grid.lines[at - 1].cell(place) or year
        measure = WIDE.get(fold(title))
        if measure:
            figures = CellColumn(grid.place, f"{year} {title}", rows, tuple(line.cell(place) for line in body))
            stated = CellColumn(grid.place, "year", rows, (year,) * len(rows))
            series.append(Series(measure, countries, stated, figures))
    return tuple(series) or None


def _is_wide_header(cells: tuple[str, ...]) -> bool:
    names = [fold(cell) for cell in cells]
    return len(names) > 2 and names[1] in {"code", "wbcode"} and not WIDE.keys().isdisjoint(names)


def _about_stability(grid: Grid, header: int) -> bool:
    titles = [grid.sheet, *(cell for line in grid.lines[:header] for cell in line.cells)]
    return any("politicalstab" in fold(title).replace(" ", "") for title in titles)
