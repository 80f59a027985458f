"""The price of a producer who sells on several lanes, some of them capped.

One producer price serves all its lanes. Lanes whose demand at that price exceeds their cap are held to it; the price
is where the caps of those and the demand of the others add up to supply.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout

CLEARED = 1e-14
"""Log mismatch of supply and demand at which a price counts as found."""
TOUCHING = 1e-13
"""A lane is held when its demand exceeds its cap by more than this; at a cap that just holds, nothing is scarce."""
ROUNDS = 60


@dataclass(frozen=True, slots=True, eq=False)
class MultiLaneTerms:
    """What these producers (M) and their lanes (N) need of a block, one scenario a column.

    sigma (1), eps (M), log_supply (M), log_ceiling (M) or None;
    log_weight: `log(base share) - sigma log tau`, -inf if parked (N); log_cost: `log tau` (N);
    log_cap: cap relative to the lane's own base (N); limit: relative to the producer's, and log_limit (N);
    all inf where there is none, None if no lane is capped.
    """

    sigma: FloatArray
    eps: FloatArray
    log_supply: FloatArray
    log_ceiling: FloatArray | None
    log_weight: FloatArray
    log_cost: FloatArray
    log_cap: FloatArray | None
    limit: FloatArray | None
    log_limit: FloatArray | None


def multi_lane_terms(layout: Layout, block: Block) -> MultiLaneTerms | None:
    """The terms of the producers with several lanes, None if there are none."""
    if not layout.starts.size:
        return None
    rows = slice(layout.singles, None)
    first = layout.singles + layout.starts
    log_weight = np.log(layout.weight[rows]) - block.sigma * block.log_cost[rows]
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
        log_cap=None if relative is None else np.log(relative),
        limit=None if relative is None else relative * layout.weight[rows],
        log_limit=None if relative is None else np.log(relative * layout.weight[rows]),
    )


def common_price(layout: Layout, terms: MultiLaneTerms, t: FloatArray) -> FloatArray:
    """Log producer price, shape (M, width), at log demand `t` of the lanes, shape (N, width).

    Without a binding cap it is the higher of `(log U - log a) / (sigma + eps)` and `(log U - log kappa) / sigma`,
    `U = sum_l weight tau^-sigma exp(t)`. That is also the highest the price can be, so the lanes that bind there bind
    at the answer; holding them lowers the price, which may bind others, at most one round a lane.
    """
    level = t + terms.log_weight
    log_free = _log_sums(layout, level)
    price = (log_free - terms.log_supply) / (terms.sigma + terms.eps)
    if terms.log_ceiling is not None:
        price = np.maximum(price, (log_free - terms.log_ceiling) / terms.sigma)
    if terms.limit is None or terms.log_limit is None:
        return price
    held = np.zeros(level.shape, dtype=bool)
    while True:
        exceeds = level - terms.sigma * price[layout.member] > terms.log_limit + TOUCHING
        fresh = exceeds & ~held
        if not fresh.any():
            return price
        held = held | fresh
        pressed = np.logical_or.reduceat(fresh, layout.starts, axis=0)
        rationed = _rationed(layout, terms, level, held, np.where(held, terms.limit, 0.0), price)
        price = np.where(pressed, rationed, price)


def _rationed(
    layout: Layout, terms: MultiLaneTerms, level: FloatArray, held: BoolArray, cap: FloatArray, above: FloatArray
) -> FloatArray:
    """Log price where `U exp(-sigma z) + C = min(a exp(eps z), kappa)`: caps C of held lanes, demand U of the others.

    Newton's method on `log(U exp(-sigma z) + C) - log a - eps z`, which is convex and falling, rises to the root from
    any point below it. It starts at the highest of three such points: C = 0, U = 0, and supply as at the price `above`.
    """
    log_free = _log_sums(layout, np.where(held, -np.inf, level))
    caps = np.add.reduceat(cap, layout.starts, axis=0)
    slack = np.exp(terms.log_supply + terms.eps * above) - caps
    rigid = terms.eps == 0
    lowest = np.where(rigid, -np.inf, (np.log(caps) - terms.log_supply) / np.where(rigid, 1.0, terms.eps))
    price = np.maximum((log_free - terms.log_supply) / (terms.sigma + terms.eps), lowest)
    price = np.where(slack > 0, np.maximum(price, (log_free - np.log(np.abs(slack))) / terms.sigma), price)
    moving = np.isfinite(price) & np.isfinite(log_free)
    for _ in range(ROUNDS):
        rest = np.exp(log_free - terms.sigma * price)
        excess = np.log(rest + caps) - terms.log_supply - terms.eps * price
        moving &= excess > CLEARED
        if not moving.any():
            break
        price = np.where(moving, price + excess / (terms.sigma * rest / (rest + caps) + terms.eps), price)
    if terms.log_ceiling is not None:
        room = np.exp(terms.log_ceiling) - caps
        price = np.where(room > 0, np.maximum(price, (log_free - np.log(np.abs(room))) / terms.sigma), price)
    return price


def _log_sums(layout: Layout, level: FloatArray) -> FloatArray:
    """Log of the sum of `exp(level)` over each producer's lanes, shape (M, width)."""
    top = np.maximum.reduceat(level, layout.starts, axis=0)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.asarray(top + np.log(np.add.reduceat(np.exp(level - top[layout.member]), layout.starts, axis=0)))
