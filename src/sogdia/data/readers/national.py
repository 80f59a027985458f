"""Trade as one country's statistics report it becomes flows between two countries, each told once.

Rows are reports: a reporter, a partner, imports (M) or exports (X). A report of imports goes before the report of the
same flow as an export. What a file takes the place of is its reporters' own trade: other importers' figures stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from sogdia.codes import countries, ended
from sogdia.data.parts import parts_of
from sogdia.data.readers.hs_revisions import later_code, later_codes
from sogdia.data.readers.reader import ReadYear
from sogdia.data.readers.trade_checks import world_unit_values
from sogdia.data.readers.trade_units import column_problems
from sogdia.data.schema import conform
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import checks

T = TypeVar("T")
IMPORT, EXPORT = "M", "X"
KEY = ["year", "flow", "reporter", "partner", "hs6"]
NAMED = 10


@dataclass(frozen=True, slots=True)
class NationalYear:
    """The flows of one year. parts: the trade of its reporters that they take the place of."""

    year: int
    flows: pl.DataFrame
    parts: tuple[str, ...]
    repaired: tuple[Fault, ...] = ()

    def labelled(self) -> pl.LazyFrame:
        """The flows in the columns of the table `trade`."""
        return self.flows.lazy()


@dataclass(frozen=True)
class NationalTrade:
    """All years of a file. columns: what its value and quantity are called there, for faults."""

    name: str
    source_ids: tuple[str, ...]
    done: tuple[str, ...]
    warnings: tuple[str, ...]
    years: tuple[NationalYear, ...]
    columns: tuple[str, str]
    table: str = "trade"

    def each(self, use: Callable[[ReadYear], T], tell: Callable[[str], None]) -> list[T]:
        """What `use` makes of every year in turn; InputError where a year is in a wrong unit."""
        known = list(world_unit_values())
        faults = []
        for year in self.years:
            tell(f"checking {year.year} of {self.name}")
            flows = year.flows.filter(pl.col("hs6").is_in(known))
            for column, problem in column_problems(flows, year.year) if flows.height else []:
                named = self.columns[0] if column == "v" else self.columns[1]
                faults.append(Fault(self.name, problem.rule, problem.remedy, column=named, value=str(year.year)))
        checks.refuse(faults)
        return [use(year) for year in self.years]


def national_trade(
    name: str,
    reports: pl.DataFrame,
    *,
    source_ids: tuple[str, ...],
    done: tuple[str, ...],
    warnings: Sequence[str] = (),
    columns: tuple[str, str],
) -> NationalTrade:
    """The flows in reports; InputError with the faults of their rows.

    reports: row, year, flow, reporter, partner (ISO alpha-3), hs6, value_kusd, quantity_t (null where not reported).
    """
    notes = list(warnings)
    within = reports.filter(pl.col("reporter") == pl.col("partner"))
    if within.height:
        notes.append(f"{name}: {within.height} rows of goods that came back to their own country are left out.")
        reports = reports.filter(pl.col("reporter") != pl.col("partner"))
    reports, refused = _convertible(name, reports)
    notes += refused
    if reports.is_empty():
        rule, remedy = (
            "a row names two countries and a code that can be read",
            "; ".join(notes[-2:]) or "Get the file again.",
        )
        raise InputError([Fault(name, rule, remedy, value="no such row")])
    checks.refuse([*_doubled(name, reports), *_ended(name, reports)])
    return NationalTrade(name, source_ids, done, tuple(notes), tuple(_years(reports)), columns)


def _years(reports: pl.DataFrame) -> list[NationalYear]:
    importers = reports.filter(pl.col("flow") == IMPORT).select("year", "hs6", partner="reporter").unique()
    imports = reports.filter(pl.col("flow") == IMPORT).select(
        "year", "hs6", "value_kusd", "quantity_t", exporter="partner", importer="reporter"
    )
    exports = (
        reports.filter(pl.col("flow") == EXPORT)
        .join(importers, on=["year", "hs6", "partner"], how="anti")
        .select("year", "hs6", "value_kusd", "quantity_t", exporter="reporter", importer="partner")
    )
    made = []
    for year in sorted(reports["year"].unique()):
        bought, sold = imports.filter(pl.col("year") == year), exports.filter(pl.col("year") == year)
        parts = (*parts_of(bought, "importer"), *parts_of(sold, "exporter"))
        flows = pl.concat([bought, sold]).sort("hs6", "exporter", "importer")
        made.append(NationalYear(year, conform(flows, "trade"), tuple(sorted(parts))))
    return made


def _convertible(name: str, reports: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The reports in codes of HS 1992, and what is told about codes that have no one code of 1992."""
    there = set(reports["hs6"].unique())
    later = sorted(there & later_codes().keys())
    same = {code: only for code in later if (only := later_codes()[code].same)}
    refused = [code for code in later if code not in same]
    told = [f"{name}: {later_code(code)}" for code in refused]
    told += [f"{name}: {code} is read as {only} of HS 1992, the same goods." for code, only in same.items()]
    return reports.filter(~pl.col("hs6").is_in(refused)).with_columns(pl.col("hs6").replace(same)), told


def _doubled(name: str, reports: pl.DataFrame) -> list[Fault]:
    """Reports that stand in the file more than once."""
    # Hashes take a fraction of the memory of the keys; where two are alike the keys themselves decide.
    alike = reports.filter(reports.select(pl.struct(KEY).hash()).to_series().is_duplicated())
    twice = alike.filter(~pl.struct(KEY).is_first_distinct()).head(MAX_FAULTS_SHOWN)
    rule, remedy = "a flow is reported once in a year", "Delete one of the rows, or the breakdown that doubles them."
    return [
        Fault(name, rule, remedy, row["row"], "partner", " ".join(str(row[key]) for key in KEY))
        for row in twice.iter_rows(named=True)
    ]


def _ended(name: str, reports: pl.DataFrame) -> list[Fault]:
    """Reports of states after their end."""
    faults = []
    for side in ("reporter", "partner"):
        for iso3, year in reports.select(side, "year").unique().sort(side, "year").iter_rows():
            problem = ended(iso3, year) if iso3 in countries() else None
            if problem:
                row = reports.filter((pl.col(side) == iso3) & (pl.col("year") == year))["row"].min()
                faults.append(Fault(name, *problem, int(str(row)), side, f"{iso3} {year}"))
    return faults


def shares_left_out(name: str, left: pl.DataFrame, all_value: float) -> list[str]:
    """What to tell about partners that are no countries. left: partner, value."""
    if left.is_empty():
        return []
    named = sorted(left["partner"].fill_null("").unique())
    share = float(left["value"].sum() or 0.0) / all_value if all_value else 0.0
    listed = ", ".join(named[:NAMED]) + (" and more" if len(named) > NAMED else "")
    return [
        f"{name}: {left.height} rows of partners that are no country ({listed}) are left out, {share:.2%} of the value."
    ]
