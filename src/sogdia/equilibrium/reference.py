"""The equilibrium of one scenario when costs differ from flow to flow, by a slow and general path.

A slow, general path, written apart from the batched one and in another formulation, so that each can check the other:
unknown are the producers' prices and the wedges of capped lanes; the conditions are cleared markets and, by Fischer and
Burmeister's function `sqrt(a^2 + b^2) - a - b = 0`, complementarity; the shock is brought in by steps, each solved
by a generic root finder from the last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from sogdia.equilibrium.arrays import FloatArray, IntArray
from sogdia.equilibrium.market import Market, base_lane_quantity, base_output
from sogdia.equilibrium.reference_demand import Bought, Buyers, DemandSystem, bought
from sogdia.errors import NoAnswerError

SMALLEST_STEP = 2.0**-14
ACCURATE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceScenario:
    """One shock; the terms are those of `Shocks`, of one scenario. `cost` is by flow, shape (lanes, consumers).

    cost_share: `s[l, j]`, each consumer's spending by lane in the base year, which CES rests on; the quantities' shares
    if None. The two differ where base prices do, for instance by tariffs.
    """

    supply: FloatArray | None = None
    ceiling: FloatArray | None = None
    cap: FloatArray | None = None
    cost: FloatArray | None = None
    demand: FloatArray | None = None
    outside: FloatArray | None = None
    cost_share: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """price (producers), wedge (lanes), use_cost (consumers; the CES price index), flows (lanes, consumers) [t]."""

    price: FloatArray
    wedge: FloatArray
    use_cost: FloatArray
    flows: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """The market at a share of the shock; what cannot trade is left out of all but the base totals."""

    flows: FloatArray
    base_lane: FloatArray
    base_output: FloatArray
    producer: IntArray
    capped: IntArray
    sigma: float
    eta: FloatArray
    eps: FloatArray
    log_supply: FloatArray
    log_ceiling: FloatArray
    log_cap: FloatArray
    log_cost: FloatArray
    log_demand: FloatArray
    outside: FloatArray
    cost_share: FloatArray
    system: DemandSystem


def solve_reference(
    market: Market, scenario: ReferenceScenario, system: DemandSystem = DemandSystem.LOGIT
) -> Reference:
    """The equilibrium of one scenario, under the model's demand system or another.

    Raises `NoAnswerError` where the root finder fails however small the steps.
    """
    problem, producers, lanes, consumers = _reduce(market, scenario, system)
    unknown = np.zeros(producers.size + problem.capped.size)
    reached, step = 0.0, 1.0
    while reached < 1.0:
        target = min(reached + step, 1.0)
        part = _share(problem, target)
        found = optimize.root(_conditions, unknown, args=(part,), jac=True, method="hybr", options={"xtol": 1e-14})
        if np.abs(_conditions(found.x, part)[0]).max() <= ACCURATE:
            unknown, reached, step = found.x, target, 2 * step
        elif step <= SMALLEST_STEP:
            raise NoAnswerError(f"the reference solver stopped at {reached:.4%} of the shock; try a milder one")
        else:
            step /= 2
    price, wedge, found_there = _quantities(unknown, problem)
    full_price, full_wedge = np.ones(market.producers), np.ones(market.lanes)
    full_cost, full_flows = np.ones(market.consumers), np.zeros(market.flows.shape)
    full_price[producers] = np.exp(price)
    full_wedge[lanes] = np.exp(wedge)
    full_cost[consumers] = np.exp(found_there.log_cost)
    full_flows[np.ix_(lanes, consumers)] = found_there.quantity
    return Reference(full_price, full_wedge, full_cost, full_flows)


def _reduce(
    market: Market, scenario: ReferenceScenario, system: DemandSystem
) -> tuple[_Problem, IntArray, IntArray, IntArray]:
    """The problem without what cannot trade, and the market's numbers of its producers, lanes and consumers."""
    supply = np.ones(market.producers) if scenario.supply is None else scenario.supply
    ceiling = np.full(market.producers, np.inf) if scenario.ceiling is None else scenario.ceiling
    cap = np.full(market.lanes, np.inf) if scenario.cap is None else scenario.cap
    demand = np.ones(market.consumers) if scenario.demand is None else scenario.demand
    outside = np.zeros(market.consumers) if scenario.outside is None else scenario.outside
    open_ = (supply > 0)[market.producer] & (ceiling > 0)[market.producer] & (cap > 0)
    lanes = np.flatnonzero(open_ & (market.flows[:, demand > 0].sum(axis=1) > 0))
    consumers = np.flatnonzero((market.flows[lanes].sum(axis=0) > 0) & (demand > 0))
    producers, owner = np.unique(market.producer[lanes], return_inverse=True)
    base = market.flows.sum(axis=0)
    share = market.flows / np.where(base > 0, base, 1.0) if scenario.cost_share is None else scenario.cost_share
    grid = np.ix_(lanes, consumers)
    return (
        _Problem(
            flows=market.flows[grid],
            base_lane=base_lane_quantity(market)[lanes],
            base_output=base_output(market)[producers],
            producer=owner,
            capped=np.flatnonzero(np.isfinite(cap[lanes])),
            sigma=market.sigma,
            eta=market.eta[consumers],
            eps=market.eps[producers],
            log_supply=np.log(supply[producers]),
            log_ceiling=np.log(ceiling[producers]),
            log_cap=np.log(cap[lanes]),
            log_cost=np.zeros((lanes.size, consumers.size)) if scenario.cost is None else np.log(scenario.cost[grid]),
            log_demand=np.log(demand[consumers]),
            outside=outside[consumers] / base[consumers],
            cost_share=share[grid],
            system=system,
        ),
        producers,
        lanes,
        consumers,
    )


