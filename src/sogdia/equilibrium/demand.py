"""Demand: how much consumers take from each lane at given delivered prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.far import Far, far_pairs, with_far
from sogdia.equilibrium.layout import Layout

TINY = 1e-300
"""Stands for zero where a logarithm is taken of a quantity that may vanish on the way to the answer."""
THIN = 1e-100
"""Sums of choices below which a consumer is reckoned apart; their squares must stay numbers."""
CHEAP = 1e-5
"""Use costs below which too few digits are left of them: such scenarios go to Newton's method."""


@dataclass(frozen=True, slots=True, eq=False)
class DemandTerms:
    """What demand needs of a block, one scenario a column.

    sigma, level (1), eta (J), scale, release, isolated: as in `Block`; shift: `sigma level` (1).
    """

    sigma: FloatArray
    level: FloatArray
    shift: FloatArray
    eta: FloatArray
    scale: FloatArray | None
    release: FloatArray | None
    isolated: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Demand at delivered prices d (L, width).

    wanted: log of the quantity wanted on each lane, relative to base (L); choice: `exp(-sigma (d - level))` (L);
    sums: of each consumer's choices (J); use_cost (J);
    curve: what a price's pull on other lanes is made of, `n (sigma - eta / P) / sums^2` (J); own: sum over consumers of
    a lane's quantity times its share of their use, relative to the lane's base (L);
    far: consumers reckoned apart, and far_pull: their part of the pull of a lane's price on its own demand (L), or
    None; sound: whether all use costs keep their digits (width,).
    """

    d: FloatArray
    wanted: FloatArray
    choice: FloatArray
    sums: FloatArray
    use_cost: FloatArray
    curve: FloatArray
    own: FloatArray
    far: Far | None
    far_pull: FloatArray | None
    sound: BoolArray


def demand_terms(block: Block) -> DemandTerms:
    """The terms of a block."""
    return DemandTerms(
        sigma=block.sigma,
        level=block.level,
        shift=block.sigma * block.level,
        eta=block.eta,
        scale=block.scale,
        release=block.release,
        isolated=block.isolated,
    )


def demand(layout: Layout, terms: DemandTerms, d: FloatArray) -> Demand:
    """Demand at delivered prices `d`, (L, width).

    With the sum of choices `m = sum_l s[l] exp(-sigma (d[l] - level))`, a consumer's use cost is
    `P = level - log m / sigma`, its use per unit of base `n = max(b P^-eta - R/Q0, 0)`, and lane l sells
    `exp(-sigma (d[l] - level)) sum_j W[l, j] n[j] / m[j]` of its base, W the lane's sales shares.
    """
    distance = terms.sigma * d
    distance -= terms.shift
    choice = np.exp(-distance)
    sums = np.asarray(layout.costs @ choice)
    if terms.isolated is not None:
        sums += terms.isolated
    apart = sums < THIN
    far = far_pairs(layout, d, terms.sigma, apart) if apart.any() else None
    if far is not None:
        sums[apart] = 1.0
    cost = np.log(sums)
    cost /= terms.sigma
    np.subtract(terms.level, cost, out=cost)
    if far is not None:
        cost[far.consumer, far.column] = far.use_cost
    use, eta = _use(terms, cost)
    answers = terms.sigma - eta / cost
    near = use / sums
    if far is not None:
        near[apart] = 0.0
    wanted = np.asarray(layout.sales @ near)
    np.log(np.maximum(wanted, TINY, out=wanted), out=wanted)
    wanted -= distance
    near /= sums
    own = np.asarray(layout.own @ near)
    own *= choice
    own *= choice
    near *= answers
    far_pull = None
    if far is not None:
        wanted, far_own, far_pull = with_far(far, wanted, use, answers)
        own += far_own
    sound = cost.min(axis=0) > CHEAP
    return Demand(d, wanted, choice, sums, cost, near, own, far, far_pull, sound)


def _use(terms: DemandTerms, cost: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Use per unit of base at a use cost, and its elasticity, (J, width) each."""
    use = np.log(cost)
    use *= terms.eta
    np.negative(use, out=use)
    np.exp(use, out=use)
    if terms.scale is not None:
        use *= terms.scale
    if terms.release is None:
        return use, terms.eta
    left = np.maximum(use - terms.release, 0.0)
    return left, np.where(left > 0, terms.eta * use / np.where(left > 0, left, 1.0), 0.0)


def price_paid(layout: Layout, at: Demand) -> FloatArray:
    """What each consumer pays for a tonne, `sum_l s exp(-sigma d) d / sum_l s exp(-sigma d)`, (J, width)."""
    paid = np.asarray(layout.costs @ (at.choice * np.where(np.isfinite(at.d), at.d, 0.0)))
    paid /= at.sums
    if at.far is not None:
        paid[at.far.consumer, at.far.column] = at.far.price_paid
    return paid
