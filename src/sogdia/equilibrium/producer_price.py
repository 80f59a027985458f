"""The price of a producer who sells on several lanes, some of them capped.

One producer price serves all its lanes. Lanes whose demand at that price exceeds their cap are held to it; the price
is where the caps of those and the demand of the others add up to supply.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.block import Block, columns
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.precision import DOUBLE, Precision
from sogdia.equilibrium.products import times

TOUCHING = 1e-13
"""A lane is held when its demand exceeds its cap by more than this; at a cap that just holds, nothing is scarce."""
LOWEST, HIGHEST = -690.0, 690.0
"""Log prices between which a price is sought."""
TINIEST = 1e-37
"""Stands for a slope of 0, in either precision."""
WORTHWHILE = 8192
"""Prices of lanes among which it pays to leave out scenarios whose prices are found."""
RISE = 1.5
"""The largest rise of a log price in one round: where every lane is held, demand has no slope."""


@dataclass(frozen=True, slots=True, eq=False)
class MultiLaneTerms:
    """What these producers (M) and their lanes (N) need of a block, one scenario a column.

    sigma, level (1), eps (M), log_supply (M), log_ceiling (M) or None;
    log_weight: `log(base share)`, -inf if parked (N); log_cost: `log tau` (N); cost: `tau` (N);
    log_cap: cap relative to the lane's own base, inf where there is none (N), None if no lane is capped;
    """

    sigma: FloatArray
    eps: FloatArray
    log_supply: FloatArray
    log_ceiling: FloatArray | None
    log_weight: FloatArray
    log_cost: FloatArray
    cost: FloatArray
    log_cap: FloatArray | None


def multi_lane_terms(layout: Layout, block: Block) -> MultiLaneTerms | None:
    """The terms of the producers with several lanes, None if there are none."""
    if not layout.starts.size:
        return None
    rows = slice(layout.singles, None)
    first = layout.singles + layout.starts
    log_weight = np.log(layout.weight[rows])
    if block.parked is not None:
        log_weight = np.where(np.isnan(block.parked[rows]), log_weight, -np.inf)
    relative = None if block.cap is None else block.cap[rows]
    ceiling = None if block.ceiling is None else block.ceiling[first]
    return MultiLaneTerms(
        sigma=block.sigma,
        eps=block.eps[first],
        log_supply=block.log_supply[first],
        log_ceiling=None if ceiling is None else np.log(ceiling),
        log_weight=log_weight,
        log_cost=block.log_cost[rows],
        cost=np.exp(block.log_cost[rows]),
        log_cap=None if relative is None else np.log(relative),
    )


def common_price(
    layout: Layout,
    terms: MultiLaneTerms,
    wanted: FloatArray,
    z: FloatArray,
    d: FloatArray,
    precision: Precision = DOUBLE,
) -> FloatArray:
    """Log producer price, (M, width), of producers whose lanes want `exp(wanted)` of their base at `d`, (N, width).

    It is where `D(p) = sum_l weight min(K, exp(wanted - sigma (tau p - d)))` meets `min(a p^eps, kappa)`. Demand falls
    and supply rises in p, so Newton's method, kept between prices known to be too low and too high, finds it. Where
    even a price of 0 leaves goods unsold, the price is the lowest. z: `log d`.

    A mismatch of log quantities of four times the rounding of a number, or as narrow a bracket of the price, ends the
    search, and so does a Newton step of its square root, after which the next would change nothing. Scenarios in which
    every price is found are left out once they are half of all.
    """
    close_by, cleared = precision.rounding**0.5, 4 * precision.rounding
    price = np.minimum.reduceat(z - terms.log_cost, layout.starts, axis=0)
    price = np.clip(np.where(np.isfinite(price), price, 0.0), LOWEST, HIGHEST)
    low, high = np.full_like(price, LOWEST), np.full_like(price, HIGHEST)
    moving = np.ones(price.shape, dtype=bool)
    found, place = price, np.arange(price.shape[1])
    for _ in range(precision.rounds):
        excess, slope = _excess(layout, terms, wanted, d, price)
        np.copyto(low, price, where=excess >= 0)
        np.copyto(high, price, where=excess <= 0)
        step = _step(terms, excess, slope, price)
        ahead = price + step
        close = np.abs(step) <= close_by
        outside = ~((ahead > low) & (ahead < high))
        np.copyto(ahead, np.where(close, price, (low + high) / 2), where=outside)
        moving &= np.abs(excess) > np.where(slope > 0, cleared, max(TOUCHING, cleared))
        np.copyto(price, ahead, where=moving)
        moving &= ~close & (high - low > cleared * np.maximum(np.abs(price), 1.0))
        kept = np.flatnonzero(moving.any(axis=0))
        if not kept.size:
            break
        if 2 * kept.size <= place.size and wanted.size > WORTHWHILE:
            found[:, place] = price
            place, terms = place[kept], columns(terms, kept)
            wanted, d, price, low, high, moving = (
                np.take(values, kept, axis=1) for values in (wanted, d, price, low, high, moving)
            )
    if price is not found:
        found[:, place] = price
    return found


def _step(terms: MultiLaneTerms, excess: FloatArray, slope: FloatArray, log_price: FloatArray) -> FloatArray:
    """Newton's step of a log price, in the price itself where demand falls faster than supply rises.

    Where the price is too high it falls at most to where supply, ceiling aside, is what is wanted now.
    """
    newton = excess / np.where(slope > 0, slope, TINIEST)
    by_price = np.log1p(np.maximum(newton, 0.0))
    up = np.minimum(np.where(slope > 2 * terms.eps, by_price, newton), np.where(slope > 0, np.inf, RISE))
    supply = terms.log_supply + terms.eps * log_price
    offered = supply if terms.log_ceiling is None else np.minimum(supply, terms.log_ceiling)
    lowest = (excess + offered - supply) / np.where(terms.eps > 0, terms.eps, TINIEST)
    return np.where(excess > 0, up, np.maximum(newton, lowest))


def _excess(
    layout: Layout, terms: MultiLaneTerms, wanted: FloatArray, d: FloatArray, log_price: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """`log D - log supply` at a log producer price and how fast it falls in it, (M, width) each."""
    price = np.exp(log_price)
    demand = price[layout.member]
    demand *= terms.cost
    demand -= d
    demand *= -terms.sigma
    demand += wanted
    if terms.log_cap is not None:
        held = demand >= terms.log_cap
        np.minimum(demand, terms.log_cap, out=demand)
    demand += terms.log_weight
    top = np.maximum.reduceat(demand, layout.starts, axis=0)
    np.copyto(top, 0.0, where=np.isinf(top))
    demand -= top[layout.member]
    quantity = np.exp(demand, out=demand)
    mates = (layout.double if quantity.dtype == np.float64 else layout.single).mates
    total = times(mates, quantity)
    quantity *= terms.cost
    if terms.log_cap is not None:
        np.copyto(quantity, 0.0, where=held)
    falls = times(mates, quantity)
    supply = terms.log_supply + terms.eps * log_price
    answers = terms.eps
    if terms.log_ceiling is not None:
        answers = np.where(supply < terms.log_ceiling, terms.eps, 0.0)
        supply = np.minimum(supply, terms.log_ceiling)
    idle = total <= 0
    np.copyto(total, 1.0, where=idle)
    falls *= price
    falls *= terms.sigma
    falls /= total
    falls += answers
    excess = np.log(total, out=total)
    excess += top
    excess -= supply
    np.copyto(excess, 0.0, where=idle)
    return excess, falls
