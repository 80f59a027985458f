"""Changed copies of valid files of every reader: read as an independent reader reads them, or refused, or told about.

A plain run tries some of them; SOGDIA_SOAK=1 asks for 300 of every reader.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl
import pytest

from sogdia.data.embedded import snapshot
from sogdia.data.readers.reader import ReadTable
from sogdia.data.readers.recognise import recognise
from sogdia.data.readers.registry import keys
from sogdia.errors import SogdiaError
from support import oracle
from support.faults import often
from support.mutants import BYTES, CELLS, LINES, Sheet, mutant
from support.national_files import PLUS
from support.oracle import Told, Unclear
from support.output_files import BGS, USGS_2025
from support.reader_files import COUNTRY_CODES, PRODUCT_CODES, YEARLY, workbook

COPIES = often(12, 300)
LONGEST_SECONDS = 20.0


@dataclass(frozen=True)
class Case:
    """A valid file of a reader. write: puts a sheet into a folder; oracle: what the bytes of a sheet mean."""

    reader: str
    sheet: Sheet
    write: Callable[[Path, Sheet], Path]
    oracle: Callable[[Sheet], Told]
    lines: bool = True
    bytes: bool = True


def flows() -> list[tuple[str, str, float, float]]:
    """(exporter, code, dollars, kilograms) of some of Japan's imports of 2022 as the embedded data have them."""
    known = snapshot().trade(["260300", "261390"], [2022]).filter(pl.col("importer") == "JPN").collect().drop_nulls()
    named = known.filter(pl.col("exporter").is_in(["CHL", "PER", "AUS", "CAN", "CHN", "USA"])).sort("hs6", "exporter")
    return [(x, k, round(v * 1e3, 3), round(q * 1e3, 3)) for _, x, _, k, v, q in named.iter_rows()]


def as_sheet(text: str, *figures: str) -> Sheet:
    rows = list(csv.reader(io.StringIO(text)))
    return Sheet(rows, tuple(rows[0].index(name) for name in figures))


def as_file(name: str) -> Callable[[Path, Sheet], Path]:
    def write(folder: Path, sheet: Sheet) -> Path:
        path = folder / name
        path.write_bytes(sheet.raw())
        return path

    return write


def as_json(folder: Path, sheet: Sheet) -> Path:
    path = folder / "file.json"
    path.write_bytes(sheet.json(_wrapped))
    return path


def _wrapped(listed: list[dict[str, object]]) -> object:
    return {"data": listed}


def as_release(folder: Path, sheet: Sheet) -> Path:
    made = folder / "BACI_HS92_V202501"
    made.mkdir(exist_ok=True)
    (made / YEARLY).write_bytes(sheet.raw())
    (made / "country_codes_V202501.csv").write_text(COUNTRY_CODES, encoding="utf-8")
    codes = f"{PRODUCT_CODES}260300,Copper\n261390,Molybdenum\n"
    (made / "product_codes_HS92_V202501.csv").write_text(codes, encoding="utf-8")
    return made


def as_workbook(folder: Path, sheet: Sheet) -> Path:
    return workbook(folder, {"Antimony": [["Antimony"], *sheet.rows]})


def plus_sheet() -> Sheet:
    lines = [PLUS.split(",")]
    lines += [
        ["A", "2022", "2022", "JPN", "M", x, "0", "H6", k, "C00", "0", f"{q:.3f}", f"{v:.3f}", "False"]
        for x, k, v, q in flows()
    ]
    return Sheet(lines, (11, 12))


def classic_sheet() -> Sheet:
    header = "Classification,Year,Trade Flow,Reporter ISO,Partner ISO,Commodity Code,Netweight (kg),Trade Value (US$)"
    rows = [["H5", "2022", "Import", "JPN", x, k, f"{q:.0f}", f"{v:.0f}"] for x, k, v, q in flows()]
    return Sheet([header.split(","), *rows], (6, 7))


def japan_sheet() -> Sheet:
    header = "Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Quantity2-Year,Value-Year,Quantity1-Jan"
    rows = [
        ["2", "2022", f"'{k}{at:03d}", number, "", "MT", "0", f"{q / 1e3:.0f}", f"{v * 131.5 / 1e3:.0f}", "0"]
        for at, (x, k, v, q) in enumerate(flows())
        for number in [{"CHL": "409", "CHN": "105"}.get(x)]
        if number
    ]
    return Sheet([header.split(","), *rows], (7, 8))


