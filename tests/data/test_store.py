from __future__ import annotations

import copy
import pickle

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia.data import Store, catalogue, open_store, user_folder
from sogdia.data.schema import conform
from sogdia.errors import DataError, UnknownNameError

KEYS = ["hs6", "year", "exporter", "importer"]


def flows(*years: int, value: float = 1.0) -> pl.DataFrame:
    """One flow of rare-earth compounds from Kazakhstan to Japan in each year."""
    rows = [(year, "KAZ", "JPN", "284690", value, 0.5) for year in years]
    return conform(
        pl.DataFrame(rows, schema=["year", "exporter", "importer", "hs6", "value_kusd", "quantity_t"], orient="row"),
        "trade",
    )


def add(folder, *tables: tuple[str, str, pl.DataFrame]):
    """Write a store folder of (file, table, frame)."""
    folder.mkdir(exist_ok=True)
    entries = []
    for file, table, frame in tables:
        frame.write_parquet(folder / file)
        years = tuple(frame["year"].unique().sort().to_list())
        entries.append(
            catalogue.entry_for(folder, file, table=table, rows=frame.height, source_ids=("CEPII_BACI",), years=years)
        )
    catalogue.write(folder, tuple(entries))
    return folder


def test_trade_of_the_user_replaces_ours_year_by_year(tmp_path, trade):
    mine = open_store(add(tmp_path / "s", ("t.parquet", "trade", flows(2023, 2025))))
    assert mine.years == (*range(1995, 2025), 2025)
    for year in (2023, 2025):
        assert_frame_equal(mine.trade(years=[year]).collect(), flows(year))
    assert_frame_equal(
        mine.trade(years=[2022, 2024]).collect().sort(KEYS), trade.filter(pl.col("year").is_in([2022, 2024])).sort(KEYS)
    )


def test_two_files_of_the_user_add_up(tmp_path):
    folder = add(tmp_path / "s", ("a.parquet", "trade", flows(2023)), ("b.parquet", "trade", flows(2025)))
    assert open_store(folder).trade(years=[2023, 2025]).collect().height == 2


def test_production_of_the_user_replaces_ours_mineral_by_mineral_and_year_by_year(tmp_path, store):
    ours = store.scan("production").collect()
    one = ours.filter(pl.col("mineral") == "tin", pl.col("year") == 2022).with_columns(quantity=pl.col("quantity") + 1)
    mine = open_store(add(tmp_path / "s", ("p.parquet", "production", one))).scan("production").collect()
    replaced = (pl.col("mineral") == "tin") & (pl.col("year") == 2022)
    assert_frame_equal(mine.filter(replaced), one)
    assert_frame_equal(mine.filter(~replaced), ours.filter(~replaced))


def test_other_tables_of_the_user_replace_ours_whole(tmp_path, store):
    one = store.scan("governance").filter(pl.col("country") == "JPN").collect()
    mine = open_store(add(tmp_path / "s", ("g.parquet", "governance", one)))
    assert_frame_equal(mine.scan("governance").collect(), one)
    assert_frame_equal(mine.scan("production").collect(), store.scan("production").collect())


def test_the_store_of_the_user_is_found_through_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SOGDIA_STORE", str(add(tmp_path / "s", ("t.parquet", "trade", flows(2030)))))
    assert open_store().years[-1] == 2030


def test_without_the_variable_the_store_lies_in_the_users_data_directory(tmp_path, monkeypatch):
    monkeypatch.delenv("SOGDIA_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "sogdia" / "store"


def test_an_empty_folder_given_by_name_is_an_error_and_says_what_to_do(tmp_path):
    with pytest.raises(DataError, match=r"catalogue\.json is missing\. Make one with `sogdia data add`"):
        open_store(tmp_path)


def test_opening_reads_no_table(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a table was read")

    for name in ("scan_parquet", "read_parquet", "read_csv", "scan_csv"):
        monkeypatch.setattr(pl, name, refuse)
    opened = open_store()
    assert opened.years[0] == 1995
    with pytest.raises(AssertionError, match="a table was read"):
        opened.trade()


def test_trade_is_filtered_by_code_and_year(store, trade):
    chosen = store.trade(["284690", "280530"], [2009]).collect()
    expected = trade.filter(pl.col("hs6").is_in(["284690", "280530"]), pl.col("year") == 2009)
    assert_frame_equal(chosen.sort(KEYS), expected.sort(KEYS))


def test_no_codes_means_no_flows_and_none_means_all(store, trade):
    assert store.trade([]).collect().is_empty()
    assert store.trade().select(pl.len()).collect().item() == trade.height


def test_a_damaged_file_is_named_with_its_folder(tmp_path):
    folder = add(tmp_path / "s", ("t.parquet", "trade", flows(2023)))
    flows(2023, value=2.0).write_parquet(folder / "t.parquet")
    assert open_store(folder).damaged() == (f"{folder}: t.parquet: changed",)


def test_a_copy_of_a_store_opens_its_files_itself(tmp_path):
    opened = open_store(add(tmp_path / "s", ("t.parquet", "trade", flows(2023))))
    assert opened.files
    for copied in (copy.deepcopy(opened), pickle.loads(pickle.dumps(opened))):
        assert copied == opened
        assert "files" not in vars(copied)
        assert_frame_equal(copied.trade(years=[2023]).collect(), flows(2023))


def test_the_embedded_store_is_undamaged(store):
    assert store.damaged() == ()


def test_an_unknown_table_tells_the_nearest_name(store):
    with pytest.raises(UnknownNameError, match=r"unknown table 'trades'.*trade"):
        store.scan("trades")


def test_a_table_that_no_store_holds_is_not_empty_but_absent(tmp_path):
    folder = add(tmp_path / "s", ("t.parquet", "trade", flows(2023)))
    with pytest.raises(DataError, match=r"no table 'production'\. Add it with"):
        Store((folder,)).scan("production")


def test_a_mineral_is_found_by_key_or_name(store):
    for text in ("rare_earths", "Rare earths", "rare-earths", " RARE EARTHS "):
        assert store.mineral(text).key == "rare_earths"


def test_an_unknown_mineral_tells_the_nearest_name(store):
    with pytest.raises(UnknownNameError, match=r"unknown mineral 'cobolt'\. Did you mean cobalt"):
        store.mineral("cobolt")


def test_every_table_names_its_sources(store):
    assert [s.source_id for s in store.sources("trade")] == ["CEPII_BACI"]
