"""The equilibria of a batch: the prices and quantities that a market settles on, and whether they can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.market import Market, base_consumption
from sogdia.equilibrium.shocks import Shocks
from sogdia.equilibrium.use_cost import choices


class SolveStatus(IntEnum):
    """How a scenario ended. The first two are answers, the others are not."""

    SOLVED = 0
    ISOLATED = 1
    """Solved; at least one consumer has no open lane, so its price is inf and it buys nothing."""
    NO_EQUILIBRIUM = 2
    """Prices rise without bound: demand that answers no price meets supply that cannot grow."""
    NOT_CONVERGED = 3
    """The iteration limit came first."""


@dataclass(frozen=True, slots=True, eq=False)
class Equilibria:
    """The equilibrium of every scenario. Prices are relative to base (1 = unchanged), quantities in tonnes.

    price: producer price `p`, (S, producers) [-]; 0 for a producer who can sell nothing, inf for one who has nothing.
    wedge: scarcity wedge `w >= 1`, (S, lanes) [-]; inf on an embargoed lane.
    delivered: delivered price `d = p w tau`, (S, lanes) [-]. Use it rather than the product, which may be 0 * inf.
    price_paid: mean price of the tonnes bought, `M = sum_l x d / N`, (S, consumers) [-]; inf for an isolated consumer.
    use_cost: `P`, what decides on use, (S, consumers) [-]: the price paid and the cost of having to take other sources
        than in the base year; inf for an isolated consumer.
    purchases: tonnes bought `N`, the sum of the consumer's flows, (S, consumers) [t].
    use: `N + R`, (S, consumers) [t].
    lane_quantity: `sum_j x[l, j]`, (S, lanes) [t].
    output: sum over the producer's lanes, (S, producers) [t].
    status: a `SolveStatus` for each scenario, (S,).
    iterations: evaluations of the market spent on the scenario, (S,).
    residual: largest mismatch of supply and demand of any producer, relative to its base output or, if larger, its
        output, (S,) [-].
    complementarity: largest violation of "the cap holds, the wedge is at least 1, one of the two is tight", (S,) [-].
    hint: for each scenario without an answer, what to do about it.

    A scenario without an answer holds NaN in every field but these last five.
    """

    price: FloatArray
    wedge: FloatArray
    delivered: FloatArray
    price_paid: FloatArray
    use_cost: FloatArray
    purchases: FloatArray
    use: FloatArray
    lane_quantity: FloatArray
    output: FloatArray
    status: IntArray
    iterations: IntArray
    residual: FloatArray
    complementarity: FloatArray
    hint: Mapping[int, str]

    @property
    def solved(self) -> BoolArray:
        """Which scenarios have an answer, (S,)."""
        return np.asarray(self.status <= SolveStatus.ISOLATED)


def flows(market: Market, shocks: Shocks, answer: Equilibria, scenario: int) -> FloatArray:
    """Quantities on every lane to every consumer in one scenario, shape (lanes, consumers) [t].

    `x[l, j] = N[j] s[l, j] exp(-sigma d[l]) / sum_l s[l, j] exp(-sigma d[l])`, which adds up to `N[j]`.
    """
    sigma = market.sigma if shocks.sigma is None else float(shocks.sigma[scenario])
    base = base_consumption(market)
    shares = (market.flows / np.where(base > 0, base, 1.0)).T
    chosen = choices(shares, answer.delivered[scenario], sigma)
    return np.asarray((chosen * np.where(base > 0, answer.purchases[scenario], 0.0)[:, None]).T)
