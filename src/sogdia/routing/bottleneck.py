"""The narrowest arc of a path, and the path whose narrowest arc is widest."""

from __future__ import annotations

import heapq
import math

from numpy.typing import ArrayLike

from sogdia.routing.graph import Graph, checked_node, checked_weight, out_arcs
from sogdia.routing.path import NO_PATH, Path


def path_capacity(graph: Graph, capacity: ArrayLike, path: Path) -> float:
    """min of capacity over the path's arcs, in the unit of capacity, shape (arcs,); infinity for no arcs, 0
    for no path.

    >>> graph = Graph(nodes=3, tail=[0, 1], head=[1, 2])
    >>> path_capacity(graph, [5.0, 3.0], Path(nodes=(0, 1, 2), arcs=(0, 1), cost=2.0))
    3.0
    """
    widths = checked_weight(graph, capacity)
    if not path.found:
        return 0.0
    return min((float(widths[arc]) for arc in path.arcs), default=math.inf)


def widest_path(graph: Graph, capacity: ArrayLike, source: int, target: int) -> Path:
    """The path from source to target that lets most through: max over paths of min over arcs of capacity.

    capacity: shape (arcs,), 0 closes an arc, infinity does not bind. The path's cost is its number of arcs;
    `path_capacity` gives what passes.

    >>> graph = Graph(nodes=3, tail=[0, 1, 0], head=[1, 2, 2])
    >>> widest_path(graph, [5.0, 3.0, 2.0], 0, 2).arcs
    (0, 1)
    """
    widths = checked_weight(graph, capacity).tolist()
    leaving, head = out_arcs(graph), graph.head.tolist()
    checked_node(graph, target)
    heap: list[tuple[float, int, int, tuple[int, ...]]] = [(-math.inf, 0, checked_node(graph, source), ())]
    done: set[int] = set()
    while heap:
        width, hops, node, arcs = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node == target:
            return Path((source, *(head[arc] for arc in arcs)), arcs, float(hops))
        for arc in leaving[node]:
            if widths[arc] > 0 and head[arc] not in done:
                heapq.heappush(heap, (max(width, -widths[arc]), hops + 1, head[arc], (*arcs, arc)))
    return NO_PATH
