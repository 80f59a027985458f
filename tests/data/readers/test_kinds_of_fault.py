"""Faults that leave a file readable and wrong are found, and each is told in one sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from sogdia.codes import baci_codes, baci_iso3
from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.embedded import snapshot
from sogdia.errors import Fault, InputError
from support.reader_files import FLOWS, YEARLY, folder, mining, purchases, release_files, workbook


def one_code(code: str, year: int, value: float, quantity: float) -> str:
    """The embedded flows of a code as CEPII writes them, with both columns in other units."""
    number = {iso3: str(n) for n in baci_codes() if (iso3 := baci_iso3(n, year))}
    lines = ["t,i,j,k,v,q"]
    for row in snapshot().trade([code], [year]).collect().iter_rows(named=True):
        weight = "NA" if row["quantity_t"] is None else f"{row['quantity_t'] * quantity:.3f}"
        sides = f"{number[row['exporter']]},{number[row['importer']]}"
        lines.append(f"{year},{sides},{code},{row['value_kusd'] * value:.3f},{weight}")
    return "\n".join(lines) + "\n"


def faults(path: Path, name: str, content: str | bytes) -> tuple[Fault, ...]:
    (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        add(path / name, folder=path / "store")
    assert not (path / "store").exists()
    return caught.value.faults


@pytest.mark.parametrize(
    ("value", "quantity", "columns"),
    [(1, 1000, ["q"]), (1000, 1, ["v"]), (1000, 1000, ["q", "v"]), (0.001, 0.001, ["q", "v"])],
)
def test_each_column_of_one_code_is_held_against_its_flows(
    value: float, quantity: float, columns: list[str], tmp_path: Path
) -> None:
    found = faults(tmp_path, "BACI_HS92_Y2019_V202501.csv", one_code("282520", 2019, value, quantity))
    assert [fault.column for fault in found] == columns


def test_a_code_in_its_own_units_is_added(tmp_path: Path) -> None:
    (tmp_path / "BACI_HS92_Y2019_V202501.csv").write_text(one_code("282520", 2019, 1, 1))
    assert add(tmp_path / "BACI_HS92_Y2019_V202501.csv", folder=tmp_path / "store").warnings


def test_a_file_that_ends_in_a_row_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, YEARLY, FLOWS[:-4])[0].rule == "the file ends with a line end"


def test_a_column_without_a_name_is_one_fault(tmp_path: Path) -> None:
    lines = FLOWS.splitlines()
    numbered = "\n".join(['"",' + lines[0], *(f'"{n}",{line}' for n, line in enumerate(lines[1:], 1))]) + "\n"
    found = faults(tmp_path, YEARLY, numbered)
    assert [fault.rule for fault in found] == ["every column has a name"]


def test_a_renamed_year_is_told_its_name(tmp_path: Path) -> None:
    assert "BACI_HS92_Y2022_" in faults(tmp_path, "mine.csv", FLOWS)[0].remedy


def test_a_packed_file_is_told_to_be_unpacked(tmp_path: Path) -> None:
    assert "Unpack" in faults(tmp_path, f"{YEARLY}.gz", gzip.compress(FLOWS.encode()))[0].remedy


def test_two_numbers_of_one_country_are_one_country(tmp_path: Path) -> None:
    name = "BACI_HS92_Y1997_V202501.csv"
    twice = "t,i,j,k,v,q\n1997,710,276,261000,1,2\n1997,711,276,261000,3,4\n1997,711,710,261000,3,4\n"
    assert [fault.row for fault in faults(tmp_path, name, twice)] == [3, 4]


def test_the_country_list_of_an_older_release_feeds_a_warning_only(tmp_path: Path) -> None:
    old = "country_code,country_name_abbreviation,iso_2digit_alpha,iso_3digit_alpha\n156,China,CN,TWN\n"
    files = release_files(**{"country_codes_V202501.csv": old})
    assert "156 is TWN there" in add(folder(tmp_path, files), folder=tmp_path / "store").warnings[0]
    broken = release_files(**{"country_codes_V202501.csv": "a,b\n1,2\n"})
    assert add(folder(tmp_path / "b", broken), folder=tmp_path / "c").rows == 2


@pytest.mark.parametrize("factor", [1e-3, 1e-4])
def test_output_of_a_hundredth_of_what_is_known_is_refused(factor: float, tmp_path: Path) -> None:
    known = snapshot().scan("production").filter(pl.col("mineral") == "tin", pl.col("year") == 2022).collect()
    rows = [["Country", "unit", "2022", "data source"]]
    rows += [[c, "metr. t", str(q * factor), "r"] for c, q in known.select("country", "quantity").iter_rows() if q]
    book = workbook(tmp_path, {"Tin": rows})
    with pytest.raises(InputError, match="a hundredth"):
        add(book, folder=tmp_path / "store")


def test_a_mineral_workbook_of_shares_is_refused_in_one_sentence(tmp_path: Path) -> None:
    rows = [["Tin"], ["Country", "unit", "Production 2022", "Share in %"], ["China", "metr. t", 95000, 30.1]]
    with pytest.raises(InputError, match=r"6\.4") as caught:
        add(workbook(tmp_path, {"Tin": rows}), folder=tmp_path / "store")
    assert len(caught.value.faults) == 1


def test_a_sound_sheet_is_still_added(tmp_path: Path) -> None:
    assert add(workbook(tmp_path, {"Antimony": mining()}), folder=tmp_path / "store").rows == 4


@pytest.mark.parametrize(
    ("change", "column", "told"),
    [
        ({"quantity_t": "2.345", "value_kusd": ""}, "quantity_t", "2345 or 2.3450"),
        ({"quantity_t": "2,345", "value_kusd": ""}, "quantity_t", "2345 or 2.3450"),
        ({"quantity_t": "190000", "value_kusd": "1900000"}, "quantity_t", "190 t (kilograms)"),
        ({"quantity_t": "1e200", "value_kusd": ""}, "quantity_t", "world output"),
        ({"origin": "ANT", "year": "2015"}, "origin", "CUW"),
    ],
)
def test_a_purchase_that_cannot_be_is_refused(change: dict[str, str], column: str, told: str, tmp_path: Path) -> None:
    found = faults(tmp_path, "p.csv", purchases(change))
    assert found[0].column == column
    assert told in found[0].remedy


def test_a_code_of_a_later_revision_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(purchases({"mineral": "", "hs6": "811241"}))
    assert "HS 2022" in add(tmp_path / "p.csv", folder=tmp_path / "store").warnings[0]


@pytest.mark.parametrize(
    ("name", "encoding", "read"),
    [("ｻｸﾗｺｳｷﾞｮｳ", "cp932", True), ("Müller", "cp1252", True), ("Қазмыс Тау", "cp1251", False)],
)
def test_bytes_are_read_as_the_letters_they_are_or_refused(
    name: str, encoding: str, read: bool, tmp_path: Path
) -> None:
    content = purchases({"company": name}).encode(encoding, "ignore")
    if not read:
        assert "UTF-8" in faults(tmp_path, "p.csv", content)[0].rule
        return
    (tmp_path / "p.csv").write_bytes(content)
    add(tmp_path / "p.csv", folder=tmp_path / "store")
    assert open_store(tmp_path / "store").scan("purchases").collect()["company"].to_list() == [name]


WGI = {
    "sdmx": "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\nJPN,WB_WGI_PV_EST,2022,1.07\nJPN,WB_WGI_RL_EST,2022,1.5\n",
    "wbgapi": "economy,YR2021,YR2022\nJPN,1.03,1.07\n",
    "wbgapi with series": "economy,series,YR2022\nJPN,PV.EST,1.07\nJPN,RL.EST,1.5\n",
    "a column per series": "iso3c,year,PV.EST,RL.EST\nJPN,2022,1.07,1.5\n",
    "decimal commas": "code;countryname;year;indicator;estimate;stddev;nsource\nJPN;Japan;2022;pv;1,07;0,2;8\n",
}


@pytest.mark.parametrize("layout", WGI)
def test_governance_is_read_in_every_layout(layout: str, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(WGI[layout])
    add(tmp_path / "w.csv", folder=tmp_path / "store")
    rows = open_store(tmp_path / "store").scan("governance").filter(pl.col("year") == 2022).collect()
    assert rows.select("country", "estimate").rows() == [("JPN", 1.07)]
