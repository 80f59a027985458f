"""What do all routes cost in each of ten thousand states of the network?

Every state closes or reprices arcs of one graph. An `Elimination` of the graph turns the question into a
fixed list of additions and minima on rows of states, with no queue and no branch:

    price     up[e], down[e]   least cost along each link or shortcut, both ways, through lower ranks only
    climb     F[x, s]          least cost from source s to each of its ancestors x, upwards only
    meet      cost[s, t] = min over common ancestors x of F[x, s] + B[x, t]

Arrays are laid out with the states last, so each operation runs over contiguous memory. A block of states is
small enough to stay in cache; results do not depend on where blocks are cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sogdia.routing.elimination import Elimination
from sogdia.routing.graph import BoolArray, FloatArray, Graph, IntArray, checked_node
from sogdia.routing.path import Path
from sogdia.routing.shortest import walk_back

BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """cost: shape (states, sources, targets), infinity where a state leaves no way."""

    cost: FloatArray

    @property
    def reached(self) -> BoolArray:
        """Shape (states, sources, targets): is there a path in this state?"""
        return np.isfinite(self.cost)


@dataclass(frozen=True, slots=True, eq=False)
class BatchTrees:
    """cost: shape (states, sources, nodes), infinity where unreachable; last_arc: shape (states, sources,
    nodes), the arc by which the shortest path enters the node, -1 at the source and where unreachable.
    """

    graph: Graph
    cost: FloatArray
    last_arc: NDArray[np.int32]

    def path(self, state: int, position: int, target: int) -> Path:
        """The path in one state from the source at this position to target, NO_PATH if there is none."""
        last = self.last_arc[state, position].astype(np.int64)
        return walk_back(self.graph, last, self.cost[state, position], target)


def closed_weights(weight: ArrayLike, closed: ArrayLike) -> FloatArray:
    """Weights of shape (states, arcs): weight, shape (arcs,), infinity where closed, shape (states, arcs)."""
    return np.where(np.asarray(closed, dtype=np.bool_), np.inf, np.asarray(weight, dtype=np.float64))


def batch_costs(plan: Elimination, weights: ArrayLike, sources: ArrayLike, targets: ArrayLike) -> Batch:
    """Least cost of every source-target pair in every state.

    weights: shape (states, arcs), 0 or more, infinity closes an arc in that state; sources, targets: node
    numbers.

    >>> from sogdia.routing.elimination import eliminate
    >>> graph = Graph(nodes=3, tail=[0, 1, 0], head=[1, 2, 2])
    >>> weights = closed_weights([1.0, 1.0, 5.0], [[0, 0, 0], [0, 1, 0], [1, 0, 1]])
    >>> batch_costs(eliminate(graph), weights, [0], [2]).cost.ravel().tolist()
    [2.0, 5.0, inf]
    """
    prices = _checked(plan, weights)
    begin, end = _Ends.of(plan, sources), _Ends.of(plan, targets)
    cost = np.empty((begin.rank.size, end.rank.size, prices.shape[0]))
    for part, up, down in _priced(plan, prices):
        met = _meet(_climb(plan, up, begin), _climb(plan, down, end), begin, end)
        cost[begin.order[:, None], end.order, part] = met
    return Batch(cost.transpose(2, 0, 1))


def batch_trees(plan: Elimination, weights: ArrayLike, sources: ArrayLike) -> BatchTrees:
    """Shortest paths from every source to every node in every state.

    After the climb the answer is handed down in order of falling rank (PHAST, Delling et al. 2013,
    doi:10.1016/j.jpdc.2012.02.007). weights: shape (states, arcs), more than 0 (two arcs of weight zero
    could each claim to come after the other), infinity closes an arc; sources: node numbers.
    """
    prices = _checked(plan, weights)
    if prices.size and not prices.min() > 0:
        raise ValueError("trees need weights above 0; give free arcs a small weight")
    graph, begin = plan.graph, _Ends.of(plan, sources)
    shape = (prices.shape[0], begin.rank.size, graph.nodes)
    cost, last = np.empty(shape), np.empty(shape, dtype=np.int32)
    for part, up, down in _priced(plan, prices):
        reach = _climb(plan, up, begin)
        for v in reversed(range(graph.nodes)):
            for edge in range(plan.start[v], plan.start[v + 1]):
                np.minimum(reach[v], reach[plan.upper[edge]] + down[edge], out=reach[v])
        by_node = np.empty_like(reach)
        by_node[:, begin.order] = reach[plan.rank]
        entered = _last_arcs(graph, prices[part].T, by_node, begin.node)
        cost[part], last[part] = by_node.transpose(2, 1, 0), entered.transpose(2, 1, 0)
    return BatchTrees(graph, cost, last)


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Sources or targets sorted by rank, so that those below any node of the elimination tree are one slice.

    node: as given; rank: sorted; order: the place in `node` of each of `rank`; low, high: shape (nodes,), the
    slice of `rank` below each rank.
    """

    node: IntArray
    rank: IntArray
    order: IntArray
    low: IntArray
    high: IntArray

    @staticmethod
    def of(plan: Elimination, nodes: ArrayLike) -> _Ends:
        node = np.array(nodes, dtype=np.int64).reshape(-1)
        for number in node.tolist():
            checked_node(plan.graph, number)
        order = np.argsort(plan.rank[node], kind="stable")
        rank = plan.rank[node][order]
        low = np.searchsorted(rank, plan.first_descendant, side="left")
        high = np.searchsorted(rank, np.arange(plan.graph.nodes), side="right")
        return _Ends(node, rank, order, low, high)

    def below(self, x: int) -> slice:
        return slice(int(self.low[x]), int(self.high[x]))


