"""The mean loss of the worst years, and which years those are."""

from __future__ import annotations

import numpy as np

from sogdia.plan.choice.case import Floats, Integers

SPARE = 1.1
"""Times as many years as the tail would hold if all weighed the same, looked at first."""


def tail_weights(loss: Floats, weight: Floats, tail: float) -> Floats:
    """Weight of each year in the mean of the worst 1 - tail, (years,); they add up to 1. weight: adds up to 1.

    >>> tail_weights(np.array([1.0, 5.0, 2.0, 3.0]), np.full(4, 0.25), 0.5).tolist()
    [0.0, 0.5, 0.0, 0.5]
    """
    worst, inside = _worst(loss, weight, tail)
    found = np.zeros(len(loss))
    found[worst] = inside
    return found


def tail_loss(loss: Floats, weight: Floats, tail: float) -> float:
    """CVaR: the mean of the worst 1 - tail of the years by weight.

    >>> tail_loss(np.array([1.0, 5.0, 2.0, 3.0]), np.full(4, 0.25), 0.5)
    4.0
    """
    worst, inside = _worst(loss, weight, tail)
    return float(inside @ loss[worst])


def _worst(loss: Floats, weight: Floats, tail: float) -> tuple[Integers, Floats]:
    """The years of the tail, worst first and equal ones in their order, and the weight of each in its mean."""
    count = int(SPARE * (1.0 - tail) * len(loss)) + 1
    while True:
        years = _largest(loss, count)
        if len(years) == len(loss) or weight[years].sum() >= 1.0 - tail:
            return years, of_worst(weight[years], tail)
        count *= 2


def of_worst(weight: Floats, tail: float) -> Floats:
    """Weight in the mean of the tail of each year, worst first, of weights that add up to 1 with those left out."""
    ahead = np.concatenate([[0.0], np.cumsum(weight)[:-1]])
    inside = np.clip(1.0 - tail - ahead, 0.0, weight)
    return np.asarray(inside / inside.sum())


def _largest(loss: Floats, count: int) -> Integers:
    """The years whose loss is among the `count` largest, all that are equal to the last of them included, in order."""
    years = np.arange(len(loss))
    if count < len(loss):
        years = np.flatnonzero(loss >= np.partition(loss, -count)[-count])
    return np.asarray(years[np.argsort(-loss[years], kind="stable")])