def _share(problem: _Problem, part: float) -> _Problem:
    """The problem with every effect at the power, and `R` at the multiple, `part`."""
    return replace(
        problem,
        log_supply=part * problem.log_supply,
        log_ceiling=part * problem.log_ceiling,
        log_cap=part * problem.log_cap,
        log_cost=part * problem.log_cost,
        log_demand=part * problem.log_demand,
        outside=part * problem.outside,
    )


def _quantities(unknown: FloatArray, problem: _Problem) -> tuple[FloatArray, FloatArray, Bought]:
    """Log price, log wedge and what is bought at the unknowns."""
    price = unknown[: problem.eps.size]
    wedge = np.zeros(problem.producer.size)
    wedge[problem.capped] = unknown[problem.eps.size :]
    log_d = (price[problem.producer] + wedge)[:, None] + problem.log_cost
    buyers = Buyers(problem.sigma, problem.cost_share, problem.flows, problem.eta, problem.log_demand, problem.outside)
    return price, wedge, bought(problem.system, buyers, log_d)


def _conditions(unknown: FloatArray, problem: _Problem) -> tuple[FloatArray, FloatArray]:
    """Log excess demand of producers and complementarity of capped lanes, and their derivative by the unknowns."""
    price, wedge, found = _quantities(unknown, problem)
    sold = found.quantity.sum(axis=1)
    producers, lanes = problem.eps.size, problem.producer.size
    own = np.zeros((producers, lanes))
    own[problem.producer, np.arange(lanes)] = 1.0
    supply = problem.log_supply + problem.eps * price
    free = supply < problem.log_ceiling
    excess = np.log(own @ sold) - np.log(problem.base_output) - np.minimum(supply, problem.log_ceiling)

    by_lane = (found.quantity * found.pull) @ found.spread.T - np.diag(found.own.sum(axis=1))
    choose = np.hstack([own.T, np.eye(lanes)[:, problem.capped]])
    sold_by_unknown = by_lane @ choose
    excess_by = (own @ sold_by_unknown) / (own @ sold)[:, None]
    excess_by[:, :producers] -= np.diag(np.where(free, problem.eps, 0.0))

    rent = wedge[problem.capped]
    room = problem.log_cap[problem.capped] + np.log(problem.base_lane[problem.capped] / sold[problem.capped])
    root = np.hypot(rent, room)
    safe = np.where(root > 0, root, 1.0)
    rent_by = np.zeros((problem.capped.size, unknown.size))
    rent_by[:, producers:] = np.eye(problem.capped.size)
    room_by = -sold_by_unknown[problem.capped] / sold[problem.capped, None]
    tight_by = (rent / safe - 1)[:, None] * rent_by + (room / safe - 1)[:, None] * room_by
    return np.concatenate([excess, root - rent - room]), np.vstack([excess_by, tight_by])
