"""Scores of bands have closed forms, the fit of the error finds what was planted, the bootstrap is repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from sogdia.hindcast.panel.bands import crps, ends, interval_score, mixture
from sogdia.hindcast.panel.bootstrap import line_intervals, mean_interval
from sogdia.hindcast.panel.error_fit import LEVELS, Residuals, fit
from sogdia.hindcast.panel.score import correlation, ranks


def test_crps_of_a_normal_forecast_is_the_closed_form() -> None:
    """CRPS of N(0, 1) at 0 is (sqrt 2 - 1) / sqrt pi = 0.2337; at a far y it is near |y| - 1 / sqrt pi."""
    quantile = np.tile(ndtri(LEVELS), (2, 1))
    found = crps(quantile, np.array([0.0, 6.0]))
    assert found == pytest.approx([(np.sqrt(2) - 1) / np.sqrt(np.pi), 6.0 - 1.0 / np.sqrt(np.pi)], abs=0.01)


def test_a_band_is_scored_by_its_width_and_its_misses() -> None:
    low, high, seen = np.zeros(3), np.full(3, 2.0), np.array([1.0, 3.0, -0.5])
    assert interval_score(low, high, seen) == pytest.approx([2.0, 22.0, 12.0])


def test_the_ends_are_the_5_and_95_per_cent_quantiles() -> None:
    low, high = ends(LEVELS[np.newaxis])
    assert (low[0], high[0]) == pytest.approx((0.05, 0.95))


def test_sets_without_weight_do_not_move_a_mixture() -> None:
    errors = ndtri(LEVELS)[np.newaxis]
    alone = mixture(np.array([[1.0, 50.0]]), np.array([[1.0, 0.0]]), errors)
    np.testing.assert_allclose(alone, 1.0 + errors, atol=1e-9)
    both = mixture(np.array([[-3.0, 3.0]]), np.array([[0.5, 0.5]]), errors)
    assert both[0, -1] > alone[0, -1]
    assert both[0].mean() == pytest.approx(0.0, abs=1e-6)


def test_the_fit_finds_how_the_error_grows() -> None:
    generator = np.random.Generator(np.random.Philox(key=2))
    volatility, size = generator.uniform(0.1, 1.0, 20_000), generator.uniform(0.0, 1.0, 20_000)
    scale = np.sqrt(0.2**2 + (0.5 * volatility) ** 2 + (0.8 * size) ** 2)
    off = scale * generator.laplace(0.0, 1.0, 20_000)
    found = fit("log_price", Residuals(off, volatility, size, np.arange(20_000)))
    assert [found.floor, found.by_volatility, found.by_size] == pytest.approx([0.2, 0.5, 0.8], rel=0.12)
    band = [float(found.draws(0.5, 0.5, np.array([level]))[0]) for level in (0.05, 0.95)]
    spread = np.sqrt(0.2**2 + 0.25**2 + 0.4**2) * np.log(10.0)
    assert band == pytest.approx([-spread, spread], rel=0.1)


def test_an_interval_is_repeatable_and_knows_that_importers_of_an_episode_go_together() -> None:
    generator = np.random.Generator(np.random.Philox(key=3))
    episode = np.repeat(np.arange(50), 4)
    values = generator.normal(size=50)[episode]
    first = mean_interval(values, episode, 500, seed=7)
    assert first == mean_interval(values, episode, 500, seed=7)
    alone = mean_interval(values, np.arange(200), 500, seed=7)
    assert first[1] - first[0] > 1.5 * (alone[1] - alone[0])


def test_the_interval_of_a_slope_holds_the_slope() -> None:
    generator = np.random.Generator(np.random.Philox(key=4))
    episode = np.repeat(np.arange(60), 3)
    x = generator.normal(size=180)
    y = 0.7 * x + 0.2 * generator.normal(size=180)
    of_correlation, of_slope = line_intervals(x, y, episode, 400)
    assert of_slope[0] < 0.7 < of_slope[1]
    assert of_slope[1] - of_slope[0] < 0.1
    assert of_correlation[0] < correlation(x, y) < of_correlation[1]
    assert np.isnan(line_intervals(x, np.ones(180), episode, 50)).all()


def test_two_episodes_have_no_interval() -> None:
    assert np.isnan(mean_interval(np.ones(4), np.array([0, 0, 1, 1]), 50)).all()


def test_rank_correlation_does_not_mind_how_far_apart_values_are() -> None:
    one = np.array([1.0, 2.0, 3.0, 4.0])
    assert correlation(ranks(one), ranks(np.exp(10 * one))) == pytest.approx(1.0)
    assert np.isnan(correlation(one, np.ones(4)))
