"""What can be read in one way only is read, and reported; nothing is repaired in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sogdia.data import open_store
from sogdia.data.adding import Added, add
from sogdia.errors import Fault
from support.reader_files import (
    FLOWS,
    PURCHASE,
    PURCHASES,
    folder,
    governance,
    mining,
    purchases,
    release_files,
    workbook,
)

Row = dict[str, object]


def added(path: Path, content: str | bytes, name: str = "purchases.csv") -> tuple[Added, list[Row]]:
    """The purchases that a file gives."""
    source = path / name
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = add(source, folder=path / "store")
    return result, open_store(path / "store").scan("purchases").collect().to_dicts()


def only(result: Added) -> Fault:
    """The single repair."""
    assert len(result.repaired) == 1
    return result.repaired[0]


REPAIRED: dict[str, tuple[Callable[[], str | bytes], int | None, str | None, str, str]] = {
    "byte-order mark": (lambda: b"\xef\xbb\xbf" + purchases({}).encode(), None, None, "byte-order mark", "Decoded"),
    "UTF-16": (lambda: b"\xff\xfe" + purchases({}).encode("utf-16-le"), None, None, "UTF-16", "Decoded"),
    "cp1252": (lambda: purchases({"company": "Société Électrique"}).encode("cp1252"), None, None, "cp1252", "Decoded"),
    "Shift-JIS": (lambda: purchases({"company": "東京電機"}).encode("cp932"), None, None, "Shift-JIS", "Decoded"),
    "semicolons": (lambda: purchases({}).replace(",", ";"), 1, None, ";", "semicolons"),
    "NA for a figure": (lambda: purchases({"quantity_t": "NA"}), 2, "quantity_t", "NA", "unknown"),
    "blank in thousands": (lambda: purchases({"quantity_t": "1 234.5"}), 2, "quantity_t", "1 234.5", "1234.5"),
    "commas in thousands": (
        lambda: purchases({"quantity_t": "1,234,567", "value_kusd": "", "mineral": "iron"}),
        2,
        "quantity_t",
        "1,234,567",
        "1234567",
    ),
    "decimal comma": (lambda: purchases({"quantity_t": "12,5"}), 2, "quantity_t", "12,5", "12.5"),
}


@pytest.mark.parametrize("name", REPAIRED)
def test_an_unambiguous_slip_is_repaired_and_reported(name: str, tmp_path: Path) -> None:
    build, row, column, value, remedy = REPAIRED[name]
    result, _ = added(tmp_path, build())
    repair = only(result)
    assert (repair.file, repair.row, repair.column) == ("purchases.csv", row, column)
    assert value in (repair.value or "")
    assert remedy in repair.remedy


@pytest.mark.parametrize(
    ("company", "encoding"),
    [
        ("Société Électrique de Réunion", "cp1252"),
        ("Österreichische Erzgesellschaft für Größen", "cp1252"),
        ("Côte d'Ivoire Mines", "cp1252"),
        ("東京電機株式会社", "cp932"),
        ("レアアース", "cp932"),
        ("日立 Metals", "cp932"),
    ],
)
def test_names_survive_the_encodings_of_spreadsheets(company: str, encoding: str, tmp_path: Path) -> None:
    _, rows = added(tmp_path, purchases({"company": company}).encode(encoding))
    assert rows[0]["company"] == company


def test_decimal_commas_are_read_by_the_column_and_not_by_the_cell(tmp_path: Path) -> None:
    _, rows = added(tmp_path, purchases({"quantity_t": "0,5", "year": "2020"}, {"quantity_t": "1,234"}))
    assert sorted(str(row["quantity_t"]) for row in rows) == ["0.5", "1.234"]


def test_namibia_is_a_country_among_two_letter_codes(tmp_path: Path) -> None:
    result, rows = added(tmp_path, purchases({"origin": "NA"}, {"origin": "JP"}))
    assert sorted(str(row["origin"]) for row in rows) == ["JPN", "NAM"]
    assert result.repaired == ()


def test_an_empty_cell_is_unknown_and_zero_is_zero(tmp_path: Path) -> None:
    _, rows = added(tmp_path, purchases({"quantity_t": "", "value_kusd": "0"}))
    assert rows[0]["quantity_t"] is None
    assert rows[0]["value_kusd"] == 0.0


def test_a_file_in_order_needs_no_repair(tmp_path: Path) -> None:
    result, rows = added(tmp_path, purchases({}))
    assert result.repaired == ()
    assert result.warnings == ()
    assert rows == [
        PURCHASE | {"year": 2022, "hs6": None, "quantity_t": 40.0, "value_kusd": 500.0},
    ]


def test_results_of_formulas_in_a_workbook_are_read_with_a_warning(tmp_path: Path) -> None:
    rows: list[list[object]] = [PURCHASES.split(","), ["Acme", 2022, "tin", None, "IDN", "{=3+4}", 100]]
    result = add(workbook(tmp_path, {"purchases": rows}), folder=tmp_path / "store")
    assert open_store(tmp_path / "store").scan("purchases").collect()["quantity_t"].to_list() == [7.0]
    assert ["formulas in 1 of the cells" in warning for warning in result.warnings] == [True]


def test_totals_of_world_mining_data_are_left_out_and_reported(tmp_path: Path) -> None:
    result = add(workbook(tmp_path, {"Antimony": mining()}), folder=tmp_path / "store")
    assert (only(result).row, only(result).column, only(result).value) == (5, "Country", "Total")
    assert result.rows == 4


def test_a_leading_zero_is_restored_where_the_product_list_knows_the_code(tmp_path: Path) -> None:
    flows = FLOWS + "2022,156,392,10111,1,2\n2022,398,392,10111,1,2\n"
    result = add(folder(tmp_path, release_files(flows)), folder=tmp_path / "store")
    repair = only(result)
    assert (repair.row, repair.column, repair.value) == (4, "k", "10111")
    codes = open_store(tmp_path / "store").trade(hs6=["010111"], years=[2022]).collect()
    assert codes.height == 2


def test_goods_without_a_code_of_the_harmonised_system_are_left_out_and_reported(tmp_path: Path) -> None:
    result = add(folder(tmp_path, release_files(FLOWS + "2022,156,392,9999AA,1,2\n")), folder=tmp_path / "store")
    assert (only(result).row, only(result).value) == (4, "9999AA")
    assert result.rows == 2


@pytest.mark.parametrize(
    "flows",
    [
        FLOWS.replace("\n", "\r\n"),
        FLOWS.replace("\n", "\n\n"),
        FLOWS.replace(",", ", "),
        FLOWS.replace("280530", '"280530"'),
        "".join(",".join(line.split(",")[at] for at in (0, 2, 1, 4, 3, 5)) + "\n" for line in FLOWS.splitlines()),
        FLOWS.replace("           NA", ""),
    ],
    ids=["CRLF", "blank lines", "padded", "quoted", "columns in another order", "blank quantity"],
)
def test_the_same_flows_are_read_however_the_lines_are_spelt(flows: str, tmp_path: Path) -> None:
    result = add(folder(tmp_path, release_files(flows)), folder=tmp_path / "store")
    found = open_store(tmp_path / "store").trade(["280530", "720241"], [2022]).collect().drop("year")
    assert result.repaired == ()
    assert found.rows() == [
        ("CHN", "JPN", "280530", 1200.5, 30.25),
        ("KAZ", "JPN", "720241", 88.1, None),
    ]


def test_other_sheets_beside_the_purchases_are_named_and_those_of_the_template_are_not(tmp_path: Path) -> None:
    rows = [PURCHASES.split(","), list(PURCHASE.values())]
    other = [["budget", "plan"], [1, 2]]
    made = workbook(tmp_path, {"purchases": rows, "notes": other, "lists": other, "Budget": other})
    assert add(made, folder=tmp_path / "store").warnings == ("book.xlsx: sheets not read beside 'purchases': Budget.",)


def test_a_second_sheet_of_governance_is_named(tmp_path: Path) -> None:
    rows = [line.split(",") for line in governance().splitlines() if line]
    result = add(workbook(tmp_path, {"New": rows, "Old": rows}), folder=tmp_path / "store")
    assert "only the sheet 'New' was read, not Old" in result.warnings[0]


def test_production_that_leaps_above_its_only_neighbour_is_read_with_a_warning(tmp_path: Path) -> None:
    rows = [*mining()[:3], ["Peru", "metr. t", 10, 5000, "r"]]
    result = add(workbook(tmp_path, {"Antimony": rows}), folder=tmp_path / "store")
    assert [("row 4, column 2022: found '5000'" in warning) for warning in result.warnings] == [True]
