"""Demand: how much consumers take from each lane at given delivered prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout

TINY = 1e-300
"""Stands for zero where a logarithm is taken of a quantity that may vanish on the way to the answer."""
THIN, CHEAP = 1e-280, 1e-6
"""Sums of choices and use costs below which products with the shares lose digits: such scenarios go to Newton's."""


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


def pull(layout: Layout, terms: DemandTerms, d: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Log demand on each lane at the price `level`, relative to base, (L, width); sums of choices (J, width); range.

    With delivered prices `d`, each consumer's sum of choices is `m = sum_l s[l] exp(-sigma (d[l] - level))`, its use
    cost `P = level - log m / sigma`, its use per unit of base `n = max(b P^-eta - R/Q0, 0)`, and lane l sells
    `exp(t - sigma (d[l] - level))` of its base, where `t = log sum_j W[l, j] n[j] / m[j]` with W the lane's sales
    shares. The last tells where every sum and use cost keeps its digits, (width,).
    """
    q = np.multiply(d, terms.sigma)
    np.subtract(terms.shift, q, out=q)
    np.exp(q, out=q)
    m = np.asarray(layout.costs @ q)
    if terms.isolated is not None:
        m += terms.isolated
    cost = np.log(m)
    cost /= terms.sigma
    np.subtract(terms.level, cost, out=cost)
    sound = (m.min(axis=0) > THIN) & (cost.min(axis=0) > CHEAP)
    n = np.log(cost, out=cost)
    n *= terms.eta
    np.negative(n, out=n)
    np.exp(n, out=n)
    if terms.scale is not None:
        n *= terms.scale
    if terms.release is not None:
        n -= terms.release
        np.maximum(n, 0.0, out=n)
    n /= m
    t = np.asarray(layout.sales @ n)
    np.maximum(t, TINY, out=t)
    return np.asarray(np.log(t, out=t)), m, sound


def within_range(t: FloatArray, parked: BoolArray | None) -> BoolArray:
    """Whether log demand on every lane that can trade is that of a quantity above the smallest number, (width,)."""
    seen = t > np.log(TINY)
    return np.asarray((seen if parked is None else seen | parked).all(axis=0))
