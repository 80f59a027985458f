"""Quantiles of forecasts, and how good they are: coverage, width, interval score and CRPS.

With quantiles q[k] at levels u[k], y what was observed, l and h the 5 and 95 % quantiles, alpha = 0.1:

    CRPS            = mean over k of  2 (1[y < q[k]] - u[k]) (q[k] - y)          twice the mean pinball loss
    interval score  = h - l + 2/alpha max(l - y, 0) + 2/alpha max(y - h, 0)      (Gneiting & Raftery 2007)

Both are in the unit of y, and smaller is better.
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.panel.error_fit import LEVELS
from sogdia.market.traded import Floats
from sogdia.uncertain import HIGH, LOW

ALPHA = 1.0 - (HIGH - LOW)


def crps(quantile: Floats, observed: Floats) -> Floats:
    """CRPS of each forecast, (forecasts,). quantile: (forecasts, levels) at LEVELS.

    >>> round(float(crps(np.full((1, len(LEVELS)), 2.0), np.array([5.0]))[0]), 2)
    3.0
    """
    off = quantile - observed[:, np.newaxis]
    return np.asarray((2.0 * ((off > 0) - LEVELS) * off).mean(axis=1))


def ends(quantile: Floats) -> tuple[Floats, Floats]:
    """The 5 and 95 % quantiles, (forecasts,) each."""
    low, high = (_at(quantile, level) for level in (LOW, HIGH))
    return low, high


def interval_score(low: Floats, high: Floats, observed: Floats) -> Floats:
    """Interval score of 90 % bands.

    >>> interval_score(np.array([0.0]), np.array([2.0]), np.array([3.0])).round(9).tolist()
    [22.0]
    """
    missed = np.maximum(low - observed, 0.0) + np.maximum(observed - high, 0.0)
    return np.asarray(high - low + 2.0 / ALPHA * missed)


def mixture(centres: Floats, weight: Floats, errors: Floats) -> Floats:
    """Quantiles of forecasts that mix sets, each with the same errors around it, (forecasts, levels).

    centres, weight: (forecasts, sets); errors: (forecasts, levels), quantiles of the error.
    """
    used = weight > 0
    out = np.empty(errors.shape)
    for row in range(len(errors)):
        own = used[row]
        values = (centres[row, own][:, np.newaxis] + errors[row]).ravel()
        share = np.repeat(weight[row, own], errors.shape[1])
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(share[order]) - 0.5 * share[order]
        out[row] = np.interp(LEVELS, reached / share.sum(), values[order])
    return out


def _at(quantile: Floats, level: float) -> Floats:
    """Quantiles at a level between those of LEVELS."""
    upper = int(np.searchsorted(LEVELS, level))
    part = (level - LEVELS[upper - 1]) / (LEVELS[upper] - LEVELS[upper - 1])
    return np.asarray((1.0 - part) * quantile[:, upper - 1] + part * quantile[:, upper])
