"""Expected loss and tail loss of weighted years, with their standard errors.

    mean = sum w L / sum w,        se = sqrt(sum w^2 (L - mean)^2) / sum w
    CVaR = mean of the worst 1 - a of the weight,   effective sample size = (sum w)^2 / sum w^2

The standard error of the CVaR is that of the mean of  VaR + max(L - VaR, 0) / (1 - a)  (Rockafellar and Uryasev 2000).
Years without an answer are left out, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import NoAnswerError, wrong_argument

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LossFigures:
    """expected, cvar, and their standard errors, in the unit of the losses; effective_years: of the weights;
    unknown_years: those left out.
    """

    expected: float
    expected_se: float
    cvar: float
    cvar_se: float
    effective_years: float
    unknown_years: int


def loss_figures(loss: Floats, weight: Floats, tail: float) -> LossFigures:
    """Figures of the years' losses. tail: a, the part of years that is not in the tail, 0..1.

    >>> figures = loss_figures(np.array([0.0, 0.0, 0.0, 8.0]), np.ones(4), 0.5)
    >>> figures.expected, figures.cvar, figures.effective_years
    (2.0, 4.0, 4.0)
    """
    known = np.isfinite(loss)
    if not known.any():
        raise NoAnswerError("no year has an answer.")
    value, w = loss[known], weight[known]
    expected, error = _mean(value, w)
    in_tail, at = tail_weights(loss, weight, tail)
    cvar = float((in_tail[known] * value).sum() / in_tail.sum())
    _, cvar_error = _mean(at + np.maximum(value - at, 0.0) / (1.0 - tail), w)
    return LossFigures(
        expected, error, cvar, cvar_error, float(w.sum() ** 2 / (w**2).sum()), int(len(loss) - known.sum())
    )


def tail_weights(loss: Floats, weight: Floats, tail: float) -> tuple[Floats, float]:
    """Weight of each year in the worst 1 - tail of all years, (years,), and the loss at which the tail begins."""
    if not 0 <= tail < 1:
        raise wrong_argument("tail", "a tail begins at a part of the years, 0..1, below 1", "Give e.g. 0.95.", tail)
    known = np.isfinite(loss)
    rows = np.flatnonzero(known)
    order = rows[np.argsort(-loss[rows], kind="stable")]
    ahead = np.concatenate([[0.0], np.cumsum(weight[order])[:-1]])
    room = (1.0 - tail) * weight[known].sum() - ahead
    inside = np.zeros(len(loss))
    inside[order] = np.clip(room, 0.0, weight[order])
    last = order[np.flatnonzero(inside[order] > 0)[-1]]
    return inside, float(loss[last])


def _mean(value: Floats, weight: Floats) -> tuple[float, float]:
    """Weighted mean and its standard error."""
    whole = weight.sum()
    mean = float((weight * value).sum() / whole)
    return mean, float(np.sqrt(((weight * (value - mean)) ** 2).sum()) / whole)
