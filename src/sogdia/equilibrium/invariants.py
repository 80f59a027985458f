"""The conditions that define an equilibrium, and how far an answer violates them.

Each function works from the published fields of market, shocks and answer alone, and returns the largest violation in
each scenario, shape (S,): 0 is perfect. A scenario without an answer gives NaN.
"""

from __future__ import annotations

import numpy as np

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.equilibria import Equilibria, flows
from sogdia.equilibrium.market import Market, base_consumption, base_lane_quantity, base_output
from sogdia.equilibrium.shocks import Shocks
from sogdia.equilibrium.use_cost import choices


def imbalance(market: Market, shocks: Shocks, answer: Equilibria) -> FloatArray:
    """Producers' `|sum_l x - y(p)|`, relative to base output or, if larger, output.

    A producer without supply response whose price fell to 0 may leave part of its output unsold.
    """
    base = base_output(market)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        eps = market.eps if shocks.eps is None else shocks.eps
        supply = np.where(eps == 0, 1.0, answer.price**eps)
        if shocks.supply is not None:
            supply = np.where(shocks.supply == 0, 0.0, shocks.supply * supply)
        if shocks.ceiling is not None:
            supply = np.minimum(supply, shocks.ceiling)
        produced = answer.output / np.where(base > 0, base, 1.0)
    unsold = (eps == 0) & (answer.price == 0)
    over = np.where(unsold, np.maximum(produced - supply, 0.0), np.abs(produced - supply))
    return np.asarray((over / np.maximum(produced, 1.0))[:, base > 0].max(axis=1))


def slackness(market: Market, shocks: Shocks, answer: Equilibria) -> FloatArray:
    """Capped lanes' violation of `x <= K X`, `w >= 1`, and one of the two tight, relative to the cap."""
    low = np.maximum(1.0 - answer.wedge, 0.0).max(axis=1)
    if shocks.cap is None:
        return np.asarray(np.maximum(low, (answer.wedge - 1.0).max(axis=1)))
    base = base_lane_quantity(market)
    capped = np.isfinite(shocks.cap) & (shocks.cap > 0) & (base > 0)
    room = 1.0 - answer.lane_quantity / np.where(capped, np.where(capped, shocks.cap, 0.0) * base, 1.0)
    both = np.where(capped, np.maximum(np.minimum(answer.wedge - 1.0, room), -room), 0.0)
    leak = np.where(shocks.cap == 0, answer.lane_quantity, 0.0) / np.where(base > 0, base, 1.0)
    loose = np.where(np.isfinite(shocks.cap), 0.0, np.abs(answer.wedge - 1.0))
    return np.asarray(np.maximum.reduce([low, both.max(axis=1), leak.max(axis=1), loose.max(axis=1)]))


def lost_tonnes(market: Market, shocks: Shocks, answer: Equilibria) -> FloatArray:
    """Consumers' `|sum_l x - N| / Q0`, the tonnes on all lanes against what they buy, and lanes' likewise."""
    worst = np.full(shocks.scenarios, np.nan)
    bought, moved = base_consumption(market), base_lane_quantity(market)
    for scenario in np.flatnonzero(answer.solved):
        quantity = flows(market, shocks, answer, int(scenario))
        off_bought = np.abs(quantity.sum(axis=0) - answer.purchases[scenario]) / np.where(bought > 0, bought, 1.0)
        off_moved = np.abs(quantity.sum(axis=1) - answer.lane_quantity[scenario])
        off_moved /= np.maximum(answer.lane_quantity[scenario], np.where(moved > 0, moved, 1.0))
        worst[scenario] = max(off_bought.max(), off_moved.max())
    return worst


def cost_gap(market: Market, shocks: Shocks, answer: Equilibria) -> FloatArray:
    """Consumers' `|P - (M + sum_l (x / N) log(x / (s N)) / sigma)|`, relative to P: use cost against what is paid and
    the cost of having to take other sources.
    """
    base = base_consumption(market)
    shares = (market.flows / np.where(base > 0, base, 1.0)).T
    worst = np.full(shocks.scenarios, np.nan)
    for scenario in np.flatnonzero(answer.solved):
        sigma = market.sigma if shocks.sigma is None else float(shocks.sigma[scenario])
        delivered, seen = answer.delivered[scenario], (base > 0) & np.isfinite(answer.use_cost[scenario])
        chosen = choices(shares, delivered, sigma)
        ratio = np.where(chosen > 0, chosen / np.where(shares > 0, shares, 1.0), 1.0)
        paid = (chosen * np.where(chosen > 0, delivered, 0.0)).sum(axis=1)
        whole = paid + (chosen * np.log(ratio)).sum(axis=1) / sigma
        off = np.abs(np.where(seen, answer.use_cost[scenario], 0.0) - np.where(seen, whole, 0.0))
        off_paid = np.abs(np.where(seen, answer.price_paid[scenario] - paid, 0.0))
        worst[scenario] = (np.maximum(off, off_paid) / np.maximum(np.where(seen, whole, 1.0), 1e-300)).max()
    return worst


def demand_gap(market: Market, shocks: Shocks, answer: Equilibria) -> FloatArray:
    """Consumers' `|N - max(b Q0 P^-eta - R, 0)| / Q0`, P the use cost."""
    base = base_consumption(market)
    traded = base > 0
    eta = market.eta if shocks.eta is None else shocks.eta
    reached = np.isfinite(answer.use_cost)
    priced = np.where(reached & (answer.use_cost > 0), answer.use_cost, 1.0)
    wanted = np.where(reached, priced**-eta, 0.0) * base
    if shocks.demand is not None:
        wanted = np.where(shocks.demand > 0, wanted, 0.0) * shocks.demand
    if shocks.outside is not None:
        wanted = np.maximum(wanted - shocks.outside, 0.0)
    return np.asarray((np.abs(answer.purchases - wanted)[:, traded] / base[traded]).max(axis=1))
