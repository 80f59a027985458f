"""Every malformed file is refused with file, row, column, value, rule and remedy, and nothing is written."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sogdia.data.adding import add
from sogdia.errors import InputError
from support.reader_files import (
    FLOWS,
    PRODUCT_CODES,
    PURCHASE,
    PURCHASES,
    YEARLY,
    folder,
    governance,
    mining,
    purchases,
    release_files,
    workbook,
    zipped,
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A malformed file and the fault it must give. Text is looked for inside the fault's own text."""

    fault_class: str
    build: Callable[[Path], Path]
    row: int | None
    column: str | None
    value: str | None
    remedy: str
    kind: str | None = None


def bought(fault_class: str, column: str, value: str, remedy: str, **more: str) -> Bad:
    """A purchase with one wrong cell, in row 3."""
    text = purchases({}, {**more, column: value})
    return Bad(fault_class, lambda path: saved(path, text), 3, column, value, remedy)


def saved(path: Path, text: str | bytes, name: str = "purchases.csv") -> Path:
    target = path / name
    target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return target


def flow(fault_class: str, line: str, column: str | None, value: str, remedy: str) -> Bad:
    """A release with one wrong line, in row 4."""
    files = release_files(FLOWS + line + "\n")
    return Bad(fault_class, lambda path: folder(path, files), 4, column, value, remedy)


def files(
    fault_class: str, content: dict[str, str], column: str | None, value: str, remedy: str, row: int | None = None
) -> Bad:
    return Bad(fault_class, lambda path: folder(path, content), row, column, value, remedy)


def archive(fault_class: str, build: Callable[[Path], Path], value: str, remedy: str, kind: str | None = None) -> Bad:
    return Bad(fault_class, build, None, None, value, remedy, kind)


def sheet(
    fault_class: str, rows: list[list[object]], row: int | None, column: str | None, value: str, remedy: str
) -> Bad:
    return Bad(fault_class, lambda path: workbook(path, {"Antimony": rows}), row, column, value, remedy)


def indicator(fault_class: str, text: str, row: int | None, column: str | None, value: str, remedy: str) -> Bad:
    return Bad(fault_class, lambda path: saved(path, text, "wgi.csv"), row, column, value, remedy)


def table_of(
    fault_class: str,
    text: str | bytes,
    row: int | None,
    column: str | None,
    value: str | None,
    remedy: str,
    kind: str | None = None,
) -> Bad:
    return Bad(fault_class, lambda path: saved(path, text), row, column, value, remedy, kind)