def _checked(plan: Elimination, weights: ArrayLike) -> FloatArray:
    prices = np.asarray(weights, dtype=np.float64)
    if prices.ndim != 2 or prices.shape[1] != plan.graph.arcs:
        raise ValueError(f"weights have shape {prices.shape}; expected (states, {plan.graph.arcs})")
    if prices.size and not prices.min() >= 0:
        raise ValueError("weights must be 0 or more, infinity where closed; some are negative or not a number")
    return prices


def _priced(plan: Elimination, prices: FloatArray) -> Iterator[tuple[slice, FloatArray, FloatArray]]:
    """Blocks of states with the cost of every edge upwards and downwards, shape (edges, states of block)."""
    states = prices.shape[0]
    arcs_on = [np.flatnonzero((plan.arc_edge >= 0) & (plan.arc_up == way)) for way in (True, False)]
    for first in range(0, states, BLOCK):
        part = slice(first, min(first + BLOCK, states))
        rows = np.ascontiguousarray(prices[part].T)
        up, down = (np.full((plan.edges, rows.shape[1]), np.inf) for _ in range(2))
        for edge_cost, arcs in zip((up, down), arcs_on, strict=True):
            for arc in arcs:
                edge = plan.arc_edge[arc]
                np.minimum(edge_cost[edge], rows[arc], out=edge_cost[edge])
        through = np.empty(rows.shape[1])
        for va, vb, ab in plan.triangles.tolist():
            np.minimum(up[ab], np.add(down[va], up[vb], out=through), out=up[ab])
            np.minimum(down[ab], np.add(down[vb], up[va], out=through), out=down[ab])
        yield part, up, down


def _climb(plan: Elimination, edge_cost: FloatArray, ends: _Ends) -> FloatArray:
    """Least cost from each end to each rank by rising only, shape (nodes, ends, states of block)."""
    reach = np.full((plan.graph.nodes, ends.rank.size, edge_cost.shape[1]), np.inf)
    reach[ends.rank, np.arange(ends.rank.size)] = 0.0
    for v in range(plan.graph.nodes):
        here = ends.below(v)
        if here.stop == here.start:
            continue
        for edge in range(plan.start[v], plan.start[v + 1]):
            above = reach[plan.upper[edge], here]
            np.minimum(above, reach[v, here] + edge_cost[edge], out=above)
    return reach


def _meet(forward: FloatArray, backward: FloatArray, begin: _Ends, end: _Ends) -> FloatArray:
    """Least cost over the common ancestors of each pair, shape (sources, targets, states of block)."""
    best = np.full((begin.rank.size, end.rank.size, forward.shape[2]), np.inf)
    offers = np.empty_like(best)
    for x in range(forward.shape[0]):
        s, t = begin.below(x), end.below(x)
        if s.stop > s.start and t.stop > t.start:
            here, offer = best[s, t], offers[s, t]
            np.add(forward[x, s, None], backward[x, None, t], out=offer)
            np.minimum(here, offer, out=here)
    return best


def _last_arcs(graph: Graph, rows: FloatArray, cost: FloatArray, sources: IntArray) -> NDArray[np.int32]:
    """The arc that gives each node its cost, shape (nodes, sources, states of block)."""
    best = np.full(cost.shape, np.inf)
    last = np.full(cost.shape, -1, dtype=np.int32)
    for arc, (tail, head) in enumerate(zip(graph.tail.tolist(), graph.head.tolist(), strict=True)):
        offer = cost[tail] + rows[arc]
        better = offer < best[head]
        np.copyto(best[head], offer, where=better)
        np.copyto(last[head], np.int32(arc), where=better)
    last[sources, np.arange(sources.size)] = -1
    return last
