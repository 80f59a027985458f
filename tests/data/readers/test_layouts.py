"""The publishers' layouts: what differs between them on paper is the same in the store."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sogdia.codes import countries, regions, unclear
from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.readers import country_labels
from sogdia.data.template import write_template
from sogdia.errors import InputError
from sogdia.tabular.numerals import plain, style_of
from sogdia.tabular.user_file import user_file
from sogdia.tabular.workbook import read_workbook
from support.reader_files import PURCHASES, STABILITY, governance, mining, purchases, workbook, zipped

EXPECTED = [
    ("JPN", 2021, 1.0, 0.2, 8.0, 0.3),
    ("JPN", 2022, 1.5, 0.25, 9.0, 0.2),
    ("NAM", 2022, -0.5, 0.3, 5.0, 0.6),
]
LONG = [
    ["codeindyr", "code", "countryname", "year", "indicator", "estimate", "stddev", "nsource", "pctrank"],
    ["JPNpv2021", "JPN", "Japan", 2021, "pv", 1.0, 0.2, 8, 80],
    ["JPNpv2022", "JPN", "Japan", 2022, "pv", 1.5, 0.25, 9, 90],
    ["NAMpv2022", "NAM", "Namibia", 2022, "pv", -0.5, 0.3, 5, 40],
    ["NAMrl2022", "NAM", "Namibia", 2022, "rl", 0.4, 0.1, 9, 60],
]
DATABANK_COLUMNS = [
    ["Time", "Time Code", "Country Name", "Country Code", f"{STABILITY}: Estimate [PV.EST]",
     f"{STABILITY}: Standard Error [PV.STD.ERR]", f"{STABILITY}: Number of Sources [PV.NO.SRC]"],
    [2021, "YR2021", "Japan", "JPN", 1.0, 0.2, 8],
    [2022, "YR2022", "Japan", "JPN", 1.5, 0.25, 9],
    [2022, "YR2022", "Namibia", "NAM", -0.5, 0.3, 5],
    [2021, "YR2021", "World", "WLD", None, None, None],
    ["Data from database: Worldwide Governance Indicators"],
    ["Last Updated: 01/15/2026"],
]  # fmt: skip
API_ROWS = [
    ["Data Source", "World Development Indicators"],
    ["Last Updated Date", "2026-01-15"],
    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2021", "2022"],
    ["Japan", "JPN", f"{STABILITY}: Estimate", "GOV_WGI_PV.EST", 1.0, 1.5],
    ["Japan", "JPN", f"{STABILITY}: Standard Error", "GOV_WGI_PV.STD.ERR", 0.2, 0.25],
    ["Japan", "JPN", f"{STABILITY}: Number of Sources", "GOV_WGI_PV.NO.SRC", 8, 9],
    ["Namibia", "NAM", f"{STABILITY}: Estimate", "GOV_WGI_PV.EST", None, -0.5],
    ["Namibia", "NAM", f"{STABILITY}: Standard Error", "GOV_WGI_PV.STD.ERR", None, 0.3],
    ["Namibia", "NAM", f"{STABILITY}: Number of Sources", "GOV_WGI_PV.NO.SRC", None, 5],
    ["World", "WLD", f"{STABILITY}: Estimate", "GOV_WGI_PV.EST", None, None],
]
WIDE = [
    ["Political Stability and Absence of Violence/Terrorism"],
    ["Source: World Bank"],
    [None, None, 2021, 2021, 2021, 2021, 2022, 2022, 2022, 2022],
    ["Country/Territory", "Code", *("Estimate", "StdErr", "NumSrc", "Rank") * 2],
    ["Japan", "JPN", 1.0, 0.2, 8, 80, 1.5, 0.25, 9, 90],
    ["Namibia", "NAM", "#N/A", "#N/A", "#N/A", "#N/A", -0.5, 0.3, 5, 40],
]
LAYOUTS = {
    "long": {"Sheet1": LONG},
    "columns of DataBank": {"Data": DATABANK_COLUMNS},
    "rows of the API": {"Data": API_ROWS},
    "wide sheet": {"VoiceandAccountability": [["no"]], "Political StabilityNoViolence": WIDE},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_the_governance_indicators_gives_the_same_table(layout: str, tmp_path: Path) -> None:
    add(workbook(tmp_path, LAYOUTS[layout]), folder=tmp_path / "store")
    found = open_store(tmp_path / "store").scan("governance").collect().filter(pl.col("estimate").is_not_null())
    assert [tuple(round(x, 9) if isinstance(x, float) else x for x in row) for row in found.rows()] == EXPECTED


def test_databank_as_csv_is_read_without_its_footer(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(governance())
    result = add(tmp_path / "w.csv", folder=tmp_path / "store")
    found = open_store(tmp_path / "store").scan("governance").collect()
    assert found["estimate"].to_list() == [1.03, 1.05, None, 0.5]
    assert found["std_error"].to_list() == [0.2, 0.21, None, None]
    assert result.repaired == ()


def test_old_codes_of_the_world_bank_are_known(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(governance("ZAR"))
    add(tmp_path / "w.csv", folder=tmp_path / "store")
    assert set(open_store(tmp_path / "store").scan("governance").collect()["country"]) == {"COD", "JPN"}


def test_world_mining_data_becomes_one_row_per_country_and_year(tmp_path: Path) -> None:
    sheets = {"Contents": [["World Mining Data"]], "Antimony": mining("Korea, North", figure=None, flag="e")}
    result = add(workbook(tmp_path, sheets), folder=tmp_path / "store")
    found = open_store(tmp_path / "store").scan("production").collect()
    assert found.filter(pl.col("mineral") == "antimony", pl.col("year").is_in([2021, 2022])).rows() == [
        ("antimony", "PRK", 2021, 60000.0, "t", "e"),
        ("antimony", "PRK", 2022, None, "t", "e"),
        ("antimony", "TJK", 2021, 13000.0, "t", "r"),
        ("antimony", "TJK", 2022, 17000.0, "t", "r"),
    ]
    assert "Contents" in result.warnings[0]


def test_every_country_name_of_world_mining_data_is_known() -> None:
    # The spellings of the 2026 edition that are not the English names of ISO 3166.
    spelt = {
        "Bosnia-Herzegovina": "BIH", "Cape Verde": "CPV", "Congo, D.R.": "COD", "Congo, Rep.": "COG",
        "Cote d'Ivoire": "CIV", "Korea, North": "PRK", "Korea, South": "KOR", "Kosovo": "XKX", "Taiwan": "TWN",
        "Türkiye": "TUR", "United States": "USA", "Vietnam": "VNM", "Laos": "LAO", "Syria": "SYR", "Russia": "RUS",
        "French Guiana": "GUF", "Brunei": "BRN", "Eswatini": "SWZ", "North Macedonia": "MKD", "Myanmar": "MMR",
    }  # fmt: skip
    assert {name: country_labels.country_of(name) for name in spelt} == spelt


def test_no_alias_or_sum_takes_the_name_of_a_country() -> None:
    real = {c.name: iso3 for iso3, c in countries().items() if not unclear(c.name)} | {
        iso3: iso3 for iso3 in countries()
    }
    assert {label: country_labels.country_of(label) for label in real} == real
    taken = {label for label in country_labels.aggregates() if isinstance(country_labels.country_of(label), str)}
    assert taken == set()
    assert country_labels.by_iso2()["NA"] == "NAM"


def test_every_region_that_can_be_named_is_known_as_a_sum() -> None:
    assert {key for key in regions() if isinstance(country_labels.country_of(key), str)} == set()


@pytest.mark.parametrize("name", ["purchases.xlsx", "purchases.csv"])
def test_the_template_is_refused_while_empty_and_accepted_when_filled_in(name: str, tmp_path: Path) -> None:
    template = write_template(tmp_path / name)
    with pytest.raises(InputError, match="row for every purchase"):
        add(template, folder=tmp_path / "store")
    header = user_file(template).tables[0].lines[0].cells
    assert ",".join(header) == PURCHASES
    filled = purchases({}, header=",".join(header))
    (tmp_path / "filled.csv").write_text(filled)
    assert add(tmp_path / "filled.csv", folder=tmp_path / "store").rows == 1


def test_the_examples_in_the_template_are_right(tmp_path: Path) -> None:
    notes = {grid.sheet: grid for grid in read_workbook(write_template(tmp_path / "t.xlsx"))}["notes"]
    start = next(
        at
        for at, line in enumerate(notes.lines)
        if line.cells[: len(PURCHASES.split(","))] == tuple(PURCHASES.split(","))
    )
    rows = [list(line.cells) for line in notes.lines[start:]]
    result = add(workbook(tmp_path, {"purchases": rows}), folder=tmp_path / "store")
    assert (result.rows, result.repaired) == (2, ())


def test_the_lists_of_the_template_hold_every_mineral_and_country(tmp_path: Path) -> None:
    lists = {grid.sheet: grid for grid in read_workbook(write_template(tmp_path / "t.xlsx"))}["lists"]
    assert {line.cell(2) for line in lists.lines[1:]} == set(countries())
    assert {line.cell(0) for line in lists.lines[1:]} - {""} == set(open_store().minerals)


def test_a_template_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.ods"):
        write_template(tmp_path / "purchases.ods")


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def book_with(path: Path, rows: str, strings: str = "") -> Path:
    """A workbook whose XML is written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        '<sheets><sheet name="s" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": SHEET.format(rows),
        "xl/sharedStrings.xml": strings or "<sst/>",
    }
    return zipped(path, parts, "hand.xlsx")


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c r="B3"><v>2022.0</v></c><c t="inlineStr"><is><t> a </t></is></c></row>'
        '<row><c t="str"><v>x</v></c></row>'
    )
    (grid,) = read_workbook(book_with(tmp_path, rows))
    assert [(line.number, line.cells) for line in grid.lines] == [(3, ("", "2022", "a")), (4, ("x",))]


