"""Shortest paths and shortest-path trees in one state of a network, small or very large.

Dijkstra's algorithm as `scipy.sparse.csgraph` runs it, on the graph without parallels: of the arcs that join
the same two nodes only the cheapest can lie on a shortest path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import BoolArray, FloatArray, Graph, IntArray, checked_node, checked_weight, reverse
from sogdia.routing.path import NO_PATH, Path

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Shortest paths from each source to every node.

    sources: shape (sources,); cost: shape (sources, nodes), infinity where unreachable; last_arc: shape
    (sources, nodes), the arc by which the shortest path enters the node, -1 at the source and if unreached.
    """

    graph: Graph
    sources: IntArray
    cost: FloatArray
    last_arc: IntArray

    @property
    def reached(self) -> BoolArray:
        """Shape (sources, nodes): is there a path at all?"""
        return np.isfinite(self.cost)

    def path(self, position: int, target: int) -> Path:
        """The path from the source at this position of `sources` to target, NO_PATH if there is none."""
        return walk_back(self.graph, self.last_arc[position], self.cost[position], target)


def shortest_trees(graph: Graph, weight: ArrayLike, sources: ArrayLike) -> Trees:
    """Shortest paths from each of `sources` to every node.

        cost[s, v] = min over paths from s to v of the sum of weight over the path's arcs

    weight: shape (arcs,), 0 or more, infinity closes an arc; sources: shape (sources,), node numbers.

    >>> graph = Graph(nodes=4, tail=[0, 1, 0, 1], head=[1, 2, 2, 2])
    >>> trees = shortest_trees(graph, [1.0, 5.0, 4.0, 2.0], [0])
    >>> trees.cost.tolist(), trees.path(0, 2).arcs
    ([[0.0, 1.0, 3.0, inf]], (0, 3))
    """
    starts = _nodes(graph, sources)
    if not graph.arcs or not starts.size:
        cost = _at_home(graph, starts)
        return Trees(graph, starts, cost, np.full(cost.shape, -1, dtype=np.int64))
    from scipy.sparse.csgraph import dijkstra

    pair_weight, pair_arc = cheapest_of_parallels(graph, checked_weight(graph, weight))
    cost, before = dijkstra(_matrix(graph, pair_weight), indices=starts, return_predecessors=True)
    return Trees(graph, starts, cost, _last_arcs(graph, pair_arc, cost, before))


def shortest_costs(graph: Graph, weight: ArrayLike, sources: ArrayLike) -> FloatArray:
    """The costs of `shortest_trees` alone, shape (sources, nodes)."""
    starts = _nodes(graph, sources)
    if not graph.arcs or not starts.size:
        return _at_home(graph, starts)
    from scipy.sparse.csgraph import dijkstra

    pair_weight, _ = cheapest_of_parallels(graph, checked_weight(graph, weight))
    return np.asarray(dijkstra(_matrix(graph, pair_weight), indices=starts))


def _nodes(graph: Graph, sources: ArrayLike) -> IntArray:
    starts = np.array(sources, dtype=np.int64).reshape(-1)
    for node in starts.tolist():
        checked_node(graph, node)
    return starts


def _at_home(graph: Graph, starts: IntArray) -> FloatArray:
    """Costs where no arc leads anywhere."""
    cost = np.full((starts.size, graph.nodes), np.inf)
    cost[np.arange(starts.size), starts] = 0.0
    return cost


def _matrix(graph: Graph, pair_weight: FloatArray) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array((pair_weight, graph.pair_head, graph.row), shape=(graph.nodes, graph.nodes))


def shortest_path(graph: Graph, weight: ArrayLike, source: int, target: int) -> Path:
    """The cheapest path from source to target; its status says if there is none.

    >>> shortest_path(Graph(nodes=2, tail=[1], head=[0]), [1.0], 0, 1).status
    <PathStatus.UNREACHABLE: 'unreachable'>
    """
    checked_node(graph, target)
    return shortest_trees(graph, weight, [source]).path(0, target)


def cheapest_of_parallels(graph: Graph, weight: FloatArray) -> tuple[FloatArray, IntArray]:
    """The least weight of each (tail, head) pair and the arc that has it, both of shape (pairs,)."""
    ordered = weight[graph.by_tail]
    if graph.pair_start.size == graph.arcs:
        return ordered, graph.by_tail
    least = np.minimum.reduceat(ordered, graph.pair_start)
    arc = graph.by_tail[graph.pair_start]
    has_least = np.flatnonzero(ordered == least[graph.pair])[::-1]
    arc[graph.pair[has_least]] = graph.by_tail[has_least]
    return least, arc


def _last_arcs(graph: Graph, pair_arc: IntArray, cost: FloatArray, before: IntArray) -> IntArray:
    """Predecessor nodes turned into the arcs that were taken: of the pairs into a node the one from its predecessor."""
    last = np.full(cost.shape, -1, dtype=np.int64)
    for of_source, predecessor in zip(last, before, strict=True):
        taken = np.flatnonzero(predecessor[graph.pair_head] == graph.pair_tail)
        of_source[graph.pair_head[taken]] = pair_arc[taken]
    last[~np.isfinite(cost)] = -1
    return last


def walk_back(graph: Graph, last_arc: IntArray, cost: FloatArray, target: int) -> Path:
    """The path that ends at target in one tree: last_arc and cost of shape (nodes,)."""
    if not np.isfinite(cost[target]):
        return NO_PATH
    nodes, arcs = [int(target)], []
    while (arc := int(last_arc[nodes[-1]])) >= 0:
        arcs.append(arc)
        nodes.append(int(graph.tail[arc]))
    return Path(tuple(reversed(nodes)), tuple(reversed(arcs)), float(cost[target]))


def costs_to(graph: Graph, weight: ArrayLike, target: int) -> FloatArray:
    """Least cost from every node to target, shape (nodes,), infinity where there is no way."""
    cost: FloatArray = shortest_trees(reverse(graph), weight, [target]).cost[0]
    return cost


def cost_bounds_to(graph: Graph, weights: Sequence[ArrayLike], target: int) -> FloatArray:
    """`costs_to` for several weights, each taken alone: shape (weights, nodes)."""
    return np.array([costs_to(graph, weight, target) for weight in weights])
