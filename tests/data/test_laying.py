"""What is added takes the place of its own codes, companies and years, says so, and can be taken out again."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sogdia.data import catalogue, open_store
from sogdia.data.adding import add
from sogdia.data.embedded import snapshot
from sogdia.data.removing import remove
from sogdia.errors import InputError, NoAnswerError
from support.reader_files import YEARLY, purchases

FLOW = "t,i,j,k,v,q\n2022,762,410,261710,900.5,300.25\n"


def yearly(path: Path, text: str) -> Path:
    (path / YEARLY).write_text(text)
    return path / YEARLY


def bought(path: Path, *rows: dict[str, str], name: str = "p.csv") -> Path:
    (path / name).write_text(purchases(*rows))
    return path / name


def test_a_second_extract_leaves_the_codes_of_the_first(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(yearly(tmp_path, FLOW), folder=store)
    add(yearly(tmp_path, FLOW.replace("261710", "261100")), folder=store)
    opened = open_store(store)
    for code in ("261710", "261100"):
        assert opened.trade([code], [2022]).collect().rows() == [(2022, "TJK", "KOR", code, 900.5, 300.25)]
    copper = ["260300"], [2022]
    assert opened.trade(*copper).collect().equals(snapshot().trade(*copper).collect())
    assert [len(catalogue.read(store)), catalogue.read(store)[0].parts] == [1, ("261100", "261710")]
    assert opened.source_ids("trade", [2022]) == ("CEPII_BACI",)


def test_rows_that_are_removed_bring_the_embedded_ones_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(yearly(tmp_path, FLOW + FLOW.splitlines()[1].replace("261710", "261100") + "\n"), folder=store)
    removed = remove("trade", folder=store, keys=["261710"])
    assert [(each.key, each.year, each.rows) for each in removed.removed] == [("261710", 2022, 1)]
    opened = open_store(store)
    assert opened.trade(["261710"]).collect().equals(snapshot().trade(["261710"]).collect())
    assert opened.trade(["261100"], [2022]).collect().height == 1
    remove("trade", folder=store)
    assert catalogue.read(store) == ()
    with pytest.raises(NoAnswerError, match="trade"):
        remove("trade", folder=store)


def test_purchases_of_one_company_leave_those_of_another(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(bought(tmp_path, {"company": "Acme"}), folder=store)
    second = add(bought(tmp_path, {"company": "Other"}), folder=store)
    assert second.replaced == ()
    third = add(bought(tmp_path, {"company": "Acme", "quantity_t": "41"}), folder=store)
    assert [(each.key, each.year, each.rows) for each in third.replaced] == [("Acme", 2022, 1)]
    rows = open_store(store).scan("purchases").select("company", "quantity_t").sort("company").collect().rows()
    assert rows == [("Acme", 41.0), ("Other", 40.0)]


def test_appended_rows_stand_beside_those_that_are_there(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(bought(tmp_path, {}), folder=store)
    more = bought(tmp_path, {"origin": "CHN"}, name="more.csv")
    assert add(more, folder=store, append=True).replaced == ()
    assert open_store(store).scan("purchases").collect()["origin"].sort().to_list() == ["CHN", "TJK"]
    with pytest.raises(InputError, match="is not in the store yet"):
        add(more, folder=store, append=True)


def test_an_appended_flow_leaves_all_others_of_its_code(tmp_path: Path) -> None:
    store = tmp_path / "store"
    flow = "t,i,j,k,v,q\n2022,762,600,261710,9.5,3.25\n"
    add(yearly(tmp_path, flow), folder=store, append=True)
    found = open_store(store).trade(["261710"], [2022]).collect()
    assert found.height == snapshot().trade(["261710"], [2022]).collect().height + 1
    assert found.filter(pl.col("importer") == "PRY")["value_kusd"].to_list() == [9.5]


def test_the_history_tells_what_was_added_and_what_it_replaced(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(yearly(tmp_path, FLOW), folder=store)
    remove("trade", folder=store, years=[2022])
    first, second = catalogue.history(store)
    assert (first.what, first.table, first.origin, first.rows, first.years) == ("added", "trade", YEARLY, 1, (2022,))
    assert "261710 in 2022" in first.replaced
    assert (second.what, second.rows) == ("removed", 1)


def test_a_record_as_json_says_added_replaced_and_warnings(tmp_path: Path) -> None:
    record = add(yearly(tmp_path, FLOW), folder=tmp_path / "store").to_dict()
    assert list(record) == ["added", "replaced", "warnings"]
    assert record["added"]["rows"] == 1
    assert {each["key"] for each in record["replaced"]} == {"261710"}
