"""The model's own error is drawn from the table as its formula says, and widens with volatility and size."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.data.model_error import LOG_PRICE, SHARE, TONNES, ModelError, model_error, volatility
from sogdia.errors import UnknownNameError

MEASURES = (LOG_PRICE, SHARE, TONNES)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_embedded_errors_rise_with_their_level_and_cite_the_backtest(store: Store, measure: str) -> None:
    error = model_error(store, measure)
    assert (np.diff(error.levels) > 0).all()
    assert (np.diff(error.quantiles) >= 0).all()
    assert error.quantiles[0] < 0 < error.quantiles[-1]
    assert error.source_ids == ("SOGDIA_BACKTEST",)
    assert error.scale(0.5, 0.5) > error.scale(0.1, 0.1) > 0


def test_draws_are_the_scale_times_the_quantile() -> None:
    error = ModelError("share", 0.3, 0.5, 0.0, np.array([0.1, 0.5, 0.9]), np.array([-1.0, 0.0, 2.0]))
    drawn = error.draws(0.8, np.array([0.0, 0.0, 7.0]), np.array([0.5, 0.7, 0.99]))
    assert drawn == pytest.approx([0.0, 0.5, 1.0]), "scale 0.5; beyond the last level its quantile holds"


def test_the_band_of_a_usual_price_is_wide(store: Store) -> None:
    """Nine of ten prices lie within a factor of five, and not within a tenth, where little is predicted."""
    error = model_error(store, LOG_PRICE)
    low, high = error.draws(volatility(store, LOG_PRICE, ["260300"]), 0.1, np.array([0.05, 0.95]))
    assert -np.log(5.0) < low < -0.1
    assert 0.1 < high < np.log(5.0)


def test_a_market_has_the_median_volatility_of_its_codes_and_an_unknown_code_that_of_all(store: Store) -> None:
    one, other = (volatility(store, LOG_PRICE, [code]) for code in ("260300", "711031"))
    assert volatility(store, LOG_PRICE, ["260300", "711031"]) == pytest.approx((one + other) / 2)
    every = store.scan("code_volatility").collect().filter(measure=LOG_PRICE)["volatility"].median()
    assert volatility(store, LOG_PRICE, ["999999"]) == pytest.approx(every)


def test_an_unknown_measure_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="log_price"):
        model_error(store, "price")
