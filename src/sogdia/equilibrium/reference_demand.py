"""The demand systems of the slow path: logit, which the model uses, and CES, which published figures rest on.

Both give flows by lane and consumer from delivered prices by flow, and how flows answer them:
`d x[l, j] / d log d[k, j] = x[l, j] pull[j] spread[k, j]`, less `own[l, j]` where k is l.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from sogdia.equilibrium.arrays import FloatArray


class DemandSystem(Enum):
    """How consumers choose between lanes."""

    LOGIT = "logit"
    """Tonnes, by differences of price; tonnes add up."""
    CES = "ces"
    """An aggregate of varieties, by ratios of price; tonnes do not add up."""


@dataclass(frozen=True, slots=True, eq=False)
class Buyers:
    """shares: of the base by lane (lanes, consumers); flows: in the base [t]; eta, log_demand: shifter, outside:
    relative to base (consumers)."""

    sigma: float
    shares: FloatArray
    flows: FloatArray
    eta: FloatArray
    log_demand: FloatArray
    outside: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """quantity, spread, own (lanes, consumers); log_cost: log of use cost or price index, pull (consumers)."""

    quantity: FloatArray
    spread: FloatArray
    own: FloatArray
    log_cost: FloatArray
    pull: FloatArray


def bought(system: DemandSystem, buyers: Buyers, log_price: FloatArray) -> Bought:
    """What is bought at log delivered prices, (lanes, consumers)."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        return (_logit if system is DemandSystem.LOGIT else _ces)(buyers, log_price)


def _logit(buyers: Buyers, log_price: FloatArray) -> Bought:
    """`x = N s exp(-sigma d) / Z`, `P = -log Z / sigma`."""
    price = np.exp(log_price)
    least = price.min(axis=0)
    picked = buyers.shares * np.exp(-buyers.sigma * (price - least))
    cost = least - np.log(picked.sum(axis=0)) / buyers.sigma
    wanted, use = _use(buyers, np.log(cost))
    quantity = buyers.flows * use * np.exp(-buyers.sigma * (price - cost))
    elasticity = buyers.eta * wanted / np.where(use > 0, use, np.inf)
    return Bought(
        quantity=quantity,
        spread=picked / picked.sum(axis=0) * price,
        own=buyers.sigma * price * quantity,
        log_cost=np.log(cost),
        pull=buyers.sigma - elasticity / cost,
    )


def _ces(buyers: Buyers, log_price: FloatArray) -> Bought:
    """`x = X / Q0 N (d / P)^-sigma`, `P = (sum_l s d^(1 - sigma))^(1 / (1 - sigma))`."""
    spending = buyers.shares * np.exp((1 - buyers.sigma) * log_price)
    index = np.log(spending.sum(axis=0)) / (1 - buyers.sigma)
    wanted, use = _use(buyers, index)
    quantity = buyers.flows * use * np.exp(-buyers.sigma * (log_price - index))
    elasticity = buyers.eta * wanted / np.where(use > 0, use, np.inf)
    return Bought(
        quantity=quantity,
        spread=spending / spending.sum(axis=0),
        own=buyers.sigma * quantity,
        log_cost=index,
        pull=buyers.sigma - elasticity,
    )


def _use(buyers: Buyers, log_cost: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What is wanted from all sides and what is left to buy, relative to base, (consumers)."""
    wanted = np.exp(buyers.log_demand - buyers.eta * log_cost)
    return wanted, np.maximum(wanted - buyers.outside, 0.0)
