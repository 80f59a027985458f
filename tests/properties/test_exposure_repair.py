"""What must hold of repaired weights whatever the trade is."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sogdia.data.repair import LEAST_WEIGHED, bands, repair

KEY = ["year", "exporter", "importer", "hs6"]
CHEAPEST, DEAREST = 5.0, 15.0
"""Unit values of clean trade lie between these, kUSD/t."""


@st.composite
def clean_trade(draw, least: int = 1):
    """Flows of one code and year whose unit values lie within a factor of three of each other."""
    size = draw(st.integers(least, 15))
    values = draw(st.lists(st.floats(1, 1e5), min_size=size, max_size=size))
    unit_values = draw(st.lists(st.floats(CHEAPEST, DEAREST), min_size=size, max_size=size))
    return pl.DataFrame(
        {
            "year": [2020] * size,
            "exporter": [f"E{n:02}" for n in range(size)],
            "importer": ["JPN"] * size,
            "hs6": ["284690"] * size,
            "value_kusd": values,
            "quantity_t": [value / unit for value, unit in zip(values, unit_values, strict=True)],
        }
    )


def within_the_clean_range(completed: float, truth: float) -> bool:
    """Priced like some other flow, so off by no more than the cheapest and the dearest are apart."""
    widest = DEAREST / CHEAPEST * (1 + 1e-9)
    return truth / widest <= completed <= truth * widest


def known_part(trade: pl.DataFrame, row: int) -> float:
    """Part of the value that keeps its weight when one flow loses its own."""
    return 1 - trade["value_kusd"][row] / trade["value_kusd"].sum()


def with_quantity(trade: pl.DataFrame, row: int, quantity: float | None) -> pl.DataFrame:
    numbers = trade["quantity_t"].to_list()
    return trade.with_columns(
        pl.Series("quantity_t", [*numbers[:row], quantity, *numbers[row + 1 :]], dtype=pl.Float64)
    )


@given(clean_trade())
def test_clean_trade_is_left_as_it_is(trade):
    repaired = repair(trade).sort(KEY)
    assert set(repaired["quality"]) == {"reported"}
    for column in ("quantity_t", "quantity_reported_t", "quantity_completed_t"):
        assert repaired[column].to_list() == trade.sort(KEY)["quantity_t"].to_list()


@given(clean_trade(least=4), st.data())
def test_kilograms_for_tonnes_in_one_flow_are_caught_and_brought_back_into_the_band(trade, data):
    row = data.draw(st.integers(0, trade.height - 1))
    others = trade["value_kusd"].sum() - trade["value_kusd"][row]
    assume(trade["value_kusd"][row] < others)  # a flow worth more than all others together sets the centre itself
    truth = trade["quantity_t"][row]
    wrong = with_quantity(trade, row, truth * 1000)
    repaired = repair(wrong).sort(KEY)
    assert list(repaired["quality"]) == ["absurd" if n == row else "reported" for n in range(trade.height)]
    assert within_the_clean_range(repaired["quantity_t"][row], truth)
    assert repaired["quantity_reported_t"][row] == truth * 1000


@given(clean_trade(least=2), st.data())
def test_a_missing_weight_is_flagged_completed_and_nothing_else_changes(trade, data):
    row = data.draw(st.integers(0, trade.height - 1))
    assume(known_part(trade, row) >= LEAST_WEIGHED)
    repaired = repair(with_quantity(trade, row, None)).sort(KEY)
    assert repaired["quality"].to_list() == ["missing" if n == row else "reported" for n in range(trade.height)]
    assert repaired["quantity_t"][row] is None
    assert within_the_clean_range(repaired["quantity_completed_t"][row], trade["quantity_t"][row])
    kept = [q for n, q in enumerate(trade["quantity_t"]) if n != row]
    assert [q for n, q in enumerate(repaired["quantity_t"]) if n != row] == kept


@given(clean_trade(least=2))
def test_an_imputed_weight_has_the_unit_value_of_the_centre(trade):
    assume(known_part(trade, 0) >= LEAST_WEIGHED)
    wrong = with_quantity(trade, 0, None)
    centre = bands(wrong)["centre"].exp().item()
    repaired = repair(wrong).filter(pl.col("quality") == "missing")
    assert (repaired["value_kusd"] / repaired["quantity_completed_t"]).item() == pytest.approx(centre)


@given(clean_trade(least=2), st.floats(1.01, 1e3))
def test_flows_that_are_hardly_any_of_the_value_complete_no_other(trade, above):
    others = trade["value_kusd"][1:].sum()
    largest = above * others * (1 - LEAST_WEIGHED) / LEAST_WEIGHED
    dominated = trade.with_columns(pl.Series("value_kusd", [largest, *trade["value_kusd"][1:]]))
    assert known_part(dominated, 0) < LEAST_WEIGHED
    assert repair(with_quantity(dominated, 0, None)).sort(KEY)["quantity_completed_t"][0] is None


@given(clean_trade(), st.floats(1e-3, 1e3))
def test_a_common_change_of_price_changes_no_flag(trade, factor):
    dearer = trade.with_columns(pl.col("value_kusd") * factor)
    assert repair(dearer).sort(KEY)["quality"].to_list() == repair(trade).sort(KEY)["quality"].to_list()


@given(clean_trade(), st.randoms(use_true_random=False))
def test_the_order_of_flows_does_not_matter(trade, random):
    order = list(range(trade.height))
    random.shuffle(order)
    assert_frame_equal(repair(trade[order]).sort(KEY), repair(trade).sort(KEY))
