"""Demand: how much consumers take from each lane at given delivered prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout

TINY = 1e-300
"""Stands for zero where a logarithm is taken of a quantity that may vanish on the way to the answer."""


@dataclass(frozen=True, slots=True, eq=False)
class DemandTerms:
    """What demand needs of a block, one scenario a column.

    price_power: `1 - sigma` (1); demand_power: `(sigma - eta) / (1 - sigma)` (J);
    release_power: `sigma / (1 - sigma)` (1); scale, release, isolated: as in `Block`.
    """

    price_power: FloatArray
    demand_power: FloatArray
    release_power: FloatArray
    scale: FloatArray | None
    release: FloatArray | None
    isolated: FloatArray | None


def demand_terms(block: Block) -> DemandTerms:
    """The terms of a block."""
    price_power = 1.0 - block.sigma
    return DemandTerms(
        price_power=price_power,
        demand_power=(block.sigma - block.eta) / price_power,
        release_power=block.sigma / price_power,
        scale=block.scale,
        release=block.release,
        isolated=block.isolated,
    )


def pull(layout: Layout, terms: DemandTerms, z: FloatArray) -> FloatArray:
    """Log demand on each lane at its own price of 1, relative to base, shape (L, width).

    With log delivered prices `z`, each consumer's index is `P = m^(1/(1-sigma))`, `m = sum_l s[l] exp((1-sigma) z[l])`,
    its demand per unit of base is `n = max(b P^-eta - R/Q0, 0)`, and lane l sells `exp(t - sigma z[l])` of its base,
    where `t = log sum_j W[l, j] n[j] P[j]^sigma` with W the lane's sales shares. At base prices t is 0.
    """
    q = np.multiply(z, terms.price_power)
    np.exp(q, out=q)
    log_m = layout.costs @ q
    if terms.isolated is not None:
        log_m += terms.isolated
    np.log(log_m, out=log_m)
    n = np.multiply(log_m, terms.demand_power, out=log_m if terms.release is None else None)
    np.exp(n, out=n)
    if terms.scale is not None:
        n *= terms.scale
    if terms.release is not None:
        log_m *= terms.release_power
        np.exp(log_m, out=log_m)
        log_m *= terms.release
        n -= log_m
        np.maximum(n, 0.0, out=n)
    t = layout.sales @ n
    np.maximum(t, TINY, out=t)
    return np.asarray(np.log(t, out=t))


def within_range(t: FloatArray, parked: BoolArray | None) -> BoolArray:
    """Whether log demand on every lane that can trade is that of a quantity above the smallest number, (width,)."""
    seen = t > np.log(TINY)
    return np.asarray((seen if parked is None else seen | parked).all(axis=0))
