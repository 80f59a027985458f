"""Output of minerals by country and year, from the World Mineral Statistics of the British Geological Survey.

Columns `bgs_commodity_trans, bgs_sub_commodity_trans, bgs_statistic_type_trans, country_trans, country_iso2_code,
country_iso3_code, year, quantity, units`, as its service gives them in CSV or GeoJSON; a year is `2022-01-01...`. Read
is output (not imports or exports) of the commodities of `bgs_series.csv`, in the unit that stands there; forms of one
commodity are added up. Two known traps: Congo has the code of DR Congo, and states that have ended that of a successor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl

from sogdia.codes import countries
from sogdia.data.readers import columnar
from sogdia.data.readers.country_labels import by_iso2, country_of
from sogdia.data.readers.csv_head import head_of
from sogdia.data.readers.output_rows import OutputFigure, counted, multiplier, production
from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import checks
from sogdia.tabular.checks import Problem
from sogdia.tabular.grid import fold
from sogdia.tabular.rows import packaged_rows
from sogdia.tabular.user_file import UserFile
from sogdia.text import first_of

REQUIRED = {
    "commodity": "bgs_commodity_trans", "statistic": "bgs_statistic_type_trans", "country": "country_trans",
    "iso3": "country_iso3_code", "year": "year", "quantity": "quantity", "unit": "units",
}  # fmt: skip
OPTIONAL = {
    "form": "bgs_sub_commodity_trans", "iso2": "country_iso2_code", "precision": "data_precision_description",
    "notes": "concat_figure_notes_text",
}  # fmt: skip
JSON = (".json", ".geojson")
# As the publisher's unit is called in the table of units.
UNITS = {"tonnes": "metric tons", "kilograms": "kilograms"}
# The publisher gives these the code of another country.
WRONG_CODES = {"CG": "COG"}
ENDED = ("german federal republic", "german democratic republic", "yemen (pdr)")
ISO3 = re.compile(r"[A-Z]{3}", re.ASCII)
NAMED = 12


@dataclass(frozen=True, slots=True)
class Commodity:
    """A commodity in one unit. unit: as in the table of units; factor: to the basis of the mineral's production."""

    mineral: str
    unit: str
    factor: float


@cache
def commodities() -> dict[tuple[str, str], Commodity]:
    """The commodities that are read, by (commodity, unit), both folded."""
    names = ("commodity", "unit", "mineral", "factor", "evidence", "note")
    rows = packaged_rows(resources.files(__package__) / "bgs_series.csv", names)
    return {
        (fold(cells["commodity"]), fold(cells["unit"])): Commodity(
            cells["mineral"], UNITS[fold(cells["unit"]).split(" ")[0]], float(cells["factor"])
        )
        for row in rows
        for cells in [row.cells]
    }


def recognises(file: UserFile) -> bool:
    """Whether the header of a text file, or the first record of a JSON file, is that of these statistics."""
    if file.is_folder:
        return False
    needed = (REQUIRED["commodity"], REQUIRED["statistic"], REQUIRED["quantity"])
    if file.path.suffix.lower() in JSON:
        records = columnar.records_of(file.path, file.name)
        return bool(records) and set(needed) <= records[0].keys()
    head = head_of(file.path)
    return head is not None and head.has(*needed)


def read(file: UserFile) -> ReadTable:
    """The output in a file; InputError with its faults."""
    name = file.name
    frame, told = _frame(file)
    output = frame.filter(pl.col("statistic").str.to_lowercase() == "production")
    if output.height < frame.height:
        told.append(
            f"{name}: {frame.height - output.height} rows of imports, exports and other statistics are left out."
        )
    pairs = output.select("commodity", "unit").unique(maintain_order=True).rows()
    known = {pair for pair in pairs if _commodity(*pair)}
    other = [f"{commodity} [{unit}]" for commodity, unit in pairs if (commodity, unit) not in known]
    if other:
        told.append(f"{name}: on another basis than production here, and not read: {first_of(other, NAMED)}.")
    output = output.filter(pl.struct("commodity", "unit").map_elements(
        lambda pair: (pair["commodity"], pair["unit"]) in known, return_dtype=pl.Boolean
    )) if other else output  # fmt: skip
    if output.is_empty():
        rule, remedy = "the file holds output of minerals", "Take the statistic 'Production'."
        raise InputError([Fault(name, rule, " ".join(told) or remedy, value="none that can be read")])
    where = {pair: _country(*pair) for pair in output.select("country", "iso2", "iso3").unique().iter_rows()}
    checks.refuse(_row_faults(output, name, where))
    quantity, bad = columnar.amounts(output, name, "quantity", REQUIRED["quantity"], required=False)
    checks.refuse([*bad, *_contradictions(output, name)])
    figures, faults, notes = _figures(output.with_columns(value=quantity), name, where)
    table, impossible = production(name, figures)
    checks.refuse([*faults, *impossible])
    return ReadTable(
        "production",
        table,
        ("BGS_WMS",),
        ("forms of one commodity added up; figures that are not exact or not available kept as null",),
        (),
        (*told, *notes),
    )


def _frame(file: UserFile) -> tuple[pl.DataFrame, list[str]]:
    """The columns as text, and what to tell. Those that may be absent are empty then; InputError for others."""
    wanted = {**REQUIRED, **OPTIONAL}
    if file.path.suffix.lower() in JSON:
        frame = columnar.read_json(file.path, file.name, wanted.values())
        return frame.select("row", *(pl.col(title).alias(key) for key, title in wanted.items())), []
    head = head_of(file.path)
    titles = {key: title for key, name in wanted.items() if head and (title := head.title(name))}
    rule, remedy = "this column is required", "Get the file again with all columns."
    missing = [name for key, name in REQUIRED.items() if key not in titles]
    checks.refuse([Fault(file.name, rule, remedy, 1, each, "no such column") for each in missing])
    if head is None:
        raise InputError([Fault(file.name, "the file is a table", "Save it as CSV in UTF-8.", value="no text")])
    frame, told = columnar.read_columns(file.path, file.name, head, titles)
    return frame.with_columns(pl.lit("").alias(key) for key in OPTIONAL if key not in titles), told


