"""Every country in every embedded table is a country of ours, once, and in years in which it was one."""

from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.codes import countries
from sogdia.codes.countries import publisher_codes, splits
from sogdia.data import Store
from sogdia.data.schema import tables

TOGETHER = {"WLD", "ROW"}
OF_USERS = {"purchases", "governance_dimensions"}
COLUMNS = [
    (table, column.column)
    for table, columns in tables().items()
    for column in columns
    if column.unit == "ISO alpha-3" and table not in OF_USERS
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(pair) for pair in COLUMNS])
def test_every_country_of_a_table_is_in_the_table_of_countries(store: Store, table: str, column: str) -> None:
    if table not in {file.entry.table for file in store.files}:
        pytest.fail(f"the store has no table {table}")
    cells = store.scan(table).select(column).unique().collect()[column].drop_nulls()
    named = {code for cell in cells for code in cell.split(";")}
    assert named <= countries().keys() | TOGETHER


def test_no_publishers_code_is_left_and_none_meets_rows_of_its_country(store: Store) -> None:
    for table, keys in (("production", ["mineral", "country", "year"]), ("governance", ["country", "year"])):
        rows = store.scan(table).select(keys).collect()
        assert not set(rows["country"]) & publisher_codes().keys()
        assert rows.is_unique().all()


def test_taiwan_and_kosovo_produce_and_the_virgin_islands_have_a_row_of_governance(store: Store) -> None:
    made = store.scan("production").collect()
    assert {"salt", "sulphur"} <= set(made.filter(pl.col("country") == "TWN")["mineral"])
    assert {"lead", "zinc", "nickel"} <= set(made.filter(pl.col("country") == "XKX")["mineral"])
    assert {"XKX", "VIR"} <= set(store.scan("governance").select("country").collect()["country"])


def test_trade_has_no_double_and_no_trade_of_a_country_with_itself(store: Store) -> None:
    flows = store.scan("trade").select("year", "exporter", "importer", "hs6").collect()
    assert flows.filter(pl.col("exporter") == pl.col("importer")).is_empty()
    assert flows.is_unique().all()


def test_former_states_trade_until_their_end_only(store: Store) -> None:
    flows = store.scan("trade").select("year", "exporter", "importer").collect()
    for iso3, last in (("SCG", 2005), ("ANT", 2010)):
        years = flows.filter((pl.col("exporter") == iso3) | (pl.col("importer") == iso3))["year"]
        assert int(years.max()) <= last  # type: ignore[arg-type]


def test_figures_that_count_others_with_a_country_say_so(store: Store) -> None:
    note = f"Belgium: its figures include {splits()['BEL'].what}."
    belgium = Study("BEL", store=store)
    assert note in belgium.expose("copper", year=1998).notes
    assert note not in belgium.expose("copper", year=1999).notes
    assert any("Southern African" in n for n in Study("JPN", store=store).expose("platinum", year=1999).notes)
    assert any("Southern African" in n for n in belgium.expose_exporter("ZAF", ["platinum"], year=1999).notes)
