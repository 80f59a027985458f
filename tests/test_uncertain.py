"""Is a band told as the draws have it, without bound where they are, and is nothing priced beyond the model's range?"""

from __future__ import annotations

import warnings

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.data import Store
from sogdia.market import Scenario
from sogdia.market.events import ExportLimit
from sogdia.shock.market_shock import Shock
from sogdia.study import Study
from sogdia.uncertain import BEYOND, band, is_beyond, priced, within

draws = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40).map(np.array)


@given(draws)
def test_a_band_of_finite_draws_is_their_quantiles(values: np.ndarray) -> None:
    assert band(values) == (values[0], *np.quantile(values, [0.05, 0.95]))


@given(draws, st.integers(1, 40), st.sampled_from([np.inf, -np.inf]))
def test_draws_without_bound_open_the_end_on_their_side_or_leave_it_at_a_larger_quantile(
    values: np.ndarray, count: int, infinite: float
) -> None:
    """Leaving them out would narrow the band instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        central, low, high = band(np.concatenate([values, np.full(count, infinite)]))
    assert central == values[0]
    inner = np.quantile(values, [0.05, 0.95])
    if infinite > 0:
        assert high is None or high >= inner[1]
        assert low is None or low >= inner[0]
        assert high is None or count < 0.05 * (len(values) + count)
    else:
        assert low is None or low <= inner[0]
        assert high is None or high <= inner[1]


def test_half_of_the_draws_without_bound_leave_one_end() -> None:
    loss = np.array([-np.inf, *[-np.inf] * 49, *np.linspace(-16.0, -0.1, 50)])
    central, low, high = band(loss)
    assert (central, low) == (None, None)
    assert high == pytest.approx(np.quantile(np.linspace(-16.0, -0.1, 50), 0.9), abs=0.2)


def test_a_draw_without_an_answer_is_left_out() -> None:
    assert band(np.array([1.0, np.nan, 1.0])) == (1.0, 1.0, 1.0)
    assert band(np.array([np.nan])) == (None, None, None)


def test_prices_beyond_the_range_are_without_bound_and_so_is_their_money() -> None:
    price, money = np.array([2.0, BEYOND, 11.0, np.nan]), np.array([5.0, 6.0, 7.0, 8.0])
    assert [is_beyond(p) for p in price] == [False, False, True, False]
    np.testing.assert_array_equal(within(price), [2.0, BEYOND, np.inf, np.nan])
    np.testing.assert_array_equal(priced(money, price, 1.0), [5.0, 6.0, np.inf, 8.0])
    np.testing.assert_array_equal(priced(money, price, -1.0), [5.0, 6.0, -np.inf, 8.0])
    assert np.isnan(priced(money, price[::-1][1:], 1.0)).all()


def figures(found: Shock, country: str, role: str = "importer") -> dict[str, dict[str, object]]:
    """The rows of a country that name no partner, by variable."""
    rows = found.rows.filter(pl.col("partner").is_null(), country=country, role=role)
    return {row["variable"]: row for row in rows.iter_rows(named=True)}


def test_a_buyer_cut_off_has_no_band_of_its_loss(store: Store) -> None:
    """With years to adjust demand is elastic in some of the draws, so that a loss is finite there."""
    only = Scenario("x", (ExportLimit("TUR", share=1.0, destinations=("AZE",)),), horizon_years=4)
    found = Study("AZE", store=store).shock("bauxite", scenario=only, year=2017, draws=60)
    azerbaijan = figures(found, "AZE")
    for name in ("price", "import_price", "consumer_surplus_change"):
        assert [azerbaijan[name][end] for end in ("low", "central", "high")] == [None, None, None]
    assert azerbaijan["shortage"]["central"] == azerbaijan["shortage"]["low"] == 1.0
    assert azerbaijan["import_bill"]["central"] == 0.0


@pytest.fixture(scope="module")
def embargo(store: Store) -> Shock:
    """Congo stops cobalt compounds: prices leave the range in every draw."""
    stop = Scenario("x", (ExportLimit("COD", share=1.0),))
    return Study("CHN", store=store).shock("cobalt", scenario=stop, year=2022, stage="compound", draws=10)


def test_a_price_beyond_the_range_is_marked_and_neither_it_nor_its_money_is_given(embargo: Shock) -> None:
    china = figures(embargo, "CHN")
    for name in ("price", "import_price", "import_bill", "consumer_surplus_change"):
        assert china[name]["beyond"]
        assert china[name]["central"] is None
    assert not china["shortage"]["beyond"]
    assert china["shortage"]["central"] is not None
    assert "Beyond the model's range" in embargo.notes[-1]
    assert "CHN" in embargo.notes[-1]


def test_no_price_of_a_shock_is_above_the_range_and_no_rent_follows_from_one(store: Store, embargo: Shock) -> None:
    few = Scenario("x", (ExportLimit("COD", share=0.97),))
    deep = Study("CHN", store=store).shock("cobalt", scenario=few, year=2022, stage="compound", draws=10)
    for found in (embargo, deep):
        prices = found.rows.filter(unit="ratio")
        assert prices.select(found.rows.columns[6:9]).max_horizontal().max() <= BEYOND
    congo = figures(deep, "COD", "producer")
    assert congo["output"]["central"] > 0  # type: ignore[operator]
    assert congo["scarcity_rent"]["beyond"]
    assert congo["scarcity_rent"]["central"] is None


def test_within_the_range_nothing_is_marked(store: Store) -> None:
    found = Study(store=store).shock("rare_earths", cut="CHN", share=0.2, year=2009, draws=3)
    assert not found.rows["beyond"].any()
    assert not any("Beyond" in note for note in found.notes)
