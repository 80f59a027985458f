"""Alternatives by closure: the best path under every relevant set of closures.

K-best paths of a real network differ by a siding. What a planner calls an alternative avoids something that
matters and comes as a group of arcs: a country, a strait, a port. A path is an alternative here if it is the
cheapest while some of the groups are shut. Sets of closures are explored from the empty one on, each time
shutting one more of the groups that the best path still uses, cheapest first: shutting more never makes the
best path cheaper, so the alternatives appear in order of cost.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import BoolArray, Graph, checked_node, checked_weight
from sogdia.routing.path import Path, PathStatus
from sogdia.routing.shortest import shortest_path

DEFAULT_MAX_SEARCHES = 2000


@dataclass(frozen=True, slots=True)
class ClosurePath:
    """A path, the groups it uses, and the set of closures that first made it the cheapest."""

    path: Path
    uses: frozenset[int]
    avoids: frozenset[int]


@dataclass(frozen=True, slots=True)
class ClosurePaths:
    """In order of cost, each with another set of groups used. FOUND: as many as asked for; FEWER: no more
    exist; BOUNDED: max_searches was reached first; UNREACHABLE: there is no path at all.
    """

    alternatives: tuple[ClosurePath, ...]
    status: PathStatus
    searches: int


def closure_alternatives(
    graph: Graph,
    weight: ArrayLike,
    groups: ArrayLike,
    source: int,
    target: int,
    *,
    k: int,
    max_searches: int = DEFAULT_MAX_SEARCHES,
) -> ClosurePaths:
    """The k cheapest alternatives from source to target.

    weight: shape (arcs,), 0 or more, infinity closes an arc; groups: shape (groups, arcs), true where the arc
    belongs to the group (an arc may belong to several or none).

    >>> graph = Graph(nodes=4, tail=[0, 0, 0, 1, 2], head=[1, 2, 3, 3, 3])
    >>> groups = [[1, 0, 0, 0, 0], [0, 1, 0, 0, 1]]
    >>> answer = closure_alternatives(graph, [1.0, 2.0, 9.0, 1.0, 1.0], groups, 0, 3, k=5)
    >>> [(other.path.cost, sorted(other.avoids)) for other in answer.alternatives], answer.status.value
    ([(2.0, []), (3.0, [0]), (9.0, [0, 1])], 'fewer than asked exist')
    """
    if k < 1:
        raise ValueError(f"k is {k}; ask for at least one alternative")
    prices, members = checked_weight(graph, weight), np.asarray(groups, dtype=np.bool_)
    if members.ndim != 2 or members.shape[1] != graph.arcs:
        raise ValueError(f"groups have shape {members.shape}; expected (groups, {graph.arcs})")
    checked_node(graph, source)
    checked_node(graph, target)
    first = _best(graph, prices, members, (source, target), frozenset())
    if first is None:
        return ClosurePaths((), PathStatus.UNREACHABLE, 1)
    found: list[ClosurePath] = []
    heap: list[tuple[float, int, tuple[int, ...], ClosurePath]] = [(first.path.cost, 0, (), first)]
    tried: set[frozenset[int]] = {frozenset()}
    while heap:
        *_, best = heapq.heappop(heap)
        if all(best.uses != other.uses for other in found):
            found.append(best)
            if len(found) == k:
                return ClosurePaths(tuple(found), PathStatus.FOUND, len(tried))
        for closed in _one_more(best, tried):
            if len(tried) == max_searches:
                return ClosurePaths(tuple(found), PathStatus.BOUNDED, len(tried))
            tried.add(closed)
            other = _best(graph, prices, members, (source, target), closed)
            if other is not None:
                heapq.heappush(heap, (other.path.cost, len(closed), tuple(sorted(closed)), other))
    return ClosurePaths(tuple(found), PathStatus.FEWER, len(tried))


def groups_used(members: BoolArray, path: Path) -> frozenset[int]:
    """The groups, of shape (groups, arcs), that a path touches."""
    return frozenset(np.flatnonzero(members[:, list(path.arcs)].any(axis=1)).tolist())


def _one_more(best: ClosurePath, tried: set[frozenset[int]]) -> Iterator[frozenset[int]]:
    for group in sorted(best.uses):
        closed = best.avoids | {group}
        if closed not in tried:
            yield closed


def _best(
    graph: Graph, prices: np.ndarray, members: BoolArray, ends: tuple[int, int], closed: frozenset[int]
) -> ClosurePath | None:
    shut = members[sorted(closed)].any(axis=0)
    path = shortest_path(graph, np.where(shut, np.inf, prices), *ends)
    return ClosurePath(path, groups_used(members, path), closed) if path.found else None
