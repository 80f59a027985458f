"""Is a user's file of events read like the embedded table, and is each fault in it named with its place?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from sogdia.data import Store, snapshot_folder
from sogdia.data.event_file import ALL, REQUIRED, read_event_file
from sogdia.data.events import restriction_events
from sogdia.errors import InputError

STORE = Store((snapshot_folder(),))
GOOD = {
    "event_id": "XYZ_2014",
    "mineral": "nickel",
    "hs6": "260400",
    "country": "IDN",
    "start": "2014-01",
    "first_year": "2014",
    "kind": "export_ban",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    """A CSV file with those rows, under the columns that any of them has."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    table = csv.DictWriter(text, header, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path = folder / "events.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def test_the_embedded_table_read_as_a_file_gives_the_same_events() -> None:
    found = read_event_file(snapshot_folder() / "restriction_events.csv", STORE)
    assert found == restriction_events(STORE)


def test_the_required_columns_are_enough(tmp_path: Path) -> None:
    (event,) = read_event_file(written(tmp_path, GOOD), STORE)
    assert (event.mineral, event.hs6, event.country, event.first_year) == ("nickel", ("260400",), "IDN", 2014)
    assert (event.subject, event.evidence) == ("nickel", "assumed")
    assert (event.size, event.destinations, event.end, event.last_year) == (None, None, None, None)


def test_lists_are_cut_and_names_of_countries_understood(tmp_path: Path) -> None:
    row = GOOD | {"hs6": "260400; 260400;750110", "country": "Indonesia", "destinations": "Japan;KOR"}
    (event,) = read_event_file(written(tmp_path, row), STORE)
    assert event.hs6 == ("260400", "750110")
    assert event.country == "IDN"
    assert event.destinations == ("JPN", "KOR")


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "events.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("events")
        sheet.write_row(0, 0, list(GOOD))
        sheet.write_row(1, 0, list(GOOD.values()))
    assert read_event_file(path, STORE) == read_event_file(written(tmp_path, GOOD), STORE)


