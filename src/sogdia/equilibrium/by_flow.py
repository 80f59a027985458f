"""What each consumer of one scenario takes of each lane, flow by flow and in logarithms.

Sums run over the flows that there are, from the cheapest lane of each consumer, so that nothing is lost to cancellation
however far prices are apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sogdia.equilibrium.arrays import FloatArray, IntArray
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.products import times

HALF = 0.5
"""Share of a consumer's use above which what is left is added up by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class FlowList:
    """The flows of a market (E), those of a consumer side by side; every lane and every consumer has one.

    consumer, lane: of each flow; share: of its consumer's base use; log_sales: log of its share of its lane's base
    sales (E); first: the first flow of each consumer (J); by_lane: the flows in the order of lanes (E); lane_first:
    where those of each lane begin there (L).
    """

    consumer: IntArray
    lane: IntArray
    share: FloatArray
    log_sales: FloatArray
    first: IntArray
    by_lane: IntArray
    lane_first: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What consumers take at delivered prices.

    use_cost: inf for who has no open lane (J); chosen: share of each flow in its consumer's use; log_choice: log of
    that over its share in the base, -inf if the lane is closed (E).
    """

    use_cost: FloatArray
    chosen: FloatArray
    log_choice: FloatArray


def flow_list(layout: Layout) -> FlowList:
    """The flows of a market."""
    costs = layout.costs
    first, lane = costs.indptr[:-1].astype(np.int64), costs.indices.astype(np.int64)
    consumer = np.repeat(np.arange(layout.consumers.size), np.diff(costs.indptr))
    by_lane = np.argsort(lane, kind="stable")
    sizes = np.bincount(lane, minlength=layout.lanes.size)
    sales = costs.data * layout.consumption[consumer, 0] / layout.lane_quantity[lane, 0]
    return FlowList(consumer, lane, costs.data, np.log(sales), first, by_lane, np.cumsum(sizes) - sizes)


def taken(flows: FlowList, delivered: FloatArray, sigma: float) -> Taken:
    """`P = -log(sum_l s exp(-sigma d)) / sigma`, each flow's share and its log at delivered prices, (L,)."""
    price = delivered[flows.lane]
    least = np.minimum.reduceat(price, flows.first)
    distance = sigma * (price - np.where(np.isfinite(least), least, 0.0)[flows.consumer])
    more = np.log1p(np.maximum(np.add.reduceat(flows.share * np.expm1(-distance), flows.first), -1.0))
    picked = flows.share * np.exp(-distance)
    total = np.add.reduceat(picked, flows.first)
    return Taken(
        use_cost=least - more / sigma,
        chosen=picked / np.where(total > 0, total, 1.0)[flows.consumer],
        log_choice=-distance - np.where(np.isfinite(more), more, 0.0)[flows.consumer],
    )


def log_by_lane(flows: FlowList, values: FloatArray) -> FloatArray:
    """Log of the sum of `exp(values)` over the flows of each lane, -inf where every one is, (L,)."""
    ordered = values[flows.by_lane]
    top = np.maximum.reduceat(ordered, flows.lane_first)
    top = np.where(np.isfinite(top), top, 0.0)
    above = np.exp(ordered - top[flows.lane[flows.by_lane]])
    return np.asarray(top + np.log(np.add.reduceat(above, flows.lane_first)))


def pull(flows: FlowList, sales: FloatArray, bonds: FloatArray) -> FloatArray:
    """`sum_j S[l, j] B[j, k]` of what flows sell, S, and what binds them to other lanes, B, (E) each, (L, L)."""
    lanes, consumers = flows.lane_first.size, flows.first.size
    binds = np.zeros((consumers, lanes))
    binds[flows.consumer, flows.lane] = bonds
    ends = np.append(flows.lane_first, flows.lane.size)
    sold = sparse.csr_array((sales[flows.by_lane], flows.consumer[flows.by_lane], ends), shape=(lanes, consumers))
    return times(sold, binds)


def own_answer(flows: FlowList, sales: FloatArray, chosen: FloatArray, sigma: float, answers: FloatArray) -> FloatArray:
    """How a lane's own price lowers the log of what it sells, `sum_j S (sigma (1 - share) + share eta / P)`, (L,).

    Where a lane is all that a consumer uses, the first is nothing and the second the whole answer: they are not to be
    had from sigma less something close to sigma. answers: `eta / P` (J).
    """
    most = chosen > HALF
    rest = np.add.reduceat(np.where(most, 0.0, chosen), flows.first)[flows.consumer]
    other = np.where(most, rest, 1.0 - chosen)
    own = sales * (sigma * other + answers[flows.consumer] * chosen)
    return np.add.reduceat(own[flows.by_lane], flows.lane_first)
