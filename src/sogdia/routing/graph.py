"""A directed multigraph as arrays.

Two nodes may be joined by several parallel arcs (a railway and a road), so an arc is named by its position,
never by its ends. A two-way link is two arcs. Weights are not part of the graph: every algorithm takes them
beside it, with infinity for a closed arc, so that a thousand states of a network share one topology.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A directed graph on nodes 0 .. nodes-1 whose arc a leads from tail[a] to head[a].

    nodes: number of nodes; tail, head: shape (arcs,), node numbers. Derived, sorted by (tail, head): by_tail,
    shape (arcs,), arc numbers; pair_start, shape (pairs,), where each run of parallel arcs begins in by_tail;
    pair_tail, pair_head, shape (pairs,); pair, shape (arcs,), the pair of each arc of by_tail; row, shape
    (nodes + 1,), where each tail's pairs begin (the compressed sparse row of the graph without parallels).

    >>> graph = Graph(nodes=3, tail=[0, 1, 0], head=[1, 2, 1])
    >>> graph.arcs, graph.by_tail.tolist(), graph.row.tolist()
    (3, [0, 2, 1], [0, 1, 2, 2])
    """

    nodes: int
    tail: IntArray
    head: IntArray
    by_tail: IntArray = field(init=False, repr=False)
    pair_start: IntArray = field(init=False, repr=False)
    pair: IntArray = field(init=False, repr=False)
    pair_tail: IntArray = field(init=False, repr=False)
    pair_head: IntArray = field(init=False, repr=False)
    row: IntArray = field(init=False, repr=False)

    def __init__(self, nodes: int, tail: ArrayLike, head: ArrayLike) -> None:
        tails, heads = _ends(nodes, tail), _ends(nodes, head)
        if tails.shape != heads.shape:
            raise ValueError(f"tail has {tails.size} arcs and head has {heads.size}; give one of each per arc")
        order = np.lexsort((heads, tails)).astype(np.int64)
        sorted_tail, sorted_head = tails[order], heads[order]
        new_pair = np.ones(order.size, dtype=np.bool_)
        new_pair[1:] = (sorted_tail[1:] != sorted_tail[:-1]) | (sorted_head[1:] != sorted_head[:-1])
        start = np.flatnonzero(new_pair)
        row = np.zeros(nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(sorted_tail[start], minlength=nodes), out=row[1:])
        pairs = {"pair_start": start, "pair_tail": sorted_tail[start], "pair_head": sorted_head[start]}
        derived = {"by_tail": order, "pair": np.cumsum(new_pair) - 1, "row": row} | pairs
        object.__setattr__(self, "nodes", int(nodes))
        for name, array in ({"tail": tails, "head": heads} | derived).items():
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @property
    def arcs(self) -> int:
        """Number of arcs, parallels counted."""
        return int(self.tail.size)


def _ends(nodes: int, ends: ArrayLike) -> IntArray:
    array = np.array(ends, dtype=np.int64).reshape(-1)
    outside = np.flatnonzero((array < 0) | (array >= nodes))
    if outside.size:
        first = int(outside[0])
        raise ValueError(f"arc {first} ends at node {int(array[first])}; nodes are 0 to {nodes - 1}")
    return array


def reverse(graph: Graph) -> Graph:
    """The same arcs, with the same numbers, walked backwards."""
    return Graph(graph.nodes, graph.head, graph.tail)


def out_arcs(graph: Graph) -> list[list[int]]:
    """The arcs that leave each node, as Python lists for algorithms that walk node by node."""
    leaving: list[list[int]] = [[] for _ in range(graph.nodes)]
    for arc, tail in enumerate(graph.tail.tolist()):
        leaving[tail].append(arc)
    return leaving


def checked_weight(graph: Graph, weight: ArrayLike) -> FloatArray:
    """Weights as an array of shape (arcs,): not negative, not NaN; infinity closes an arc."""
    array = np.asarray(weight, dtype=np.float64)
    if array.shape != (graph.arcs,):
        raise ValueError(f"weights have shape {array.shape}; the graph has {graph.arcs} arcs")
    bad = np.flatnonzero(~(array >= 0))
    if bad.size:
        first = int(bad[0])
        raise ValueError(f"weight of arc {first} is {array[first]}; weights are 0 or more, infinity if closed")
    return array


def checked_node(graph: Graph, node: int) -> int:
    """A node number that exists."""
    if not 0 <= node < graph.nodes:
        raise ValueError(f"node {node} does not exist; nodes are 0 to {graph.nodes - 1}")
    return int(node)
