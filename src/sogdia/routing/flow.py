"""The maximum flow between two sets of nodes, and the arcs that limit it.

Dinic's algorithm as `scipy.sparse.csgraph` runs it on whole numbers; the answer is the capacity of the smallest cut
(Ford & Fulkerson 1956, doi:10.4153/CJM-1956-045-5), summed from the capacities as given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import Graph, checked_node, checked_weight
from sogdia.routing.shortest import shortest_trees

LARGEST_SUM = 2**29
UNLIMITED = 2**30


@dataclass(frozen=True, slots=True)
class Flow:
    """value: what passes at most, in the unit of capacity; infinity where arcs without a limit alone join the
    ends; 0 where nothing does. cut: the full arcs that hold it there, empty in these two cases.
    """

    value: float
    cut: tuple[int, ...]


def maximum_flow(graph: Graph, capacity: ArrayLike, sources: ArrayLike, targets: ArrayLike) -> Flow:
    """max of the flow from all sources together to all targets = min of the capacity of a cut between them.

    capacity: shape (arcs,), 0 closes an arc, infinity does not bind; sources, targets: node numbers, none in
    both.

    >>> graph = Graph(nodes=3, tail=[0, 0, 1], head=[1, 2, 2])
    >>> maximum_flow(graph, [5.0, 1.0, 3.0], [0], [2])
    Flow(value=4.0, cut=(1, 2))
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow as dinic

    widths = checked_weight(graph, capacity)
    starts, ends = (np.array([checked_node(graph, int(n)) for n in np.ravel(s)]) for s in (sources, targets))
    if np.intersect1d(starts, ends).size:
        raise ValueError("a node is both source and target; what flows from a node to itself has no limit")
    unlimited = np.isinf(widths)
    if shortest_trees(graph, np.where(unlimited, 1.0, np.inf), starts).reached[:, ends].any():
        return Flow(np.inf, ())
    total = float(widths[~unlimited].sum())
    if total == 0:
        return Flow(0.0, ())
    whole = np.where(unlimited, UNLIMITED, np.floor(np.where(unlimited, 0, widths) * (LARGEST_SUM / total)))
    source, target = graph.nodes, graph.nodes + 1
    tail = np.concatenate([graph.tail, np.full(starts.size, source), ends])
    head = np.concatenate([graph.head, starts, np.full(ends.size, target)])
    amount = np.concatenate([whole, np.full(starts.size + ends.size, UNLIMITED)]).astype(np.int64)
    pairs = coo_array((amount, (tail, head)), shape=(graph.nodes + 2,) * 2).tocsr()
    pairs.data = np.minimum(pairs.data, UNLIMITED)
    limits = pairs.astype(np.int32)
    left = (limits - dinic(limits, source, target).flow).tocoo()
    spare = left.data > 0
    residual = Graph(graph.nodes + 2, left.row[spare], left.col[spare])
    reached = shortest_trees(residual, np.ones(residual.arcs), [source]).reached[0]
    across = (widths > 0) & reached[graph.tail] & ~reached[graph.head]
    return Flow(float(widths[across].sum()), tuple(np.flatnonzero(across).tolist()))
