"""Demand: how much consumers take from each lane at given delivered prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.far import Far, far_pairs, with_far
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.precision import DOUBLE, Precision
from sogdia.equilibrium.products import times

CHEAP = 1e-5
"""Use costs below which too few digits are left of them: such scenarios go to Newton's method."""


MIDDLE = 38.0
"""Choices are measured from a price of so many `1 / sigma`: single precision then holds them, and their squares, of use
costs from 0 to twice that."""


@dataclass(frozen=True, slots=True, eq=False)
class UseTerms:
    """How use answers its cost, of consumers (K or J - K): eta, scale, release as in `Block`."""

    eta: FloatArray
    scale: FloatArray | None
    release: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class DemandTerms:
    """What demand needs of a block, one scenario a column.

    sigma (1), isolated (K): as in `Block`; level: price from which choices are measured, shift: `sigma level` (1);
    closed: lanes that nobody can take (L); several, captive: of consumers with several lanes and with one.
    """

    sigma: FloatArray
    level: FloatArray
    shift: FloatArray
    isolated: FloatArray | None
    closed: BoolArray | None
    several: UseTerms
    captive: UseTerms


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Demand at delivered prices d (L, width); K consumers have several lanes, R lanes have captive consumers.

    wanted: log of the quantity wanted on each lane, relative to base, and quantity: itself (L); choice:
    `exp(-sigma (d - level))` (L) and sums: of it by consumer (K); cost: use cost P, near: use per unit of base over
    sums, 0 of the far, and answers: `sigma - eta / P` (K); mobile: quantity for others than captive consumers (R);
    captive_use, captive_eta: use of those and its elasticity (J - K); far: consumers reckoned apart, or None, and
    far_bond: what binds the prices of their lanes together (F); sound: whether all use costs keep their digits
    (width,).
    """

    d: FloatArray
    wanted: FloatArray
    quantity: FloatArray
    choice: FloatArray
    sums: FloatArray
    cost: FloatArray
    near: FloatArray
    answers: FloatArray
    mobile: FloatArray
    captive_use: FloatArray
    captive_eta: FloatArray
    far: Far | None
    far_bond: FloatArray
    sound: BoolArray


def demand_terms(layout: Layout, block: Block) -> DemandTerms:
    """The terms of a block."""
    several, captive = slice(0, layout.several), slice(layout.several, None)
    level = MIDDLE / block.sigma
    return DemandTerms(
        sigma=block.sigma,
        level=level,
        shift=np.full_like(block.sigma, MIDDLE),
        isolated=None if block.isolated is None else block.isolated[several],
        closed=None if block.parked is None else block.parked == np.inf,
        several=_use_terms(block, several),
        captive=_use_terms(block, captive),
    )


def demand(
    layout: Layout, terms: DemandTerms, d: FloatArray, log_d: FloatArray, precision: Precision = DOUBLE
) -> Demand:
    """Demand at delivered prices `d`, finite everywhere, (L, width).

    With the sum of choices `m = sum_l s[l] exp(-sigma (d[l] - level))`, a consumer's use cost is
    `P = level - log m / sigma`, its use per unit of base `n = max(b P^-eta - R/Q0, 0)`, and lane l sells
    `exp(-sigma (d[l] - level)) sum_j W[l, j] n[j] / m[j]` of its base, W the lane's sales shares. For a captive
    consumer P is the price of its lane, and m does not enter.
    """
    shares = precision.shares(layout)
    distance, choice, sums, far = _chosen(layout, terms, d, precision)
    cost = np.log(sums)
    cost /= terms.sigma
    np.subtract(terms.level, cost, out=cost)
    if far is not None:
        cost[far.consumer, far.column] = far.use_cost
    use, eta = _use(terms.several, np.log(cost))
    answers = eta / cost
    np.subtract(terms.sigma, answers, out=answers)
    near = use / sums
    if far is not None:
        near[far.consumer, far.column] = 0.0
    quantity = times(shares.sales, near)
    np.maximum(quantity, precision.tiny, out=quantity)
    wanted = np.log(quantity)
    wanted += distance
    quantity *= choice
    far_bond = cost[:0, 0]
    if far is not None:
        far_bond = with_far(far, wanted, quantity, use, answers)
    rows = layout.captors
    mobile = quantity[rows]
    captive_use, captive_eta = _use(terms.captive, log_d[layout.captor])
    if rows.size:
        captive = times(shares.captive, captive_use)
        total = mobile + captive
        wanted[rows] = np.where(captive > 0, np.log(np.maximum(total, precision.tiny)), wanted[rows])
        quantity[rows] = total
    np.maximum(quantity, precision.tiny, out=quantity)
    np.minimum(quantity, precision.most, out=quantity)
    sound = cost.min(axis=0, initial=1.0) > CHEAP
    if not precision.wide:
        sound &= (sums.min(axis=0, initial=1.0) >= precision.thin) & (
            sums.max(axis=0, initial=1.0) <= 1 / precision.thin
        )
    return Demand(
        d, wanted, quantity, choice, sums, cost, near, answers, mobile, captive_use, captive_eta, far, far_bond, sound
    )


def prices(layout: Layout, at: Demand, chosen: IntArray) -> tuple[FloatArray, FloatArray]:
    """Log use cost and price paid, `sum_l s exp(-sigma d) d / sum_l s exp(-sigma d)`, of the columns `chosen`, in
    double precision, (J, columns) each.
    """
    d = np.take(at.d, chosen, axis=1)
    paid = times(layout.double.costs, np.take(at.choice, chosen, axis=1) * d)
    paid /= np.take(at.sums, chosen, axis=1)
    if at.far is not None:
        where = np.full(at.d.shape[1], -1)
        where[chosen] = np.arange(chosen.size)
        column = where[at.far.column]
        paid[at.far.consumer[column >= 0], column[column >= 0]] = at.far.price_paid[column >= 0]
    own = d[layout.captor]
    return np.log(np.vstack([np.take(at.cost, chosen, axis=1), own])), np.vstack([paid, own])


def _chosen(
    layout: Layout, terms: DemandTerms, d: FloatArray, precision: Precision
) -> tuple[FloatArray, FloatArray, FloatArray, Far | None]:
    """`-sigma (d - level)` and its exponential (L, width), their sums (K, width), and consumers reckoned apart."""
    distance = terms.sigma * d
    np.subtract(terms.shift, distance, out=distance)
    choice = np.exp(distance)
    if terms.closed is not None:
        np.copyto(choice, 0.0, where=terms.closed)
    sums = times(precision.shares(layout).costs, choice)
    if terms.isolated is not None:
        sums += terms.isolated
    far = None
    if precision.wide and sums.min(initial=1.0) < precision.thin:
        apart = sums < precision.thin
        reach = d if terms.closed is None else np.where(terms.closed, np.inf, d)
        far = far_pairs(layout, reach, terms.sigma, apart)
        sums[apart] = 1.0
    return distance, choice, sums, far


def _use_terms(block: Block, rows: slice) -> UseTerms:
    return UseTerms(
        eta=block.eta[rows],
        scale=None if block.scale is None else block.scale[rows],
        release=None if block.release is None else block.release[rows],
    )


def _use(terms: UseTerms, log_cost: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Use per unit of base at a log use cost, which is overwritten, and its elasticity, (K, width) each."""
    use = log_cost
    use *= terms.eta
    np.negative(use, out=use)
    np.exp(use, out=use)
    if terms.scale is not None:
        use *= terms.scale
    if terms.release is None:
        return use, terms.eta
    left = np.maximum(use - terms.release, 0.0)
    return left, np.where(left > 0, terms.eta * use / np.where(left > 0, left, 1.0), 0.0)
