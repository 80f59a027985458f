"""Bands say how far off a forecast may be: 90 % of the draws of the elasticities with the error of observation.

Around each draw x_i stands a normal distribution with the root mean square error s of the other events' central
forecasts; the ends are quantiles of the mixture,

    F(x) = mean over i of Phi((x - x_i) / s)

A draw without bound keeps its weight at its end. No event judges its own band, under whatever name (see
`size.related`), and a price forecast beyond the model's range is no forecast: it says nothing about the error of
others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sogdia.hindcast.case import Case
from sogdia.hindcast.predict import Prediction
from sogdia.hindcast.size import related
from sogdia.market.traded import Floats
from sogdia.uncertain import BEYOND, HIGH, LOW

HALVINGS = 80
FAR = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """A case in one mode, with what the model says of it."""

    case: Case
    mode: str
    prediction: Prediction

    def beyond(self) -> NDArray[np.bool_]:
        """(importers,) whose price is beyond the model's range, or has no bound because nothing is left to buy."""
        return np.asarray(~(self.prediction.log_price[:, 0] <= math.log(BEYOND)))


def observation_errors(forecasts: Sequence[Forecast]) -> list[tuple[float, float]]:
    """Root mean square errors of share and log price that each case is judged with: those of unrelated events in the
    same mode, over scored pairs of the first year; 0 where there are none.
    """
    squares = [_squares(forecast) for forecast in forecasts]
    errors = []
    for forecast in forecasts:
        others = [
            squared
            for other, squared in zip(forecasts, squares, strict=True)
            if other.mode == forecast.mode and not related(other.case.event, forecast.case.event)
        ]
        errors.append((_root_mean([share for share, _ in others]), _root_mean([price for _, price in others])))
    return errors


def predictive(draws: Floats, error: float) -> tuple[float, float]:
    """Ends of the band: 5 and 95 % quantiles of draws plus a normal error of that standard deviation.

    draws: (draws,), NaN left out; infinite where so much of the draws is, NaN where there is no draw.

    >>> low, high = predictive(np.zeros(3), 1.0)
    >>> round(low, 3), round(high, 3)
    (-1.645, 1.645)
    """
    known = draws[~np.isnan(draws)]
    if not known.size:
        return math.nan, math.nan
    if error <= 0:
        low, high = np.quantile(known, [LOW, HIGH], method="inverted_cdf")
        return float(low), float(high)
    return _quantile(known, error, LOW), _quantile(known, error, HIGH)


def _quantile(draws: Floats, error: float, q: float) -> float:
    """Where the mixture reaches q, by halving the span that surely holds it."""
    if np.mean(np.isneginf(draws)) >= q:
        return -math.inf
    if np.mean(np.isposinf(draws)) >= 1.0 - q:
        return math.inf
    finite = draws[np.isfinite(draws)]
    low, high = float(finite.min()) - FAR * error, float(finite.max()) + FAR * error
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if ndtr((middle - draws) / error).mean() < q:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _root_mean(squares: Sequence[Floats]) -> float:
    every = np.concatenate([np.zeros(0), *squares])
    return math.sqrt(every.mean()) if every.size else 0.0


def _squares(forecast: Forecast) -> tuple[Floats, Floats]:
    """Squared errors of share and of log price that teach the others, each (scored importers,)."""
    case = forecast.case
    if case.unscored(forecast.mode) is not None or case.years_since != 1:
        return np.zeros(0), np.zeros(0)
    share = (forecast.prediction.share[:, 0] - case.supplier_share(case.sources))[case.weighty]
    priced = case.weighty & ~forecast.beyond() & case.has_price
    price = (forecast.prediction.log_price[:, 0] - case.price)[priced]
    return share[np.isfinite(share)] ** 2, price[np.isfinite(price)] ** 2
