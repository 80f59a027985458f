"""The equilibria of a batch of scenarios.

Scenarios are cut into blocks, each is settled by the fast method, and Newton's method takes the few that are left. An
answer does not depend on how scenarios are cut into calls, blocks or processes, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import fields, replace
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy import sparse

from sogdia.equilibrium.arrays import IntArray
from sogdia.equilibrium.block import columns, prepare
from sogdia.equilibrium.equilibria import Equilibria, SolveStatus
from sogdia.equilibrium.layout import Layout, arrange
from sogdia.equilibrium.market import Market, base_consumption, base_lane_quantity
from sogdia.equilibrium.memory import keep_memory
from sogdia.equilibrium.newton import solve_one
from sogdia.equilibrium.readout import Readout, lost_digits, prices_at, read, several_prices
from sogdia.equilibrium.settle import settle
from sogdia.equilibrium.shocks import Shocks, check, take

BLOCK = 1024
"""Scenarios prepared, finished and read together; `settle.py` iterates parts of them."""
FAST = 60
"""Evaluations after which the fast method hands a scenario to Newton's."""
LEAST = 2
"""A block of one scenario holds it twice: NumPy adds up a single column in another order than one of several."""
BALANCE = 1e-9
"""Largest mismatch of supply and demand of a producer, relative to base output, that an answer may have."""
TIGHT = 1e-8
"""Largest violation of complementarity that an answer may have."""

HINTS = {
    SolveStatus.NO_EQUILIBRIUM: (
        "prices rise without bound: demand that answers no price meets supply that cannot grow. "
        "Raise eta or eps, or relax a cap or ceiling."
    ),
    SolveStatus.NOT_CONVERGED: (
        "no prices within tolerance were found. Raise max_iterations, or bring the shock closer to the base year."
    ),
}


class _Part(NamedTuple):
    """One block's answers in kernel order."""

    values: Readout
    status: IntArray
    evaluations: IntArray


def solve(
    market: Market,
    shocks: Shocks,
    tolerance: float = 1e-10,
    max_iterations: int = 1000,
    executor: Executor | None = None,
) -> Equilibria:
    """The equilibrium of every scenario.

    tolerance: largest relative mismatch, on any lane, between the quantity wanted and offered [-].
    max_iterations: evaluations of the market after which a scenario is given up.
    executor: solves blocks at the same time, in processes or threads; answers are the same to the last bit. Beyond
        arguments and answer, a call needs the memory of one block for each worker.

    >>> market = Market(flows=[[80.0], [20.0]], producer=[0, 1], sigma=400.0, eta=[0.1], eps=[0.1, 0.1])
    >>> answer = solve(market, Shocks(1, supply=[[0.75, 1.0]]))
    >>> round(float(answer.price_paid[0, 0]), 2)
    3.05
    """
    check(market, shocks)
    layout = arrange(market)
    one = partial(_solve_block, market, layout, tolerance, max_iterations)
    blocks = (take(shocks, slice(first, first + BLOCK)) for first in range(0, shocks.scenarios, BLOCK))
    return _assemble(market, shocks, layout, map(one, blocks) if executor is None else executor.map(one, blocks))