def comext_sheet() -> Sheet:
    header = "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,PERIOD,VALUE_EUR,QUANTITY_KG"
    rows = [
        ["DE", "BR", "E", "28053010", "1", "202252", "10400.5", "310.25"],
        ["DE", "CN", "E", "28053090", "1", "202252", "93000", "4100"],
        ["FR", "CN", "E", "28053090", "1", "202252", "51000", "2050"],
        ["FR", "US", "E", "28053020", "2", "202252", "8000.75", "12.5"],
    ]
    return Sheet([header.split(","), *rows], (6, 7))


def baci_sheet() -> Sheet:
    numbers = {"CHL": "152", "PER": "604", "AUS": "36", "CHN": "156"}
    rows = [
        ["2022", numbers[x], "392", k, f"{v / 1e3:.3f}", f"{q / 1e3:.3f}"] for x, k, v, q in flows() if x in numbers
    ]
    return Sheet([["t", "i", "j", "k", "v", "q"], *rows], (4, 5))


def purchases_sheet() -> Sheet:
    header = "company,year,mineral,hs6,origin,quantity_t,value_kusd"
    rows = [
        ["Acme", "2022", "antimony", "", "TJK", "1240.5", "9800"],
        ["Acme", "2022", "antimony", "", "China", "310", "3655.25"],
        ["Acme", "2023", "copper", "260300", "Chile", "21500", "52000"],
        ["Beta", "2022", "tungsten", "", "KAZ", "12.75", "250"],
    ]
    return Sheet([header.split(","), *rows], (5, 6))


def wgi_sheet() -> Sheet:
    rows = [
        [c, "x", "2022", "pv", f"{e:.4f}", "0.2113", "8"]
        for c, e in (("JPN", 1.0588), ("CHN", -0.4411), ("KAZ", -0.2525), ("CHL", 0.1034))
    ]
    return Sheet([["code", "countryname", "year", "indicator", "estimate", "stddev", "nsource"], *rows], (4, 5))


