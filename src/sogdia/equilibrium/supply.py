"""Supply: the delivered price at which each lane meets a given demand.

Supply, ceilings and caps are met exactly by the answer; only demand's own response to it remains to be found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import MultiLaneTerms, common_price


@dataclass(frozen=True, slots=True, eq=False)
class SupplyTerms:
    """What supply needs of a block, one scenario a column.

    gain: `1 / (sigma + eps)` (singles); shift: `gain (eps log tau - log a)` (singles); slow: `1 / sigma` (1);
    limit: `-log(min(kappa, K)) / sigma` (singles), None if nothing is limited.
    """

    gain: FloatArray
    shift: FloatArray
    slow: FloatArray
    limit: FloatArray | None


def supply_terms(layout: Layout, block: Block) -> SupplyTerms:
    """The terms of lanes that are their producer's only one."""
    only = slice(0, layout.singles)
    gain = 1.0 / (block.sigma + block.eps[only])
    slow = 1.0 / block.sigma
    limits = [values[only] for values in (block.ceiling, block.cap) if values is not None]
    limit = None
    if limits and layout.singles:
        least = limits[0] if len(limits) == 1 else np.minimum(*limits)
        limit = -np.log(least) * slow
    return SupplyTerms(
        gain=gain,
        shift=gain * (block.eps[only] * block.log_cost[only] - block.log_supply[only]),
        slow=slow,
        limit=limit,
    )


def meet(layout: Layout, single: SupplyTerms, multi_lane: MultiLaneTerms | None, t: FloatArray) -> FloatArray:
    """Log delivered price `z` at which each lane meets the demand `exp(t - sigma z)` of its base, (L, width).

    A producer's only lane: the higher of `(t - log a + eps log tau) / (sigma + eps)`, where its supply meets demand,
    and `(t - log min(kappa, K)) / sigma`, where demand is held to the ceiling or cap.
    """
    z = np.empty_like(t)
    only = slice(0, layout.singles)
    np.multiply(t[only], single.gain, out=z[only])
    z[only] += single.shift
    if single.limit is not None:
        rationed = t[only] * single.slow
        rationed += single.limit
        np.maximum(z[only], rationed, out=z[only])
    if multi_lane is not None:
        rest = t[layout.singles :]
        price = common_price(layout, multi_lane, rest)
        z[layout.singles :] = price[layout.member] + multi_lane.log_cost
        if multi_lane.log_cap is not None:
            rationed = (rest - multi_lane.log_cap) * single.slow
            np.maximum(z[layout.singles :], rationed, out=z[layout.singles :])
    return z
