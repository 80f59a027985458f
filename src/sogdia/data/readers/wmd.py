"""Mined and refined quantities by country, from the World Mining Data workbook with one sheet per mineral.

Layout of "6.4. Production_of_Mineral_Raw_Materials_of_individual_Countries_by_Minerals.xlsx": a title in the first
line, then the header `Country | unit | 2018 | ... | data source`, a row per country, and a row `Total`. Totals are
left out: they are sums of the rows above, and later revisions of countries did not always reach them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.data.readers.country_labels import countries_of
from sogdia.data.readers.ended_states import after_their_end
from sogdia.data.readers.production_checks import above_world_total, far_from_the_known, jumps
from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.data.schema import conform, polars_schema
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import checks
from sogdia.tabular.checks import Problem
from sogdia.tabular.grid import CellTable, Grid, fold
from sogdia.tabular.header import header_at, table
from sogdia.tabular.limits import HEADER_LINES
from sogdia.tabular.user_file import UserFile, must_be_table

HEADER = COUNTRY, UNIT, FLAG = "Country", "unit", "data source"
UNITS = {"metr. t": "t", "t": "t", "kg": "kg", "ct": "ct", "mio m3": "million m3", "mio. m3": "million m3"}
FLAGS = {"r": "r", "e": "e", "p": "p", "": None, "nan": None}
YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


def recognises(file: UserFile) -> bool:
    """Whether a sheet has the header of the workbook."""
    return any(_is_sheet(grid) for grid in file.tables) or _shares(file) is not None


def _shares(file: UserFile) -> str | None:
    """The heading of the shares of the world's output, where a workbook of minerals has it beside its countries."""
    for grid in file.tables:
        for line in grid.lines[:HEADER_LINES]:
            share = next((cell for cell in line.cells if fold(cell).startswith("share")), None)
            countries = any(fold(cell).startswith("countr") for cell in line.cells)
            if grid.sheet and share and countries and not any(fold(cell) == fold(FLAG) for cell in line.cells):
                return share
    return None


def _is_sheet(grid: Grid) -> bool:
    """Whether a grid has the header: countries and units, and beside them the data source or columns of years."""
    at = header_at(grid, HEADER)
    if at is None:
        return False
    cells = grid.lines[at].cells
    return any(fold(cell) == fold(FLAG) or YEAR.fullmatch(cell) for cell in cells)


