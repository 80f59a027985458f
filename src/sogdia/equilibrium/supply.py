"""Supply: the delivered price at which each lane meets a given demand.

Supply, ceilings and caps are met by the answer; only demand's own response to it remains to be found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import MultiLaneTerms, common_price

LOWEST = -690.0
"""Log price that stands for a price of 0."""
ROUNDS, MET = 100, 1e-15
"""Rounds at most in which a price is found, and the step of its log that no longer matters."""


@dataclass(frozen=True, slots=True, eq=False)
class SupplyTerms:
    """What supply needs of a block, one scenario a column.

    sigma, level (1); eps (singles); shift: `eps log tau - log a` (singles);
    limit: `level - log(min(kappa, K)) / sigma` (singles), None if nothing is limited.
    """

    sigma: FloatArray
    level: FloatArray
    eps: FloatArray
    shift: FloatArray
    limit: FloatArray | None


def supply_terms(layout: Layout, block: Block) -> SupplyTerms:
    """The terms of lanes that are their producer's only one."""
    only = slice(0, layout.singles)
    limits = [values[only] for values in (block.ceiling, block.cap) if values is not None]
    limit = None
    if limits and layout.singles:
        least = limits[0] if len(limits) == 1 else np.minimum(*limits)
        limit = block.level - np.log(least) / block.sigma
    return SupplyTerms(
        sigma=block.sigma,
        level=block.level,
        eps=block.eps[only],
        shift=block.eps[only] * block.log_cost[only] - block.log_supply[only],
        limit=limit,
    )


def approach(
    layout: Layout, single: SupplyTerms, multi_lane: MultiLaneTerms | None, t: FloatArray, z: FloatArray, d: FloatArray
) -> FloatArray:
    """As `meet`, but one step of Newton's method from the prices `d = exp(z)` for a producer's only lane."""
    answer = np.empty_like(t)
    only = slice(0, layout.singles)
    here, log_here = d[only], z[only]
    excess = single.shift + t[only]
    excess -= single.sigma * (here - single.level)
    excess -= single.eps * log_here
    excess /= single.sigma * here + single.eps
    step = np.where(excess > 0, np.log1p(np.maximum(excess, 0.0)), excess)
    answer[only] = log_here + step
    return _with_limits(layout, single, multi_lane, t, answer, z)


def meet(
    layout: Layout, single: SupplyTerms, multi_lane: MultiLaneTerms | None, t: FloatArray, z: FloatArray
) -> FloatArray:
    """Log delivered price at which each lane meets the demand `exp(t - sigma (d - level))` of its base, (L, width).

    A producer's only lane: the higher of the price where its supply meets demand,
    `sigma (d - level) + eps log(d / tau) = t - log a`, and `level + (t - log min(kappa, K)) / sigma`, where demand is
    held to the ceiling or cap. The first is found by Newton's method, in the price from below and in its log from
    above, which never overshoots. z: log prices to begin with.
    """
    answer = np.empty_like(t)
    only = slice(0, layout.singles)
    log_price = np.maximum(np.where(np.isfinite(z[only]), z[only], 0.0), LOWEST)
    right = t[only] + single.shift + single.sigma * single.level
    moving = np.ones(log_price.shape, dtype=bool)
    for _ in range(ROUNDS):
        price = np.exp(log_price)
        excess = (right - single.sigma * price - single.eps * log_price) / (single.sigma * price + single.eps)
        step = np.where(excess > 0, np.log1p(np.maximum(excess, 0.0)), excess)
        log_price = np.where(moving, np.maximum(log_price + step, LOWEST), log_price)
        moving &= (np.abs(step) > MET * np.maximum(np.abs(log_price), 1.0)) & (log_price > LOWEST)
        if not moving.any():
            break
    answer[only] = log_price
    return _with_limits(layout, single, multi_lane, t, answer, z)


def _with_limits(
    layout: Layout,
    single: SupplyTerms,
    multi_lane: MultiLaneTerms | None,
    t: FloatArray,
    answer: FloatArray,
    z: FloatArray,
) -> FloatArray:
    only = slice(0, layout.singles)
    if single.limit is not None:
        rationed = t[only] / single.sigma
        rationed += single.limit
        np.maximum(answer[only], np.log(np.maximum(rationed, np.exp(LOWEST))), out=answer[only])
    if multi_lane is not None:
        rest = t[layout.singles :]
        price = common_price(layout, multi_lane, rest, z[layout.singles :])
        answer[layout.singles :] = price[layout.member] + multi_lane.log_cost
        if multi_lane.log_cap is not None:
            rationed = single.level + (rest - multi_lane.log_cap) / single.sigma
            held = np.log(np.maximum(rationed, np.exp(LOWEST)))
            np.maximum(answer[layout.singles :], held, out=answer[layout.singles :])
    return np.maximum(answer, LOWEST, out=answer)
