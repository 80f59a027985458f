"""A band is as the draws have it, without bound where they are, and nothing is priced beyond the model's range."""

from __future__ import annotations

import math
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
from sogdia.uncertain import (
    ABOVE,
    BEYOND,
    Band,
    BandText,
    band,
    is_beyond,
    money_band,
    price_band,
    price_of_ends,
    price_of_logs,
)

draws = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40).map(np.array)


@given(draws)
def test_a_band_of_finite_draws_is_their_quantiles(values: np.ndarray) -> None:
    low, high = np.quantile(values, [0.05, 0.95])
    assert band(values) == Band(low, values[0], high)


@given(draws, st.integers(1, 40), st.sampled_from([np.inf, -np.inf]))
def test_draws_without_bound_open_the_end_on_their_side_or_leave_it_at_a_larger_quantile(
    values: np.ndarray, count: int, infinite: float
) -> None:
    """Leaving them out would narrow the band instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = band(np.concatenate([values, np.full(count, infinite)]))
    low, high = found.low, found.high
    assert found.central == values[0]
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
    found = band(loss)
    assert (found.central, found.low, found.beyond) == (None, None, False)
    assert found.high == pytest.approx(np.quantile(np.linspace(-16.0, -0.1, 50), 0.9), abs=0.2)


def test_a_draw_without_an_answer_is_left_out() -> None:
    assert band(np.array([1.0, np.nan, 1.0])) == Band(1.0, 1.0, 1.0)
    assert band(np.array([np.nan])) == Band(None, None, None)


def test_only_a_known_price_above_the_range_is_beyond_it() -> None:
    assert [is_beyond(p) for p in (2.0, BEYOND, 11.0, math.inf, math.nan)] == [False, False, True, True, False]


def test_prices_beyond_the_range_are_without_bound_and_so_is_their_money() -> None:
    price, money = np.array([2.0, 11.0, 12.0]), np.array([5.0, 6.0, 7.0])
    assert price_band(price) == Band(None, 2.0, None)
    assert money_band(money, price, 1.0) == Band(None, 5.0, None)
    mild = np.array([2.0, *[1.0] * 50, 11.0, 11.0, 11.0, 11.0])
    assert price_band(mild) == Band(1.0, 2.0, None)
    assert money_band(mild, mild, 1.0) == Band(1.0, 2.0, None)
    assert money_band(-mild, mild, -1.0) == Band(None, -2.0, -1.0)


def test_where_the_central_price_is_beyond_the_range_the_band_is_marked_and_no_money_is_given() -> None:
    price = np.array([11.0, 2.0, 2.0, 2.0])
    assert price_band(price).beyond
    assert price_band(price).central is None
    assert money_band(np.ones(4), price, 1.0) == Band(None, None, None, beyond=True)


def test_ends_that_are_numbers_or_logs_are_cut_off_at_the_range() -> None:
    assert price_of_ends(1.0, 2.0, 10.5) == Band(1.0, 2.0, None)
    assert price_of_ends(None, None, None) == Band(None, None, None)
    assert price_of_logs(0.0, math.log(BEYOND), 900.0) == Band(1.0, BEYOND, None)
    assert price_of_logs(0.0, math.log(12.0), math.inf) == Band(1.0, None, None, beyond=True)
    assert price_of_logs(math.nan, math.nan, math.nan) == Band(None, None, None)


def test_a_band_is_written_with_one_mark_beyond_the_range_and_another_for_the_unknown() -> None:
    def write(value: float | None) -> str:
        return "-" if value is None else f"{value:.1f}"

    text = BandText(write)
    assert ABOVE == "> 10"
    assert text.ends(Band(1.0, 2.0, 3.0)) == "1.0 to 3.0"
    assert (text.central(Band(1.0, 2.0, None)), text.ends(Band(1.0, 2.0, None))) == ("2.0", "1.0 to > 10")
    assert (text.central(Band(None, None, None, True)), text.ends(Band(None, None, None, True))) == ("> 10", "> 10")
    assert (text.central(Band(None, None, None)), text.ends(Band(None, None, None))) == ("-", "-")
    money = BandText(write, above="more", to=" up to ")
    assert money.ends(Band(1.0, 2.0, None)) == "1.0 up to more"


def test_a_band_is_open_where_it_has_no_high_end_and_not_where_nothing_is_known() -> None:
    assert Band(1.0, 2.0, None).open
    assert Band(None, None, 9.0, beyond=True).open
    assert not Band(None, None, None).open
    assert not Band(1.0, 2.0, 3.0).open


def figures(found: Shock, country: str, role: str = "importer") -> dict[str, dict[str, object]]:
    """The rows of a country that name no partner, by variable."""
    rows = found.rows.filter(pl.col("partner").is_null(), country=country, role=role)
    return {row["variable"]: row for row in rows.iter_rows(named=True)}


def test_a_buyer_cut_off_has_no_price_and_a_loss_of_at_most_nine_times_its_base_bill(store: Store) -> None:
    """Its demand is counted up to ten times the base price, so that what it loses is a figure in every draw."""
    only = Scenario("x", (ExportLimit("TUR", share=1.0, destinations=("AZE",)),), horizon_years=4)
    found = Study("AZE", store=store).shock("bauxite", scenario=only, year=2017, draws=20, ore_only=True)
    azerbaijan = figures(found, "AZE")
    for name in ("price_paid", "use_cost", "import_price"):
        assert [azerbaijan[name][end] for end in ("low", "central", "high")] == [None, None, None]
    assert azerbaijan["price_paid"]["beyond"]
    assert azerbaijan["reduced_use"]["central"] == azerbaijan["reduced_use"]["low"] == 1.0
    assert azerbaijan["import_bill"]["central"] == azerbaijan["use"]["high"] == 0.0
    bill = azerbaijan["import_bill"]["base"]
    lost = [-azerbaijan["consumer_surplus_change"][end] for end in ("high", "central", "low")]  # type: ignore[operator]
    assert 0 < lost[0] < lost[1] < lost[2] < (BEYOND - 1) * bill  # type: ignore[operator]


@pytest.fixture(scope="module")
def nearly_all(store: Store) -> Shock:
    """Congo stops 99.9 % of its exports of cobalt, of which Zambia buys all it uses there."""
    few = Scenario("x", (ExportLimit("COD", share=0.999),))
    return Study("ZMB", store=store).shock("cobalt", scenario=few, year=2024, draws=4)


def test_a_price_beyond_the_range_is_marked_and_neither_it_nor_its_money_is_given(nearly_all: Shock) -> None:
    zambia = figures(nearly_all, "ZMB")
    for name in ("price_paid", "use_cost", "import_price", "import_bill"):
        assert zambia[name]["beyond"]
        assert zambia[name]["central"] is None
    for name in ("reduced_use", "consumer_surplus_change"):
        assert not zambia[name]["beyond"]
        assert zambia[name]["central"] is not None
    assert "Beyond the model's range" in nearly_all.notes[-1]
    assert "ZMB" in nearly_all.notes[-1]


def test_no_price_of_a_shock_is_above_the_range_and_no_rent_follows_from_one(nearly_all: Shock) -> None:
    prices = nearly_all.rows.filter(unit="ratio")
    assert 1 < prices.select("low", "central", "high").max_horizontal().max() <= BEYOND  # type: ignore[operator]
    congo = figures(nearly_all, "COD", "producer")
    assert congo["output"]["central"] > 0  # type: ignore[operator]
    assert congo["scarcity_rent"]["beyond"]
    assert congo["scarcity_rent"]["central"] is None


def test_within_the_range_nothing_is_marked(store: Store) -> None:
    found = Study(store=store).shock("rare_earths", cut="CHN", share=0.2, year=2009, draws=3)
    assert not found.rows["beyond"].any()
    assert not any("Beyond" in note for note in found.notes)