def read(file: UserFile) -> ReadTable:
    """The workbook as rows of the table `production`; InputError with the faults of all sheets."""
    by_sheet = {
        fold(name): key for key, name in snapshot().scan("minerals").select("mineral", "wmd_name").collect().rows()
    }
    grids = must_be_table(file)
    shares = _shares(file)
    if shares is not None:
        rule = "the workbook is 6.4, production of individual countries; this one is 6.5, their shares of the world's"
        remedy = "Take workbook 6.4 of the same year: shares of one year are no quantities of all."
        raise InputError([Fault(file.name, rule, remedy, value=shares)])
    unknown = [grid.sheet for grid in grids if fold(grid.sheet) not in by_sheet]
    if len(unknown) == len(grids):
        remedy = "Take workbook 6.4 of World Mining Data: production of individual countries, by minerals."
        value = ", ".join(unknown)[:80]
        raise InputError([Fault(file.name, "each sheet is called after a mineral", remedy, value=value)])
    parts: list[pl.DataFrame] = []
    faults: list[Fault] = []
    repaired: list[Fault] = []
    totals: list[Fault] = []
    warnings: list[str] = []
    for grid in grids:
        if fold(grid.sheet) in by_sheet:
            sheet = read_sheet(grid, by_sheet[fold(grid.sheet)])
            parts.append(sheet.frame)
            faults += sheet.faults
            repaired += sheet.repaired
            totals += sheet.totals
            warnings += [f"read, but is it right? {fault}" for fault in sheet.doubtful]
    checks.refuse(faults)
    if unknown:
        warnings.append(f"{file.name}: sheets not read because no mineral has their name: {', '.join(unknown)}.")
    return ReadTable(
        "production",
        pl.concat(parts).sort("mineral", "country", "year"),
        ("BMF_WMD",),
        ("totals left out; blanks kept as null",),
        (*totals[:1], *repaired),
        tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class WmdSheet:
    """One mineral. frame: its rows, none when there are faults; totals: the sums that were left out; doubtful: figures
    that were read but may be wrong.
    """

    frame: pl.DataFrame
    faults: tuple[Fault, ...] = ()
    repaired: tuple[Fault, ...] = ()
    totals: tuple[Fault, ...] = ()
    doubtful: tuple[Fault, ...] = ()


def read_sheet(grid: Grid, mineral: str) -> WmdSheet:
    """The rows of one mineral, or the faults of its sheet."""
    empty = pl.DataFrame(schema=polars_schema("production"))
    try:
        found = table(grid, HEADER, further=True, title_lines=True)
    except InputError as why:
        return WmdSheet(empty, why.faults)
    years = {name: column for name, column in found.columns.items() if YEAR.fullmatch(name)}
    faults = [*found.faults, *_layout_faults(grid, found, list(years))]
    if any(name not in found.columns for name in HEADER):
        return WmdSheet(empty, tuple(faults))
    body, totals = without_totals(found)
    country = countries_of(body.columns[COUNTRY])
    unit = checks.convert(body.columns[UNIT], _unit)
    flag = checks.convert(body.columns[FLAG], _flag)
    quantity = {year: checks.quantities(body.columns[year]) for year in years}
    faults += [*country.faults, *unit.faults, *flag.faults]
    faults += [fault for part in quantity.values() for fault in part.faults]
    faults += repeated(body, country.values)
    checks.refuse_many(faults)
    for year, part in quantity.items():
        faults += above_world_total(mineral, unit, body.columns[year], part)
    faults += far_from_the_known(mineral, country, unit, {year: body.columns[year] for year in years}, quantity)
    for year in years:
        stated = [int(year)] * len(country.values)
        there = [code if figure else None for code, figure in zip(country.values, quantity[year].values, strict=True)]
        faults += after_their_end(body.columns[COUNTRY], there, stated, limit=MAX_FAULTS_SHOWN)
    impossible, doubtful = jumps({year: body.columns[year] for year in years}, quantity)
    faults += impossible
    if faults:
        return WmdSheet(empty, tuple(faults))
    labels = {"country": country.values, "unit": unit.values, "flag": flag.values}
    kinds = polars_schema("production")
    long = [
        pl.DataFrame(
            {**labels, "quantity": part.values}, schema={name: kinds[name] for name in (*labels, "quantity")}
        ).with_columns(mineral=pl.lit(mineral), year=pl.lit(int(year)))
        for year, part in quantity.items()
    ]
    repaired = (*country.repaired, *(repair for part in quantity.values() for repair in part.repaired))
    return WmdSheet(conform(pl.concat(long), "production"), (), repaired, tuple(totals), tuple(doubtful))


def _unit(cell: str) -> str | Problem:
    if cell.casefold() in UNITS:
        return UNITS[cell.casefold()]
    return Problem("the unit is metr. t, kg, ct or Mio m3", "Write one of these units and convert the figures.")


def _flag(cell: str) -> str | Problem | None:
    if cell.casefold() in FLAGS:
        return FLAGS[cell.casefold()]
    return Problem("the data source is r (reported), e (estimated) or p (provisional)", "Write one letter or nothing.")


def _layout_faults(grid: Grid, found: CellTable, years: list[str]) -> list[Fault]:
    """Columns that are neither years nor part of the layout, or no years at all."""
    known = {COUNTRY, UNIT, FLAG, *years}
    remedy = "Name the column with its year of four digits, or remove it."
    faults = [
        Fault(grid.place, "every other column is a year", remedy, column=name, value=name)
        for name in found.columns
        if name not in known
    ]
    if not years:
        faults.append(Fault(grid.place, "there is a column for every year", "Add columns such as 2022."))
    if not found.height:
        faults.append(Fault(grid.place, "there is a row for every country", "Give a sheet with content."))
    return faults


def without_totals(found: CellTable) -> tuple[CellTable, list[Fault]]:
    """The table without the publisher's sums, and the record of what was left out."""
    column = found.columns[COUNTRY]
    totals = dict.fromkeys(at for at, cell in enumerate(column.cells) if fold(cell) == "total")
    rule, remedy = "a row is about one country, not a sum", "Rows of totals are left out, here and in all sheets."
    kept = [at for at in range(len(column.cells)) if at not in totals]
    return found.only(kept), [column.fault(at, rule, remedy) for at in totals]


def repeated(body: CellTable, countries: tuple[str | None, ...]) -> list[Fault]:
    """Countries that stand in a sheet more than once."""
    column, first = body.columns[COUNTRY], dict[str, int]()
    faults = []
    for at, iso3 in enumerate(countries):
        if iso3 is not None and iso3 in first:
            rule = f"a country stands once in a sheet; {iso3} is also in row {column.rows[first[iso3]]}"
            faults.append(column.fault(at, rule, "Delete one of the rows or add them up."))
        elif iso3 is not None:
            first[iso3] = at
    return faults


READER = Reader(
    key="wmd",
    title="a World Mining Data workbook",
    table="production",
    replaces="the minerals and years it has",
    order=30,
    recognises=recognises,
    read=read,
)
