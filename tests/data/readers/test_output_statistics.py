"""Output by country from the USGS and the BGS: in the units and on the basis of the table, no sum as a country."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.embedded import snapshot
from sogdia.data.readers.bgs import commodities
from sogdia.data.readers.output_rows import multiplier
from sogdia.data.readers.reader import ReadTable
from sogdia.data.readers.recognise import recognise
from sogdia.data.readers.usgs import series
from sogdia.errors import InputError
from support.output_files import BGS, USGS_2024, USGS_2024_NAME, USGS_2025, USGS_2026


def table(path: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> ReadTable:
    (path / name).write_bytes(text.encode(encoding))
    reading = recognise(path / name).read()
    assert isinstance(reading, ReadTable)
    return reading


def rows(reading: ReadTable) -> list[tuple[object, ...]]:
    return reading.frame.select("mineral", "country", "year", "quantity", "unit", "flag").rows()


def refusal(path: Path, text: str, name: str = "file.csv") -> InputError:
    with pytest.raises(InputError) as caught:
        table(path, text, name)
    return caught.value


def test_world_data_of_2025_are_read_in_the_units_of_the_table(tmp_path: Path) -> None:
    assert rows(table(tmp_path, USGS_2025)) == [
        ("cobalt", "CAN", 2023, 4300.0, "t", "r"),
        ("cobalt", "CAN", 2024, None, "t", "e"),
        ("cobalt", "COD", 2023, 175_000.0, "t", "r"),
        ("cobalt", "COD", 2024, 220_000.0, "t", "e"),
        ("gallium", "CHN", 2023, 600.0, "t", "r"),
        ("gallium", "CHN", 2024, 750.0, "t", "e"),
        ("gold", "GHA", 2023, 130_000.0, "kg", "e"),
        ("gold", "GHA", 2024, 140_000.0, "kg", "e"),
        ("lithium", "CHL", 2023, pytest.approx(41_000 * 2.1527), "t", "r"),
        ("lithium", "CHL", 2024, pytest.approx(49_000 * 2.1527), "t", "e"),
    ]


def test_what_is_not_read_of_the_world_data_is_told(tmp_path: Path) -> None:
    told = " ".join(table(tmp_path, USGS_2025).warnings)
    assert "gross weight of chromite" in told
    assert "W (1)" in told
    assert "cobalt 2023 10%" in told
    assert "cobalt in 2024 add up to 242,000, and the world's total is 290,000" in told
    assert "cobalt in 2023 add up" not in told


def test_a_file_of_one_commodity_is_told_by_its_name(tmp_path: Path) -> None:
    assert rows(table(tmp_path, USGS_2024, USGS_2024_NAME)) == [
        ("cobalt", "COD", 2022, 144_000.0, "t", "r"),
        ("cobalt", "COD", 2023, 170_000.0, "t", "e"),
        ("cobalt", "USA", 2022, 500.0, "t", "r"),
        ("cobalt", "USA", 2023, 500.0, "t", "e"),
    ]
    assert "which says which it is" in str(refusal(tmp_path, USGS_2024, "cobalt.csv"))


def test_the_file_of_all_commodities_is_read_in_its_publishers_encoding(tmp_path: Path) -> None:
    assert rows(table(tmp_path, USGS_2026, encoding="cp1252")) == [
        ("copper", "CHL", 2024, 5_510_000.0, "t", "r"),
        ("copper", "CHL", 2025, 5_300_000.0, "t", "e"),
        ("platinum", "ZAF", 2024, 120_000.0, "kg", "e"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "row", "value"),
    [
        ("Canada ", "Canadia", 3, "Canadia"),
        ("4300", "4.300", 3, "4.300"),
        ("4300", "-4300", 3, "-4300"),
        ("4300", "4300 t", 3, "4300 t"),
        ("4300", "43000000", 3, "43000000"),
        ("metric tons,4300", "short tons,4300", 3, "short tons"),
        ("Canada ", "Congo (Kinshasa)", 3, "4300"),
        ("contained lithium", "lithium in kilograms", 8, "metric tons"),
        ("Canada ", "Serbia and Montenegro", 3, "4300"),
        ("PROD_2023", "PROD_LAST", 1, "PROD_LAST"),
    ],
    ids=["country", "point", "negative", "unit in cell", "too much", "unit", "double", "two units", "ended", "column"],
)
def test_a_fault_in_the_world_data_is_named_with_its_row(
    old: str, new: str, row: int, value: str, tmp_path: Path
) -> None:
    text = USGS_2025.replace(old, new, 1)
    faults = refusal(tmp_path, text).faults
    assert (row, value) in {(fault.row, fault.value) for fault in faults}


def test_kilograms_taken_for_tonnes_are_found_by_what_is_known(tmp_path: Path) -> None:
    text = USGS_2025.replace("Primary production,kilograms", "Primary production,metric tons")
    assert any("times" in fault.rule for fault in refusal(tmp_path, text).faults)


def test_series_that_overlap_are_left_out_and_told(tmp_path: Path) -> None:
    extra = 'MCS2025,Cobalt,Canada,"Mine production, other basis",metric tons,4400,4500,,\n'
    reading = table(tmp_path, USGS_2025 + extra)
    assert "cobalt" not in reading.frame["mineral"].unique().to_list()
    assert any("cobalt has several series" in warning for warning in reading.warnings)


def test_a_sum_of_two_countries_is_left_out_and_told(tmp_path: Path) -> None:
    extra = 'MCS2025,Cobalt,United States and Canada,"Mine production, cobalt content",metric tons,1,1,,\n'
    reading = table(tmp_path, USGS_2025 + extra)
    assert reading.frame.height == 10
    assert any("United States and Canada" in warning for warning in reading.warnings)


BGS_ROWS = [
    ("asbestos", "RUS", 2022, 700_500.0, "t", "r"),
    ("cobalt", "COD", 2022, 111_309.0, "t", "r"),
    ("cobalt", "COG", 2022, 10.0, "t", "r"),
    ("cobalt", "JPN", 2022, 0.0, "t", "r"),
    ("cobalt", "MAR", 2022, None, "t", "r"),
    ("gold", "GHA", 2022, 130_000.0, "kg", "e"),
]


def test_world_mineral_statistics_are_read_with_their_known_traps(tmp_path: Path) -> None:
    reading = table(tmp_path, BGS)
    assert rows(reading) == BGS_ROWS
    told = " ".join(reading.warnings)
    assert all(
        word in told for word in ("manganese ore", "German Federal Republic", "imports", "Figures not available")
    )


@pytest.mark.parametrize("geo", [True, False])
def test_their_json_gives_what_the_table_gives(geo: bool, tmp_path: Path) -> None:
    records = [
        {**record, "quantity": float(record["quantity"]) if record["quantity"] else None}
        for record in csv.DictReader(io.StringIO(BGS))
    ]
    features = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": each} for each in records]}
    assert rows(table(tmp_path, json.dumps(features if geo else records), "file.json")) == BGS_ROWS


@pytest.mark.parametrize(
    ("old", "new", "row", "value"),
    [
        ("111309", "111.309", 2, "111.309"),
        ("111309", "1e3x", 2, "1e3x"),
        (",0,tonnes", ",-1,tonnes", 4, "-1"),
        ("2022-01-01,,", "2022-06-01,,", 5, "2022-06-01"),
        ("Morocco,MA,MAR", "Morocco,JP,JPN", 5, "Morocco (JPN)"),
        ("Morocco,MA,MAR", "Atlantis,,", 5, "Atlantis ()"),
        ("Amosite", "Chrysotile", 10, "500"),
        ("asbestos,Amosite", "asbestos,", None, "asbestos of RUS in 2022"),
        ("2022-01-01,,tonnes", "2022-01-01,1e12,tonnes", 5, "1e12"),
    ],
    ids=["point", "number", "negative", "year", "two countries", "no country", "double", "sum and part", "too much"],
)
def test_a_fault_in_world_mineral_statistics_is_named_with_its_row(
    old: str, new: str, row: int | None, value: str, tmp_path: Path
) -> None:
    text = BGS.replace(old, new, 1).replace("Figures not available", "Normal Value")
    if new == "1e12":
        text = text.replace("Figures not available", "Normal Value")
    assert (row, value) in {(fault.row, fault.value) for fault in refusal(tmp_path, text).faults}


def test_every_series_of_the_tables_is_of_a_mineral_and_in_a_unit_of_its_production() -> None:
    minerals = snapshot().minerals
    assert {each.mineral for each in series() if each.mineral} <= set(minerals)
    for each in commodities().values():
        assert multiplier(each.unit, each.mineral) is not None


def test_output_that_is_added_is_in_force_for_its_minerals_and_years_alone(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(USGS_2025, encoding="utf-8")
    add(tmp_path / "file.csv", folder=tmp_path / "store")
    found = open_store(tmp_path / "store").rows("production")
    cobalt = found.filter((pl.col("mineral") == "cobalt") & (pl.col("year") == 2023))
    assert cobalt["country"].sort().to_list() == ["CAN", "COD"]
    before = snapshot().rows("production")
    other = pl.col("mineral") == "copper"
    assert found.filter(other).height == before.filter(other).height
