"""Do Japan's rare-earth imports since 2005 come out as they were summed from BACI by other means?

`japan_rare_earths.csv` holds China's shares by weight and by value, and totals, for HS 280530, 284610 and 284690.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sogdia import Study

POINTS = 0.1
REL = 1e-3


@pytest.fixture(scope="module")
def reference():
    path = Path(__file__).parent / "japan_rare_earths.csv"
    return pl.read_csv(path, schema_overrides={"year": pl.Int16})


@pytest.fixture(scope="module")
def pairs(store, reference):
    """The reference by year beside our history of the same three codes."""
    ours = Study("JPN", store=store).history("rare_earths")
    china = ours.suppliers.filter(pl.col("supplier") == "CHN").select(
        "year", "value_share", "weight_share", "weight_share_reported"
    )
    totals = ours.records.select(
        "year",
        "imputed_value_share",
        our_quantity_t="import_quantity_reported_t",
        our_value_musd=pl.col("import_value_kusd") / 1000,
    )
    whole = reference.filter(pl.col("hs6").str.contains("+", literal=True))
    both = whole.pivot("variable", index="year", values="value").join(china, on="year").join(totals, on="year")
    assert both.height == 20
    return both


def test_chinas_share_by_weight(pairs):
    assert (pairs["weight_share_reported"] * 100).to_list() == pytest.approx(
        pairs["china_weight_share_pct"].to_list(), abs=POINTS
    )


def test_chinas_share_by_value(pairs):
    assert (pairs["value_share"] * 100).to_list() == pytest.approx(pairs["china_value_share_pct"].to_list(), abs=POINTS)


def test_total_weight(pairs):
    assert pairs["our_quantity_t"].to_list() == pytest.approx(pairs["import_quantity_t"].to_list(), rel=REL)


def test_total_value(pairs):
    assert pairs["our_value_musd"].to_list() == pytest.approx(pairs["import_value_musd"].to_list(), rel=REL)


@pytest.mark.parametrize(("year", "percent"), [(2009, 82.7), (2012, 53.7), (2018, 57.2), (2022, 58.9)])
def test_the_figures_everyone_quotes(pairs, year, percent):
    share = pairs.filter(pl.col("year") == year)["weight_share_reported"].item()
    assert share * 100 == pytest.approx(percent, abs=POINTS)


def test_the_shares_shown_are_the_reported_ones_wherever_hardly_any_weight_is_imputed(pairs):
    whole = pairs.filter(pl.col("imputed_value_share") < 0.001)
    assert whole.height > 10
    assert whole["weight_share"].to_list() == pytest.approx(whole["weight_share_reported"].to_list(), abs=1e-3)


@pytest.mark.parametrize(("year", "percent"), [(2012, 53.7), (2018, 57.2), (2022, 58.9)])
def test_where_every_weight_is_reported_the_share_shown_is_the_known_figure(pairs, year, percent):
    assert pairs.filter(pl.col("year") == year)["weight_share"].item() * 100 == pytest.approx(percent, abs=POINTS)


def test_the_value_of_each_code(trade, reference):
    for hs6, year, value in (
        reference.filter(~pl.col("hs6").str.contains("+", literal=True)).select("hs6", "year", "value").iter_rows()
    ):
        flows = trade.filter(pl.col("importer") == "JPN", pl.col("hs6") == hs6, pl.col("year") == year)
        assert flows["value_kusd"].sum() / 1000 == pytest.approx(value, rel=REL)
