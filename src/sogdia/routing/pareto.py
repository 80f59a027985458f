"""Non-dominated paths: those that no other path beats in every criterion.

A path is non-dominated when no other path is at most as dear, as slow and as risky, and better in one of
them. Label setting in lexicographic order (Martins 1984, doi:10.1016/0377-2217(84)90077-8) with the least
remaining weight of each criterion as a lower bound (NAMOA*, Mandow & Perez de la Cruz 2010,
doi:10.1145/1754399.1754400): a label leaves the heap only when nothing that is still to come can dominate it,
so each path found is final.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import FloatArray, Graph, checked_node, checked_weight, out_arcs
from sogdia.routing.path import Path, PathStatus, path_along
from sogdia.routing.shortest import cost_bounds_to

Vector = tuple[float, ...]
DEFAULT_MAX_LABELS = 200_000
RELATIVE_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The non-dominated paths, in order of the first criterion.

    values: shape (paths, criteria); labels: labels taken from the heap. FOUND: the front is complete;
    BOUNDED: max_labels was reached, the paths given are non-dominated but others are missing.
    """

    paths: tuple[Path, ...]
    values: FloatArray
    status: PathStatus
    labels: int


def non_dominated_paths(
    graph: Graph, weights: Sequence[ArrayLike], source: int, target: int, max_labels: int = DEFAULT_MAX_LABELS
) -> Front:
    """All value vectors of non-dominated paths from source to target, with one path for each.

        value[p, c] = sum of weights[c] over the arcs of path p

    weights: one array of shape (arcs,) per criterion, 0 or more; an arc that is infinite in any criterion is
    closed. The cost of each path is its value in the first criterion. max_labels bounds the work (and the
    memory).

    >>> graph = Graph(nodes=3, tail=[0, 1, 0, 0], head=[1, 2, 2, 2])
    >>> front = non_dominated_paths(graph, [[1.0, 1.0, 5.0, 6.0], [4.0, 4.0, 1.0, 2.0]], 0, 2)
    >>> front.values.tolist(), [path.arcs for path in front.paths]
    ([[2.0, 8.0], [5.0, 1.0]], [(0, 1), (2,)])
    """
    prices = _close_together(np.array([checked_weight(graph, weight) for weight in weights]))
    checked_node(graph, source)
    checked_node(graph, target)
    arcs_found, status, labels = _label_setting(graph, prices, source, target, max_labels)
    paths = tuple(path_along(graph, prices[0], source, arcs) for arcs in arcs_found)
    values = np.array([prices[:, list(path.arcs)].sum(axis=1) for path in paths])
    return Front(paths, values.reshape(len(paths), len(prices)), status, labels)


def dominates(a: Vector, b: Vector) -> bool:
    """Is a at most b everywhere, up to rounding? (Equal vectors dominate each other: one is enough.)"""
    return all(x <= y + RELATIVE_ROUNDING * abs(y) for x, y in zip(a, b, strict=True))


def _close_together(prices: FloatArray) -> FloatArray:
    return np.where(np.isinf(prices).any(axis=0), np.inf, prices)


def _label_setting(
    graph: Graph, prices: FloatArray, source: int, target: int, max_labels: int
) -> tuple[list[tuple[int, ...]], PathStatus, int]:
    bound: list[Vector] = [tuple(column) for column in cost_bounds_to(graph, list(prices), target).T.tolist()]
    if np.isinf(bound[source]).any():
        return [], PathStatus.UNREACHABLE, 0
    leaving, head = out_arcs(graph), graph.head.tolist()
    step: list[Vector] = [tuple(column) for column in prices.T.tolist()]
    settled: list[list[Vector]] = [[] for _ in range(graph.nodes)]
    found: list[tuple[int, ...]] = []
    zero = (0.0,) * len(prices)
    heap: list[tuple[Vector, Vector, int, tuple[int, ...]]] = [(bound[source], zero, source, ())]
    taken = 0
    while heap:
        estimate, value, node, arcs = heapq.heappop(heap)
        if _is_dominated(value, settled[node]) or _is_dominated(estimate, settled[target]):
            continue
        if taken == max_labels:
            return found, PathStatus.BOUNDED, taken
        taken += 1
        settled[node].append(value)
        if node == target:
            found.append(arcs)
            continue
        for arc in leaving[node]:
            nxt = head[arc]
            new = tuple(a + b for a, b in zip(value, step[arc], strict=True))
            ahead = tuple(a + b for a, b in zip(new, bound[nxt], strict=True))
            if np.inf in ahead or _is_dominated(new, settled[nxt]) or _is_dominated(ahead, settled[target]):
                continue
            heapq.heappush(heap, (ahead, new, nxt, (*arcs, arc)))
    return found, PathStatus.FOUND, taken


def _is_dominated(value: Vector, others: Sequence[Vector]) -> bool:
    return any(dominates(other, value) for other in others)
