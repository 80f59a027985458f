"""Consumers so far from the others that their sums of choices leave the range of floating point.

Where every open lane of a consumer is dearer than the world's level by hundreds of `1 / sigma`, all its choices
`exp(-sigma (d - level))` are 0. Such pairs of a consumer and a scenario are few; their sums run from the cheapest lane,
with an exponential for each flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.layout import Layout

MOST = 300.0
"""Log quantities are cut off here: such prices are on the way to an answer, not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Far:
    """The pairs (F) and their flows (E), the flows of a pair side by side.

    consumer, column: of each pair (F); pair, lane: of each flow, flat: its place among lanes and scenarios (E); chosen:
    its share of the pair's use (E); above: log of that over its share in the base (E); weight: its share of the lane's
    base sales (E); use_cost, price_paid (F).
    """

    consumer: IntArray
    column: IntArray
    pair: IntArray
    flat: IntArray
    chosen: FloatArray
    above: FloatArray
    weight: FloatArray
    use_cost: FloatArray
    price_paid: FloatArray


def far_pairs(layout: Layout, d: FloatArray, sigma: FloatArray, where: BoolArray) -> Far:
    """The pairs marked in `where`, (J, width), at delivered prices d, (L, width)."""
    column, consumer = np.nonzero(where.T)
    length = layout.costs.indptr[consumer + 1] - layout.costs.indptr[consumer]
    pair = np.repeat(np.arange(consumer.size), length)
    first = np.cumsum(length) - length
    entry = np.arange(pair.size) - first[pair] + layout.costs.indptr[consumer][pair]
    lane = layout.costs.indices[entry].astype(np.int64)
    price, share = d[lane, column[pair]], layout.costs.data[entry]
    power = np.broadcast_to(sigma, (1, d.shape[1]))[0, column]
    least = np.minimum.reduceat(price, first)
    distance = power[pair] * (price - least[pair])
    picked = share * np.exp(-distance)
    total = np.add.reduceat(picked, first)
    chosen = picked / total[pair]
    return Far(
        consumer=consumer,
        column=column,
        pair=pair,
        flat=lane * d.shape[1] + column[pair],
        chosen=chosen,
        above=-distance - np.log(total[pair]),
        weight=share * layout.consumption[consumer[pair], 0] / layout.lane_quantity[lane, 0],
        use_cost=least - np.log(total) / power,
        price_paid=np.add.reduceat(np.where(chosen > 0, chosen * price, 0.0), first),
    )


def with_far(far: Far, wanted: FloatArray, quantity: FloatArray, use: FloatArray, answers: FloatArray) -> FloatArray:
    """Add what the pairs want of each lane to what the others want and its log, in place, (L, width).

    use: per unit of base, answers: `sigma - eta / P`, both of all consumers (K, width). What is handed back is what
    binds the prices of a pair's lanes together, use times answers (F).
    """
    with np.errstate(divide="ignore"):
        bought = np.log(use[far.consumer, far.column])
    log_quantity = np.log(far.weight) + bought[far.pair] + far.above
    finite = np.isfinite(log_quantity)
    log_quantity, flat = log_quantity[finite], far.flat[finite]
    touched, place = np.unique(flat, return_inverse=True)
    before = wanted.ravel()[touched]
    top = before.copy()
    np.maximum.at(top, place, log_quantity)
    sums = np.exp(before - top)
    np.add.at(sums, place, np.exp(log_quantity - top[place]))
    whole = top + np.log(sums)
    wanted.flat[touched] = whole
    quantity.flat[touched] = np.exp(np.minimum(whole, MOST))
    return np.asarray(use[far.consumer, far.column] * answers[far.consumer, far.column])
