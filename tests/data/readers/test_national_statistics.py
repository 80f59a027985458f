"""National trade statistics give flows in dollars and tonnes, and take the place of their reporters' own trade only."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.embedded import snapshot
from sogdia.data.readers import national
from sogdia.data.readers.hs_revisions import ONE_TO_ONE, Later, later_codes
from sogdia.data.readers.recognise import recognise
from sogdia.errors import InputError, SogdiaError
from support.national_files import CLASSIC, COMEXT, JAPAN, plus

ORE = (
    "JPN M W00 261390 3000 90000.5",
    "JPN M CHL 261390 1000 30000.25",
    "JPN M S19 261390 2000 60000.25",
)


def added(path: Path, text: str, name: str = "file.csv") -> pl.DataFrame:
    """The rows that a file brings into an empty store."""
    (path / name).write_text(text, encoding="utf-8")
    result = add(path / name, folder=path / "store")
    return pl.read_parquet(path / "store" / result.files[0]).drop("year")


def test_comtrade_is_read_exactly_without_its_world_sums(tmp_path: Path) -> None:
    assert added(tmp_path, plus(*ORE)).rows() == [
        ("CHL", "JPN", "261390", 30.00025, 1.0),
        ("TWN", "JPN", "261390", 60.00025, 2.0),
    ]


def test_figures_of_billions_keep_their_last_digit(tmp_path: Path) -> None:
    ((_, _, _, value, weight),) = added(tmp_path, plus("JPN M PHL 260400 2506685455.606 283675628.565")).rows()
    assert (value, weight) == (283675628.565 / 1000, 2506685455.606 / 1000)


def test_a_code_whose_goods_are_those_of_one_old_code_is_read_as_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = Later("261391", 2030, ("261390",), ONE_TO_ONE, "molybdenum ores")
    monkeypatch.setattr(national, "later_codes", lambda: {same.code: same})
    (tmp_path / "file.csv").write_text(plus("JPN M CHL 261391 1000 30000.25"))
    result = add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert pl.read_parquet(tmp_path / "store" / result.files[0])["hs6"].to_list() == ["261390"]
    assert any("261391 is read as 261390" in warning for warning in result.warnings)


def test_every_later_code_of_the_table_names_codes_of_1992_or_says_why_not() -> None:
    for later in later_codes().values():
        assert later.relation in {ONE_TO_ONE, "part of one", "several in one"}
        assert all(len(code) == 6 and code.isdigit() for code in (later.code, *later.hs1992))
        assert (later.relation == "several in one") or len(later.hs1992) == 1


def test_comtrade_as_json_gives_what_the_table_gives(tmp_path: Path) -> None:
    header, *lines = plus(*ORE).splitlines()
    records = [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    as_json = added(tmp_path / "a", json.dumps({"data": records, "count": 3}), "file.json")
    assert as_json.equals(added(tmp_path / "b", plus(*ORE)))


def test_classic_comtrade_is_read_without_re_exports(tmp_path: Path) -> None:
    assert added(tmp_path, CLASSIC).rows() == [("VNM", "JPN", "261100", 0.09, 3.0)]


def test_a_report_of_imports_goes_before_that_of_the_same_export(tmp_path: Path) -> None:
    rows = added(tmp_path, plus("JPN M CHL 261390 1000 30000", "CHL X JPN 261390 900 27000", "CHL X KOR 261390 10 300"))
    assert rows.rows() == [("CHL", "JPN", "261390", 30.0, 1.0), ("CHL", "KOR", "261390", 0.3, 0.01)]


def test_a_weight_of_nothing_with_a_value_is_unknown(tmp_path: Path) -> None:
    assert added(tmp_path, plus("JPN M CHL 261390 0 30000", "JPN M PER 261390 - 10")).rows() == [
        ("CHL", "JPN", "261390", 30.0, None),
        ("PER", "JPN", "261390", 0.01, None),
    ]


def test_other_importers_keep_their_trade(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(plus(*ORE))
    replaced = add(tmp_path / "file.csv", folder=tmp_path / "store").replaced
    found = open_store(tmp_path / "store").trade(["261390"], [2022]).collect()
    before = snapshot().trade(["261390"], [2022]).collect()
    others = pl.col("importer") != "JPN"
    key = ["exporter", "importer"]
    assert found.filter(others).sort(key).equals(before.filter(others).sort(key))
    assert found.filter(~others)["exporter"].sort().to_list() == ["CHL", "TWN"]
    assert sum(each.rows for each in replaced) == before.filter(~others).height


def test_partners_that_do_not_add_up_to_the_world_are_told(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(plus(*ORE[:2]))
    warnings = " ".join(add(tmp_path / "file.csv", folder=tmp_path / "store").warnings)
    assert "33.3%" in warnings
    assert "JPN 261390 in 2022" in warnings


def test_codes_that_are_part_of_an_old_one_are_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(plus("JPN M CHN 811010 1000 9000", ORE[1]))
    result = add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert result.rows == 1
    assert ["811010" in warning and "811000" in warning for warning in result.warnings] == [True]


@pytest.mark.parametrize(
    ("rows", "row", "value"),
    [
        (("JPN M ZZZ 261390 1 2",), 2, "ZZZ"),
        ((ORE[1], ORE[1]), 3, "2022 M JPN CHL 261390"),
        (("JPN M CHL 26139 1 2",), 2, "26139"),
        (("JPN M CHL 261390 1 -5",), 2, "-5"),
        (("JPN M CHL 261390 x 5",), 2, "x"),
        (("JPN Q CHL 261390 1 5",), 2, "Q"),
        (("JPN M SCG 261390 1 5",), 2, "SCG 2022"),
        (("JPN M W00 261390 1 5",), None, "W00"),
    ],
    ids=["country", "double", "code", "negative", "no number", "flow", "ended state", "sums only"],
)
def test_a_fault_in_comtrade_is_named_with_its_row(
    rows: tuple[str, ...], row: int | None, value: str, tmp_path: Path
) -> None:
    (tmp_path / "file.csv").write_text(plus(*rows))
    with pytest.raises(InputError) as caught:
        add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert (caught.value.faults[0].row, caught.value.faults[0].value) == (row, value)
    assert not (tmp_path / "store").exists()


def test_comtrade_in_tonnes_is_refused(tmp_path: Path) -> None:
    flows = snapshot().trade(["260300"], [2022]).filter(pl.col("importer") == "JPN").collect()
    rows = [f"JPN M {x} 260300 {q * 1e6} {v * 1e3}" for _, x, _, _, v, q in flows.drop_nulls().iter_rows()]
    (tmp_path / "file.csv").write_text(plus(*rows))
    with pytest.raises(InputError) as caught:
        add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert caught.value.faults[0].column == "netWgt"


def test_a_file_of_months_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(plus(ORE[1]).replace("A,2022,2022", "M,2022,202201"))
    with pytest.raises(InputError, match="whole years"):
        add(tmp_path / "file.csv", folder=tmp_path / "store")


def test_lines_of_japan_are_added_up_to_six_digits_and_yen_become_dollars(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(JAPAN.replace("811292", "280530"))
    result = add(tmp_path / "file.csv", folder=tmp_path / "store")
    rows = pl.read_parquet(tmp_path / "store" / result.files[0])
    assert rows.select("exporter", "importer", "hs6", "quantity_t").rows() == [
        ("CHL", "JPN", "261390", 900.0),
        ("CHN", "JPN", "280530", 2.0),
    ]
    assert rows["value_kusd"].to_list() == pytest.approx([1_315_000 / 131.4589, 394_500 / 131.4589])
    assert any("131.5 yen" in warning for warning in result.warnings)


@pytest.mark.parametrize(("old", "new"), [(",105,", ",999,"), ("'811292100", "'81129210"), ("2,2022", "3,2022")])
def test_a_cell_of_japan_that_means_nothing_is_refused(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(JAPAN.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert caught.value.faults[0].row == 2


def test_areas_of_japans_statistics_that_are_no_country_are_left_out_and_told(tmp_path: Path) -> None:
    extra = "2,2022,'261390000,702,  ,MT,0,900,1315000,0,0,0\n"
    (tmp_path / "file.csv").write_text(JAPAN.replace("811292", "280530") + extra)
    result = add(tmp_path / "file.csv", folder=tmp_path / "store")
    assert result.rows == 2
    assert any("702" in warning and "43.48%" in warning for warning in result.warnings)


def test_comext_is_added_up_and_partners_that_are_no_country_are_told(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(COMEXT)
    result = add(tmp_path / "file.csv", folder=tmp_path / "store")
    rows = pl.read_parquet(tmp_path / "store" / result.files[0]).drop("year").rows()
    assert rows == [("BRA", "DEU", "280530", pytest.approx(4 * 1.0534), 0.06)]
    assert "QP" in result.warnings[0]


def test_a_year_of_comext_has_all_its_months(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(COMEXT.replace("202252", "202201"))
    with pytest.raises(InputError, match="all its months"):
        add(tmp_path / "file.csv", folder=tmp_path / "store")


@pytest.mark.parametrize("name", ["plus", "classic", "japan", "comext"])
def test_a_changed_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    raw = {"plus": plus(*ORE), "classic": CLASSIC, "japan": JAPAN, "comext": COMEXT}[name].encode()
    chance = random.Random(name)
    for _ in range(75):
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(changed))
            kind = chance.randrange(4)
            if kind == 0:
                changed[at] = chance.randrange(256)
            elif kind == 1:
                del changed[at : at + chance.randint(1, 30)]
            elif kind == 2:
                changed[at:at] = chance.choice([b",", b"\n", b'"', b"\0", b"1e400", b"-", b";", "é".encode()])
            else:
                changed = changed[: max(at, 1)]
            changed = changed or bytearray(b"x")
        path = tmp_path / "file.csv"
        path.write_bytes(changed)
        with suppress(SogdiaError):
            recognise(path).read()
