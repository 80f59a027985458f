"""Least costs between many nodes in each of ten thousand states of one network.

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


def batch_costs(
    plan: Elimination,
    weights: ArrayLike,
    sources: ArrayLike,
    targets: ArrayLike,
    *,
    closed: ArrayLike | None = None,
) -> Batch:
    """Least cost of every source-target pair in every state.

    weights: shape (states, arcs), 0 or more, infinity closes an arc; or shape (arcs,), shared by the states
    that closed, shape (states, arcs), tells apart; sources, targets: node numbers.

    >>> from sogdia.routing.elimination import eliminate
    >>> plan = eliminate(Graph(nodes=3, tail=[0, 1, 0], head=[1, 2, 2]))
    >>> closed = [[0, 0, 0], [0, 1, 0], [1, 0, 1]]
    >>> batch_costs(plan, [1.0, 1.0, 5.0], [0], [2], closed=closed).cost.ravel().tolist()
    [2.0, 5.0, inf]
    """
    states = _States.of(plan, weights, closed)
    begin, end = _Ends.of(plan, sources), _Ends.of(plan, targets)
    cost = np.empty((begin.rank.size, end.rank.size, states.count))
    for part, rows in states.blocks():
        up, down = _price(plan, rows)
        forward = _climb(plan, up, plan.up_exists, begin)
        backward = _climb(plan, down, plan.down_exists, end)
        cost[begin.order[:, None], end.order, part] = _meet(forward, backward, begin, end)
    return Batch(cost.transpose(2, 0, 1))


def batch_trees(
    plan: Elimination, weights: ArrayLike, sources: ArrayLike, *, closed: ArrayLike | None = None
) -> BatchTrees:
    """Shortest paths from every source to every node in every state.

    After the climb the answer is handed down in order of falling rank (PHAST, Delling et al. 2013,
    doi:10.1016/j.jpdc.2012.02.007). weights and closed as in `batch_costs`, but weights above 0: two arcs of
    weight zero could each claim to come after the other.
    """
    states = _States.of(plan, weights, closed)
    if states.weights.size and not states.weights.min() > 0:
        raise ValueError("trees need weights above 0; give free arcs a small weight")
    graph, begin = plan.graph, _Ends.of(plan, sources)
    shape = (states.count, begin.rank.size, graph.nodes)
    cost, last = np.empty(shape), np.empty(shape, dtype=np.int32)
    for part, rows in states.blocks():
        up, down = _price(plan, rows)
        reach = np.full((graph.nodes, begin.rank.size, rows.shape[1]), np.inf)
        for v, climbed in enumerate(_climb(plan, up, plan.up_exists, begin)):
            reach[v, begin.below(v)] = climbed
        for v in reversed(range(graph.nodes)):
            for edge in range(plan.start[v], plan.start[v + 1]):
                if plan.down_exists[edge]:
                    np.minimum(reach[v], reach[plan.upper[edge]] + down[edge], out=reach[v])
        by_node = np.empty_like(reach)
        by_node[:, begin.order] = reach[plan.rank]
        entered = _last_arcs(graph, rows, by_node, begin.node)
        cost[part], last[part] = by_node.transpose(2, 1, 0), entered.transpose(2, 1, 0)
    return BatchTrees(graph, cost, last)


@dataclass(frozen=True, slots=True, eq=False)
class _States:
    """Checked weights, shape (arcs,) or (states, arcs), and closures, shape (states, arcs) or None."""

    weights: FloatArray
    closed: BoolArray | None
    count: int

    @staticmethod
    def of(plan: Elimination, weights: ArrayLike, closed: ArrayLike | None) -> _States:
        prices, arcs = np.asarray(weights, dtype=np.float64), plan.graph.arcs
        shut = None if closed is None else np.asarray(closed, dtype=np.bool_)
        if prices.shape != (arcs,) and (prices.ndim != 2 or prices.shape[1] != arcs):
            raise ValueError(f"weights have shape {prices.shape}; expected (states, {arcs}) or ({arcs},)")
        count = prices.shape[0] if prices.ndim == 2 else 1
        if shut is not None:
            if shut.ndim != 2 or shut.shape[1] != arcs or (prices.ndim == 2 and shut.shape != prices.shape):
                raise ValueError(f"closed has shape {shut.shape}; expected (states, {arcs})")
            count = shut.shape[0]
        if prices.size and not prices.min() >= 0:
            raise ValueError("weights must be 0 or more, infinity where closed; some are negative or not a number")
        return _States(prices, shut, count)

    def blocks(self) -> Iterator[tuple[slice, FloatArray]]:
        """Blocks of states with their weights, shape (arcs, states of block)."""
        for first in range(0, self.count, BLOCK):
            part = slice(first, min(first + BLOCK, self.count))
            priced = self.weights[:, None] if self.weights.ndim == 1 else self.weights[part].T
            if self.closed is not None:
                priced = np.where(self.closed[part].T, np.inf, priced)
            yield part, np.ascontiguousarray(priced)


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Sources or targets sorted by rank, so that those below any node of the elimination tree are one slice.

    node: as given; rank: sorted; order: the place in `node` of each of `rank`; low, high: shape (nodes,), the
    slice of `rank` below each rank.
    """

    node: IntArray
    rank: IntArray
    order: IntArray
    low: list[int]
    high: list[int]

    @staticmethod
    def of(plan: Elimination, nodes: ArrayLike) -> _Ends:
        node = np.array(nodes, dtype=np.int64).reshape(-1)
        for number in node.tolist():
            checked_node(plan.graph, number)
        order = np.argsort(plan.rank[node], kind="stable")
        rank = plan.rank[node][order]
        low = np.searchsorted(rank, plan.first_descendant, side="left")
        high = np.searchsorted(rank, np.arange(plan.graph.nodes), side="right")
        return _Ends(node, rank, order, low.tolist(), high.tolist())

    def below(self, x: int) -> slice:
        return slice(self.low[x], self.high[x])


