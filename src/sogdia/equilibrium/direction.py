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

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.demand import Demand
from sogdia.equilibrium.far import Far
from sogdia.equilibrium.layout import Layout, Shares
from sogdia.equilibrium.precision import SINGLE, Precision, in_single
from sogdia.equilibrium.products import times
from sogdia.equilibrium.shortfall import Shortfall
from sogdia.equilibrium.supply import SupplyTerms

LEAST_OWN = 1e-6
"""Smallest part of its stiffness that a lane's own price is taken to move."""


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """moves of delivered prices and own: weight of a lane's own price in its pull on others, (L, width)."""

    moves: FloatArray
    own: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The linear system of scaled moves, one scenario a column (L, width).

    scale: root of the inverse diagonal; stiff: S scaled; reach: what a lane's scaled move does to the sums of choices;
    bond: what a price's pull on other lanes is made of, `n (sigma - eta / P) / sums^2`, below 0 where use answers more
    than sources replace each other (K); right: x F scaled; plain: moves if nobody else's price changed; free: lanes
    that move with others of their producer, and part: of each in their mean (N, width), None if no producer has several
    lanes; far, far_bond: as in `Demand`, the latter in shares of the world's use; own: as in `Direction`.
    """

    scale: FloatArray
    stiff: FloatArray
    reach: FloatArray
    bond: FloatArray
    right: FloatArray
    plain: FloatArray
    free: BoolArray | None
    part: FloatArray | None
    far: Far | None
    far_bond: FloatArray
    own: FloatArray


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
    enough: FloatArray | float = 0.0,
) -> Direction:
    """The moves of delivered prices after so many rounds of conjugate gradients, or as many as bring what is left of
    the system down to the part `enough` of what the first left, (width,).

    damping: added to 1 before S, (width,): under a heavy one the move is a small part of the plain one, which meets the
    shortfall of each lane as if no other price changed. The first round moves all prices together: how the world's
    price answers.
    """
    if not precision.wide and precision.double:
        terms, at, short, precision = in_single(terms), in_single(at), in_single(short), SINGLE
    damped = (1.0 + damping).astype(at.d.dtype, copy=False)
    system = _system(layout, terms, at, short, damped, precision)
    moves = _solved(layout, system, rounds, enough, precision.shares(layout))
    moves *= system.scale
    moves += system.plain
    return Direction(moves, system.own)


def _solved(layout: Layout, system: System, rounds: int, enough: FloatArray | float, shares: Shares) -> FloatArray:
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
    goal = np.square(enough) * size
    for round_ in range(rounds):
        ahead = _times(layout, shares, system, along, room)
        length = _over(size, _dot(along, ahead), size > goal)
        answer += np.multiply(along, length, out=room.lanes)
        if round_ == rounds - 1:
            break
        ahead *= length
        rest -= ahead
        before, size = size, _dot(rest, rest)
        if not (size > goal).any():
            break
        along *= _over(size, before, size > goal)
        along += rest
    return np.asarray(answer)


def _system(
    layout: Layout, terms: SupplyTerms, at: Demand, short: Shortfall, damped: FloatArray, precision: Precision
) -> System:
    shares = precision.shares(layout)
    share = layout.lane_share.astype(at.d.dtype, copy=False)
    bond = at.near * at.answers
    bond /= at.sums
    own = times(shares.own, bond)
    own *= at.choice
    own *= at.choice
    weight = share * at.quantity
    np.maximum(weight, precision.tiny, out=weight)
    answers = terms.eps / at.d
    np.copyto(answers, 0.0, where=short.held)
    stiff = answers
    stiff *= weight
    rows, captors = slice(layout.singles, None), layout.captors
    free = part = None
    right = weight * short.off
    if terms.multi_lane is not None:
        free = ~short.held[rows]
        together = free.astype(at.d.dtype)
        part = together / np.maximum(times(shares.mates, together), 1.0)[layout.member]
        stiff[rows] = _common_answer(layout, shares, terms, short, weight[rows], together)
        right[rows] = (terms.sigma * weight[rows] + stiff[rows]) * short.gap
    if captors.size:
        weight[captors] = share[captors] * at.mobile
        stiff[captors] += share[captors] * times(shares.captive, at.captive_use * at.captive_eta) / at.d[captors]
    weight *= terms.sigma
    stiff += weight
    np.maximum(stiff, precision.tiny, out=stiff)
    stiff *= damped
    plain = right / stiff
    if free is not None:
        np.divide(short.gap, damped, out=plain[rows], where=free)
    diagonal = stiff - share * own
    far_bond = at.far_bond
    if at.far is not None:
        far_bond = far_bond * (layout.consumption[at.far.consumer, 0] / layout.consumption.sum())
        np.subtract.at(diagonal.ravel(), at.far.flat, at.far.chosen**2 * far_bond[at.far.pair])
    np.maximum(diagonal, LEAST_OWN * stiff, out=diagonal)
    _joined(layout, shares, free, part, diagonal)
    scale = np.sqrt(diagonal)
    np.divide(1.0, scale, out=scale)
    stiff /= diagonal
    right *= scale
    _joined(layout, shares, free, part, right)
    return System(scale, stiff, at.choice * scale, bond, right, plain, free, part, at.far, far_bond, own)


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
    change = times(shares.pull, used, room.lanes)
    change *= system.reach
    product = np.multiply(system.stiff, v, out=room.product)
    product -= change
    if system.far is not None:
        far, moves = system.far, (system.scale * v).ravel()
        moved = np.bincount(far.pair, far.chosen * moves[far.flat], minlength=far.consumer.size) * system.far_bond
        pulled = far.chosen * moved[far.pair] * system.scale.ravel()[far.flat]
        np.subtract.at(product.ravel(), far.flat, pulled)
    _joined(layout, shares, system.free, system.part, product)
    return product


def _joined(
    layout: Layout, shares: Shares, free: BoolArray | None, part: FloatArray | None, values: FloatArray
) -> None:
    """Put the mean of those that move together in the place of each, in place."""
    if free is None or part is None:
        return
    mine = values[layout.singles :]
    np.copyto(mine, times(shares.mates, part * mine)[layout.member], where=free)


def _over(part: FloatArray, whole: FloatArray, where: BoolArray) -> FloatArray:
    """Ratio, 0 where not wanted or nothing is left to go, (width,)."""
    return np.divide(part, whole, out=np.zeros_like(part), where=where & (whole > 0))


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("lb,lb->b", a, b))
