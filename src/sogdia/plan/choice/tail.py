"""The mean loss of the worst years, and which years those are."""

from __future__ import annotations

import numpy as np

from sogdia.plan.choice.case import Floats


def tail_weights(loss: Floats, weight: Floats, tail: float) -> Floats:
    """Weight of each year in the mean of the worst 1 - tail, (years,); they add up to 1. weight: adds up to 1.

    >>> tail_weights(np.array([1.0, 5.0, 2.0, 3.0]), np.full(4, 0.25), 0.5).tolist()
    [0.0, 0.5, 0.0, 0.5]
    """
    order = np.argsort(-loss, kind="stable")
    ahead = np.concatenate([[0.0], np.cumsum(weight[order])[:-1]])
    inside = np.empty(len(loss))
    inside[order] = np.clip(1.0 - tail - ahead, 0.0, weight[order])
    return np.asarray(inside / inside.sum())


def tail_loss(loss: Floats, weight: Floats, tail: float) -> float:
    """CVaR: the mean of the worst 1 - tail of the years by weight.

    >>> tail_loss(np.array([1.0, 5.0, 2.0, 3.0]), np.full(4, 0.25), 0.5)
    4.0
    """
    return float(tail_weights(loss, weight, tail) @ loss)
