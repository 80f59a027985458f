"""A whole block of scenarios reaches its equilibria by Newton's method, damped where it leads astray.

Newton's step solves for all prices at once (`direction.py`). A step is taken back if the largest shortfall after it is
above the largest of some before, and tried again with more damping, which turns it towards the plain answer of each
price to present demand. Scenarios leave the block as they settle; those that do not are left to the dense method.
Prices are sought in single precision first, where most steps are taken, and then in double.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.block import Block, columns
from sogdia.equilibrium.demand import Demand, demand, prices
from sogdia.equilibrium.direction import Direction, direction
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.precision import DOUBLE, MIXED, SINGLE, Precision, in_single
from sogdia.equilibrium.response import Terms, terms_of
from sogdia.equilibrium.shortfall import Shortfall, shortfall

PART = 512
"""Columns iterated together: enough to hide the interpreter, few enough to stay in the cache."""
ROUGH, ROUGH_LIMIT, MIXED_LIMIT = 3e-5, 8, 4
"""Shortfall at which, or number of evaluations after which, prices in single precision are handed to double, and
evaluations in double with steps in single."""
FIRST, MANY, LOOSE, TIGHT = 1, 4, 5, 10
"""Rounds of conjugate gradients in the first step, one more in every further step, and at most; in double precision
where the tolerance is at least `TOLERANT`, and where it is below."""
TOLERANT = 1e-7
CLOSER, CLOSE = 0.01, 0.01
"""Rounds in double precision end where what is left is such a part of the tolerance, or of itself before the first."""
FARTHEST = 60.0
"""The search begins at a price of at most so many `1 / sigma`, which single precision holds."""
MEMORY, LEAST_GAIN = 4, 1e-6
"""A step is taken if the largest shortfall after it is below the largest of so many before, by this part of it."""
GROWTH = 4.0
"""Growth of the first shortfall that a step may bring: steps from far off go astray before they lead home."""
CAUTIOUS = np.array([0.3, 0.1, 0.03, 0.0])
"""Damping of the first steps, from prices that are far from the answer."""
HEAVY, STIFFEN, EASE, LIGHT = 0.1, 10.0, 0.2, 1e-2
"""Damping after a first refused step, its change with every further refused and every taken step, and the least."""
HALF, RISE = 0.5, 8.0
"""Part of itself below which the log of a price moves in proportion, so that the price stays above 0, and the largest
rise of the log price of a lane in one step."""
LOWEST, HIGHEST = 1e-30, 1e30
"""Prices in single precision stay between these."""
TINIEST, HUGE = 1e-299, float(np.finfo(np.float64).max)
"""Stands for a price of 0 in double precision, and the highest price there."""
LEAST_WIDTH, WORTHWHILE = 2, 0.8
"""Columns kept at least, because NumPy adds up a lone column in another order, and the share of scenarios still open
at which the others are dropped."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Where the search has come to: d: delivered prices (L, width); settled: whether they are the answer, and
    evaluations: spent on each, (width,).

    Of those that are: wanted: log quantity wanted, relative to base (L, width); log_price: of producers with several
    lanes (M, width); log_cost: log use cost, and price_paid (J, width).
    """

    d: FloatArray
    wanted: FloatArray
    log_price: FloatArray
    log_cost: FloatArray
    price_paid: FloatArray
    settled: BoolArray
    evaluations: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """Where each scenario is, one a column.

    d: prices to go back to (L, width); misses: largest shortfalls of the last steps taken, newest first
    (MEMORY, width); damping (width,); again: whether d itself is looked at again (width,).
    """

    d: FloatArray
    misses: FloatArray
    damping: FloatArray
    again: BoolArray


def settle(layout: Layout, block: Block, width: int, tolerance: float, limit: int) -> Settled:
    """Iterate every scenario until its largest relative mismatch of quantity is at most `tolerance`.

    A scenario is given up after `limit` evaluations, or at once where numbers lose their digits.
    """
    terms = terms_of(layout, block)
    d = np.broadcast_to(np.minimum(block.level, FARTHEST / block.sigma), (layout.lanes.size, width)).copy()
    found = Settled(
        d=d,
        wanted=np.zeros_like(d),
        log_price=np.zeros((layout.starts.size, width)),
        log_cost=np.zeros((layout.consumers.size, width)),
        price_paid=np.zeros((layout.consumers.size, width)),
        settled=np.zeros(width, dtype=bool),
        evaluations=np.zeros(width, dtype=np.int64),
    )
    steps = ((SINGLE, ROUGH, min(ROUGH_LIMIT, limit)), (MIXED, tolerance, min(MIXED_LIMIT, limit - ROUGH_LIMIT)))
    for first in range(0, width, PART):
        index = np.arange(first, min(first + PART, width))
        part = columns(terms, index) if width > PART else terms
        for precision, aim, most in steps:
            if most > 0:
                _search(layout, part, found, index, precision, aim, most)
    rest, most = np.flatnonzero(~found.settled), limit - ROUGH_LIMIT - MIXED_LIMIT
    if rest.size and most > 0:
        _search(layout, columns(terms, rest), found, rest, DOUBLE, tolerance, most)
    return found


def _search(
    layout: Layout,
    terms: Terms,
    found: Settled,
    place: IntArray,
    precision: Precision,
    tolerance: float,
    limit: int,
) -> None:
    """Go on from what has been found of the scenarios `place`, whose terms these are, in one precision, in place."""
    if place.size < LEAST_WIDTH:
        place, terms = np.repeat(place, LEAST_WIDTH), columns(terms, np.zeros(LEAST_WIDTH, dtype=np.int64))
    d, spent = np.take(found.d, place, axis=1), found.evaluations[place]
    if not precision.double:
        d, terms = d.astype(np.float32), in_single(terms)
    open_, astray = np.ones(place.size, dtype=bool), np.zeros(place.size, dtype=bool)
    most = LOOSE if tolerance >= TOLERANT and not precision.wide else TIGHT
    course = _Course(d, np.full((MEMORY, place.size), -np.inf), np.zeros(place.size), astray)
    for evaluation in range(1, limit + 1):
        log_d = np.log(d)
        at = demand(layout, terms.demand, d, log_d, precision)
        short = shortfall(layout, terms.supply, at.wanted, log_d, d, precision)
        if terms.parked is not None:
            np.copyto(short.off, 0.0, where=terms.parked)
        miss = np.maximum(short.off.max(axis=0), -short.off.min(axis=0))
        done = open_ & (miss <= tolerance) & at.sound
        left = done | (open_ & (astray | ~(np.isfinite(miss) & at.sound)))
        if evaluation == limit:
            left = open_
        if left.any():
            _keep(layout, found, place, at, short, left, done, spent + evaluation, precision)
            open_ = open_ & ~left
        if not open_.any():
            return
        if evaluation == 1:
            course = replace(course, misses=np.vstack([miss] + [GROWTH * miss] * (MEMORY - 1)))
        else:
            course = _judged(course, d, miss)
        damping = np.maximum(course.damping, CAUTIOUS[np.minimum(spent + evaluation, len(CAUTIOUS)) - 1])
        rounds = most if precision.double else min(FIRST - 1 + evaluation, MANY)
        enough = np.minimum(CLOSER * tolerance / miss, CLOSE) if precision.double else 0.0
        step = direction(layout, terms.supply, at, short, damping, rounds, precision, enough)
        astray = open_ & ~np.isfinite(step.moves.sum(axis=0))
        d = _ahead(layout, terms.demand.sigma, d, step, at, precision)
        if course.again.any():
            d = np.where(course.again, course.d, d)
        if terms.parked is not None:
            np.copyto(d, course.d, where=terms.parked)
        if open_.sum() <= WORTHWHILE * place.size and place.size > LEAST_WIDTH:
            kept = np.argsort(~open_, kind="stable")[: max(int(open_.sum()), LEAST_WIDTH)]
            place, open_, d = place[kept], open_[kept], np.take(d, kept, axis=1)
            astray, spent = astray[kept], spent[kept]
            terms, course = columns(terms, kept), _picked(course, kept)


def _keep(
    layout: Layout,
    found: Settled,
    place: IntArray,
    at: Demand,
    short: Shortfall,
    left: BoolArray,
    done: BoolArray,
    evaluations: IntArray,
    precision: Precision,
) -> None:
    """Write down where the columns that have left are and, of those that are done for good, their answer."""
    gone = np.flatnonzero(left)
    found.evaluations[place[gone]] = evaluations[gone]
    found.d[:, place[gone]] = np.take(at.d, gone, axis=1)
    if not precision.double or not done.any():
        return
    gone = np.flatnonzero(done)
    where = place[gone]
    found.settled[where] = True
    found.wanted[:, where] = np.take(at.wanted, gone, axis=1)
    found.log_price[:, where] = np.take(short.log_price, gone, axis=1)
    found.log_cost[:, where], found.price_paid[:, where] = prices(layout, at, gone)


def _judged(course: _Course, d: FloatArray, miss: FloatArray) -> _Course:
    """The course after steps to prices d, where the largest shortfalls are `miss`: taken or to be taken back."""
    refused = ~course.again & ~(miss < course.misses.max(axis=0) * (1 - LEAST_GAIN))
    refused &= np.isfinite(course.misses[0])
    taken = ~course.again & ~refused
    eased = np.where(course.damping > LIGHT, course.damping * EASE, 0.0)
    stiffer = np.maximum(course.damping * STIFFEN, HEAVY)
    return _Course(
        d=d if taken.all() else np.where(taken, d, course.d),
        misses=np.where(taken, np.vstack([miss, course.misses[:-1]]), course.misses),
        damping=np.where(refused, stiffer, np.where(taken, eased, course.damping)),
        again=refused,
    )


def _ahead(
    layout: Layout, sigma: FloatArray, d: FloatArray, step: Direction, at: Demand, precision: Precision
) -> FloatArray:
    """Prices after moves, (L, width): in the price itself where it rises, in its log where it falls by half.

    Where captive consumers take most, a lane rises in its log, the more so the more they take, and falls in its log,
    but not below where the others come back.
    """
    ahead, floor = d + step.moves, HALF * d
    low = np.flatnonzero(ahead < floor)
    if low.size:
        ahead.flat[low] = floor.flat[low] * np.exp(step.moves.flat[low] / d.flat[low] + HALF)
    rows = layout.captors
    if rows.size:
        was, quantity = d[rows], at.quantity[rows]
        relative, loose = step.moves[rows] / was, np.minimum(at.mobile / quantity, 1.0)
        stuck = np.maximum(1.0 - 2.0 * loose, 0.0)
        rise = stuck * np.minimum(relative, RISE) + (1.0 - stuck) * np.log(1.0 + np.maximum(relative, 0.0))
        others = np.maximum(loose - np.maximum(step.own[rows], 0.0) / sigma / quantity, 0.0)
        fall = np.maximum(was * np.exp(np.maximum(relative, -RISE)), was + np.log(others) / sigma)
        ahead[rows] = np.where(relative > 0, was * np.exp(rise), np.where(loose < HALF, fall, ahead[rows]))
    lowest, highest = (TINIEST, HUGE) if precision.double else (LOWEST, HIGHEST)
    np.maximum(ahead, lowest, out=ahead)
    return ahead if ahead.max() <= highest else np.where(np.isfinite(ahead), np.minimum(ahead, highest), d)


def _picked(course: _Course, kept: IntArray) -> _Course:
    d, misses = np.take(course.d, kept, axis=1), np.take(course.misses, kept, axis=1)
    return _Course(d, misses, course.damping[kept], course.again[kept])
