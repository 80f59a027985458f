"""Least costs between many nodes in each of ten thousand states of one network.

Every state closes or reprices arcs of one graph. An `Elimination` of the graph turns the question into a
fixed list of additions and minima on rows of states, with no queue and no branch:

    price       P[row]     least cost along each link or shortcut, one way, through lower ranks only
    climb       D[x, s]    least cost from end s to each of its ancestors x, upwards only
    hand down   D[v, s] = min(D[v, s], P[x -> v] + D[x, s]) over higher x, in order of falling rank

The fewer ends climb, sources forwards or targets backwards, and the answer is handed down to the others and to
what lies above them (PHAST, Delling et al. 2013, doi:10.1016/j.jpdc.2012.02.007). Arrays are laid out with the
states last, so each operation runs over contiguous memory. Results do not depend on where blocks of states are cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sogdia.routing.elimination import Ascent, Elimination
from sogdia.routing.graph import BoolArray, FloatArray, Graph, IntArray, checked_node
from sogdia.routing.path import Path
from sogdia.routing.shortest import walk_back

BLOCK = 1024
"""States worked on at once, at most: enough to make little of what each operation costs besides its figures."""
CELLS = 2**24
"""Figures held at once, which makes blocks smaller where there are many ends."""


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
    cost = np.empty((begin.node.size, end.node.size, states.count))
    forwards = _steps(plan.rising, plan.falling, begin, end) < _steps(plan.falling, plan.rising, end, begin)
    sweep = _Sweep.of(plan, begin, end) if forwards else _Sweep.of(plan, end, begin, backwards=True)
    for part, reach in sweep.blocks(states):
        found = reach[sweep.level[sweep.far.rank]]
        near, far = sweep.near.order, sweep.far.order
        if forwards:
            cost[near, far[:, None], part] = found
        else:
            cost[far[:, None], near, part] = found
    return Batch(cost.transpose(2, 0, 1))


def batch_trees(
    plan: Elimination, weights: ArrayLike, sources: ArrayLike, *, closed: ArrayLike | None = None
) -> BatchTrees:
    """Shortest paths from every source to every node in every state.

    weights and closed as in `batch_costs`, but weights above 0: two arcs of weight zero could each claim to come
    after the other.
    """
    states = _States.of(plan, weights, closed)
    if states.weights.size and not states.weights.min() > 0:
        raise ValueError("trees need weights above 0; give free arcs a small weight")
    graph, begin = plan.graph, _Ends.of(plan, sources)
    shape = (states.count, begin.node.size, graph.nodes)
    cost, last = np.empty(shape), np.empty(shape, dtype=np.int32)
    sweep = _Sweep.of(plan, begin, _Ends.of(plan, np.arange(graph.nodes)))
    for part, reach in sweep.blocks(states):
        by_node = np.empty_like(reach)
        by_node[:, begin.order] = reach[sweep.level[plan.rank]]
        entered = _last_arcs(graph, states.of_arcs(part), by_node, begin.node)
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

    def of_arcs(self, part: slice) -> FloatArray:
        """Weights in some states, shape (arcs, states of part)."""
        priced = self.weights[:, None] if self.weights.ndim == 1 else np.ascontiguousarray(self.weights[part].T)
        if self.closed is not None:
            return np.where(np.ascontiguousarray(self.closed[part].T), np.inf, priced)
        return priced


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


def _steps(rise: Ascent, fall: Ascent, near: _Ends, far: _Ends) -> int:
    """How many rows are added when these near ends climb and the answer is handed down to these far ones."""
    up, down = np.diff(rise.start), np.diff(fall.start)
    below, met = (np.subtract(ends.high, ends.low) for ends in (near, far))
    return int(up @ below) + near.rank.size * int(down[met > 0].sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Sweep:
    """Near ends that climb, and far ones to which the answer is handed down.

    near, far: the sources and the targets, or backwards the targets and the sources; rise, fall: the rows on which
    the near ends climb, and those on which the answer comes down; level: shape (nodes,), by rank its place among
    the ranks that are looked at at all, -1 for the others.
    """

    plan: Elimination
    near: _Ends
    far: _Ends
    rise: Ascent
    fall: Ascent
    level: IntArray

    @staticmethod
    def of(plan: Elimination, near: _Ends, far: _Ends, *, backwards: bool = False) -> _Sweep:
        rise, fall = (plan.falling, plan.rising) if backwards else (plan.rising, plan.falling)
        seen = np.greater(near.high, near.low) | np.greater(far.high, far.low)
        return _Sweep(plan, near, far, rise, fall, np.where(seen, np.cumsum(seen) - 1, -1))

    def blocks(self, states: _States) -> Iterator[tuple[slice, FloatArray]]:
        """Blocks of states with the least cost between the near ends, by rank, and each rank that is looked at:
        shape (ranks looked at, near ends, states of block), overwritten by the next block.
        """
        seen, ends = int((self.level >= 0).sum()), self.near.rank.size
        size = max(1, min(BLOCK, states.count, CELLS // max(1, self.plan.rows + seen * ends)))
        price, reach = np.empty((self.plan.rows, size)), np.empty((seen, ends, size))
        spare = np.empty((max(1, ends, *(fold.seconds.stop - fold.seconds.start for fold in self.plan.folds)), size))
        for first in range(0, states.count, size):
            part = slice(first, min(first + size, states.count))
            count = part.stop - part.start
            here = price[:, :count], reach[:, :, :count], spare[:, :count]
            _price(self.plan, states.of_arcs(part), here[0], here[2])
            self._climb(*here)
            self._hand_down(*here)
            yield part, here[1]

    def _climb(self, price: FloatArray, reach: FloatArray, spare: FloatArray) -> None:
        """Least cost between the near ends below each rank and it, by rising only."""
        reach.fill(np.inf)
        near, level = self.near, self.level.tolist()
        for position, rank in enumerate(near.rank.tolist()):
            reach[level[rank], position] = 0.0
        for v, (low, high) in enumerate(zip(near.low, near.high, strict=True)):
            if low < high:
                offer = spare[: high - low]
                for row, x in self.rise.rows(v):
                    above = reach[level[x], low:high]
                    np.add(reach[level[v], low:high], price[row], out=offer)
                    np.minimum(above, offer, out=above)

    def _hand_down(self, price: FloatArray, reach: FloatArray, spare: FloatArray) -> None:
        """Least cost between the near ends and the far ones with all that lies above them."""
        level, offer = self.level.tolist(), spare[: self.near.rank.size]
        for v in reversed(range(self.plan.graph.nodes)):
            if self.far.low[v] < self.far.high[v]:
                here = reach[level[v]]
                for row, x in self.fall.rows(v):
                    np.add(reach[level[x]], price[row], out=offer)
                    np.minimum(here, offer, out=here)


def _price(plan: Elimination, arcs: FloatArray, price: FloatArray, spare: FloatArray) -> None:
    """Write the cost of every row through lower ranks. arcs: weights, shape (arcs, states of block)."""
    price.fill(np.inf)
    alone, others = _arcs_of_rows(plan)
    price[plan.arc_row[alone]] = arcs[alone]
    for arc in others.tolist():
        row = price[plan.arc_row[arc]]
        np.minimum(row, arcs[arc], out=row)
    for fold in plan.folds:
        through, targets = spare[: fold.seconds.stop - fold.seconds.start], price[fold.targets]
        np.add(price[fold.first], price[fold.seconds], out=through)
        np.minimum(targets, through, out=targets)


def _arcs_of_rows(plan: Elimination) -> tuple[IntArray, IntArray]:
    """The first arc of each row that has arcs, and those parallel to it."""
    on_row = np.flatnonzero(plan.arc_row >= 0)
    first = np.unique(plan.arc_row[on_row], return_index=True)[1]
    return on_row[first], np.delete(on_row, first)


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
