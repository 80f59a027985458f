"""A quantity split over routes by a logit under the capacities of arcs.

Shippers spread over routes by generalised cost, and where an arc is full its scarcity is paid for:

    f[r] = D[k(r)] exp(-theta C[r]) / sum over r' of k(r) of exp(-theta C[r'])
    C[r] = c[r] + sum over arcs a of r of price[a]
    sum over routes r through a of f[r] <= u[a]     complementary to     price[a] >= 0

This is stochastic user equilibrium with side constraints (Bell 1995, Transportation Research B 29). It is
the optimum of a convex programme whose dual, in the prices alone, is smooth:

    minimise over price >= 0:  sum_k D[k]/theta log sum_r exp(-theta C[r]) + sum_a u[a] price[a]

solved here by a primal-dual interior-point Newton method (Nocedal & Wright 2006, chapter 19). Every demand
also has the choice not to ship, at a cost so high that nobody takes it while capacity lasts: the programme
then always has an answer, and what is not shipped is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sogdia.routing.graph import BoolArray, FloatArray, IntArray

REFUSAL_MARGIN = 40.0
UNSERVED_TOLERANCE = 1e-6
TOLERANCE = 1e-10
MAX_ITERATIONS = 500
BARRIER_CUT = 0.1
BOUNDARY_SHARE = 0.995
ROOM_RANGE = 1e8
LARGEST_STEP = 8.0
SUFFICIENT_DECREASE = 1e-4
ROUNDING = 1e-14
HALVINGS = 40


class SplitStatus(StrEnum):
    """How the split ended."""

    CONVERGED = "converged"
    EXCEEDED = "demand exceeds capacity"
    FAILED = "not converged"

    @property
    def hint(self) -> str:
        """What to do about it."""
        return {
            SplitStatus.CONVERGED: "",
            SplitStatus.EXCEEDED: "Add capacity or routes, or accept the unserved quantity.",
            SplitStatus.FAILED: "Lower theta or rescale costs: exp(-theta cost) leaves the range of numbers.",
        }[self]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """flow: shape (routes,), in the unit of demand; unserved: shape (demands,); shadow_price: shape (arcs,),
    in the unit of cost, what one more unit of capacity would save; where demand exceeds capacity it is what
    makes the last shipper give up, not a market price. Of full arcs that exactly the same routes use, the
    narrowest bears the price. residual: largest violation of the conditions above, relative to capacity and
    to 1/theta.
    """

    flow: FloatArray
    unserved: FloatArray
    shadow_price: FloatArray
    status: SplitStatus
    iterations: int
    residual: float


@dataclass(frozen=True, slots=True, eq=False)
class _Dual:
    """The dual programme in units of 1/theta: choices are routes, then one refusal per demand."""

    disutility: FloatArray  # (choices,)
    demand_of: IntArray  # (choices,)
    demand: FloatArray  # (demands,)
    uses: FloatArray  # (choices, groups) 0 or 1
    capacity: FloatArray  # (groups,)

    def flows(self, price: FloatArray) -> tuple[FloatArray, float]:
        """Flow of each choice and the value of the dual at these prices."""
        total = self.disutility + self.uses @ price
        least = np.full(self.demand.size, np.inf)
        np.minimum.at(least, self.demand_of, total)
        weight = np.exp(least[self.demand_of] - total)
        whole = np.bincount(self.demand_of, weight, minlength=self.demand.size)
        value = float(self.demand @ (np.log(whole) - least) + self.capacity @ price)
        return self.demand[self.demand_of] * weight / whole[self.demand_of], value


def logit_split(
    cost: ArrayLike,
    demand_of: ArrayLike,
    demand: ArrayLike,
    uses: ArrayLike,
    capacity: ArrayLike,
    *,
    theta: float,
) -> Split:
    """Split each demand over its routes.

    cost: shape (routes,); demand_of: shape (routes,), which demand a route serves; demand: shape (demands,),
    0 or more; uses: shape (routes, arcs), true where the route takes the arc; capacity: shape (arcs,), in the
    unit of demand, infinity does not bind, 0 closes; theta: above 0, per unit of cost (large: all take the
    cheapest).

    >>> split = logit_split([1.0, 2.0], [0, 0], [10.0], [[1, 0], [0, 1]], [4.0, np.inf], theta=1.0)
    >>> split.flow.round(6).tolist(), split.shadow_price.round(6).tolist()
    ([4.0, 6.0], [1.405465, 0.0])
    """
    costs, serves, demands, incidence, limits = _checked_inputs(cost, demand_of, demand, uses, capacity)
    if not (theta > 0 and np.isfinite(theta)):
        raise ValueError(f"theta is {theta}; it must be above 0")
    scale = float(demands.max(initial=0.0)) or 1.0
    is_open = ~(incidence & (limits == 0)).any(axis=1)
    routes = np.flatnonzero(is_open)
    groups, narrowest = _arcs_that_can_bind(incidence[routes], limits, float(demands.sum()))
    dual = _Dual(
        disutility=np.concatenate([theta * costs[routes], _refusal(theta * costs, serves, demands.size)]),
        demand_of=np.concatenate([serves[routes], np.arange(demands.size)]),
        demand=demands / scale,
        uses=np.vstack([incidence[np.ix_(routes, narrowest)], np.zeros((demands.size, groups))]).astype(np.float64),
        capacity=limits[narrowest] / scale,
    )
    price, iterations, residual = _interior_newton(dual) if groups else (np.zeros(0), 0, 0.0)
    choice = dual.flows(price)[0] * scale
    flow, shadow = np.zeros(costs.size), np.zeros(limits.size)
    flow[routes] = choice[: routes.size]
    unserved = choice[routes.size :]
    shadow[narrowest] = price / theta
    status = SplitStatus.CONVERGED
    if residual > np.sqrt(TOLERANCE):
        status = SplitStatus.FAILED
    elif (unserved > UNSERVED_TOLERANCE * demands).any():
        status = SplitStatus.EXCEEDED
    return Split(flow, unserved, shadow, status, iterations, residual)


def _checked_inputs(
    cost: ArrayLike, demand_of: ArrayLike, demand: ArrayLike, uses: ArrayLike, capacity: ArrayLike
) -> tuple[FloatArray, IntArray, FloatArray, BoolArray, FloatArray]:
    costs, serves = np.asarray(cost, dtype=np.float64), np.asarray(demand_of, dtype=np.int64)
    demands, limits = np.asarray(demand, dtype=np.float64), np.asarray(capacity, dtype=np.float64)
    incidence = np.asarray(uses, dtype=np.bool_).reshape(costs.size, limits.size)
    if serves.shape != costs.shape or ((serves < 0) | (serves >= demands.size)).any():
        raise ValueError(f"demand_of must name one of the {demands.size} demands for each of {costs.size} routes")
    if not np.isfinite(costs).all():
        raise ValueError("route costs must be finite; leave out routes that do not exist")
    if not ((demands >= 0) & np.isfinite(demands)).all() or not (limits >= 0).all():
        raise ValueError("demands must be finite and, like capacities, 0 or more")
    return costs, serves, demands, incidence, limits


def _refusal(disutility: FloatArray, serves: IntArray, demands: int) -> FloatArray:
    """The disutility of not shipping: far above the dearest route of the demand."""
    dearest = np.full(demands, float(disutility.max(initial=0.0)))
    known = np.full(demands, -np.inf)
    np.maximum.at(known, serves, disutility)
    return np.where(np.isfinite(known), known, dearest) + REFUSAL_MARGIN


def _arcs_that_can_bind(incidence: BoolArray, limits: FloatArray, total: float) -> tuple[int, IntArray]:
    """How many, and which: arcs narrower than all demand, one (the narrowest) per set of routes."""
    candidates = np.flatnonzero(incidence.any(axis=0) & (limits < total))
    narrow_first = candidates[np.argsort(limits[candidates], kind="stable")]
    _, first = np.unique(incidence[:, narrow_first], axis=1, return_index=True)
    narrowest = np.sort(narrow_first[first])
    return narrowest.size, narrowest


def _interior_newton(dual: _Dual) -> tuple[FloatArray, int, float]:
    """Prices, iterations and residual: the barrier -mu sum capacity log(price) is lowered towards TOLERANCE.

    slack * price = mu * capacity holds the search off the bounds; `room` is the estimate of slack.
    """
    price, room, barrier = np.ones(dual.capacity.size), dual.capacity.copy(), 1.0
    flow, value = dual.flows(price)
    for iteration in range(MAX_ITERATIONS):
        slack = dual.capacity - dual.uses.T @ flow
        gap = slack - barrier * dual.capacity / price
        if float(np.abs(gap / dual.capacity).max(initial=0.0)) <= max(barrier, TOLERANCE):
            if barrier <= TOLERANCE:
                return _settled(dual, price, slack, iteration)
            barrier = max(barrier * BARRIER_CUT, TOLERANCE)
            gap = slack - barrier * dual.capacity / price
        step = np.linalg.solve(_hessian(dual, flow) + np.diag(room / price), -gap)
        room_step = barrier * dual.capacity / price - room - room / price * step
        length = min(_to_boundary(price, step), LARGEST_STEP / float(np.abs(step).max(initial=LARGEST_STEP)))
        merit = value - barrier * float(dual.capacity @ np.log(price))
        for _ in range(HALVINGS):
            trial = price + length * step
            flow, value = dual.flows(trial)
            trial_merit = value - barrier * float(dual.capacity @ np.log(trial))
            if trial_merit <= merit + SUFFICIENT_DECREASE * length * float(gap @ step) + ROUNDING * abs(merit):
                break
            length /= 2
        price, room = trial, room + _to_boundary(room, room_step) * room_step
        centre = barrier * dual.capacity / price
        room = np.clip(room, centre / ROOM_RANGE, centre * ROOM_RANGE)
    return _settled(dual, price, dual.capacity - dual.uses.T @ flow, MAX_ITERATIONS)


def _settled(dual: _Dual, price: FloatArray, slack: FloatArray, iterations: int) -> tuple[FloatArray, int, float]:
    """Prices of arcs that are not full become exactly 0."""
    share = slack / dual.capacity
    residual = float(np.abs(np.minimum(price, share)).max(initial=0.0))
    return np.where(share > price, 0.0, price), iterations, residual


def _to_boundary(value: NDArray[np.floating], step: NDArray[np.floating]) -> float:
    """How much of the step keeps positive values positive, at most all of it."""
    shrinking = step < 0
    return min(1.0, BOUNDARY_SHARE * float((-value[shrinking] / step[shrinking]).min(initial=np.inf)))


def _hessian(dual: _Dual, flow: FloatArray) -> FloatArray:
    through = dual.uses * flow[:, None]
    by_demand = np.zeros((dual.demand.size, dual.capacity.size))
    np.add.at(by_demand, dual.demand_of, through)
    per_unit = np.divide(1.0, dual.demand, out=np.zeros_like(dual.demand), where=dual.demand > 0)
    curvature: FloatArray = dual.uses.T @ through - by_demand.T @ (by_demand * per_unit[:, None])
    return curvature