def _solve_block(market: Market, layout: Layout, tolerance: float, limit: int, wanted: Shocks) -> _Part:
    keep_memory()
    part = wanted if wanted.scenarios > 1 else take(wanted, np.zeros(LEAST, dtype=np.int64))
    width = part.scenarios
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        block = prepare(market, layout, part)
        fast = settle(layout, block, width, tolerance, min(FAST, limit))
        z, quantity, evaluations = np.log(fast.d), fast.wanted, fast.evaluations
        log_cost, paid, log_price = fast.log_cost, fast.price_paid, fast.log_price
        if block.parked is not None:
            np.copyto(z, block.parked, where=~np.isnan(block.parked))
        status = np.where(fast.settled, SolveStatus.SOLVED, SolveStatus.NOT_CONVERGED)
        if block.isolated is not None:
            alone = np.broadcast_to(block.isolated > 0, paid.shape)
            log_cost[alone], paid[alone] = np.inf, np.inf
        left = np.flatnonzero(~fast.settled[: wanted.scenarios])
        for column in left:
            one = columns(block, np.array([column]))
            outcome = solve_one(layout, one, tolerance, limit)
            z[:, column], quantity[:, column] = outcome.z[:, 0], outcome.t[:, 0]
            log_cost[:, column] = outcome.log_cost[:, 0]
            log_price[:, column] = several_prices(layout, one, outcome.t, outcome.z)[:, 0]
            status[column] = outcome.status
            evaluations[column] += outcome.evaluations
        if left.size:
            paid[:, left] = prices_at(layout, block, z, left)[1][:, left]
        values = read(layout, block, z, quantity, log_price, log_cost, paid)
    allowed = np.maximum(2 * tolerance, lost_digits(block.sigma, z))
    sound = (values.mismatch <= np.maximum(BALANCE, allowed)) & (values.complementarity <= np.maximum(TIGHT, allowed))
    status = np.where((status == SolveStatus.SOLVED) & ~sound, SolveStatus.NOT_CONVERGED, status)
    if block.isolated is not None:
        alone = np.broadcast_to(block.isolated.any(axis=0), status.shape)
        status = np.where((status == SolveStatus.SOLVED) & alone, SolveStatus.ISOLATED, status)
    return _Part(_first(values, wanted.scenarios), status[: wanted.scenarios], evaluations[: wanted.scenarios])


def _first(values: Readout, width: int) -> Readout:
    """The scenarios before `width`."""
    return replace(values, **{field.name: getattr(values, field.name)[..., :width] for field in fields(values)})


def _assemble(market: Market, shocks: Shocks, layout: Layout, parts: Iterator[_Part]) -> Equilibria:
    """The blocks' answers in the market's order; what takes no part keeps its base price and quantity 0."""
    S, L, J = shocks.scenarios, market.lanes, market.consumers
    price, wedge, lane_quantity = np.ones((S, market.producers)), np.ones((S, L)), np.zeros((S, L))
    delivered, purchases = np.ones((S, L)), np.zeros((S, J))
    price_paid, use_cost = np.ones((S, J)), np.ones((S, J))
    status, evaluations = np.empty(S, dtype=np.int64), np.empty(S, dtype=np.int64)
    mismatch, complementarity = np.empty(S), np.empty(S)
    lane_base = base_lane_quantity(market)[layout.lanes, None]
    consumer_base = base_consumption(market)[layout.consumers, None]
    idle = np.setdiff1d(np.arange(L), layout.lanes)
    first = 0
    for values, part_status, part_evaluations in parts:
        rows = slice(first, first + part_status.size)
        first = rows.stop
        price.T[layout.owner, rows] = values.price
        wedge.T[layout.lanes, rows] = values.wedge
        delivered.T[layout.lanes, rows] = values.delivered
        lane_quantity.T[layout.lanes, rows] = values.quantity * lane_base
        price_paid.T[layout.consumers, rows] = values.price_paid
        use_cost.T[layout.consumers, rows] = values.use_cost
        purchases.T[layout.consumers, rows] = values.purchases * consumer_base
        status[rows], evaluations[rows] = part_status, part_evaluations
        mismatch[rows], complementarity[rows] = values.mismatch, values.complementarity
    delivered[:, idle] = price[:, market.producer[idle]] * (1.0 if shocks.cost is None else shocks.cost[:, idle])
    owns = sparse.csr_array((np.ones(L), (market.producer, np.arange(L))), shape=(market.producers, L))
    output = np.ascontiguousarray((owns @ lane_quantity.T).T)
    use = purchases if shocks.outside is None else purchases + shocks.outside
    failed = status > SolveStatus.ISOLATED
    for field in (price, wedge, delivered, lane_quantity, price_paid, use_cost, purchases, output, use):
        field[failed] = np.nan
    return Equilibria(
        price=price,
        wedge=wedge,
        delivered=delivered,
        price_paid=price_paid,
        use_cost=use_cost,
        purchases=purchases,
        use=use,
        lane_quantity=lane_quantity,
        output=output,
        status=status,
        iterations=evaluations,
        residual=mismatch,
        complementarity=complementarity,
        hint={int(s): HINTS[SolveStatus(status[s])] for s in np.flatnonzero(failed)},
    )
