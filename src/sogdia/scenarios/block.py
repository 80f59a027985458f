"""A block of states solved: the loss of the importer in each.

    loss = sum over members j of V0[j] b A(min(P[j], pb)),   A(P) = (P^(1 - eta) - 1) / (1 - eta),  ln P at eta = 1

with V0 the base value of what a member uses, P its use cost in the equilibrium of the state, pb the backstop price and
b demand relative to base: what dearer supply costs the users, or saves them where it is negative. A state whose prices
rise without bound costs as much as the backstop price; one for which no prices are found has no loss (NaN).

This is what workers run. It knows arrays only, and its answer for a state does not depend on the block, to the last
bit, because the kernel's does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Shocks, SolveStatus, solve
from sogdia.equilibrium.outcomes import consumer_surplus_change_kusd
from sogdia.scenarios.arrays import LaneLayout, MarketProblem, SlotKind

Floats = NDArray[np.float64]
TOLERANCE = 1e-9
"""Of the kernel; the loss of a state is then good to about seven digits."""


@dataclass(frozen=True, slots=True, eq=False)
class BlockLosses:
    """loss_kusd: (states,), NaN where there is no answer; use_cost: P, the mean over members by base value, up to the
    backstop price; status: a `SolveStatus` each.
    """

    loss_kusd: Floats
    use_cost: Floats
    status: NDArray[np.int8]


def solve_block(problem: MarketProblem, codes: NDArray[np.int32]) -> BlockLosses:
    """The losses of some states, (states, codes) as in `states`."""
    part = parts_of(problem, codes)
    by_way = (part[:, problem.kinds == SlotKind.WAY] > 0).any(axis=1)
    loss, cost = np.full(len(codes), np.nan), np.full(len(codes), np.nan)
    status = np.zeros(len(codes), dtype=np.int8)
    for layout, rows in ((problem.plain, np.flatnonzero(~by_way)), (problem.split, np.flatnonzero(by_way))):
        if layout is not None and len(rows):
            loss[rows], cost[rows], status[rows] = _solve(problem, layout, part[rows])
    return BlockLosses(loss, cost, status)


def parts_of(problem: MarketProblem, codes: NDArray[np.int32]) -> Floats:
    """Part of the year that each slot is hit, (states, slots)."""
    part = np.zeros((len(codes), len(problem.kinds)))
    row, at = np.nonzero(codes >= 0)
    code = codes[row, at]
    classes = len(problem.class_parts)
    part[row, code // classes] = problem.class_parts[code % classes]
    return part


def _solve(problem: MarketProblem, layout: LaneLayout, part: Floats) -> tuple[Floats, Floats, NDArray[np.int8]]:
    demand = demand_of(problem, part)
    answer = solve(layout.base, shocks_of(problem, layout, part, demand), tolerance=TOLERANCE)
    unbounded = answer.status == SolveStatus.NO_EQUILIBRIUM
    price = np.where(unbounded[:, np.newaxis], np.inf, answer.use_cost[:, problem.members])
    price = np.where(np.isnan(price), price, np.minimum(price, problem.backstop))
    area = -consumer_surplus_change_kusd(np.ones(1), price, np.full(1, problem.eta))
    loss = demand * weighted(area, problem.value_kusd)
    return loss, weighted(price, problem.value_kusd / problem.value_kusd.sum()), answer.status.astype(np.int8)


def weighted(values: Floats, weight: Floats) -> Floats:
    """Sum over members in their order: a matrix product would add up in another order for another block."""
    total = np.zeros(len(values))
    for column, each in enumerate(weight):
        total += values[:, column] * each
    return total


def demand_of(problem: MarketProblem, part: Floats) -> Floats:
    """World demand relative to base, (states,)."""
    grown = 1.0 + part[:, problem.kinds == SlotKind.DEMAND]
    return np.asarray(grown.prod(axis=1))


def shocks_of(problem: MarketProblem, layout: LaneLayout, part: Floats, demand: Floats) -> Shocks:
    """The states as the kernel takes them: supply by producer, caps and costs by lane, demand by consumer."""
    base, count = layout.base, len(part)
    supply, left = np.ones((count, base.producers)), np.ones((count, base.producers))
    for slot, kind in enumerate(problem.kinds):
        producer = problem.producers[slot]
        if kind == SlotKind.OUTPUT:
            supply[:, producer] *= 1.0 - part[:, slot]
        elif kind == SlotKind.EXPORTS:
            left[:, producer] *= 1.0 - part[:, slot]
    cost, passes = np.ones((count, base.producers)), np.ones((count, base.producers))
    for slot in np.flatnonzero(problem.kinds == SlotKind.WAY).tolist():
        held, way = part[:, slot, np.newaxis], problem.way[slot]
        cost *= 1.0 + held * (problem.cost_factor[way] - 1.0)
        passes = np.minimum(passes, 1.0 - held * (1.0 - problem.passes[way]))
    cap = np.full((count, base.lanes), np.inf)
    exports, own = layout.exports >= 0, layout.to_importer >= 0
    cap[:, exports] = left[:, layout.exports[exports]]
    cap[:, own] = np.minimum(cap[:, own], passes[:, layout.to_importer[own]])
    tau = np.ones((count, base.lanes))
    tau[:, own] = cost[:, layout.to_importer[own]]
    wanted = np.ones((count, base.consumers))
    wanted[:, : base.consumers - layout.idle] = demand[:, np.newaxis]
    return Shocks(count, supply=supply, cap=np.where(cap < 1.0, cap, np.inf), cost=tau, demand=wanted)
