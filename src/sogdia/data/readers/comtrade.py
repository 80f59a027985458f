"""Trade as countries report it to the United Nations, from UN Comtrade as it is now and as it was until 2022.

Layouts: Comtrade+ in CSV or JSON (`reporterISO, partnerISO, flowCode, cmdCode, netWgt, primaryValue`; US dollars and
kilograms, world sums as partner `W00`), and the classic CSV (`Reporter ISO, Partner ISO, Trade Flow, Commodity Code,
Netweight (kg), Trade Value (US$)`). Read are imports and exports of whole years in six-digit codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl

from sogdia.codes import baci_iso3, countries
from sogdia.data.readers import columnar
from sogdia.data.readers.csv_head import Head, head_of
from sogdia.data.readers.national import EXPORT, IMPORT, NationalTrade, national_trade, shares_left_out
from sogdia.data.readers.reader import Reader
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError, Near
from sogdia.tabular import checks
from sogdia.tabular.rows import packaged_rows
from sogdia.tabular.user_file import UserFile
from sogdia.units import KG_PER_T, USD_PER_KUSD

WORLD = ("W00", "WLD", "0")
FLOWS = {"m": IMPORT, "import": IMPORT, "imports": IMPORT, "x": EXPORT, "export": EXPORT, "exports": EXPORT}
OTHER_FLOWS = ("RM", "RX", "DX", "FM", "MIP", "MOP", "XIP", "XOP", "Re-Import", "Re-Export", "Re-import", "Re-export")
NOT_A_COUNTRY = r"^[A-Z]{1,2}[0-9]{1,2}$|^_|^XX$|^$|^[0-9]+$"
# A breakdown of the same flow: its sums have these codes.
SUMS = {"partner2": ("0", "W00", ""), "mode": ("0", ""), "customs": ("C00", "")}
LEAST_OF_WORLD, MOST_OF_WORLD = 0.99, 1.01
JSON_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class ComtradeLayout:
    """The names of the columns, the first that is there; those of `optional` need not be."""

    required: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]]

    def fits(self, head: Head) -> bool:
        return all(head.title(*names) for names in self.required.values())


PLUS = ComtradeLayout(
    {
        "year": ("refYear", "period"),
        "reporter": ("reporterISO", "reporterCode"),
        "partner": ("partnerISO", "partnerCode"),
        "flow": ("flowCode", "flowDesc"),
        "hs6": ("cmdCode",),
        "weight": ("netWgt",),
        "value": ("primaryValue",),
    },
    {
        "partner2": ("partner2Code", "partner2ISO"),
        "mode": ("motCode",),
        "customs": ("customsCode",),
        "frequency": ("freqCode",),
    },
)
CLASSIC = ComtradeLayout(
    {
        "year": ("Year", "Period"),
        "reporter": ("Reporter ISO", "Reporter Code"),
        "partner": ("Partner ISO", "Partner Code"),
        "flow": ("Trade Flow",),
        "hs6": ("Commodity Code",),
        "weight": ("Netweight (kg)",),
        "value": ("Trade Value (US$)",),
    },
    {},
)


def recognises(file: UserFile) -> bool:
    """Whether the header of a text file, or the first record of a JSON file, is that of Comtrade."""
    if file.is_folder:
        return False
    if file.path.suffix.lower() == JSON_SUFFIX:
        records = columnar.records_of(file.path, file.name)
        return bool(records) and {"cmdCode", "primaryValue", "flowCode"} <= records[0].keys()
    head = head_of(file.path)
    return head is not None and (head.has("cmdCode", "primaryValue") or head.has("Trade Value (US$)", "Trade Flow"))


def read(file: UserFile) -> NationalTrade:
    """The flows of a file; InputError with its faults."""
    reports, titles, told = _reports(file)
    return national_trade(
        file.name,
        reports,
        source_ids=("UN_COMTRADE",),
        done=(
            "US dollars and kilograms converted",
            "sums over partners left out",
            "a weight of 0 read as not reported",
        ),
        warnings=told,
        columns=(titles["value"], titles["weight"]),
    )


def _reports(file: UserFile) -> tuple[pl.DataFrame, dict[str, str], list[str]]:
    """Reports between countries, the titles of their columns in the file, and what was left out."""
    name = file.name
    frame, titles, read = _json(file) if file.path.suffix.lower() == JSON_SUFFIX else _table(file)
    frame, warnings = _reports_only(frame, name)
    checks.refuse(
        [*columnar.codes(frame, name, "hs6", titles["hs6"]), *columnar.years(frame, name, "year", titles["year"])]
    )
    weight, bad_weights = columnar.amounts(frame, name, "weight", titles["weight"], required=False)
    value, bad_values = columnar.amounts(frame, name, "value", titles["value"], required=True)
    checks.refuse([*bad_weights, *bad_values])
    frame = frame.with_columns(weight, value, pl.col("year").cast(pl.Int16))
    frame = frame.with_columns(
        weight=pl.when((pl.col("weight") == 0) & (pl.col("value") > 0)).then(None).otherwise("weight")
    )
    frame, told = _without_sums(_with_countries(frame, name, titles), name)
    reports = frame.select(
        "row", "year", "flow", "reporter", "partner", "hs6",
        value_kusd=pl.col("value") / USD_PER_KUSD, quantity_t=pl.col("weight") / KG_PER_T,
    )  # fmt: skip
    return reports, titles, [*read, *warnings, *told]


def _table(file: UserFile) -> tuple[pl.DataFrame, dict[str, str], list[str]]:
    head = head_of(file.path)
    if head is None:
        raise InputError([Fault(file.name, "the file is a table", "Save it as CSV in UTF-8.", value="no text")])
    layout = CLASSIC if head.has("Trade Value (US$)") else PLUS
    missing = [names[0] for names in layout.required.values() if not head.title(*names)]
    remedy = "Download the data again with all columns."
    checks.refuse(
        [Fault(file.name, "this column is required", remedy, 1, column, "no such column") for column in missing]
    )
    names = {**layout.required, **layout.optional}
    titles = {key: title for key, options in names.items() if (title := head.title(*options))}
    frame, told = columnar.read_columns(file.path, file.name, head, titles)
    for key in ("reporter", "partner"):  # without descriptions the columns of ISO codes are empty
        spare = head.title(names[key][1])
        if spare and spare != titles[key] and (frame[key] == "").all():
            titles[key] = spare
            frame, told = columnar.read_columns(file.path, file.name, head, titles)
    return frame, titles, told


def _json(file: UserFile) -> tuple[pl.DataFrame, dict[str, str], list[str]]:
    names = {**PLUS.required, **PLUS.optional}
    records = columnar.records_of(file.path, file.name)
    keys = {key for record in records[:1] for key, value in record.items() if value is not None}
    titles = {
        key: next((name for name in options if name in keys), options[0])
        for key, options in names.items()
        if key in PLUS.required or any(name in keys for name in options)
    }
    frame = columnar.read_json(file.path, file.name, titles.values())
    return frame.select("row", *(pl.col(title).alias(key) for key, title in titles.items())), titles, []


def _reports_only(frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, list[str]]:
    """Annual imports and exports in six-digit codes, and what was left out."""
    told = []
    other = (
        frame.filter(~pl.col("frequency").is_in(["A", ""])).head(1) if "frequency" in frame.columns else frame.head(0)
    )
    rule, remedy = "data are of whole years", "Take annual data (frequency A)."
    checks.refuse(
        [Fault(name, rule, remedy, r["row"], "freqCode", r["frequency"]) for r in other.iter_rows(named=True)]
    )
    folded = frame.with_columns(flow=pl.col("flow").str.to_lowercase().replace_strict(FLOWS, default=None))
    strange = frame.filter(folded["flow"].is_null() & ~pl.col("flow").is_in(OTHER_FLOWS)).head(MAX_FAULTS_SHOWN)
    rule, remedy = "a flow is M (import) or X (export)", "Correct it, or get the file again."
    checks.refuse([Fault(name, rule, remedy, row["row"], "flow", row["flow"]) for row in strange.iter_rows(named=True)])
    kept = folded.filter(pl.col("flow").is_not_null())
    if kept.height < frame.height:
        told.append(f"{name}: {frame.height - kept.height} rows of re-exports and re-imports are left out.")
    coarse = kept.filter((pl.col("hs6") == "TOTAL") | pl.col("hs6").str.contains(r"^(\d{2}|\d{4})$"))
    if coarse.height:
        told.append(f"{name}: {coarse.height} rows of chapters, headings or all goods are left out.")
        kept = kept.join(coarse.select("row"), on="row", how="anti")
    for key, sums in SUMS.items():
        if key in kept.columns:
            whole = kept.filter(pl.col(key).is_in(sums))
            if whole.height and whole.height < kept.height:
                told.append(f"{name}: {kept.height - whole.height} rows that break a flow down are left out.")
                kept = whole
            elif kept.height and not whole.height:
                told.append(f"{name}: no row is a sum over {key}: are these parts of flows? ({kept[key][0]!r})")
    if kept.is_empty():
        rule, remedy = "the file holds imports or exports in six-digit codes", "Take them from Comtrade."
        raise InputError([Fault(name, rule, remedy, value="none")])
    return kept.drop("frequency", *SUMS, strict=False), told


def _with_countries(frame: pl.DataFrame, name: str, titles: Mapping[str, str]) -> pl.DataFrame:
    """Reporter and partner as ISO alpha-3; `W00` for the world, null for areas that are no country."""
    faults = []
    for side in ("reporter", "partner"):
        cells = frame.select(side, "year").unique()
        meant = {cell: _country(cell, year) for cell, year in cells.iter_rows()}
        wrong = [cell for cell, iso3 in meant.items() if iso3 == "?"]
        if wrong:
            row = frame.filter(pl.col(side).is_in(wrong)).row(0, named=True)
            near = Near(row[side], list(countries()))
            remedy = "Write the ISO alpha-3 code."
            faults.append(Fault(name, "no country has this code", remedy, row["row"], titles[side], row[side], near))
        frame = frame.with_columns(pl.col(side).replace_strict(meant, default=None, return_dtype=pl.String).alias(side))
    checks.refuse(faults)
    nobody = frame.filter(pl.col("reporter").is_null() | (pl.col("reporter") == WORLD[0])).head(1)
    rule, remedy = "a reporter is a country", "Take the reports of countries, not of groups."
    checks.refuse([Fault(name, rule, remedy, row["row"], titles["reporter"]) for row in nobody.iter_rows(named=True)])
    return frame


def _country(cell: str, year: int) -> str | None:
    """ISO alpha-3, `W00`, None for an area that is no country, "?" for what nothing is called."""
    if cell in WORLD:
        return WORLD[0]
    if cell in _areas():
        return _areas()[cell]
    if cell in countries():
        return cell
    if cell.isascii() and cell.isdigit() and len(cell) <= 3:
        return baci_iso3(int(cell), year)
    return None if pl.Series([cell]).str.contains(NOT_A_COUNTRY)[0] else "?"


@cache
def _areas() -> dict[str, str]:
    rows = packaged_rows(resources.files(__package__) / "comtrade_areas.csv", ("code", "iso3", "note"))
    return {row.cells["code"]: row.cells["iso3"] for row in rows}


def _without_sums(frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, list[str]]:
    """Reports between countries, and what is told about sums that do not fit them and partners that are none."""
    world, parts = frame.filter(pl.col("partner") == WORLD[0]), frame.filter(pl.col("partner").ne_missing(WORLD[0]))
    told = []
    keys = ["year", "flow", "reporter", "hs6"]
    if world.height and parts.height:
        sums = parts.sort("value").group_by(keys).agg(pl.col("value").sum().alias("there"))
        both = (
            world.join(sums, on=keys).filter(pl.col("value") > 0).with_columns(share=pl.col("there") / pl.col("value"))
        )
        odd = both.filter(~pl.col("share").is_between(LEAST_OF_WORLD, MOST_OF_WORLD)).sort("row")
        if odd.height:
            first = odd.row(0, named=True)
            what = f"{first['reporter']} {first['hs6']} in {first['year']}"
            told.append(
                f"{name}: the partners of {odd.height} flows do not add up to the world's row; those of {what} are "
                f"{first['share']:.1%} of it (row {first['row']}). Is the file cut, or were partners left out?"
            )
    if parts.is_empty():
        rule, remedy = "the file tells the partners", "Take the data by partner, not the sums over the world alone."
        raise InputError([Fault(name, rule, remedy, column="partner", value=WORLD[0])])
    none = parts.filter(pl.col("partner").is_null())
    left = shares_left_out(
        name, none.select(partner=pl.lit("areas not specified"), value="value"), float(parts["value"].sum())
    )
    return parts.filter(pl.col("partner").is_not_null()), [*told, *left]


READER = Reader(
    key="comtrade",
    title="a file of UN Comtrade",
    table="trade",
    replaces="the codes and years of its reporters",
    order=5,
    recognises=recognises,
    read=read,
)
