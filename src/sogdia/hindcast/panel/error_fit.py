"""The fit of the model's own error: how its scale follows the volatility of the code and the size of the prediction.

With r = observed - predicted, the coefficients minimise the mean of  ln s + |r| / s  over pairs, s^2 = a^2 + (b v)^2 +
(c m)^2, which is the likelihood of a double exponential: a few wild pairs do not decide. z = r / s are then read off as
quantiles at fixed levels. Every episode weighs the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from sogdia.data.model_error import ModelError
from sogdia.hindcast.panel.prices import Ints
from sogdia.market.traded import Floats

STEPS = 40
LEVELS = (np.arange(STEPS) + 0.5) / STEPS
LEAST_SCALE = 1e-3
START = (0.5, 0.5, 0.5)
"""Relative to the mean error: where the search begins."""


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """What the fit sees, (pairs,) each: observed less predicted, volatility of the code, size of the prediction, and
    the number of the episode.
    """

    off: Floats
    volatility: Floats
    size: Floats
    episode: Ints

    def where(self, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Residuals:
        """Some of them."""
        return Residuals(self.off[chosen], self.volatility[chosen], self.size[chosen], self.episode[chosen])


def fit(measure: str, seen: Residuals) -> ModelError:
    """The error that fits the residuals best.

    >>> some = np.linspace(-1.0, 1.0, 201)
    >>> found = fit("share", Residuals(some, np.zeros(201), np.zeros(201), np.arange(201)))
    >>> scale = found.scale(0.0, 0.0)
    >>> round(float(scale), 1), round(float(found.quantiles[-1] * scale), 2)
    (0.5, 0.98)
    """
    _, place, size = np.unique(seen.episode, return_inverse=True, return_counts=True)
    weight = 1.0 / size[place]
    weight = weight / weight.sum()
    usual = float(weight @ np.abs(seen.off))
    features = np.array([np.ones(len(seen.off)), seen.volatility**2, seen.size**2])
    reference = np.maximum(usual**2 / np.maximum(features @ weight, LEAST_SCALE**2), LEAST_SCALE**2)

    def cost(logs: Floats) -> float:
        scale = np.sqrt(np.exp(2.0 * logs) * reference @ features + LEAST_SCALE**2)
        return float(weight @ (np.log(scale) + np.abs(seen.off) / scale))

    best = minimize(cost, np.log(START), method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-6, "maxiter": 600})
    a, b, c = np.exp(np.maximum(best.x, -10.0)) * np.sqrt(reference)
    shell = ModelError(measure, float(max(a, LEAST_SCALE)), float(b), float(c), LEVELS, np.zeros(STEPS))
    z = seen.off / shell.scale(seen.volatility, seen.size)
    return ModelError(measure, shell.floor, shell.by_volatility, shell.by_size, LEVELS, quantiles(z, weight, LEVELS))


def quantiles(values: Floats, weight: Floats, levels: Floats) -> Floats:
    """Quantiles of weighted values, (levels,), linear between the middles of their steps.

    >>> quantiles(np.array([3.0, 1.0]), np.array([0.5, 0.5]), np.array([0.5])).tolist()
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order]) - 0.5 * weight[order]
    return np.interp(levels, reached / weight.sum(), values[order])