def test_reading_aids_are_no_part_of_a_japanese_name(tmp_path: Path) -> None:
    strings = "<sst><si><r><t>東京</t></r><rPh><t>トウキョウ</t></rPh></si></sst>"
    (grid,) = read_workbook(book_with(tmp_path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings))
    assert grid.lines[0].cells == ("東京",)


def test_a_stray_cell_at_the_far_corner_is_refused_without_filling_the_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(InputError, match="row 1048576"):
        read_workbook(book_with(tmp_path, rows))


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
    strings = f'<!DOCTYPE sst [<!ENTITY e0 "ha">{levels}]><sst><si><t>&e8;</t></si></sst>'
    with pytest.raises(InputError, match="workbook"):
        read_workbook(book_with(tmp_path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings))


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,234", "0.5"], ["1234", "0.5"]),
        (["1,234", "0,5"], ["1.234", "0.5"]),
        (["1.234", "1.234,5"], ["1234", "1234.5"]),
        (["1.234", "5"], ["1.234", "5"]),
        (["1,234", "5"], [None, "5"]),
        (["0,5", "0.5"], [None, "0.5"]),
        (["1\u00a0234,5", "2"], ["1234.5", "2"]),
        (["1'234'567.25"], ["1234567.25"]),
        (["12,34,567"], [None]),
        (["-1e3", "+2", ".5", "7."], ["-1e3", "+2", ".5", "7."]),
        (["１２"], [None]),
    ],
)
def test_marks_in_numbers_are_read_by_the_whole_column(cells: list[str], values: list[str | None]) -> None:
    style = style_of(cells)
    assert [plain(cell, style) for cell in cells] == values


def test_all_six_dimensions_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    codes = ("va", "pv", "ge", "rq", "rl", "cc")
    lines = [f"JPN,Japan,2022,{code},{at / 10},0.2,8" for at, code in enumerate(codes)]
    text = "\n".join(["code,countryname,year,indicator,estimate,stddev,nsource", *lines]) + "\n"
    (tmp_path / "w.csv").write_text(text)
    added = add(tmp_path / "w.csv", kind="wgi6", folder=tmp_path / "store")
    rows = open_store(tmp_path / "store").scan("governance_dimensions").collect()
    assert (added.rows, added.warnings) == (6, ())
    assert dict(rows.select("dimension", "estimate").rows()) == {code: at / 10 for at, code in enumerate(codes)}


def test_dimensions_that_a_file_lacks_are_named(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(governance())
    added = add(tmp_path / "w.csv", kind="wgi6", folder=tmp_path / "store")
    assert "rule of law" in added.warnings[0]
    assert set(open_store(tmp_path / "store").scan("governance_dimensions").collect()["dimension"]) == {"pv"}
