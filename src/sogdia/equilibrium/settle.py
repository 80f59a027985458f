"""A whole block of scenarios reaches its equilibria by Newton's method, damped where it leads astray.

Newton's step solves for all prices at once (`direction.py`). A step is taken back if the largest gap after it is above
the largest of some before, and tried again with more damping, which turns it towards the plain answer of each price to
present demand. Scenarios leave the block as they settle; those that do not are left to the dense method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.block import Block, columns
from sogdia.equilibrium.demand import Demand, demand, price_paid
from sogdia.equilibrium.direction import direction
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.response import Terms, start, terms_of
from sogdia.equilibrium.supply import Met, meet

FEW, MANY = 1, 6
"""Rounds of conjugate gradients in the first step, one more in every further step, and at most."""
MEMORY, LEAST_GAIN = 4, 1e-6
"""A step is taken if the largest gap after it is below the largest of so many before, by this part of it."""
HEAVY, STIFFEN, EASE, LIGHT = 0.1, 10.0, 0.2, 1e-2
"""Damping after a first refused step, its change with every further refused and every taken step, and the least."""
HALF = -0.5
"""Relative fall of a price beyond which its log moves in proportion, so that the price stays above 0."""
LOWEST = -690.0
"""Log price that stands for a price of 0."""
LEAST_WIDTH, WORTHWHILE = 2, 0.8
"""Columns kept at least, because NumPy adds up a lone column in another order, and the share of scenarios still open
at which the others are dropped."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """z: log delivered prices and wanted: log quantity wanted there, relative to base (L, width); use_cost, price_paid
    (J, width); settled: whether they are the answer, (width,); evaluations: spent on each, (width,)."""

    z: FloatArray
    wanted: FloatArray
    use_cost: FloatArray
    price_paid: FloatArray
    settled: BoolArray
    evaluations: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """Where each scenario is, one a column.

    z: log prices to go back to (L, width); gaps: largest of the last steps taken, newest first (MEMORY, width); damping
    (width,); again: whether z itself is looked at again (width,).
    """

    z: FloatArray
    gaps: FloatArray
    damping: FloatArray
    again: BoolArray


def settle(layout: Layout, block: Block, width: int, tolerance: float, limit: int) -> Settled:
    """Iterate every scenario until its largest relative mismatch of quantity is at most `tolerance`.

    A scenario is given up after `limit` evaluations, or at once where numbers lose their digits.
    """
    found = _nothing(layout, block, width, limit)
    terms, place, z = terms_of(layout, block), np.arange(width), found.z.copy()
    eta = np.asarray(layout.sales @ block.eta)
    open_ = np.ones(width, dtype=bool)
    course = _Course(z, np.full((MEMORY, width), -np.inf), np.zeros(width), np.zeros(width, dtype=bool))
    for evaluation in range(1, limit + 1):
        at, met = _response(layout, terms, z)
        miss = np.abs(met.mismatch).max(axis=0)
        done = open_ & ~(miss > tolerance)
        lost = open_ & ~(np.isfinite(miss) & at.sound)
        _keep(layout, found, place, z, at, done & ~lost, done | lost, evaluation)
        open_ &= ~(done | lost)
        if not open_.any():
            break
        course = _judged(course, z, np.abs(met.gap).max(axis=0))
        rounds = min(FEW + evaluation, MANY)
        moves = direction(layout, terms.supply, at, met, eta, terms.parked, course.damping, rounds)
        z = np.where(course.again, course.z, _ahead(z, moves / at.d, terms.parked))
        if open_.sum() <= WORTHWHILE * place.size and place.size > LEAST_WIDTH:
            kept = np.argsort(~open_, kind="stable")[: max(int(open_.sum()), LEAST_WIDTH)]
            place, open_, z = place[kept], open_[kept], np.take(z, kept, axis=1)
            terms, course = columns(terms, kept), _picked(course, kept)
            eta = eta if eta.shape[1] == 1 else np.take(eta, kept, axis=1)
    return found


def _nothing(layout: Layout, block: Block, width: int, limit: int) -> Settled:
    consumers = layout.consumers.size
    return Settled(
        z=start(block, layout, width),
        wanted=np.zeros((layout.lanes.size, width)),
        use_cost=np.ones((consumers, width)),
        price_paid=np.ones((consumers, width)),
        settled=np.zeros(width, dtype=bool),
        evaluations=np.full(width, limit),
    )


def _keep(
    layout: Layout,
    found: Settled,
    place: IntArray,
    z: FloatArray,
    at: Demand,
    settled: BoolArray,
    left: BoolArray,
    evaluation: int,
) -> None:
    """Write down the answers of the columns that have settled, and when any left."""
    found.evaluations[place[left]] = evaluation
    if settled.any():
        where = place[settled]
        found.z[:, where] = z[:, settled]
        found.wanted[:, where] = at.wanted[:, settled]
        found.use_cost[:, where] = at.use_cost[:, settled]
        found.price_paid[:, where] = price_paid(layout, at)[:, settled]
        found.settled[where] = True


def _response(layout: Layout, terms: Terms, z: FloatArray) -> tuple[Demand, Met]:
    """Demand at log prices z, and how prices would have to move to meet it; parked lanes stay."""
    at = demand(layout, terms.demand, np.exp(z))
    if terms.parked is None:
        return at, meet(layout, terms.supply, at.wanted, z, at.d)
    np.copyto(at.d, 1.0, where=terms.parked)
    met = meet(layout, terms.supply, at.wanted, np.where(terms.parked, 0.0, z), at.d)
    np.copyto(met.gap, 0.0, where=terms.parked)
    np.copyto(met.mismatch, 0.0, where=terms.parked)
    return at, met


def _judged(course: _Course, z: FloatArray, gap: FloatArray) -> _Course:
    """The course after steps to log prices z, where the largest gaps are `gap`: taken or to be taken back."""
    refused = ~course.again & ~(gap < course.gaps.max(axis=0) * (1 - LEAST_GAIN))
    refused &= np.isfinite(course.gaps[0])
    taken = ~course.again & ~refused
    eased = np.where(course.damping > LIGHT, course.damping * EASE, 0.0)
    stiffer = np.maximum(course.damping * STIFFEN, HEAVY)
    return _Course(
        z=np.where(taken, z, course.z),
        gaps=np.where(taken, np.vstack([gap, course.gaps[:-1]]), course.gaps),
        damping=np.where(refused, stiffer, np.where(taken, eased, course.damping)),
        again=refused,
    )


def _ahead(z: FloatArray, relative: FloatArray, parked: BoolArray | None) -> FloatArray:
    """Log prices after relative moves of prices, (L, width)."""
    step = np.where(relative > HALF, np.log1p(np.maximum(relative, HALF)), relative - HALF + np.log1p(HALF))
    ahead = np.maximum(z + np.where(np.isfinite(step), step, 0.0), LOWEST)
    return ahead if parked is None else np.where(parked, z, ahead)


def _picked(course: _Course, kept: IntArray) -> _Course:
    z, gaps = np.take(course.z, kept, axis=1), np.take(course.gaps, kept, axis=1)
    return _Course(z, gaps, course.damping[kept], course.again[kept])
