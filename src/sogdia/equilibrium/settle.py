"""A whole block of scenarios reaches its equilibria by Newton's method with a line search.

Newton's step solves for all prices at once (`direction.py`). A lane that its consumers cannot do without answers in
proportion to its price, any other in differences of it, so the first moves in the log of its price and the other in the
price. The programme behind the market is convex: along a step its slope, `sum_l (offered - wanted) (d' - d)`, rises,
and a step past which it is steeper than before leads too far and is shortened. Scenarios leave the block as they
settle; those that do not are left to the dense method.
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

FEW, MANY = 4, 10
"""Rounds of conjugate gradients in the first step, one more in every further step, and at most."""
STEEPER, NEAR, SHORTEST = 2.0, 0.05, 1e-4
"""A step is refused where the slope after it is more than so many times the slope before, unless quantities miss by
less than `NEAR` or it is already so short."""
CUT = (0.1, 0.6)
"""Least and most that a refused step is shortened to."""
CAPTIVE = 1e-9
"""Share of other lanes in what a lane's buyers use below which the lane is one they cannot do without."""
FALL, RISE = -6.0, 12.0
"""Largest fall and rise of the log of such a lane's price in one step."""
HALF = -0.5
"""Relative fall of a price beyond which its log moves in proportion, so that the price stays above 0."""
LOWEST = -690.0
"""Log price that stands for a price of 0."""
MOST = 300.0
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
    """The step each scenario is on, one a column: from log prices z and prices d, in direction step of log prices, with
    the slope `pull` of the programme by price there (L, width); part: how much of it is taken; slope: over that part
    (width)."""

    z: FloatArray
    d: FloatArray
    step: FloatArray
    pull: FloatArray
    part: FloatArray
    slope: FloatArray


def settle(layout: Layout, block: Block, width: int, tolerance: float, limit: int) -> Settled:
    """Iterate every scenario until its largest relative mismatch of quantity is at most `tolerance`.

    A scenario is given up after `limit` evaluations, or at once where numbers lose their digits.
    """
    found = _nothing(layout, block, width, limit)
    terms, place, z = terms_of(layout, block), np.arange(width), found.z.copy()
    eta = np.asarray(layout.sales @ block.eta)
    open_ = np.ones(width, dtype=bool)
    course: _Course | None = None
    for evaluation in range(1, limit + 1):
        at, met = _response(layout, terms, z)
        miss = np.abs(met.mismatch).max(axis=0)
        done = open_ & ~(miss > tolerance)
        lost = open_ & ~(np.isfinite(miss) & at.sound)
        _keep(layout, found, place, z, at, done & ~lost, done | lost, evaluation)
        open_ &= ~(done | lost)
        if not open_.any():
            break
        course = _onward(layout, terms, at, met, eta, miss, z, course, min(FEW + evaluation, MANY))
        z = _ahead(course, terms.parked)
        course = _measured(course, z, terms.parked)
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


def _onward(
    layout: Layout,
    terms: Terms,
    at: Demand,
    met: Met,
    eta: FloatArray,
    miss: FloatArray,
    z: FloatArray,
    course: _Course | None,
    rounds: int,
) -> _Course:
    """The next step of each scenario, or a shorter part of the last where that led too far."""
    v = direction(layout, terms.supply, at, met, eta, terms.parked, rounds)
    quantity = np.exp(np.clip(at.wanted, -MOST, MOST))
    leak = 1.0 - np.minimum(at.own / quantity, 1.0)
    step = _log_step(v / at.d, leak)
    pull = layout.lane_share * quantity * np.expm1(np.clip(-met.mismatch, -MOST, MOST))
    width = z.shape[1]
    if course is None:
        return _Course(z, at.d, step, pull, np.ones(width), np.zeros(width))
    slope = (pull * (at.d - course.d)).sum(axis=0)
    before = np.abs(course.slope)
    refused = ~(slope <= STEEPER * before) & ~(miss < NEAR) & (course.part > SHORTEST)
    cut = before / np.where(before + np.abs(slope) > 0, before + np.abs(slope), 1.0)
    cut = np.clip(np.where(np.isfinite(cut), cut, 0.0), *CUT)
    return _Course(
        z=np.where(refused, course.z, z),
        d=np.where(refused, course.d, at.d),
        step=np.where(refused, course.step, step),
        pull=np.where(refused, course.pull, pull),
        part=np.where(refused, course.part * cut, 1.0),
        slope=course.slope,
    )


def _log_step(relative: FloatArray, leak: FloatArray) -> FloatArray:
    """Moves of log prices for relative moves of prices, (L, width); leak: see `CAPTIVE`."""
    by_price = np.where(relative > HALF, np.log1p(np.maximum(relative, HALF)), relative - HALF + np.log1p(HALF))
    step = np.where(leak < CAPTIVE, np.clip(relative, FALL, RISE), by_price)
    return np.where(np.isfinite(step), step, 0.0)


def _ahead(course: _Course, parked: BoolArray | None) -> FloatArray:
    """Log prices after the part of the step that is taken."""
    z = course.part * course.step
    z += course.z
    np.maximum(z, LOWEST, out=z)
    return z if parked is None else np.where(parked, course.z, z)


def _measured(course: _Course, z: FloatArray, parked: BoolArray | None) -> _Course:
    """The course with the programme's slope over the part that is taken."""
    d = np.exp(z) if parked is None else np.where(parked, 1.0, np.exp(z))
    slope = (course.pull * (d - course.d)).sum(axis=0)
    return _Course(course.z, course.d, course.step, course.pull, course.part, slope)


def _picked(course: _Course, kept: IntArray) -> _Course:
    z, d, step, pull = (np.take(values, kept, axis=1) for values in (course.z, course.d, course.step, course.pull))
    return _Course(z, d, step, pull, course.part[kept], course.slope[kept])