def _price(plan: Elimination, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cost of every edge upwards and downwards through lower ranks, each of shape (edges, states of block)."""
    up, down = (np.full((plan.edges, rows.shape[1]), np.inf) for _ in range(2))
    for arc, (edge, upwards) in enumerate(zip(plan.arc_edge.tolist(), plan.arc_up.tolist(), strict=True)):
        if edge >= 0:
            row = (up if upwards else down)[edge]
            np.minimum(row, rows[arc], out=row)
    for fold in plan.folds:
        along, back = (up, down) if fold.upwards else (down, up)
        through = back[fold.first] + along[fold.seconds]
        if isinstance(fold.targets, slice):
            np.minimum(along[fold.targets], through, out=along[fold.targets])
        else:
            along[fold.targets] = np.minimum(along[fold.targets], through)
    return up, down


def _climb(plan: Elimination, edge_cost: FloatArray, exists: BoolArray, ends: _Ends) -> list[FloatArray]:
    """Least cost to each rank x from the ends below it by rising only: shape (ends below x, states of block)."""
    sizes = [high - low for low, high in zip(ends.low, ends.high, strict=True)]
    whole = np.full((sum(sizes), edge_cost.shape[1]), np.inf)
    reach = np.split(whole, np.cumsum(sizes[:-1]))
    for position, rank in enumerate(ends.rank.tolist()):
        reach[rank][position - ends.low[rank]] = 0.0
    start, upper = plan.start.tolist(), plan.upper.tolist()
    for v, size in enumerate(sizes):
        if size == 0:
            continue
        for edge in range(start[v], start[v + 1]):
            if exists[edge]:
                x = upper[edge]
                first = ends.low[v] - ends.low[x]
                above = reach[x][first : first + size]
                np.minimum(above, reach[v] + edge_cost[edge], out=above)
    return reach


def _meet(forward: list[FloatArray], backward: list[FloatArray], begin: _Ends, end: _Ends) -> FloatArray:
    """Least cost over the common ancestors of each pair, shape (sources, targets, states of block)."""
    best = np.full((begin.rank.size, end.rank.size, forward[0].shape[1]), np.inf)
    offers = np.empty_like(best)
    for x, (rising, falling) in enumerate(zip(forward, backward, strict=True)):
        if len(rising) and len(falling):
            here, offer = best[begin.below(x), end.below(x)], offers[begin.below(x), end.below(x)]
            np.add(rising[:, None], falling[None], out=offer)
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
