"""Supply: by how much each lane's delivered price must move to meet a given demand.

Demand is given as the log of the quantity wanted at present prices, so that nothing is lost to cancellation where a
price is a million times that of the base year. Supply, ceilings and caps are met by the answer; only demand's own
response to it remains to be found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import LOWEST, TOUCHING, MultiLaneTerms, common_price, multi_lane_terms

ROUNDS, MET = 60, 1e-8
"""Rounds at most in which a price is found, and the step of its log after which the next would change nothing."""
CLOSE = 1e-5
"""Relative step of a price at which the straight line is as good as the curve."""


@dataclass(frozen=True, slots=True, eq=False)
class SupplyTerms:
    """What supply needs of a block, one scenario a column.

    sigma (1); eps (L); shift: `log a - eps log tau` (L); log_limit: `log min(kappa, K)` of lanes that are their
    producer's only one, `log K` of others (L), None if nothing is limited; multi_lane: see there.
    """

    sigma: FloatArray
    eps: FloatArray
    shift: FloatArray
    log_limit: FloatArray | None
    multi_lane: MultiLaneTerms | None


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Where supply meets demand, one lane a row (L, width).

    gap: by how much the delivered price must move; mismatch: log of the quantity wanted at present prices over the one
    offered; held: lanes held to a cap or, if their producer's only one, to its ceiling; log_price: of the producers
    with several lanes (M, width).
    """

    gap: FloatArray
    mismatch: FloatArray
    held: BoolArray
    log_price: FloatArray


def supply_terms(layout: Layout, block: Block) -> SupplyTerms:
    """The terms of a block."""
    cap = block.cap
    limit = cap
    if block.ceiling is not None:
        only = np.arange(layout.lanes.size)[:, None] < layout.singles
        ceiling = np.where(only, block.ceiling, np.inf)
        limit = ceiling if cap is None else np.minimum(cap, ceiling)
    return SupplyTerms(
        sigma=block.sigma,
        eps=block.eps,
        shift=block.log_supply - block.eps * block.log_cost,
        log_limit=None if limit is None else np.log(limit),
        multi_lane=multi_lane_terms(layout, block),
    )


def meet(layout: Layout, terms: SupplyTerms, wanted: FloatArray, z: FloatArray, d: FloatArray) -> Met:
    """The move of each delivered price `d = exp(z)` to where the log demand `wanted - sigma (d' - d)` meets supply.

    A producer's only lane: the higher of the price where its own supply meets demand and
    `d + (wanted - log min(kappa, K)) / sigma`, where demand is held to the ceiling or cap.
    """
    several = slice(layout.singles, None)
    offered = terms.eps * z
    offered += terms.shift
    free = _own_supply(terms, wanted - offered, z, d)
    mismatch = wanted - offered
    log_price = np.empty((0, z.shape[1]))
    if terms.multi_lane is not None:
        log_price = common_price(layout, terms.multi_lane, wanted[several], z[several], d[several])
        goal = log_price[layout.member] + terms.multi_lane.log_cost
        free[several] = d[several] * np.expm1(goal - z[several])
        mismatch[several] = terms.sigma * free[several]
    if terms.log_limit is None:
        return Met(free, mismatch, np.zeros(free.shape, dtype=bool), log_price)
    over = wanted - terms.log_limit
    rationed = over / terms.sigma
    held = rationed > free
    if terms.multi_lane is not None:
        held[several] &= over[several] - terms.sigma * free[several] > TOUCHING
    gap = np.where(held, rationed, free)
    mismatch[several] = np.where(held[several], over[several], mismatch[several])
    np.maximum(mismatch[: layout.singles], over[: layout.singles], out=mismatch[: layout.singles])
    return Met(np.maximum(gap, -d), mismatch, held, log_price)


def _own_supply(terms: SupplyTerms, excess: FloatArray, z: FloatArray, d: FloatArray) -> FloatArray:
    """The move `g` with `sigma g + eps log(1 + g / d) = excess`.

    By Newton's method, in the price from below and in its log from above, which never overshoots.
    """
    first = excess / (terms.sigma * d + terms.eps)
    gap = np.asarray(d * first)
    curved = np.flatnonzero((np.abs(first) > CLOSE) & np.isfinite(d))
    if not curved.size:
        return gap
    left, steep, floor = (values.ravel()[curved] for values in (excess, terms.sigma * d, LOWEST - z))
    eps = np.broadcast_to(terms.eps, d.shape).ravel()[curved]
    log_ratio = np.maximum(_capped_log(first.ravel()[curved]), floor)
    moving = np.ones(curved.size, dtype=bool)
    for _ in range(ROUNDS):
        ratio = np.exp(log_ratio)
        step = _capped_log((left - steep * (ratio - 1.0) - eps * log_ratio) / (steep * ratio + eps))
        log_ratio = np.where(moving, np.maximum(log_ratio + step, floor), log_ratio)
        moving &= (np.abs(step) > MET) & (log_ratio > floor)
        if not moving.any():
            break
    gap.flat[curved] = d.ravel()[curved] * np.expm1(log_ratio)
    return gap


def _capped_log(relative: FloatArray) -> FloatArray:
    """The move of a log price for a relative move of the price: upwards in the price, downwards in its log."""
    return np.where(relative > 0, np.log1p(np.maximum(relative, 0.0)), relative)
