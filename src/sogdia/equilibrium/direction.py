"""The direction in which Newton's method moves the prices of a whole block.

The moves `v` of delivered prices solve `v - G A v = gap`: A is the pull of prices on log demand, G the answer of prices
to it, `gap` the move that would meet present demand. With lanes weighed by what they sell, the system is symmetric and
positive, because the market is the optimum of a convex programme, so conjugate gradients solve it; every product with A
is two with the sparse shares. Lanes of one producer that no cap holds move together. Where their costs differ, the
direction is only close to Newton's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.demand import Demand
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.supply import Met, SupplyTerms

MOST = 300.0
"""Log quantities are cut off here, so that their weights stay numbers."""
LEAST, LEAST_OWN = 1e-200, 1e-6
"""Smallest weight of a lane, and smallest part of its stiffness that its own price is taken to move."""
SPENT = 1e-22
"""Fall of the residual's square at which rounding is all that is left of it."""


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The linear system, one scenario a column (L, width).

    weight: quantity sold, in shares of the world's; stiff: weight over the answer G; diagonal: what stands on the
    system's diagonal, about, and its inverse; together: lanes that move with others of their producer.
    """

    at: Demand
    weight: FloatArray
    stiff: FloatArray
    diagonal: FloatArray
    inverse: FloatArray
    together: BoolArray
    parked: BoolArray | None


def direction(
    layout: Layout,
    terms: SupplyTerms,
    at: Demand,
    met: Met,
    eta: FloatArray,
    parked: BoolArray | None,
    damping: FloatArray,
    rounds: int,
) -> FloatArray:
    """The moves of delivered prices, (L, width), after so many rounds of conjugate gradients.

    damping: added to 1 in front of v, (width,): under a heavy one the move is a small part of the gap.
    eta: mean elasticity of what each lane sells to, (L, width) or (L, 1). The first round moves all prices together:
    how the world's price answers.
    """
    system = _system(layout, terms, at, met, eta, parked, 1.0 + damping)
    plain = met.gap / (1.0 + damping)
    right = _pulled(layout, system, plain)
    one = np.ones_like(right) if parked is None else np.where(parked, 0.0, 1.0)
    image = _times(layout, system, one)
    level = image.sum(axis=0)
    answer = (right.sum(axis=0) / level) * one
    rest = right - answer * image
    near = _scaled(layout, system, rest)
    along = near - one * (_dot(image, near) / level)
    size = first = _dot(rest, near)
    for _ in range(rounds):
        ahead = _times(layout, system, along)
        curve = _dot(along, ahead)
        moving = (size > SPENT * first) & (curve > 0)
        if not moving.any():
            break
        length = np.where(moving, size / np.where(curve > 0, curve, 1.0), 0.0)
        answer += length * along
        ahead *= length
        rest -= ahead
        near = _scaled(layout, system, rest)
        before, size = size, _dot(rest, near)
        along *= np.where(before > 0, size / np.where(before > 0, before, 1.0), 0.0)
        along += near
        along -= one * (_dot(image, near) / level)
    answer += plain
    return np.asarray(answer)


def _system(
    layout: Layout,
    terms: SupplyTerms,
    at: Demand,
    met: Met,
    eta: FloatArray,
    parked: BoolArray | None,
    damped: FloatArray,
) -> System:
    quantity = np.exp(np.clip(at.wanted, -MOST, MOST))
    weight = layout.lane_share * quantity
    if parked is not None:
        weight = np.where(parked, 0.0, weight)
    np.maximum(weight, LEAST, out=weight)
    supply = np.where(met.held, 0.0, terms.eps / np.maximum(at.d + met.gap, LEAST))
    stiff = weight * (terms.sigma + supply)
    together = np.zeros(stiff.shape, dtype=bool)
    if terms.multi_lane is not None:
        several = slice(layout.singles, None)
        together[several] = ~met.held[several]
        free = np.where(together[several], weight[several], 0.0)
        all_free = np.add.reduceat(free, layout.starts, axis=0)
        sold = np.add.reduceat(weight[several], layout.starts, axis=0)
        answers = terms.multi_lane.eps / np.exp(met.log_price)
        if terms.multi_lane.log_ceiling is not None:
            reach = terms.multi_lane.log_supply + terms.multi_lane.eps * met.log_price
            answers = np.where(reach < terms.multi_lane.log_ceiling, answers, 0.0)
        per_tonne = answers * sold / np.where(all_free > 0, all_free, 1.0)
        stiff[several] = weight[several] * terms.sigma + free * per_tonne[layout.member]
    stiff *= damped
    share = np.minimum(at.own / quantity, 1.0)
    diagonal = stiff - weight * share * (terms.sigma - eta / at.d)
    np.maximum(diagonal, LEAST_OWN * stiff, out=diagonal)
    return System(at, weight, stiff, diagonal, 1.0 / diagonal, together, parked)


def _pulled(layout: Layout, system: System, v: FloatArray) -> FloatArray:
    """Weighed change of log demand by moves v, `x A v`, (L, width)."""
    used = np.asarray(layout.costs @ (system.at.choice * v))
    used *= system.at.curve
    change = np.asarray(layout.sales @ used)
    change *= system.at.choice
    if system.at.far_pull is not None:
        change += system.at.far_pull * v
    change *= layout.lane_share
    return change


def _times(layout: Layout, system: System, v: FloatArray) -> FloatArray:
    product = system.stiff * v
    product -= _pulled(layout, system, v)
    return product


def _scaled(layout: Layout, system: System, rest: FloatArray) -> FloatArray:
    """The residual over the diagonal, lanes that move together taken as one, (L, width)."""
    near = rest * system.inverse
    if layout.starts.size:
        several = slice(layout.singles, None)
        together = system.together[several]
        over = np.add.reduceat(np.where(together, rest[several], 0.0), layout.starts, axis=0)
        under = np.add.reduceat(np.where(together, system.diagonal[several], 0.0), layout.starts, axis=0)
        common = (over / np.where(under > 0, under, 1.0))[layout.member]
        near[several] = np.where(together, common, near[several])
    if system.parked is not None:
        np.copyto(near, 0.0, where=system.parked)
    return near


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("lb,lb->b", a, b))
