"""The direction in which Newton's method moves the prices of a whole block.

The moves `v` of delivered prices solve `(S - B) v = x F`: F is the shortfall of log quantity, x what each lane sells,
S how strongly its own price answers, B the pull of prices on each other through consumers with several lanes. The
system is symmetric and positive, because the market is the optimum of a convex programme, so conjugate gradients solve
it; every product with B is two with the sparse shares. Lanes of one producer that no cap holds move together. Where
their costs differ, the direction is only close to Newton's.

Rows and columns are scaled by the roots of the diagonal, so that all numbers stay in the range of either precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.demand import Demand
from sogdia.equilibrium.far import Far
from sogdia.equilibrium.layout import Layout, Shares
from sogdia.equilibrium.precision import Precision, in_single
from sogdia.equilibrium.products import times
from sogdia.equilibrium.shortfall import Shortfall
from sogdia.equilibrium.supply import SupplyTerms

LEAST_OWN = 1e-6
"""Smallest part of its stiffness that a lane's own price is taken to move."""


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The linear system of scaled moves, one scenario a column (L, width).

    scale: root of the inverse diagonal; stiff: S scaled; reach: what a lane's scaled move does to the sums of choices;
    bond, signed: as in `Demand`; right: x F scaled; plain: moves if nobody else's price changed; together: 1 for lanes
    that move with others of their producer, else 0, and mates: how many those are (N, width), None if no producer has
    several lanes; far, far_bond: as in `Demand`, the latter in shares of the world's use.
    """

    scale: FloatArray
    stiff: FloatArray
    reach: FloatArray
    bond: FloatArray
    signed: FloatArray
    right: FloatArray
    plain: FloatArray
    together: FloatArray | None
    mates: FloatArray | None
    far: Far | None
    far_bond: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Scratch:
    """Room for a product with the system: of lanes, twice (L, width), and of consumers (K, width).

    Taking new memory for each costs as much as a tenth of the whole answer.
    """

    lanes: FloatArray
    product: FloatArray
    consumers: FloatArray


def direction(
    layout: Layout,
    terms: SupplyTerms,
    at: Demand,
    short: Shortfall,
    damping: FloatArray,
    rounds: int,
    precision: Precision,
) -> FloatArray:
    """The moves of delivered prices, (L, width), after so many rounds of conjugate gradients.

    damping: added to 1 before S, (width,): under a heavy one the move is a small part of the plain one, which meets the
    shortfall of each lane as if no other price changed. The first round moves all prices together: how the world's
    price answers.
    """
    system = _system(layout, terms, at, short, 1.0 + damping, precision)
    if precision.double and not precision.wide:
        moves = _solved(layout, in_single(system), rounds, layout.single)
    else:
        moves = _solved(layout, system, rounds, precision.shares(layout))
    moves *= system.scale
    moves += system.plain
    return moves


def _solved(layout: Layout, system: System, rounds: int, shares: Shares) -> FloatArray:
    """The scaled moves on top of the plain ones, (L, width)."""
    room = Scratch(np.empty_like(system.plain), np.empty_like(system.plain), np.empty_like(system.bond))
    one = 1.0 / system.scale
    rest = system.right - _times(layout, shares, system, system.plain * one, room)
    image = _times(layout, shares, system, one, room)
    common = _dot(one, rest) / _dot(one, image)
    answer = common * one
    rest -= np.multiply(image, common, out=image)
    along = rest.copy()
    size = _dot(rest, rest)
    for round_ in range(rounds):
        ahead = _times(layout, shares, system, along, room)
        curve = _dot(along, ahead)
        length = _over(size, curve)
        answer += np.multiply(along, length, out=room.lanes)
        if round_ == rounds - 1:
            break
        ahead *= length
        rest -= ahead
        before, size = size, _dot(rest, rest)
        along *= _over(size, before)
        along += rest
    return np.asarray(answer)


def _system(
    layout: Layout, terms: SupplyTerms, at: Demand, short: Shortfall, damped: FloatArray, precision: Precision
) -> System:
    shares = precision.shares(layout)
    share = layout.lane_share.astype(at.d.dtype, copy=False)
    weight = share * at.quantity
    np.maximum(weight, precision.tiny, out=weight)
    answers = terms.eps / at.d
    np.copyto(answers, 0.0, where=short.held)
    stiff = answers
    stiff *= weight
    rows, captors = slice(layout.singles, None), layout.captors
    together = mates = None
    right = weight * short.off
    if terms.multi_lane is not None:
        together = np.asarray(~short.held[rows], dtype=at.d.dtype)
        mates = times(shares.mates, together)[layout.member]
        stiff[rows] = _common_answer(layout, shares, terms, short, weight[rows], together)
        right[rows] = (terms.sigma * weight[rows] + stiff[rows]) * short.gap
    if captors.size:
        weight[captors] = share[captors] * at.mobile
        stiff[captors] += share[captors] * at.captive_answers / at.d[captors]
    weight *= terms.sigma
    stiff += weight
    np.maximum(stiff, precision.tiny, out=stiff)
    stiff *= damped
    plain = right / stiff
    if together is not None:
        plain[rows] = np.where(together > 0, short.gap / damped, plain[rows])
    diagonal = stiff - share * at.own
    far_bond = at.far_bond
    if at.far is not None:
        far_bond = far_bond * (layout.consumption[at.far.consumer, 0] / layout.consumption.sum())
        np.subtract.at(diagonal.ravel(), at.far.flat, at.far.chosen**2 * far_bond[at.far.pair])
    np.maximum(diagonal, LEAST_OWN * stiff, out=diagonal)
    if together is not None and mates is not None:
        mean = times(shares.mates, together * diagonal[rows])[layout.member]
        diagonal[rows] = np.where(together > 0, mean / np.maximum(mates, 1.0), diagonal[rows])
    scale = np.sqrt(diagonal)
    np.divide(1.0, scale, out=scale)
    stiff /= diagonal
    right *= scale
    system = System(
        scale, stiff, at.choice * scale, at.bond, at.signed, right, plain, together, mates, at.far, far_bond
    )  # fmt: skip
    _joined(layout, shares, system, right)
    return system


def _common_answer(
    layout: Layout,
    shares: Shares,
    terms: SupplyTerms,
    short: Shortfall,
    weight: FloatArray,
    together: FloatArray,
) -> FloatArray:
    """How supply answers the prices of lanes of producers with several, (N, width): those no cap holds share it."""
    if terms.multi_lane is None:
        return weight
    free = together * weight
    all_free = times(shares.mates, free)
    sold = times(shares.mates, weight)
    answers = terms.multi_lane.eps / np.exp(short.log_price)
    if terms.multi_lane.log_ceiling is not None:
        reach = terms.multi_lane.log_supply + terms.multi_lane.eps * short.log_price
        answers = np.where(reach < terms.multi_lane.log_ceiling, answers, 0.0)
    per_tonne = answers * sold / np.where(all_free > 0, all_free, 1.0)
    return np.asarray(free * per_tonne[layout.member])


def _times(layout: Layout, shares: Shares, system: System, v: FloatArray, room: Scratch) -> FloatArray:
    """The system on scaled moves, in `room.product`, (L, width)."""
    reached = np.multiply(system.reach, v, out=room.lanes)
    used = times(shares.costs, reached, room.consumers)
    used *= system.bond
    used *= system.signed
    change = times(shares.pull, used, room.lanes)
    change *= system.reach
    product = np.multiply(system.stiff, v, out=room.product)
    product -= change
    if system.far is not None:
        far, moves = system.far, (system.scale * v).ravel()
        moved = np.bincount(far.pair, far.chosen * moves[far.flat], minlength=far.consumer.size) * system.far_bond
        pulled = far.chosen * moved[far.pair] * system.scale.ravel()[far.flat]
        np.subtract.at(product.ravel(), far.flat, pulled)
    _joined(layout, shares, system, product)
    return product


def _joined(layout: Layout, shares: Shares, system: System, values: FloatArray) -> None:
    """Put the mean of those that move together in the place of each, in place."""
    if system.together is None or system.mates is None:
        return
    rows = slice(layout.singles, None)
    mine = values[rows]
    sums = times(shares.mates, system.together * mine)[layout.member]
    sums /= np.maximum(system.mates, 1.0)
    np.copyto(mine, sums, where=system.together > 0)


def _over(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Ratio, 0 where nothing is left to go, (width,)."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("lb,lb->b", a, b))
