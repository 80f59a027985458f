"""Japan's trade by nine-digit code and country, as its customs and e-Stat publish it.

Columns `Exp or Imp, Year, HS, Country, Unit1, Unit2, Quantity1-Year, Quantity2-Year, Value-Year` and the same for every
month, which are passed over. HS has nine digits and may begin with an apostrophe: its first six are the international
code, under which the lines are added up. Countries have numbers of their own; values are in thousand yen.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import polars as pl

from sogdia.codes import countries
from sogdia.data.readers import columnar
from sogdia.data.readers.csv_head import head_of
from sogdia.data.readers.exchange_rates import SOURCE, usd_per_unit
from sogdia.data.readers.national import EXPORT, IMPORT, NationalTrade, national_trade, shares_left_out
from sogdia.data.readers.reader import Reader
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.sums import totals_by
from sogdia.tabular import checks
from sogdia.tabular.rows import packaged_rows
from sogdia.tabular.user_file import UserFile
from sogdia.units import KG_PER_T

COLUMNS = {
    "flow": "Exp or Imp", "year": "Year", "code": "HS", "country": "Country", "unit1": "Unit1", "unit2": "Unit2",
    "quantity1": "Quantity1-Year", "quantity2": "Quantity2-Year", "value": "Value-Year",
}  # fmt: skip
FLOWS = {"1": EXPORT, "01": EXPORT, "2": IMPORT, "02": IMPORT}
TONNES = {"KG": 1 / KG_PER_T, "MT": 1.0, "T": 1.0, "GR": 1e-6, "G": 1e-6}
JAPAN = "JPN"
MARKS = "' ’"


def recognises(file: UserFile) -> bool:
    """Whether the header of a text file is that of the trade statistics."""
    head = None if file.is_folder else head_of(file.path)
    return head is not None and head.has("Exp or Imp", "HS", "Value-Year")


def read(file: UserFile) -> NationalTrade:
    """The flows of a file; InputError with its faults."""
    name = file.name
    head = head_of(file.path)
    titles = {key: head.title(title) if head else None for key, title in COLUMNS.items()}
    rule, remedy = "this column is required", "Download the table again with all columns."
    checks.refuse([Fault(name, rule, remedy, 1, COLUMNS[key], "no such column") for key, t in titles.items() if not t])
    if head is None:
        raise InputError([Fault(name, "the file is a table", "Save it as CSV in UTF-8.", value="no text")])
    frame, read = columnar.read_columns(file.path, name, head, {key: title for key, title in titles.items() if title})
    frame = frame.with_columns(pl.col("code", "country", "flow").str.strip_chars(MARKS))
    sums = frame.filter(pl.col("code") == "000000000")
    frame = frame.filter(pl.col("code") != "000000000")
    checks.refuse([*_row_faults(frame, name), *columnar.years(frame, name, "year", COLUMNS["year"])])
    value, bad_values = columnar.amounts(frame, name, "value", COLUMNS["value"], required=True)
    quantity1, bad_first = columnar.amounts(frame, name, "quantity1", COLUMNS["quantity1"], required=False)
    quantity2, bad_second = columnar.amounts(frame, name, "quantity2", COLUMNS["quantity2"], required=False)
    checks.refuse([*bad_values, *bad_first, *bad_second])
    frame = frame.with_columns(value, quantity1, quantity2, pl.col("year").cast(pl.Int64))
    rates = {year: usd_per_unit("JPY", year, name) for year in sorted(frame["year"].unique())}
    twice = frame.filter(~pl.struct("year", "flow", "code", "country").is_first_distinct())
    rule, remedy = "a code and country stand once in a year", "Delete one of the rows, or take the table of all ports."
    checks.refuse(
        [
            Fault(name, rule, remedy, r["row"], "HS", r["code"])
            for r in twice.head(MAX_FAULTS_SHOWN).iter_rows(named=True)
        ]
    )
    areas = frame.filter(pl.col("country").is_in([cell for cell in frame["country"].unique() if _country(cell) == ""]))
    read += shares_left_out(name, areas.select(partner="country", value="value"), float(frame["value"].sum()))
    frame = frame.join(areas.select("row"), on="row", how="anti")
    reports = _by_hs6(
        frame.with_columns(
            flow=pl.col("flow").replace_strict(FLOWS),
            partner=pl.col("country").replace_strict({cell: _country(cell) for cell in frame["country"].unique()}),
            hs6=pl.col("code").str.slice(0, 6),
            value_kusd=pl.col("value") * pl.col("year").replace_strict(rates, return_dtype=pl.Float64),
            quantity_t=_tonnes(),
        )
    )
    told = read + [
        f"{name}: yen are read as dollars at {1 / rate:.1f} yen in {year}, the average of that year."
        for year, rate in rates.items()
    ]
    told += [f"{name}: {sums.height} rows of all goods together are left out."] if sums.height else []
    told += _unweighed(name, frame)
    return national_trade(
        name,
        reports,
        source_ids=("JAPAN_CUSTOMS", SOURCE),
        done=("nine-digit codes added up to six", "yen converted at the year's average rate"),
        warnings=told,
        columns=(COLUMNS["value"], COLUMNS["quantity2"]),
    )


def _by_hs6(frame: pl.DataFrame) -> pl.DataFrame:
    """Lines added up; a weight that is unknown in one line is unknown in the sum: missing is not zero."""
    keys = ["year", "flow", "partner", "hs6"]
    added = totals_by(frame.sort("row").select(*keys, "value_kusd", "quantity_t"), keys)
    known = frame.group_by(keys).agg(pl.col("row").min(), (pl.col("quantity_t").null_count() == 0).alias("weighed"))
    joined = added.join(known, on=keys).sort("row")
    return joined.select(
        "row", "year", "flow", "partner", "hs6", "value_kusd",
        quantity_t=pl.when("weighed").then("quantity_t"), reporter=pl.lit(JAPAN),
    )  # fmt: skip


def _tonnes() -> pl.Expr:
    """Tonnes from the second quantity where it is a weight, else from the first; a weight of 0 is below its unit."""
    second = pl.col("quantity2") * pl.col("unit2").str.to_uppercase().replace_strict(TONNES, default=None)
    first = pl.col("quantity1") * pl.col("unit1").str.to_uppercase().replace_strict(TONNES, default=None)
    weight = pl.coalesce(second, first)
    return pl.when((weight == 0) & (pl.col("value") > 0)).then(None).otherwise(weight)


def _unweighed(name: str, frame: pl.DataFrame) -> list[str]:
    """What to tell about lines whose quantities are in units that are no weights, as pieces and litres."""
    no_weight = ~pl.any_horizontal(pl.col(u).str.to_uppercase().is_in(list(TONNES)) for u in ("unit1", "unit2"))
    counted = frame.filter(no_weight & ((pl.col("quantity1") > 0) | (pl.col("quantity2") > 0)))
    units = sorted({unit for side in ("unit1", "unit2") for unit in counted[side].unique() if unit})
    if counted.is_empty():
        return []
    return [f"{name}: {counted.height} rows have no weight but other units ({', '.join(units)}): unknown tonnes."]


def _row_faults(frame: pl.DataFrame, name: str) -> list[Fault]:
    """Cells that are no flow, code or country of these statistics."""
    known = {cell: _country(cell) for cell in frame["country"].unique()}
    tests = [
        ("flow", pl.col("flow").is_in(list(FLOWS)), "Exp or Imp is 1 (export) or 2 (import)", "Correct it."),
        ("code", pl.col("code").str.contains(r"^(0[1-9]|[1-9]\d)\d{7}$"), "HS is a code of nine digits",
         "Did a spreadsheet drop the leading zero? Take the file as it was published."),
        ("country", pl.col("country").is_in([cell for cell, iso3 in known.items() if iso3 is not None]),
         "the number is that of a country in Sogdia's table of Japan's country numbers",
         "Write the ISO alpha-3 code in its place."),
    ]  # fmt: skip
    return [
        Fault(name, rule, remedy, row, COLUMNS[column], cell)
        for column, good, rule, remedy in tests
        for row, cell in frame.filter(~good).select("row", column).head(MAX_FAULTS_SHOWN).iter_rows()
    ]


def _country(cell: str) -> str | None:
    return cell if cell in countries() else _numbers().get(cell)


@cache
def _numbers() -> dict[str, str]:
    """Countries by the numbers of these statistics, "" for areas that are no country."""
    names = ("number", "iso3", "evidence", "note")
    rows = packaged_rows(resources.files(__package__) / "japan_countries.csv", names)
    return {row.cells["number"]: row.cells["iso3"] for row in rows}


READER = Reader(
    key="japan",
    title="a table of Japan's trade statistics",
    table="trade",
    replaces="the codes and years of Japan's own trade",
    order=6,
    recognises=recognises,
    read=read,
)
