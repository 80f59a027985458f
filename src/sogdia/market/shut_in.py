"""Shut-in: a producer whose price no longer covers avoidable cost stops, so that its price does not fall to nothing.

A power law alone would sell at any price: under an embargo on four fifths of its sales a producer of elasticity 0.2
would sell at home for a hundredth of base. Below a floor f (`shut_in_price`) it would rather leave output idle. In the
model it sells that to itself, on a lane of its own to a buyer of its own:

    idle[i] = d Y0[i] p[i]^(-e),   e = ln(1 / d) / ln(1 / f)

With d (`shut_in_slack`) a ten-thousandth nothing is idle at the base price, and at p = f as much as base output: net
supply a Y0 p^eps - idle falls from nearly all to nothing within a little of the floor. The kernel needs no new term,
and the base stays the base, for Y0 holds the idle part. What is idle counts neither as output nor as use; the surplus
of the producer is the area left of net supply, so that of what it sells itself is added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.data.market_rules import MarketRules
from sogdia.equilibrium import Equilibria, Market
from sogdia.market.events import Effects
from sogdia.market.events.effects import left_by_lane
from sogdia.market.lanes import Lanes
from sogdia.market.traded import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Idle:
    """producers: numbers of those that can leave output idle (n,). base_t: idle in the base year (n,) [t], the part
    slack of output, d. elasticity: e.
    """

    producers: NDArray[np.int64]
    base_t: Floats
    slack: float
    elasticity: float

    def nobody(self) -> Idle:
        """The same with no producer at all."""
        return replace(self, producers=self.producers[:0], base_t=self.base_t[:0])


def idle_of(flows: Floats, lanes: Lanes, effects: Effects, rules: MarketRules) -> Idle:
    """Who may stop: everybody where demand falls, else producers of a limited, taxed or dearer lane that still sell.

    flows: base quantity (lanes, consumers) [t].
    """
    squeezed = (left_by_lane(effects) < 1.0) | (effects.cost * (1.0 + effects.duty) > 1.0)
    concerned = np.arange(len(effects.supply)) if (effects.demand < 1.0).any() else np.unique(lanes.producer[squeezed])
    output = np.bincount(lanes.producer, flows.sum(axis=1), len(effects.supply)).astype(np.float64)
    sells = np.bincount(lanes.producer, flows.sum(axis=1) * (effects.cap > 0), len(effects.supply)) > 0
    concerned = concerned[sells[concerned] & (effects.supply[concerned] > 0)]
    elasticity = float(np.log(1.0 / rules.shut_in_slack) / np.log(1.0 / rules.shut_in_price))
    slack = rules.shut_in_slack
    return Idle(concerned.astype(np.int64), slack * output[concerned], slack, elasticity)


def with_idle(market: Market, idle: Idle) -> Market:
    """The market with a lane and a buyer more for each producer that may stop."""
    if not len(idle.producers):
        return market
    more = len(idle.producers)
    flows = np.zeros((market.lanes + more, market.consumers + more))
    flows[: market.lanes, : market.consumers] = market.flows
    flows[market.lanes :, market.consumers :] = np.diag(idle.base_t)
    owner = np.concatenate([market.producer, idle.producers])
    return Market(flows, owner, market.sigma, np.concatenate([market.eta, np.full(more, idle.elasticity)]), market.eps)


def without_idle(answer: Equilibria, lanes: int, consumers: int, idle: Idle) -> Equilibria:
    """The answer on the lanes and for the consumers that there are; what is idle is no output."""
    output = answer.output.copy()
    output[:, idle.producers] -= answer.lane_quantity[:, lanes:]
    return replace(
        answer,
        wedge=answer.wedge[:, :lanes],
        delivered=answer.delivered[:, :lanes],
        lane_quantity=answer.lane_quantity[:, :lanes],
        price_paid=answer.price_paid[:, :consumers],
        use_cost=answer.use_cost[:, :consumers],
        purchases=answer.purchases[:, :consumers],
        use=answer.use[:, :consumers],
        output=np.maximum(output, 0.0),
    )


def kept_from_loss(idle: Idle, price: Floats, producers: int) -> Floats:
    """Surplus that stopping keeps a producer from losing, over base sales, (draws, producers) [-].

    `d (p^(1 - e) - 1) / (e - 1)` for those that may stop, else 0; price: of the producers.
    """
    saved = np.zeros((len(price), producers))
    own, power = price[:, idle.producers], idle.elasticity - 1.0
    low = np.where(own > 0, own, 1.0)
    saved[:, idle.producers] = np.where(own > 0, idle.slack * np.expm1(-power * np.log(low)) / power, 0.0)
    return saved
