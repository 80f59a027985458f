"""The layouts in which governance indicators are published, each brought to series of countries, years and figures.

1. long: `code, countryname, year, indicator, estimate, stddev, nsource` (indicator `pv`);
2. rows: a row per country and series, a column per year (`2022` or `2022 [YR2022]`), from DataBank or the API;
3. columns: a row per country and year, a column per series, from DataBank;
4. wide: a sheet whose second header line repeats `Estimate, StdErr, NumSrc, ...` under every year;
5. published: a sheet per dimension with `Economy (code), Year, Governance dimension, ...`, as since 2025;
6. SDMX: `REF_AREA, INDICATOR, TIME_PERIOD, OBS_VALUE`;
7. clients of the API: `economy, YR2022, ...`, with `series` or without, or a column per series beside country and year.
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
CODES = {"est": "estimate", "std.err": "std_error", "no.src": "sources"}
YEAR = re.compile(r"(?:YR)?((?:19|20)\d\d)( \[YR\d{4}\])?", re.ASCII)
CODE = re.compile(r"(?:^|[^a-z0-9])([a-z]{2})[._](est|std[._]err|no[._]src)(?!\w)")
PUBLISHED_2025 = {
    "estimate": "Governance estimate (approx. -2.5 to +2.5)",
    "std_error": "Standard error of governance estimate",
    "sources": "Number of sources",
}
ECONOMY, DIMENSION = "Economy (code)", "Governance dimension"
SDMX = ("REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE")
COUNTRY_COLUMNS = ("economy", "iso3c", "country code", "countryiso3code", "iso3", "country")
YEAR_COLUMNS = ("year", "time", "date")
FOOTER = ("data from database", "last updated")
FOOTER_CHARACTERS = 40
# Sheets of the older workbook are called by the beginning of a name, without its blanks.
TITLE_LETTERS = 13


@dataclass(frozen=True, slots=True)
class GovernanceDimension:
    """One of the six sides of governance. code: as publishers write it; name: how the titles of its series begin."""

    code: str
    name: str


STABILITY = GovernanceDimension("pv", "political stability")
DIMENSIONS = (
    GovernanceDimension("va", "voice and accountability"),
    STABILITY,
    GovernanceDimension("ge", "government effectiveness"),
    GovernanceDimension("rq", "regulatory quality"),
    GovernanceDimension("rl", "rule of law"),
    GovernanceDimension("cc", "control of corruption"),
)


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one measure: three columns of equal length."""

    measure: str
    countries: CellColumn
    years: CellColumn
    figures: CellColumn


Layout = Callable[[Grid, GovernanceDimension], tuple[Series, ...] | None]


def layout_of(grid: Grid, dimension: GovernanceDimension = STABILITY) -> Layout | None:
    """How to read a grid, by its header; None when it has none of the layouts."""
    if header_at(grid, ("code", "year", "indicator", *LONG.values())) is not None:
        return _long
    for name, code in (("Series Name", "Series Code"), ("Indicator Name", "Indicator Code")):
        if header_at(grid, ("Country Code", name, code)) is not None:
            return partial(_rows, name=name, code=code)
    for names, layout in LAYOUTS.items():
        if _names_all(grid, names):
            return layout
    if header_at(grid, ("Time", "Country Code")) is not None:
        return _columns
    tidy = _tidy_columns(grid, dimension)
    if tidy is not None:
        return partial(_tidy, country=tidy[0], year=tidy[1])
    at = _wide_header_at(grid, dimension)
    return None if at is None else partial(_wide, at=at)


def series_of(grid: Grid, dimension: GovernanceDimension = STABILITY) -> tuple[Series, ...] | None:
    """The series of a dimension, by default of political stability, in a grid; None when it has none."""
    layout = layout_of(grid, dimension)
    lines = tuple(line for line in grid.lines if not _footer(line.cells))
    return layout(replace(grid, lines=lines), dimension) if layout else None


