"""Political stability of countries, from the World Bank's Worldwide Governance Indicators in CSV or XLSX.

Read are the estimate, its standard error and the number of sources of political stability; other indicators are
passed over. instability = clip(0.5 - estimate / 5, 0, 1), so that 2.5 becomes 0 and -2.5 becomes 1 (1 is worst).
The four layouts in which the figures are published are told apart in `wgi_layouts`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.data.readers.country_labels import countries_of
from sogdia.data.readers.ended_states import after_their_end
from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.data.readers.wgi_layouts import (
    MEASURES,
    STABILITY,
    GovernanceDimension,
    Series,
    layout_of,
    names_no_series,
    series_of,
)
from sogdia.data.schema import conform
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import checks
from sogdia.tabular.grid import Grid
from sogdia.tabular.limits import GOVERNANCE_FIGURES
from sogdia.tabular.numerals import MISSING
from sogdia.tabular.user_file import UserFile, must_be_table

# Estimates are in units of the standard normal distribution; the lowest ever published is near -3.3.
WIDEST_ESTIMATE = 4.0
# Revisions move estimates by a tenth or two, other dimensions lie further away in most countries.
FEWEST_ESTIMATES, FURTHEST_APART = 10, 0.4


def recognises(file: UserFile) -> bool:
    """Whether a table has the header of one of the layouts."""
    return any(layout_of(grid) is not None for grid in file.tables)


def read(file: UserFile) -> ReadTable:
    """A file of governance indicators as rows of the table `governance`; InputError with every fault."""
    grids = must_be_table(file)
    found = [(grid, series) for grid in grids if (series := series_of(grid)) is not None]
    if not found:
        remedy = "Take the full WGI data set, or the estimates of political stability from DataBank."
        sheets = ", ".join(grid.sheet for grid in grids if grid.sheet)
        rule = "the file holds political stability and absence of violence"
        raise InputError([Fault(file.name, rule, remedy, value=sheets[:80] or "no such indicator")])
    grid, series = found[0]
    reading = combine(grid, series)
    further = ", ".join(other.sheet for other, _ in found[1:])
    warnings = [f"{file.name}: only the sheet {grid.sheet!r} was read, not {further}."] if further else []
    if names_no_series(grid):
        warnings.append(
            f"{file.name}: no column names the indicator; read as estimates of political stability (PV.EST)."
        )
    return replace(reading, warnings=tuple(warnings))


def combine(grid: Grid, series: tuple[Series, ...], dimension: GovernanceDimension = STABILITY) -> ReadTable:
    """One table from the series of a grid that are of one dimension."""
    figures = sum(len(part.figures.cells) for part in series)
    if figures > GOVERNANCE_FIGURES:
        rule = f"a file has {GOVERNANCE_FIGURES} figures of {dimension.name} at most"
        raise InputError([Fault(grid.place, rule, "Leave out doubled rows.", value=f"{figures} figures")])
    if "estimate" not in {part.measure for part in series}:
        rule, remedy = (
            "the estimate is among the series",
            f"Add the series of the estimate of {dimension.name} ({dimension.code.upper()}.EST).",
        )
        raise InputError([Fault(grid.place, rule, remedy, value=", ".join({part.measure for part in series}))])
    faults: list[Fault] = []
    repaired = list(grid.repaired)
    frames: dict[str, list[pl.DataFrame]] = {}
    for part in series:
        if not part.figures.cells:
            continue
        country, year = countries_of(part.countries), checks.years(part.years)
        figure = checks.quantities(part.figures, negative=part.measure == "estimate", thousands=False, blank=MISSING)
        faults += [fault for checked in (country, year, figure) for fault in checked.faults]
        faults += _too_wide(part, figure.values) if part.measure == "estimate" else []
        there = [iso3 if f is not None else None for iso3, f in zip(country.values, figure.values, strict=True)]
        faults += after_their_end(part.countries, there, year.values, limit=MAX_FAULTS_SHOWN)
        checks.refuse_many(faults)
        repaired += [*figure.repaired, *(each for each in country.repaired if each not in repaired)]
        data = {"country": country.values, "year": year.values, part.measure: figure.values, "row": part.figures.rows}
        kinds = {"country": pl.String, "year": pl.Int16, part.measure: pl.Float64, "row": pl.Int64}
        frames.setdefault(part.measure, []).append(pl.DataFrame(data, schema=kinds))
    if not frames:
        faults.append(Fault(grid.place, f"there are rows of {dimension.name}", "Give a file with content."))
    checks.refuse(list(dict.fromkeys(faults)))
    merged = [pl.concat(parts) for parts in frames.values()]
    checks.refuse([fault for frame in merged for fault in _repeated(grid, frame)])
    if dimension == STABILITY:
        checks.refuse(_other_series(grid, merged[list(frames).index("estimate")]))
    table = reduce(
        lambda left, right: left.join(right, on=["country", "year"], how="full", coalesce=True),
        [frame.drop("row") for frame in merged],
    )
    table = table.with_columns(pl.lit(None, pl.Float64).alias(name) for name in MEASURES if name not in table.columns)
    table = table.with_columns(instability=(0.5 - pl.col("estimate") / 5).clip(0, 1)).sort("country", "year")
    return ReadTable(
        "governance",
        conform(table, "governance"),
        ("WB_WGI",),
        ("instability = clip(0.5 - estimate / 5)",),
        tuple(repaired),
    )


def _too_wide(part: Series, values: tuple[float | None, ...]) -> list[Fault]:
    """Figures that can be no estimates."""
    rule = "an estimate lies between about -2.5 and 2.5"
    remedy = "Percentile ranks and scores from 0 to 100 are other series; take the estimate (PV.EST)."
    wide = [at for at, value in enumerate(values) if value is not None and abs(value) > WIDEST_ESTIMATE]
    return [part.figures.fault(at, rule, remedy) for at in wide]


def _other_series(grid: Grid, estimates: pl.DataFrame) -> list[Fault]:
    """The fault of figures that are far from the embedded estimates of political stability."""
    there = snapshot().scan("governance").select("country", "year", known="estimate").collect()
    both = estimates.join(there, on=["country", "year"]).drop_nulls()
    apart = (both["estimate"] - both["known"]).abs().median() if both.height >= FEWEST_ESTIMATES else None
    if not isinstance(apart, float) or apart <= FURTHEST_APART:
        return []
    rule = "the figures are estimates of political stability"
    remedy = f"They differ from the embedded ones by {apart:.2f} in the middle: take the series PV.EST."
    return [Fault(grid.place, rule, remedy, column="estimate", value=f"{both.height} figures compared")]


def _repeated(grid: Grid, frame: pl.DataFrame) -> list[Fault]:
    """Countries with two figures for one year."""
    twice = frame.filter(~pl.struct("country", "year").is_first_distinct())
    rule, remedy = "a country has one figure per year", "Delete one of the rows."
    return [
        Fault(grid.place, rule, remedy, row["row"], "country, year", f"{row['country']} {row['year']}")
        for row in twice.iter_rows(named=True)
    ]


READER = Reader(
    key="wgi",
    title="a file of governance indicators",
    table="governance",
    replaces="the whole table",
    order=40,
    recognises=recognises,
    read=read,
)
