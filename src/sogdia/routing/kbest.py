"""The k cheapest loopless paths, in order of cost.

Yen's algorithm (Management Science 17, 1971, doi:10.1287/mnsc.17.11.712) with Lawler's rule that a path
deviates only at or after the node where it left its parent. Each deviation is an A* search whose estimate,
the least cost to the target with everything open, is exact until a ban bites. Parallel arcs give different
paths.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from numpy.typing import ArrayLike

from sogdia.routing.graph import Graph, checked_node, checked_weight, out_arcs
from sogdia.routing.path import Path, PathStatus, path_along
from sogdia.routing.shortest import costs_to


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths in order of cost. FOUND: as many as asked for; FEWER: no more exist; UNREACHABLE: none exists."""

    paths: tuple[Path, ...]
    status: PathStatus


@dataclass(frozen=True, slots=True)
class _Search:
    """What the A* searches share: arcs out of each node, their heads and weights, the estimate ahead."""

    leaving: Sequence[Sequence[int]]
    head: Sequence[int]
    weight: Sequence[float]
    to_target: Sequence[float]
    target: int


def k_best_paths(graph: Graph, weight: ArrayLike, source: int, target: int, k: int) -> Paths:
    """The k cheapest paths from source to target that visit no node twice.

    weight: shape (arcs,), 0 or more, infinity closes an arc; k: how many at most. Equal costs are ordered by
    arc numbers, so the answer does not depend on chance.

    >>> graph = Graph(nodes=3, tail=[0, 1, 0, 0], head=[1, 2, 2, 2])
    >>> [path.arcs for path in k_best_paths(graph, [1.0, 1.0, 2.5, 4.0], 0, 2, k=3).paths]
    [(0, 1), (2,), (3,)]
    """
    return take(best_paths(graph, weight, source, target), k)


def take(paths: Iterator[Path], k: int) -> Paths:
    """The first k of a stream of paths, with the status that this gives."""
    if k < 1:
        raise ValueError(f"k is {k}; ask for at least one path")
    first = tuple(path for _, path in zip(range(k), paths, strict=False))
    if not first:
        return Paths((), PathStatus.UNREACHABLE)
    return Paths(first, PathStatus.FOUND if len(first) == k else PathStatus.FEWER)


def best_paths(graph: Graph, weight: ArrayLike, source: int, target: int) -> Iterator[Path]:
    """All loopless paths from source to target, cheapest first, made one at a time as they are asked for."""
    prices = checked_weight(graph, weight)
    checked_node(graph, source)
    checked_node(graph, target)
    search = _Search(
        out_arcs(graph),
        graph.head.tolist(),
        prices.tolist(),
        costs_to(graph, prices, target).tolist(),
        target,
    )
    shortest = _cheapest(search, source, frozenset(), frozenset())
    if shortest is None:
        return
    candidates = [(math.fsum(search.weight[arc] for arc in shortest), shortest, 0)]
    known = {shortest}
    accepted: list[tuple[int, ...]] = []
    while candidates:
        _, arcs, left_at = heapq.heappop(candidates)
        accepted.append(arcs)
        yield path_along(graph, prices, source, arcs)
        for new in _deviations(search, source, arcs, left_at, accepted):
            if new[1] not in known:
                known.add(new[1])
                heapq.heappush(candidates, new)


def _deviations(
    search: _Search, source: int, arcs: tuple[int, ...], left_at: int, accepted: Sequence[tuple[int, ...]]
) -> Iterator[tuple[float, tuple[int, ...], int]]:
    """The cheapest path that leaves `arcs` at each position from left_at on and repeats no accepted path."""
    nodes = [source, *(search.head[arc] for arc in arcs)]
    for position in range(left_at, len(arcs)):
        root = arcs[:position]
        banned_arcs = {other[position] for other in accepted if other[:position] == root and len(other) > position}
        spur = _cheapest(search, nodes[position], banned_arcs, set(nodes[:position]))
        if spur is not None:
            whole = root + spur
            yield math.fsum(search.weight[arc] for arc in whole), whole, position


def _cheapest(search: _Search, source: int, banned_arcs: Set[int], banned_nodes: Set[int]) -> tuple[int, ...] | None:
    """A* from source to the target without the banned first arcs and nodes; None if they leave no way."""
    if math.isinf(search.to_target[source]):
        return None
    heap = [(search.to_target[source], 0.0, source, -1)]
    best = {source: 0.0}
    entered: dict[int, int] = {}
    before: dict[int, int] = {source: -1}
    done: set[int] = set()
    while heap:
        _, spent, node, _ = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node == search.target:
            return _unwind(entered, before, node)
        for arc in search.leaving[node]:
            nxt = search.head[arc]
            total = spent + search.weight[arc]
            estimate = total + search.to_target[nxt]
            if math.isinf(estimate) or nxt in done or nxt in banned_nodes or arc in banned_arcs:
                continue
            if total < best.get(nxt, math.inf):
                best[nxt], entered[nxt], before[nxt] = total, arc, node
                heapq.heappush(heap, (estimate, total, nxt, arc))
    return None


def _unwind(entered: dict[int, int], before: dict[int, int], node: int) -> tuple[int, ...]:
    arcs = []
    while before[node] >= 0:
        arcs.append(entered[node])
        node = before[node]
    return tuple(reversed(arcs))
