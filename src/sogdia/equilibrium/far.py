"""Consumers so far from the others that their sums of choices leave the range of floating point.

Where every open lane of a consumer is dearer than the world's level by hundreds of `1 / sigma`, `exp(-sigma (d - level))`
is 0 for all of them. Such pairs of a consumer and a scenario are few; their sums run from the cheapest lane, with an
exponential for each flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Far:
    """The pairs (F) and their flows (E), the flows of a pair side by side.

    consumer, column: of each pair (F); first: its first flow (F); pair, lane, weight: of each flow, weight its share of
    the lane's base sales (E); chosen: share of the pair's use (E); cost: use cost (F); log_sum: log of its sum of
    choices seen from `level` (F).
    """

    consumer: IntArray
    column: IntArray
    first: IntArray
    pair: IntArray
    lane: IntArray
    weight: FloatArray
    chosen: FloatArray
    cost: FloatArray
    log_sum: FloatArray


def far_pairs(layout: Layout, d: FloatArray, sigma: FloatArray, level: FloatArray, where: BoolArray) -> Far:
    """The pairs marked in `where`, (J, width), at delivered prices d, (L, width)."""
    column, consumer = np.nonzero(where.T)
    starts, ends = layout.costs.indptr[consumer], layout.costs.indptr[consumer + 1]
    length = ends - starts
    pair = np.repeat(np.arange(consumer.size), length)
    first = np.cumsum(length) - length
    entry = np.arange(pair.size) - first[pair] + starts[pair]
    lane = layout.costs.indices[entry].astype(np.int64)
    price = d[lane, column[pair]]
    least = np.minimum.reduceat(price, first)
    by_pair = np.broadcast_to(sigma, (1, d.shape[1]))[0, column]
    share = layout.costs.data[entry]
    picked = share * np.exp(-by_pair[pair] * (price - least[pair]))
    total = np.add.reduceat(picked, first)
    cost = least - np.log(total) / by_pair
    base_level = np.broadcast_to(level, (1, d.shape[1]))[0, column]
    return Far(
        consumer=consumer,
        column=column,
        first=first,
        pair=pair,
        lane=lane,
        weight=share * layout.consumption[consumer[pair], 0] / layout.lane_quantity[lane, 0],
        chosen=picked / total[pair],
        cost=cost,
        log_sum=-by_pair * (cost - base_level),
    )
