"""The market as a convex programme, solved by CVXPY with Clarabel: an independent program for the same equilibrium.

Maximise consumers' utility less the cost of taking other sources and producers' cost over flows,
`sum_j U_j(N_j) - sum_l,j x log(x / (s N)) / sigma - sum_i tau_i V_i(y_i)`, subject to `N_j = sum_l x`,
`y_i = sum_l,j x`, caps on lanes and ceilings on output. `U_j' = (b Q0 / (N + R))^(1/eta)` is inverse demand and
`V_i' = (y / (a Y0))^(1/eps)` inverse supply; the entropy takes exponential cones. The delivered cost
factor must be the same on all lanes of a producer, or no programme has the equilibrium as its optimum.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import cvxpy as cp
import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Market, Shocks, base_consumption, base_lane_quantity, base_output

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ConicAnswer:
    """price (producers), delivered (lanes), use_cost (consumers), flows (lanes, consumers) [t]."""

    price: Array
    delivered: Array
    use_cost: Array
    flows: Array


def clear(market: Market, shocks: Shocks, scenario: int = 0, tolerance: float = 1e-12) -> ConicAnswer:
    """The equilibrium of one scenario of a market in which everyone trades; the larger, the coarser `tolerance`."""

    def effect(name: str, default: Array) -> Array:
        values = getattr(shocks, name)
        return default if values is None else values[scenario]

    supply = effect("supply", np.ones(market.producers))
    ceiling = effect("ceiling", np.full(market.producers, np.inf))
    cap = effect("cap", np.full(market.lanes, np.inf))
    demand = effect("demand", np.ones(market.consumers))
    base_j, base_l, base_i = base_consumption(market), base_lane_quantity(market), base_output(market)
    released = effect("outside", np.zeros(market.consumers)) / base_j
    cost = _by_producer(market, effect("cost", np.ones(market.lanes)))
    sigma = float(effect("sigma", np.array(market.sigma)))
    eta, eps = effect("eta", market.eta), effect("eps", market.eps)

    lanes, consumers = np.nonzero(market.flows * (cap > 0)[:, None] * (supply * ceiling > 0)[market.producer, None])
    base = market.flows[lanes, consumers]
    u = cp.Variable(lanes.size)
    c = cp.Variable(market.consumers)
    y = cp.Variable(market.producers)
    share = base / base_j[consumers]
    to_consumer = _indicator(consumers, market.consumers)
    balance = y == cp.multiply(1 / base_i, _indicator(market.producer[lanes], market.producers) @ cp.multiply(base, u))
    capped = np.flatnonzero(np.isfinite(cap) & (cap > 0) & (base_l > 0))
    moved = _indicator(lanes, market.lanes)[capped] @ cp.multiply(base, u)
    caps = cp.multiply(1 / base_l[capped], moved) <= cap[capped]
    total = base.sum()
    objective, limits = 0.0, []
    for j in range(market.consumers):
        power = 1 - 1 / eta[j]
        reach = c[j] + released[j]
        utility = cp.log(reach) if power == 0 else _power(reach, power) / power
        objective += base_j[j] / total * demand[j] ** (1 / eta[j]) * utility
    for i in range(market.producers):
        if supply[i] == 0 or ceiling[i] == 0:
            limits.append(y[i] == 0)
            continue
        if np.isfinite(ceiling[i]):
            limits.append(y[i] <= ceiling[i])
        if eps[i] == 0:
            limits.append(y[i] <= supply[i])
            continue
        power = 1 + 1 / eps[i]
        objective -= base_i[i] / total * cost[i] * supply[i] * _power(y[i] / supply[i], power) / power
    objective -= cp.sum(cp.multiply(base / total, cp.rel_entr(u, c[consumers]))) / sigma
    constraints = [balance, to_consumer @ cp.multiply(share, u) == c, *limits]
    constraints += [caps] if capped.size else []
    problem = cp.Problem(cp.Maximize(objective), constraints)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Solution may be inaccurate")  # it stops short of 1e-12, not of 1e-9
        problem.solve(solver=cp.CLARABEL, tol_gap_abs=tolerance, tol_gap_rel=tolerance, tol_feas=tolerance)

    dual = np.abs(balance.dual_value) * total / base_i
    scarce = np.zeros(market.lanes)
    if capped.size:
        scarce[capped] = np.abs(caps.dual_value) * total / base_l[capped]
    quantity = np.zeros(market.flows.shape)
    quantity[lanes, consumers] = base * u.value
    return ConicAnswer(
        price=dual / cost,
        delivered=dual[market.producer] + scarce,
        use_cost=(demand / (c.value + released)) ** (1 / eta),
        flows=quantity,
    )


def _by_producer(market: Market, cost: Array) -> Array:
    pooled = np.ones(market.producers)
    pooled[market.producer] = cost
    if not np.allclose(pooled[market.producer], cost, rtol=1e-12):
        raise ValueError("lanes of one producer differ in cost")
    return pooled


def _indicator(group: NDArray[np.int64], size: int) -> Array:
    return np.equal.outer(np.arange(size), group).astype(np.float64)


def _power(base: cp.Expression, exponent: float) -> cp.Expression:
    """A whole power by second-order cones, which are the more stable and then exact; any other by a power cone."""
    whole = round(exponent)
    if abs(exponent - whole) < 1e-9:
        return cp.power(base, whole, approx=True)
    return cp.power(base, exponent, approx=False)