def sdmx_sheet() -> Sheet:
    rows = [
        ["WB_WGI", c, "WB_WGI_PV_EST", "2022", f"{e:.4f}"]
        for c, e in (("JPN", 1.0588), ("CHN", -0.4411), ("KAZ", -0.2525), ("CHL", 0.1034))
    ]
    return Sheet([["DATABASE_ID", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"], *rows], (4,))


def wmd_sheet() -> Sheet:
    rows = [
        ["Country", "unit", "2021", "2022", "data source"],
        ["Tajikistan", "metr. t", "13000", "17120", "r"],
        ["China", "metr. t", "60250", "59990", "e"],
        ["Bolivia", "metr. t", "2650", "2530.5", ""],
        ["Total", "metr. t", "75900", "79640.5", ""],
    ]
    return Sheet(rows, (2, 3))


NAMES = (
    "comtrade", "classic", "comtrade json", "japan", "comext", "baci", "purchases", "wgi", "sdmx", "usgs", "bgs",
    "bgs json", "wmd",
)  # fmt: skip


@cache
def cases() -> dict[str, Case]:
    """A valid file of every reader, in every layout that is tried, by name."""
    usgs_text = "\n".join(line for line in USGS_2025.splitlines() if "Chromium" not in line) + "\n"
    bgs_text = "\n".join(line for line in BGS.splitlines() if "German" not in line and "manganese" not in line) + "\n"
    usgs = as_sheet(usgs_text, "PROD_2023", "PROD_EST_ 2024")

    def csv_case(
        reader: str, sheet: Sheet, read: Callable[[list[dict[str, str]]], Told], name: str = "file.csv"
    ) -> Case:
        return Case(reader, sheet, as_file(name), lambda s: read(oracle.records(s.raw())))

    def plus_json(sheet: Sheet) -> Told:
        return oracle.comtrade(oracle.json_records(sheet.json(_wrapped)), oracle.PLUS)

    def in_sheet(sheet: Sheet) -> Told:
        return oracle.wmd(oracle.records(sheet.raw()))

    return {
        "comtrade": csv_case("comtrade", plus_sheet(), lambda rows: oracle.comtrade(rows, oracle.PLUS)),
        "classic": csv_case("comtrade", classic_sheet(), lambda rows: oracle.comtrade(rows, oracle.CLASSIC)),
        "comtrade json": Case("comtrade", plus_sheet(), as_json, plus_json, lines=False),
        "japan": csv_case("japan", japan_sheet(), oracle.japan),
        "comext": csv_case("comext", comext_sheet(), oracle.comext),
        "baci": Case("baci", baci_sheet(), as_release, lambda s: oracle.baci(oracle.records(s.raw()))),
        "purchases": csv_case("purchases", purchases_sheet(), oracle.purchases),
        "wgi": csv_case("wgi", wgi_sheet(), oracle.wgi_long),
        "sdmx": csv_case("wgi", sdmx_sheet(), oracle.wgi_sdmx),
        "usgs": csv_case("usgs", usgs, oracle.usgs),
        "bgs": csv_case("bgs", as_sheet(bgs_text, "quantity"), oracle.bgs),
        "bgs json": Case(
            "bgs", as_sheet(bgs_text, "quantity"), as_json,
            lambda s: oracle.bgs(oracle.json_records(s.json(_wrapped))), lines=False,
        ),
        "wmd": Case("wmd", wmd_sheet(), as_workbook, in_sheet, lines=False, bytes=False),
    }  # fmt: skip


VALUES = {
    "trade": (("year", "exporter", "importer", "hs6"), ("value_kusd", "quantity_t")),
    "production": (("mineral", "country", "year"), ("quantity",)),
    "governance": (("country", "year"), ("estimate", "std_error", "sources")),
    "purchases": (("company", "year", "mineral", "hs6", "origin", "quantity_t", "value_kusd"), ()),
}


def read(path: Path) -> tuple[Told, set[str]]:
    """The rows that a file brings, and what is said about it."""
    content = recognise(path).read()
    if isinstance(content, ReadTable):
        frame, said = content.frame, [*content.warnings, *map(str, content.repaired)]
    else:
        years = content.each(lambda part: (part.labelled().collect(), part.repaired), lambda _: None)
        frame = pl.concat([frame for frame, _ in years])
        said = [*content.warnings, *(str(each) for _, repaired in years for each in repaired)]
    by, values = VALUES[content.table]
    rows: Told = {}
    for row in frame.iter_rows(named=True):
        key = tuple(row[name] for name in by)
        assert key not in rows
        rows[key] = tuple(row[name] for name in values)
    return rows, set(said)


def alike(one: Told, other: Told) -> bool:
    return one.keys() == other.keys() and all(
        (a is None and b is None)
        or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12))
        for key in one
        for a, b in zip(one[key], other[key], strict=True)
    )


def test_every_reader_has_a_case() -> None:
    # The kind `wgi6` is read by the functions of `wgi`, dimension by dimension.
    assert {case.reader for case in cases().values()} == set(keys()) - {"wgi6"}
    assert set(cases()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_valid_file_is_read_as_the_oracle_reads_it(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    assert alike(read(case.write(tmp_path, case.sheet))[0], case.oracle(case.sheet))


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_file_is_read_as_it_is_meant_or_refused_or_told(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    original, said_before = read(case.write(tmp_path, case.sheet))
    changes = (*CELLS, *(LINES if case.lines else ()), *(BYTES if case.bytes else ()))
    wrong: list[Any] = []
    for seed in range(COPIES):
        copy = mutant(case.sheet, random.Random(f"{name} {seed}"), changes)
        path = case.write(tmp_path, copy)
        start = perf_counter()
        try:
            rows, said = read(path)
        except SogdiaError:
            rows, said = {}, set()
        assert perf_counter() - start < LONGEST_SECONDS
        if rows and not _right(rows, bool(said - said_before), copy, original, case):
            wrong.append((seed, copy.what, sorted(said - said_before)[:1]))
    assert not wrong


def _right(rows: Told, told: bool, copy: Sheet, original: Told, case: Case) -> bool:
    """Whether a file that was not refused has been read rightly, or whatever was done to it has been told."""
    if copy.same:
        return alike(rows, original)
    try:
        return alike(rows, case.oracle(copy)) or told
    except Unclear:
        return told