def measure_of(series: str, dimension: GovernanceDimension = STABILITY) -> str | None:
    """The measure that a series name or code stands for, if it is one of the dimension.

    >>> measure_of("WB_WGI_PV_EST"), measure_of("PV.NO.SRC")
    ('estimate', 'sources')

    >>> measure_of("Political Stability and Absence of Violence/Terrorism: Estimate [PV.EST]")
    'estimate'
    >>> measure_of("GOV_WGI_PV.STD.ERR"), measure_of("Rule of Law: Estimate")
    ('std_error', None)
    >>> measure_of("Rule of Law: Estimate", DIMENSIONS[4]), measure_of("RL.EST", DIMENSIONS[4])
    ('estimate', 'estimate')
    """
    text = fold(series)
    code = next((found for found in CODE.finditer(text) if found[1] == dimension.code), None)
    if code is not None:
        return CODES[code[2].replace("_", ".")]
    if dimension.name in text:
        return next((measure for ending, measure in ENDINGS.items() if text.endswith(ending)), None)
    return None


def _footer(cells: tuple[str, ...]) -> bool:
    return bool(cells) and fold(cells[0][:FOOTER_CHARACTERS]).startswith(FOOTER)


def _complete(found: CellTable) -> CellTable:
    """The table, or InputError with the faults of its header."""
    refuse(found.faults)
    return found


def _long(grid: Grid, dimension: GovernanceDimension) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("code", "year", "indicator", *LONG.values()), further=True))
    rows = [at for at, cell in enumerate(found.columns["indicator"].cells) if fold(cell) == dimension.code]
    column = found.only(rows).columns
    return (
        tuple(Series(measure, column["code"], column["year"], column[name]) for measure, name in LONG.items())
        if rows
        else None
    )


def _rows(grid: Grid, dimension: GovernanceDimension, *, name: str, code: str) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("Country Code", name, code), further=True, title_lines=True))
    years = [(match[1], column) for title, column in found.columns.items() if (match := YEAR.fullmatch(title))]
    names, codes = found.columns[name].cells, found.columns[code].cells
    measures = [measure_of(codes[at], dimension) or measure_of(names[at], dimension) for at in range(found.height)]
    series = []
    for measure in MEASURES:
        where = [at for at, other in enumerate(measures) if other == measure and any(c.cells[at] for _, c in years)]
        for year, column in years:
            figures = column.only(where)
            stated = CellColumn(figures.place, figures.name, figures.rows, (year,) * len(where))
            series.append(Series(measure, found.columns["Country Code"].only(where), stated, figures))
    return tuple(part for part in series if part.figures.cells) or None


def _published(grid: Grid, dimension: GovernanceDimension) -> tuple[Series, ...] | None:
    """The workbook as published since 2025: a sheet per dimension, a row per country and year."""
    names = (ECONOMY, "Year", DIMENSION, *PUBLISHED_2025.values())
    found = _complete(table(grid, names, further=True))
    rows = [at for at, cell in enumerate(found.columns[DIMENSION].cells) if fold(cell) == dimension.code]
    column = found.only(rows).columns
    parts = [Series(m, column[ECONOMY], column["Year"], column[name]) for m, name in PUBLISHED_2025.items()]
    return tuple(parts) if rows else None


def _sdmx(grid: Grid, dimension: GovernanceDimension) -> tuple[Series, ...] | None:
    """One row per observation, as SDMX services and Data360 give them."""
    found = _complete(table(grid, SDMX, further=True))
    measures = [measure_of(cell, dimension) for cell in found.columns["INDICATOR"].cells]
    series = []
    for measure in MEASURES:
        column = found.only([at for at, other in enumerate(measures) if other == measure]).columns
        series.append(Series(measure, column["REF_AREA"], column["TIME_PERIOD"], column["OBS_VALUE"]))
    return tuple(part for part in series if part.figures.cells) or None


def _client(grid: Grid, dimension: GovernanceDimension) -> tuple[Series, ...] | None:
    """What the client wbgapi gives: a row per economy (and series), a column per year such as `YR2022`."""
    found = _complete(table(grid, ("economy",), ("series",), further=True))
    years = [(match[1], column) for title, column in found.columns.items() if (match := YEAR.fullmatch(title))]
    named = found.columns.get("series")
    unnamed = ["estimate" if dimension == STABILITY else None] * found.height
    measures = [measure_of(cell, dimension) for cell in named.cells] if named else unnamed
    series = []
    for measure in MEASURES:
        for year, column in years:
            where = [at for at, other in enumerate(measures) if other == measure and column.cells[at]]
            figures = column.only(where)
            stated = CellColumn(figures.place, figures.name, figures.rows, (year,) * len(where))
            series.append(Series(measure, found.columns["economy"].only(where), stated, figures))
    return tuple(part for part in series if part.figures.cells) or None