def _commodity(commodity: str, unit: str) -> Commodity | None:
    return commodities().get((fold(commodity), fold(unit)))


def _country(name: str, iso2: str, iso3: str) -> str | Problem | None:
    """ISO alpha-3, None for a state that has ended and has a successor's code."""
    if fold(name) in ENDED:
        return None
    if iso2 in WRONG_CODES:
        return WRONG_CODES[iso2]
    named = country_of(name)
    if isinstance(named, Problem) and "former country" in named.rule:
        return None
    if iso3 and not ISO3.fullmatch(iso3):
        return Problem("a code of a country has three letters", "Are columns exchanged? Get the file again.")
    coded = iso3 if iso3 in countries() else by_iso2().get(iso2.upper())
    if coded is None:
        return named
    if isinstance(named, str) and named != coded:
        return Problem(f"name and code mean one country; the code is that of {coded}", "Correct one of the two.")
    return coded


def _row_faults(
    output: pl.DataFrame, name: str, where: dict[tuple[str, str, str], str | Problem | None]
) -> list[Fault]:
    """Cells that are no country and no year."""
    rule, remedy = "a year is written as 2022 or 2022-01-01", "Get the file again."
    years = output.filter(~pl.col("year").str.contains(r"^(19|20)\d\d(-01-01([T ].*)?)?$")).select("row", "year")
    faults = [Fault(name, rule, remedy, row, "year", cell) for row, cell in years.head(MAX_FAULTS_SHOWN).iter_rows()]
    first: dict[tuple[str, str, str], int] = {}
    for row, *pair in output.select("row", "country", "iso2", "iso3").iter_rows():
        first.setdefault((pair[0], pair[1], pair[2]), row)
    for labels, found in where.items():
        if isinstance(found, Problem):
            shown = f"{labels[0]} ({labels[2] or labels[1]})"
            faults.append(Fault(name, found.rule, found.remedy, first[labels], REQUIRED["country"], shown, found.hint))
    return faults


def _contradictions(output: pl.DataFrame, name: str) -> list[Fault]:
    """The faults of figures that are said to be not available."""
    said = pl.col("precision").str.to_lowercase().str.contains("not available")
    rows = output.filter(said & (pl.col("quantity") != "")).select("row", "quantity").head(MAX_FAULTS_SHOWN)
    rule, remedy = "a figure that is not available is empty", "Get the file again."
    return [Fault(name, rule, remedy, row, REQUIRED["quantity"], cell) for row, cell in rows.iter_rows()]


def _figures(
    output: pl.DataFrame, name: str, where: dict[tuple[str, str, str], str | Problem | None]
) -> tuple[list[OutputFigure], list[Fault], list[str]]:
    """Figures with their forms added up, the faults of rows that stand twice, and what to tell."""
    made: dict[tuple[str, str, int], OutputFigure] = {}
    forms: dict[tuple[str, str, int], set[str]] = {}
    faults, ended, marks, mixed = list[Fault](), dict[str, None](), list[str](), dict[str, None]()
    for row in output.sort("row").iter_rows(named=True):
        country = where[row["country"], row["iso2"], row["iso3"]]
        commodity = _commodity(row["commodity"], row["unit"])
        if not isinstance(country, str) or commodity is None:
            ended[row["country"]] = None
            continue
        times = multiplier(commodity.unit, commodity.mineral) or 0.0
        inexact = bool(row["precision"]) and _not_exact(row["precision"])
        value = None if row["value"] is None or inexact else row["value"] * times * commodity.factor
        if value is None:
            marks.append(row["precision"] or "empty")
        key = (commodity.mineral, country, int(row["year"][:4]))
        form = fold(row["form"])
        there = forms.setdefault(key, set())
        if form in there:
            rule, remedy = "a form of a commodity stands once for a country and year", "Delete one of the rows."
            faults.append(Fault(name, rule, remedy, row["row"], REQUIRED["quantity"], row["quantity"]))
            continue
        if there and "" in (there | {form}):
            mixed[f"{commodity.mineral} of {country} in {key[2]}"] = None
        there.add(form)
        before = made.get(key)
        both = (
            value if before is None else None if value is None or before.quantity is None else value + before.quantity
        )
        flag = "e" if "estimate" in row["notes"].lower() or (before and before.flag == "e") else "r"
        made[key] = OutputFigure(row["row"], REQUIRED["quantity"], row["quantity"], row["commodity"], *key, both, flag)
    rule, remedy = "a figure is a sum or stands in parts, not both", "Delete the sum or its parts."
    faults += [Fault(name, rule, remedy, column=OPTIONAL["form"], value=each) for each in mixed]
    told = [f"{name}: kept as unknown, {counted(marks)}."] if marks else []
    if ended:
        told.append(f"{name}: rows of states that have ended are left out: {', '.join(ended)}.")
    return list(made.values()), faults, told


def _not_exact(precision: str) -> bool:
    said = precision.lower()
    return "less than" in said or "not available" in said


READER = Reader(
    key="bgs",
    title="a table of the BGS World Mineral Statistics",
    table="production",
    replaces="the minerals and years it has",
    order=8,
    recognises=recognises,
    read=read,
)
