"""Are bands quantiles of the draws with the error of observation around each, and finite where the draws are?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.hindcast.bands import predictive

draws = st.lists(st.floats(-20.0, 20.0), min_size=1, max_size=60).map(np.array)
errors = st.floats(1e-3, 5.0)


@given(st.floats(-20.0, 20.0), errors)
def test_without_spread_of_the_draws_the_band_is_the_errors(centre: float, error: float) -> None:
    low, high = predictive(np.full(5, centre), error)
    assert [low, high] == pytest.approx([centre - 1.6448536 * error, centre + 1.6448536 * error], abs=1e-6)


@given(draws)
def test_without_error_the_band_is_of_draws(values: np.ndarray) -> None:
    low, high = predictive(values, 0.0)
    assert {low, high} <= set(values.tolist())
    assert np.mean(values <= low) >= 0.05
    assert np.mean(values >= high) >= 0.05


@given(draws, errors)
def test_the_ends_hold_nine_tenths_of_the_mixture(values: np.ndarray, error: float) -> None:
    """By the distribution function itself, summed draw by draw."""

    def below(x: float) -> float:
        return float(np.mean([0.5 * math.erfc((d - x) / error / math.sqrt(2.0)) for d in values]))

    low, high = predictive(values, error)
    assert [below(low), below(high)] == pytest.approx([0.05, 0.95], abs=1e-6)


@given(draws, errors)
def test_one_wild_draw_of_a_hundred_does_not_set_the_band(values: np.ndarray, error: float) -> None:
    """The band of a symmetric variance would follow it without limit."""
    many = np.resize(values, 99)
    low, high = predictive(np.append(many, 1e6), error)
    assert high <= many.max() + 4 * error
    assert low >= many.min() - 4 * error


@given(draws, errors)
def test_a_tenth_of_draws_without_bound_opens_that_end_alone(values: np.ndarray, error: float) -> None:
    many = np.resize(values, 90)
    low, high = predictive(np.append(many, np.full(10, np.inf)), error)
    assert high == math.inf
    assert math.isfinite(low)
    low, high = predictive(np.append(many, np.full(10, -np.inf)), error)
    assert low == -math.inf
    assert math.isfinite(high)


def test_draws_without_an_answer_are_left_out() -> None:
    assert predictive(np.array([np.nan, 1.0]), 1.0) == predictive(np.array([1.0]), 1.0)
    assert all(math.isnan(end) for end in predictive(np.array([np.nan]), 1.0))