def names_no_series(grid: Grid) -> bool:
    """Whether the table of a client says of which indicator its figures are nowhere."""
    return layout_of(grid) is _client and header_at(grid, ("economy", "series")) is None


def _tidy_columns(grid: Grid, dimension: GovernanceDimension) -> tuple[str, str] | None:
    """(country, year) columns of a table that has a column per series, as clients of the API write it."""
    for line in grid.lines[:1]:
        titles = [fold(cell) for cell in line.cells]
        country = next((name for name in COUNTRY_COLUMNS if name in titles), None)
        year = next((name for name in YEAR_COLUMNS if name in titles), None)
        if country and year and any(measure_of(cell, dimension) for cell in line.cells):
            return country, year
    return None


def _tidy(grid: Grid, dimension: GovernanceDimension, *, country: str, year: str) -> tuple[Series, ...] | None:
    found = _complete(table(grid, (country, year), further=True))
    measures = {title: measure for title in found.columns if (measure := measure_of(title, dimension))}
    series = []
    for title, measure in measures.items():
        where = [at for at in range(found.height) if found.columns[title].cells[at]]
        column = found.only(where).columns
        years = column[year]
        plain = tuple(match[1] if (match := YEAR.fullmatch(cell)) else cell for cell in years.cells)
        series.append(
            Series(measure, column[country], CellColumn(years.place, years.name, years.rows, plain), column[title])
        )
    return tuple(series) or None


def _names_all(grid: Grid, names: tuple[str, ...]) -> bool:
    """Whether a line near the top has all these names; `YR` stands for any column of a year such as `YR2022`."""
    for line in grid.lines[:HEADER_LINES]:
        titles = {fold(cell) for cell in line.cells}
        years = any(cell.upper().startswith("YR") and YEAR.fullmatch(cell.upper()) for cell in line.cells)
        if all(years if name == "YR" else fold(name) in titles for name in names):
            return True
    return False


def _columns(grid: Grid, dimension: GovernanceDimension) -> tuple[Series, ...] | None:
    found = _complete(table(grid, ("Time", "Country Code"), further=True))
    measures = {title: measure for title in found.columns if (measure := measure_of(title, dimension))}
    where = [at for at in range(found.height) if any(found.columns[title].cells[at] for title in measures)]
    column = found.only(where).columns
    parts = [Series(m, column["Country Code"], column["Time"], column[title]) for title, m in measures.items()]
    return tuple(parts) or None


def _wide_header_at(grid: Grid, dimension: GovernanceDimension) -> int | None:
    """Position of the second header line of the older workbook, in its sheet of the dimension."""
    at = next((i for i, line in enumerate(grid.lines[:HEADER_LINES]) if i and _is_wide_header(line.cells)), None)
    return None if at is None or not _about(grid, at, dimension) else at


def _wide(grid: Grid, _dimension: GovernanceDimension, *, at: int) -> tuple[Series, ...] | None:
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


LAYOUTS: dict[tuple[str, ...], Layout] = {
    (ECONOMY, "Year", DIMENSION, PUBLISHED_2025["estimate"]): _published,
    SDMX: _sdmx,
    ("economy", "YR"): _client,
}


def _is_wide_header(cells: tuple[str, ...]) -> bool:
    names = [fold(cell) for cell in cells]
    return len(names) > 2 and names[1] in {"code", "wbcode"} and not WIDE.keys().isdisjoint(names)


def _about(grid: Grid, header: int, dimension: GovernanceDimension) -> bool:
    name = dimension.name.replace(" ", "")[:TITLE_LETTERS]
    titles = [grid.sheet, *(cell for line in grid.lines[:header] for cell in line.cells)]
    return any(name in fold(title).replace(" ", "") for title in titles)