@pytest.mark.parametrize(
    ("changes", "column", "told"),
    [
        ({"event_id": ""}, "event_id", "must not be empty"),
        ({"mineral": "nikel"}, "mineral", "nickel"),
        ({"mineral": "", "hs6": ""}, "mineral", "names a mineral, or codes"),
        ({"mineral": "potash", "hs6": ""}, "hs6", "codes are named"),
        ({"hs6": "28461"}, "hs6", "leading zero"),
        ({"hs6": "260400,750110"}, "hs6", "semicolons"),
        ({"country": "Indonezia"}, "country", "Indonesia"),
        ({"country": "World"}, "country", "all countries"),
        ({"country": "NA"}, "country", "Namibia"),
        ({"start": "Jan 2014"}, "start", "YYYY-MM"),
        ({"start": "2014-13"}, "start", "YYYY-MM"),
        ({"end": "2013"}, "end", "ends after it starts"),
        ({"first_year": "14"}, "first_year", "four digits"),
        ({"first_year": "2013"}, "first_year", "when it starts"),
        ({"last_year": "2013"}, "last_year", "not before the first"),
        ({"kind": "export_bann"}, "kind", "export_ban"),
        ({"size": "40"}, "size", "0.4 for 40 %"),
        ({"size": "-0.4"}, "size", "not negative"),
        ({"size": "nan"}, "size", "finite"),
        ({"size_low": "0.5", "size": "0.4"}, "size", "size_low <= size"),
        ({"size_high": "0.5"}, "size", "central size"),
        ({"destinations": "Japan;Atlantis"}, "destinations", "no country"),
        ({"base_first_year": "2011"}, "base_first_year", "both columns"),
        ({"base_first_year": "2011", "base_last_year": "2014"}, "base_last_year", "before the first year"),
        ({"evidence": "certain"}, "evidence", "evidence level"),
        ({"note": "=cmd()"}, "note", "formula"),
    ],
)
def test_a_fault_is_named_with_row_column_value_rule_and_remedy(
    tmp_path: Path, changes: dict[str, str], column: str, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_event_file(written(tmp_path, GOOD, GOOD | {"event_id": "OTHER"} | changes), STORE)
    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (3, column)
    assert fault.value is not None
    assert told in str(fault)
    assert fault.remedy


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    rows = [GOOD | {"event_id": f"E{n}", "country": "Atlantis", "size": "7"} for n in range(40)]
    with pytest.raises(InputError) as caught:
        read_event_file(written(tmp_path, *rows), STORE)
    assert caught.value.total == 80
    assert len(caught.value.faults) == 50


def test_an_event_stands_once_for_a_mineral(tmp_path: Path) -> None:
    twice = written(tmp_path, GOOD, GOOD)
    with pytest.raises(InputError, match="also in row 2"):
        read_event_file(twice, STORE)
    other = written(tmp_path, GOOD, GOOD | {"mineral": "bauxite", "hs6": "260600"})
    assert len(read_event_file(other, STORE)) == 2


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    row = {name: cell for name, cell in GOOD.items() if name != missing}
    with pytest.raises(InputError) as caught:
        read_event_file(written(tmp_path, row), STORE)
    assert any(fault.column == missing for fault in caught.value.faults)


def test_a_file_without_header_is_told_which_columns_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("one,two\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_event_file(path, STORE)
    (fault,) = caught.value.faults
    assert all(name in fault.rule for name in REQUIRED)
    assert "size" in fault.remedy
    assert "template" not in str(fault)


def test_an_unknown_column_is_a_fault_not_silence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only known columns"):
        read_event_file(written(tmp_path, GOOD | {"sizes": "0.4"}), STORE)


def test_a_file_without_rows_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    with pytest.raises(InputError, match="the file does not exist"):
        read_event_file(path, STORE)
    path.write_text(",".join(ALL) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="a row for every event"):
        read_event_file(path, STORE)


def test_unknown_sizes_may_be_marked_in_the_ways_people_do(tmp_path: Path) -> None:
    (event,) = read_event_file(written(tmp_path, GOOD | {"size": "n.a."}), STORE)
    assert event.size is None


SHORT = {"event": "Ban", "mineral": "nickel", "country": "IDN", "first year": "2014", "size": "total ban of raw ore"}


def test_event_mineral_country_first_year_and_a_size_in_words_are_enough(tmp_path: Path) -> None:
    (event,) = read_event_file(written(tmp_path, SHORT), STORE)
    assert (event.event_id, event.mineral, event.hs6, event.country) == ("Ban", "nickel", ("260400",), "IDN")
    assert (event.first_year, event.start, event.kind) == (2014, "2014", "export_ban")
    assert (event.size, event.size_basis) == (1.0, "total ban of raw ore")


def test_codes_stand_in_for_the_mineral(tmp_path: Path) -> None:
    row = {name: cell for name, cell in SHORT.items() if name != "mineral"} | {"codes": "260300; 260400"}
    (event,) = read_event_file(written(tmp_path, row), STORE)
    assert (event.mineral, event.hs6) == ("copper", ("260300", "260400"))
    (other,) = read_event_file(written(tmp_path, row | {"codes": "270400"}), STORE)
    assert (other.mineral, other.subject) == (None, "270400")


@pytest.mark.parametrize(
    ("name", "key"), [("rare earths", "rare_earths"), ("Nickel ore", "nickel"), ("Al", "aluminium")]
)
def test_minerals_are_known_by_the_names_people_write(tmp_path: Path, name: str, key: str) -> None:
    (event,) = read_event_file(written(tmp_path, SHORT | {"mineral": name, "codes": ""}), STORE)
    assert event.mineral == key


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0.4", 0.4),
        ("40 %", 0.4),
        ("exports 117.4 Mt, then 18 Mt => -0.85", 0.85),
        ("DAP -61 % and MAP -60 %", None),
        ("about 1.0 of bauxite exports: 40 Mt in 2011; feeds about 12% of world aluminium", 1.0),
        ("force majeure, not quantified", None),
        ("Zinc output -300%", None),
    ],
)
def test_a_size_in_words_is_read_where_one_figure_says_it(tmp_path: Path, text: str, size: float | None) -> None:
    (event,) = read_event_file(written(tmp_path, SHORT | {"size": text}), STORE)
    assert event.size == size
    assert event.size_basis == (None if text == "0.4" else text)
