"""Draws of the elasticities between their low and high ends say how uncertain an answer is; the first is central.

Each elasticity is drawn log-normal around its central value, with the low and high ends as its 5 % and 95 % quantiles
(the two sides may differ). Draws are keyed by (seed, draw): they do not depend on the batch they are solved in.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from sogdia.data.elasticities import Elasticities, Elasticity
from sogdia.errors import wrong_argument
from sogdia.market.traded import Floats

NORMAL_95 = 1.6448536269514722
SUBSTITUTION_MARGIN = 1.05


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """sigma, eta, eps: (draws,) each; entry 0 holds the central values."""

    sigma: Floats
    eta: Floats
    eps: Floats


def draw(elasticities: Elasticities, count: int, seed: int = 0) -> Draws:
    """`count` draws, the first at the central values. sigma stays above 1 and above eta, as the market needs."""
    require_draws(count)
    normal = _normals(count, seed)
    sigma, eta, eps = (
        log_normal(r, normal[:, k]) for k, r in enumerate((elasticities.sigma, elasticities.eta, elasticities.eps))
    )
    return Draws(np.maximum(sigma, SUBSTITUTION_MARGIN * np.maximum(1.0, eta)), eta, eps)


def _normals(count: int, seed: int) -> Floats:
    """Standard normal numbers of each draw, (count, 3); 0 in the first."""
    bits = np.random.Philox(key=[seed, 0])
    stream, start = np.random.Generator(bits), bits.state
    normal = np.zeros((count, 3))
    for number in range(1, count):
        # One stream set to each key in turn: making a generator takes eight times as long.
        start["state"]["key"][1] = number
        bits.state = start
        stream.standard_normal(out=normal[number])
    return normal


def require_draws(count: object) -> None:
    """InputError unless the number of draws is a whole number from 1 up."""
    if isinstance(count, bool) or not isinstance(count, Integral) or int(count) < 1:
        rule, remedy = "a number of draws is a whole number, 1 or more", "Leave it out for the usual number."
        raise wrong_argument("draws", rule, remedy, count)


def log_normal(elasticity: Elasticity, normal: Floats) -> Floats:
    """Standard normal draws as draws of a range: its ends are the 5 % and 95 % quantiles, its centre the median."""
    down = np.log(elasticity.central / elasticity.low) / NORMAL_95
    up = np.log(elasticity.high / elasticity.central) / NORMAL_95
    return np.asarray(elasticity.central * np.exp(np.where(normal < 0, down, up) * normal))
