"""The market in the base year, as arrays.

A market is one product in one base year: how much moved on each lane to each consumer, which producer owns
each lane, and how strongly quantities answer prices. Nothing here knows a country or a mineral.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray, frozen
from sogdia.errors import Fault, InputError


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """The base year and the elasticities.

    flows: base quantity `X[l, j]` on lane l to consumer j, shape (lanes, consumers) [t].
    producer: the producer `i(l)` of each lane, shape (lanes,), in 0..producers-1.
    sigma: elasticity of substitution between lanes, above 1 [-].
    eta: absolute price elasticity of demand, shape (consumers,), not negative [-].
    eps: price elasticity of supply, shape (producers,), not negative [-].

    `eps[i] + eta[j] > 0` must hold for every pair, or neither side answers a price and none clears the market.
    A lane, consumer or producer whose base quantity is 0 takes no part and keeps its price of 1.

    >>> market = Market(flows=[[60.0, 0.0], [20.0, 20.0]], producer=[0, 1], sigma=2.5, eta=[0.2, 0.2], eps=[0.2, 0.2])
    >>> market.lanes, market.producers, market.consumers
    (2, 2, 2)
    >>> base_output(market).tolist()
    [60.0, 40.0]
    """

    flows: FloatArray
    producer: IntArray
    sigma: float
    eta: FloatArray
    eps: FloatArray

    def __post_init__(self) -> None:
        owner = np.array(self.producer, dtype=np.int64)
        owner.setflags(write=False)
        object.__setattr__(self, "flows", frozen(self.flows))
        object.__setattr__(self, "producer", owner)
        object.__setattr__(self, "sigma", float(self.sigma))
        object.__setattr__(self, "eta", frozen(self.eta))
        object.__setattr__(self, "eps", frozen(self.eps))
        faults = _faults(self)
        if faults:
            raise InputError(faults)

    @property
    def lanes(self) -> int:
        """Number of lanes."""
        return int(self.flows.shape[0])

    @property
    def consumers(self) -> int:
        """Number of consumers."""
        return int(self.flows.shape[1])

    @property
    def producers(self) -> int:
        """Number of producers."""
        return int(self.eps.shape[0])


def base_consumption(market: Market) -> FloatArray:
    """Base quantity of each consumer, `Q0[j] = sum_l X[l, j]`, shape (consumers,) [t]."""
    return np.asarray(market.flows.sum(axis=0))


def base_lane_quantity(market: Market) -> FloatArray:
    """Base quantity of each lane, `sum_j X[l, j]`, shape (lanes,) [t]."""
    return np.asarray(market.flows.sum(axis=1))


def base_output(market: Market) -> FloatArray:
    """Base output of each producer, `Y0[i]`, the sum over its lanes, shape (producers,) [t]."""
    quantity = base_lane_quantity(market)
    return np.bincount(market.producer, weights=quantity, minlength=market.producers).astype(np.float64)


def _faults(market: Market) -> list[Fault]:
    if market.flows.ndim != 2 or market.eta.ndim != 1 or market.eps.ndim != 1 or market.producer.ndim != 1:
        found = ", ".join(f"{name} {getattr(market, name).shape}" for name in ("flows", "producer", "eta", "eps"))
        rule = "flows must be (lanes, consumers), producer (lanes,), eta (consumers,), eps (producers,)"
        return [Fault("market", rule, "Reshape the arrays.", value=found)]
    faults = []
    lanes, consumers = market.flows.shape
    for column, length, size, axis in (
        ("producer", market.producer.size, lanes, "lanes"),
        ("eta", market.eta.size, consumers, "consumers"),
    ):
        if length != size:
            rule = f"its length must be the number of {axis} in flows, {size}"
            faults.append(
                Fault("market", rule, f"Give one entry for each of the {axis}.", column=column, value=str(length))
            )
    outside = (market.producer < 0) | (market.producer >= market.eps.size)
    faults += entry_faults(
        "market",
        "producer",
        market.producer,
        outside,
        f"a lane's producer must be in 0..{market.eps.size - 1}, the range of eps",
        "Number the producers from 0 and give eps for each.",
    )
    positive = "must be a finite number that is not negative"
    for column, values in (("flows", market.flows), ("eta", market.eta), ("eps", market.eps)):
        bad = ~(np.isfinite(values) & (values >= 0))
        faults += entry_faults(
            "market", column, values, bad, positive, "Repair or drop the entry; unknown is not zero."
        )
    if not (np.isfinite(market.sigma) and market.sigma > 1):
        faults.append(Fault("market", SIGMA_RULE, SIGMA_REMEDY, column="sigma", value=str(market.sigma)))
    if not faults and market.flows.sum() <= 0:
        faults.append(
            Fault("market", "nothing is traded", "Give at least one positive flow.", column="flows", value="0")
        )
    if not faults and market.eps.min() + market.eta.min() <= 0:
        faults.append(Fault("market", VERTICAL_RULE, VERTICAL_REMEDY, column="eps, eta", value="0 and 0"))
    return faults


SIGMA_RULE = "sigma must be above 1: at 1 or below no supplier can be replaced, and an embargo has no answer"
SIGMA_REMEDY = "Take an elasticity of substitution between suppliers, typically 2 to 8."
VERTICAL_RULE = "a producer with eps = 0 faces a consumer with eta = 0, so no price can clear the market"
VERTICAL_REMEDY = "Raise the elasticity of supply or of demand above zero."


def entry_faults(
    file: str, column: str, values: FloatArray | IntArray, bad: BoolArray, rule: str, remedy: str
) -> list[Fault]:
    """One fault for all bad entries of an array, naming the first by its index."""
    where = np.argwhere(bad)
    if where.size == 0:
        return []
    first = tuple(int(k) for k in where[0])
    index = ", ".join(str(k) for k in first)
    more = "" if len(where) == 1 else f" ({len(where)} such entries)"
    return [Fault(file, rule + more, remedy, column=f"{column}[{index}]", value=str(values[first]))]