def truncated(path: Path) -> Path:
    whole = zipped(path, release_files()).read_bytes()
    return saved(path, whole[: len(whole) // 2], "cut.zip")


def wrong_checksum(path: Path) -> Path:
    made = zipped(path, release_files(FLOWS + "2022,398,392,284610,1,1\n" * 1))
    raw = bytearray(made.read_bytes())
    at = raw.find(b"PK\x01\x02") + 16
    raw[at : at + 4] = b"\0\0\0\0"
    made.write_bytes(raw)
    return made


def climbing(path: Path) -> Path:
    return zipped(path, {f"../{YEARLY}": FLOWS})


def absolute(path: Path) -> Path:
    return zipped(path, {f"/etc/{YEARLY}": FLOWS})


def backslashes(path: Path) -> Path:
    return zipped(path, {f"..\\..\\{YEARLY}": FLOWS})


def bomb(path: Path) -> Path:
    return zipped(path, {YEARLY: "0" * (4 * 2**20)})


def encrypted(path: Path) -> Path:
    made = zipped(path, release_files())
    raw = bytearray(made.read_bytes())
    at = raw.find(b"PK\x01\x02") + 8
    struct.pack_into("<H", raw, at, struct.unpack_from("<H", raw, at)[0] | 1)
    made.write_bytes(raw)
    return made


def book_of(rows: list[list[object]], title: str = "purchases", other: str | None = None) -> Callable[[Path], Path]:
    def build(path: Path) -> Path:
        sheets: dict[str, list[list[object]]] = {title: rows}
        if other:
            sheets[other] = [["x", "y"], [1, 2]]
        return workbook(path, sheets)

    return build


def without_part(part: str) -> Callable[[Path], Path]:
    """A workbook that lost one of its parts."""

    def build(path: Path) -> Path:
        whole = workbook(path, {"purchases": [PURCHASES.split(","), list(PURCHASE.values())]})
        with zipfile.ZipFile(whole) as source:
            kept = {name: source.read(name) for name in source.namelist() if name != part}
        return zipped(path, kept, "damaged.xlsx")

    return build


ROW = [PURCHASE[name] for name in PURCHASE]
HEAD = PURCHASES.split(",")
LONG_HEAD = "codeindyr,code,countryname,year,indicator,estimate,stddev,nsource"

BAD = {
    # countries
    "unknown code": bought("unknown country", "origin", "JPM", "JPN"),
    "unknown name": bought("unknown country", "origin", "Kazahstan", "Did you mean Kazakhstan"),
    "no country": bought("unknown country", "origin", "", "ISO alpha-3"),
    "unknown BACI number": flow("unknown country", "2022,9,392,280530,1,1", "i", "9", "country_codes"),
    "number of another year": flow("unknown country", "2022,156,58,280530,1,1", "j", "58", "Belgium-Luxembourg"),
    "letters for a BACI number": flow("unknown country", "2022,CHN,392,280530,1,1", "i", "CHN", "country numbers"),
    "unknown country in a workbook": sheet("unknown country", mining("Chinaa"), 4, "Country", "Chinaa", "China"),
    "unknown code of the World Bank": indicator("unknown country", governance("QQQ"), 3, "Country Code", "QQQ", "ISO"),
    "name of two countries": bought("unknown country", "origin", "Congo", "Write the code"),
    "name of two countries in a workbook": sheet("unknown country", mining("Congo"), 4, "Country", "Congo", "the code"),
    "former country": bought("unknown country", "origin", "Zaire", "Today it is COD"),
    "former countries": bought("unknown country", "origin", "Soviet Union", "KAZ (Kazakhstan)"),
    "flow within a country": flow("same country", "2022,392,392,284610,1,1", "i, j", "392, 392", "Delete the row"),
    # aggregates
    "world": bought("aggregate", "origin", "World", "counts them twice"),
    "European Union": bought("aggregate", "origin", "EU27", "counts them twice"),
    "total": bought("aggregate", "origin", "total", "counts them twice"),
    "world in a release": flow("aggregate", "2022,World,392,280530,1,1", "i", "World", "sums"),
    "group without country in a release": flow("aggregate", "2022,697,392,280530,1,1", "i", "697", "EFTA"),
    "Africa in a workbook": sheet("aggregate", mining("Africa"), 4, "Country", "Africa", "counts them twice"),
    "world with an indicator": indicator("aggregate", governance("WLD"), 3, "Country Code", "WLD", "twice"),
    # Namibia
    "NA among names": bought("NA is Namibia", "origin", "NA", "NAM"),
    "NA in a workbook": sheet("NA is Namibia", mining("NA"), 4, "Country", "NA", "NAM"),
    # codes
    "five digits": bought("HS code", "hs6", "28461", "028461"),
    "code as a number": bought("HS code", "hs6", "284610.0", "format the column as text"),
    "tariff line": bought("HS code", "hs6", "28461000", "284610"),
    "heading": bought("HS code", "hs6", "2846", "six-digit"),
    "dotted": bought("HS code", "hs6", "2846.10", "284610"),
    "chapter 99": bought("HS code", "hs6", "991234", "Correct"),
    "code of another mineral": bought("HS code", "hs6", "280530", "rare_earths"),
    "five digits unknown to the release": flow("HS code", "2022,156,392,28053,1,1", "k", "28053", "028053"),
    "code of another revision": flow("mixed revisions", "2022,156,392,850760,1,1", "k", "850760", "revisions mixed"),
    "no mineral and no code": bought("HS code", "mineral", "", "one of the two"),
    "unknown mineral": bought("HS code", "mineral", "rare_erths", "rare_earths"),
    # revisions, vintages, names
    "HS12": files("mixed revisions", {"BACI_HS12_Y2022_V202501.csv": FLOWS}, "k", "HS12", "HS92"),
    "HS92 and HS02": files(
        "mixed revisions", release_files(**{"BACI_HS02_Y2021_V202501.csv": FLOWS}), "k", "HS02, HS92", "HS92"
    ),
    "product list of HS17": files(
        "mixed revisions", {YEARLY: FLOWS, "product_codes_HS17_V202501.csv": PRODUCT_CODES}, "k", "HS17, HS92", "HS92"
    ),
    "two vintages": files(
        "mixed revisions",
        release_files(**{"BACI_HS92_Y2021_V202401b.csv": FLOWS.replace("2022,", "2021,")}),
        None,
        "202401b, 202501",
        "one release",
    ),
    "a year twice": files(
        "mixed revisions", {YEARLY: FLOWS, f"copy/{YEARLY}": FLOWS}, None, "2022: 2 files", "Keep one"
    ),
    "folder of other files": files(
        "unknown files", {"notes.csv": "a,b\n1,2\n", "b.csv": "a\n"}, None, "notes.csv", "BACI HS92"
    ),
    "empty folder": archive("unknown files", lambda path: folder(path, {"x/.keep": ""}), ".keep", "BACI HS92"),
    # doubles
    "flow twice": flow("duplicates", "2022,156,392,280530,7,7", "i, j, k", "156, 392, 280530", "Delete"),
    "purchase twice": table_of(
        "duplicates", purchases({}, {"year": "2021"}, {}), 4, "company", "Acme", "Delete the copy"
    ),
    "country twice": sheet("duplicates", mining("Tajikistan"), 4, "Country", "Tajikistan", "add them up"),
    "indicator twice": indicator("duplicates", governance("JPN"), 3, "country, year", "JPN 2021", "Delete"),
    # numbers
    "two readings": bought("decimal comma", "quantity_t", "1,234", "1234 or 1.234"),
    "two marks in a column": table_of(
        "decimal comma",
        purchases({"quantity_t": "0.5"}, {"quantity_t": "12,5"}),
        3,
        "quantity_t",
        "12,5",
        "decimal points",
    ),
    "decimal comma in a release": flow(
        "decimal comma", "2022,156,392,284610,1,5,2", None, "2022,156,392,284610,1,5,2", "decimal comma"
    ),
    "negative quantity": bought("negative or missing", "quantity_t", "-40", "sign"),
    "negative value in a release": flow("negative or missing", "2022,156,392,284610,-1,2", "v", "-1", "sign"),
    "negative quantity in a release": flow("negative or missing", "2022,156,392,284610,1,-2", "q", "-2", "sign"),
    "negative production": sheet("negative or missing", mining(figure=-5), 4, "2022", "-5", "sign"),
    "no value in a release": flow("negative or missing", "2022,156,392,284610,,2", "v", "", "Delete the row"),
    "neither quantity nor value": bought("negative or missing", "quantity_t", "", "one of the two", value_kusd=""),
    "weightless goods": bought("negative or missing", "quantity_t", "0", "Leave the quantity empty"),
    "NaN": bought("not finite", "value_kusd", "NaN", "empty"),
    "infinity": bought("not finite", "quantity_t", "inf", "empty"),
    "NaN in a release": flow("not finite", "2022,156,392,284610,nan,2", "v", "nan", "NA"),
    "infinity in a release": flow("not finite", "2022,156,392,284610,1,inf", "q", "inf", "NA"),
    "text": bought("text for a number", "quantity_t", "forty", "plain number"),
    "unit in the cell": bought("text for a number", "quantity_t", "40 t", "unit is in the header"),
    "text in a release": flow("text for a number", "2022,156,392,284610,much,2", "v", "much", "digits"),
    "text in a workbook": sheet("text for a number", mining(figure="n/k"), 4, "2022", "n/k", "plain number"),
    "text for an indicator": indicator(
        "text for a number", governance(figure="high"), 3, "2022 [YR2022]", "high", "plain"
    ),
    "percentile rank for an estimate": indicator(
        "wrong unit", governance(figure="55.2"), 3, "2022 [YR2022]", "55.2", "PV.EST"
    ),
    "kilograms for tonnes": bought(
        "wrong unit", "quantity_t", "40000", "divide them by 1000", mineral="", hs6="260111", value_kusd="4"
    ),
    "dollars for thousands": bought(
        "wrong unit", "value_kusd", "8000", "divide them by 1000", mineral="", hs6="260111"
    ),
    "a thousand million times too much": bought("wrong unit", "quantity_t", "1000000000000000", "kilograms"),
    "a million times too dear": bought(
        "wrong unit", "value_kusd", "8000000", "correct the quantity", mineral="", hs6="260111"
    ),
    "too much of any good of the mineral": bought("wrong unit", "quantity_t", "900000", "900 t (kilograms)"),
    "production beyond the world's": sheet(
        "wrong unit", mining(figure=60000 * 60000), 4, "2022", "3600000000", "check the unit"
    ),
    "production that leaps up and back": sheet(
        "wrong unit",
        [
            ["Antimony"],
            ["Country", "unit", "2020", "2021", "2022", "data source"],
            ["Peru", "metr. t", 2, 100000, 3, "r"],
        ],
        3,
        "2021",
        "100000",
        "Check the unit",
    ),
    "column of kilograms": table_of(
        "wrong unit", purchases({}).replace("quantity_t", "quantity_kg"), 1, "quantity_kg", "quantity_kg", "tonnes"
    ),
    "unknown unit": sheet("wrong unit", mining(unit="Mt"), 4, "unit", "Mt", "convert"),
    "unknown flag": sheet("wrong unit", mining(flag="x"), 4, "data source", "x", "one letter"),
    "yes in a workbook": Bad(
        "text for a number",
        book_of([HEAD, ["Acme", 2022, "tin", None, "CHN", True, 2]]),
        2,
        "quantity_t",
        "TRUE",
        "Write the number",
    ),
    # years
    "two digits": bought("year", "year", "22", "four digits"),
    "year to come": bought("year", "year", "2202", "four digits"),
    "a date": bought("year", "year", "2022-03-31", "four digits"),
    "year unlike the name": flow("year", "2021,156,392,284610,1,2", "t", "2021", "file's name"),
    "year before the data": files("year", {"BACI_HS92_Y1985_V202501.csv": FLOWS}, "t", "1985", "name"),
    "year of a column": sheet(
        "year",
        [["Antimony"], ["Country", "unit", "20022", "2021", "data source"], ["China", "t", 1, 1, "r"]],
        None,
        "20022",
        "20022",
        "four digits",
    ),
    # formulas
    "command": bought("formula", "company", "=cmd|' /C calc'!A0", "leading '='"),
    "at": bought("formula", "company", "@SUM(A1:A9)", "leading '@'"),
    "plus": bought("formula", "origin", "+HYPERLINK(1)", "leading '+'"),
    "minus": bought("formula", "mineral", "-2+3", "leading '-'"),
    "formula for a number": bought("formula", "quantity_t", "=A1*2", "leading '='"),
    "formula never calculated": Bad(
        "formula",
        book_of([HEAD, ["Acme", 2022, "tin", None, "CHN", "{?=F9*2}", 2]]),
        2,
        "quantity_t",
        "=F9*2",
        "write the result",
    ),
    "formula in a release": flow("formula", "2022,=156,392,284610,1,2", "i", "=156", "leading '='"),
    # headers
    "missing column": table_of(
        "header", purchases({}).replace("origin", "from"), 1, "origin", "no such column", "Add the column"
    ),
    "extra column": table_of(
        "header", PURCHASES + ",colour\n" + ",".join(ROW) + ",red\n", 1, "colour", "colour", "Remove or rename"
    ),
    "column twice": table_of(
        "header", PURCHASES + ",year\n" + ",".join(ROW) + ",2022\n", 1, "year", "2 times", "Keep one"
    ),
    "header below a title": table_of(
        "header", "Our purchases\n\n" + purchases({}), 3, None, "company, year", "Delete what stands above row 3"
    ),
    "no header": table_of("header", ",".join(ROW) + "\n", 1, None, "Acme", "template", "purchases"),
    "cell beyond the header": table_of("header", purchases({}) + ",".join(ROW) + ",,more\n", 3, None, "more", "quote"),
    "short line": table_of(
        "header", purchases({}) + "Acme,2022,tin,,CHN\n", 3, None, "Acme, 2022, tin, , CHN", "cut short"
    ),
    "missing column of a release": files(
        "header", release_files(FLOWS.replace("v,q", "v,w")), "q", "no such column", "Add the column", 1
    ),
    "header of a release below a title": files(
        "header", release_files("CEPII\n" + FLOWS), None, "t, i, j", "Delete what stands above row 2", 2
    ),
    "short line of a release": flow("header", "2022,156,392,284610,1", None, "2022,156,392,284610,1", "truncated file"),
    "semicolons in a release": files("header", release_files(FLOWS.replace(",", ";")), None, ";", "commas", 1),
    "missing column of a sheet": sheet(
        "header",
        [["Antimony"], ["Country", "2021", "data source"], ["China", 1, "r"]],
        2,
        "unit",
        "no such column",
        "Add",
    ),
    # empty
    "no bytes": table_of("empty", "", None, None, "", "content"),
    "blank lines": table_of("empty", "\n\n \n", None, None, "no text", "header line"),
    "header alone": table_of("empty", PURCHASES + "\n", None, None, None, "Fill in rows"),
    "release without rows": files("empty", release_files("t,i,j,k,v,q\n"), None, "no rows", "again"),
    "sheet without rows": sheet("empty", mining()[:2], None, None, None, "content"),
    # encodings
    "bytes of no encoding": table_of(
        "encoding", purchases({}).encode() + b"\x81\xff\x8d\xfe\n", 3, None, "\\x81", "UTF-8"
    ),
    "broken UTF-16": table_of("encoding", b"\xff\xfe" + "company".encode("utf-16-le") + b"x", 1, None, "x", "UTF-8"),
    "open quote": table_of("encoding", PURCHASES + '\n"Acme,2022\n', 2, None, "unexpected end", "quotes"),
    # archives
    "truncated": archive("damaged zip", truncated, "zip", "again"),
    "wrong checksum": archive("damaged zip", wrong_checksum, "CRC", "again"),
    "path that climbs": archive("dangerous zip", climbing, f"../{YEARLY}", "Do not use"),
    "absolute path": archive("dangerous zip", absolute, f"/etc/{YEARLY}", "Do not use"),
    "path with backslashes": archive("dangerous zip", backslashes, YEARLY, "Do not use"),
    "bomb": archive("dangerous zip", bomb, "fold", "zip bomb"),
    "encrypted": archive("dangerous zip", encrypted, "BACI", "password"),
    # workbooks
    "text called xlsx": archive(
        "no workbook", lambda path: saved(path, purchases({}), "p.xlsx"), "company", "Save the table", "purchases"
    ),
    "old workbook": archive(
        "no workbook",
        lambda path: saved(path, bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512, "p.xlsx"),
        ".xls",
        ".xlsx",
    ),
    "zip called xlsx": archive(
        "no workbook", lambda path: zipped(path, {"a.txt": "b"}, "p.xlsx"), "without a workbook", ".xlsx", "purchases"
    ),
    "workbook without its sheet list": archive(
        "no workbook", without_part("xl/_rels/workbook.xml.rels"), "damaged", ".xlsx"
    ),
    "sheets of other names": Bad(
        "wrong sheet",
        book_of([HEAD, ROW], "Tabelle1", "Tabelle2"),
        None,
        None,
        "Tabelle1, Tabelle2",
        "purchases",
        "purchases",
    ),
    "a second sheet of purchases": Bad(
        "wrong sheet",
        lambda path: workbook(path, {"purchases": [HEAD, ROW], "more": [HEAD, ROW]}),
        None,
        None,
        "more",
        "Move its rows",
    ),
    "sheet of no mineral": Bad(
        "wrong sheet", lambda path: workbook(path, {"Unobtainium": mining()}), None, None, "Unobtainium", "6.4"
    ),
    "other indicator": table_of(
        "wrong sheet",
        LONG_HEAD + "\nJPNrl2022,JPN,Japan,2022,rl,1.5,0.1,9\n",
        None,
        None,
        "no such indicator",
        "estimates",
        "wgi",
    ),
    "code as a number in a workbook": Bad(
        "HS code", book_of([HEAD, ["Acme", 2022, None, 28461, "CHN", 1, 2]]), 2, "hs6", "28461", "028461"
    ),
    "error value in a workbook": Bad(
        "text for a number",
        book_of([HEAD, ["Acme", 2022, "tin", None, "CHN", float("nan"), 2]]),
        2,
        "quantity_t",
        "#NUM!",
        "plain",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_malformed_file_is_refused_with_its_place_and_a_remedy(name: str, tmp_path: Path) -> None:
    bad = BAD[name]
    source = tmp_path / "source"
    source.mkdir()
    path = bad.build(source)
    store = tmp_path / "store"
    with pytest.raises(InputError) as caught:
        add(path, kind=bad.kind, folder=store)
    matching = [
        fault
        for fault in caught.value.faults
        if fault.row == bad.row
        and fault.column == bad.column
        and (fault.value is None if bad.value is None else bad.value in (fault.value or ""))
        and bad.remedy in fault.remedy
    ]
    assert len(matching) == 1, str(caught.value)
    assert path.name in matching[0].file
    assert matching[0].rule
    assert not store.exists()


def test_the_malformed_files_are_of_many_classes() -> None:
    assert len(BAD) >= 60
    assert len({bad.fault_class for bad in BAD.values()}) >= 15
