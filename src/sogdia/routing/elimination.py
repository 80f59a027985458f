"""The order of taking nodes out of a network, so that it is solved once and priced many times.

Shortest paths solved like linear equations, with (min, +) for (+, x): taking out node v leaves a shortcut a
-> b wherever a -> v -> b was possible. Which shortcuts arise depends on the topology alone, so ten thousand
states of one network share the plan and only the arithmetic is repeated (Carre 1971,
doi:10.1093/imamat/7.3.273; customizable contraction hierarchies, Dibbelt, Strasser & Wagner 2016,
doi:10.1145/2886843). Transport networks have small separators, so the shortcuts are about as many as the links.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.routing.graph import BoolArray, Graph, IntArray

Rows = slice | IntArray
"""Which rows of an array: a slice where they are consecutive, which saves a copy."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeFold:
    """Part of taking out a node v: what it means for the edges between a neighbour a and later ones b.

    first: the edge v a; seconds: the edges v b; targets: the edges a b, which may get shorter through v;
    upwards: for the way from a to b, else for the way from b to a.
    """

    upwards: bool
    first: int
    seconds: Rows
    targets: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Elimination:
    """The plan: nodes in ranks, the chordal graph of links and shortcuts, and what is added to what.

    rank: shape (nodes,), the place of each node in the order (a postorder of the elimination tree, so the
    descendants of rank v are the ranks first_descendant[v] .. v);
    upper: shape (edges,), the higher rank of each edge, edges sorted by (lower, upper);
    start: shape (nodes + 1,), where the edges of each lower rank begin;
    folds: in order of v, how edges get shorter; only what can happen, as a node that nothing leads into is no
    way through;
    up_exists, down_exists: shape (edges,), whether anything leads along the edge when all arcs are open;
    arc_edge: shape (arcs,), the edge of each arc, -1 for a self-loop; arc_up: shape (arcs,), whether the arc
    leads to the higher rank.
    """

    graph: Graph
    rank: IntArray
    first_descendant: IntArray
    upper: IntArray
    start: IntArray
    folds: tuple[NodeFold, ...]
    up_exists: BoolArray
    down_exists: BoolArray
    arc_edge: IntArray
    arc_up: BoolArray

    @property
    def edges(self) -> int:
        """Links and shortcuts, each counted once for both directions."""
        return int(self.upper.size)


def eliminate(graph: Graph) -> Elimination:
    """Plan the elimination of a graph's nodes, at each step the one whose loss adds fewest shortcuts.

    >>> line = Graph(nodes=3, tail=[0, 1], head=[1, 2])
    >>> eliminate(line).edges
    2
    """
    higher = _postordered(_least_fill(graph))
    rank = np.empty(graph.nodes, dtype=np.int64)
    rank[[node for node, _ in higher]] = np.arange(graph.nodes)
    above = [sorted(int(rank[other]) for other in others) for _, others in higher]
    start = np.cumsum([0, *(len(others) for others in above)]).astype(np.int64)
    number = {(v, a): int(start[v]) + i for v, others in enumerate(above) for i, a in enumerate(others)}
    ends = [(int(rank[t]), int(rank[h])) for t, h in zip(graph.tail, graph.head, strict=True)]
    arc_edge = np.array([number.get((min(e), max(e)), -1) for e in ends], dtype=np.int64)
    arc_up = np.array([t < h for t, h in ends], dtype=np.bool_)
    up, down = np.zeros((2, start[-1]), dtype=np.bool_)
    up[arc_edge[arc_up & (arc_edge >= 0)]] = True
    down[arc_edge[~arc_up & (arc_edge >= 0)]] = True
    folds: list[NodeFold] = []
    for v, others in enumerate(above):
        for i, a in enumerate(others):
            first = int(start[v]) + i
            seconds = np.arange(first + 1, start[v + 1])
            targets = np.array([number[a, b] for b in others[i + 1 :]], dtype=np.int64)
            for upwards, along, back in ((True, up, down), (False, down, up)):
                leads_on = along[seconds]
                if back[first] and leads_on.any():
                    along[targets[leads_on]] = True
                    folds.append(NodeFold(upwards, first, _rows(seconds[leads_on]), _rows(targets[leads_on])))
    return Elimination(
        graph=graph,
        rank=rank,
        first_descendant=_first_descendants(above),
        upper=np.array([a for others in above for a in others], dtype=np.int64),
        start=start,
        folds=tuple(folds),
        up_exists=up,
        down_exists=down,
        arc_edge=arc_edge,
        arc_up=arc_up,
    )


def _rows(numbers: IntArray) -> Rows:
    first, last = int(numbers[0]), int(numbers[-1])
    return slice(first, last + 1) if last - first + 1 == numbers.size else numbers


def _least_fill(graph: Graph) -> list[tuple[int, set[int]]]:
    """(node, its neighbours still present when it is taken out), in the order of elimination."""
    near: list[set[int]] = [set() for _ in range(graph.nodes)]
    for t, h in zip(graph.tail.tolist(), graph.head.tolist(), strict=True):
        if t != h:
            near[t].add(h)
            near[h].add(t)
    left = set(range(graph.nodes))
    fill = [_missing(near, node) for node in range(graph.nodes)]
    order = []
    while left:
        node = min(left, key=lambda v: (fill[v], len(near[v]), v))
        others = near[node]
        left.remove(node)
        for other in others:
            near[other] |= others
            near[other] -= {other, node}
        order.append((node, others))
        for touched in others.union(*(near[other] for other in others)):
            fill[touched] = _missing(near, touched)
    return order


def _missing(near: list[set[int]], node: int) -> int:
    """How many pairs of the node's neighbours are not joined (twice, as pairs are ordered)."""
    return sum(len(near[node]) - 1 - len(near[node] & near[other]) for other in near[node])


def _postordered(order: list[tuple[int, set[int]]]) -> list[tuple[int, set[int]]]:
    """The same elimination with the descendants of each node directly before it.

    A node's parent in the elimination tree is the first of its later neighbours; any order in which children
    come before parents gives the same shortcuts.
    """
    place = {node: i for i, (node, _) in enumerate(order)}
    children: list[list[int]] = [[] for _ in order]
    roots = []
    for i, (_, others) in enumerate(order):
        if others:
            children[min(place[other] for other in others)].append(i)
        else:
            roots.append(i)
    result: list[int] = []
    stack = list(roots)
    while stack:
        i = stack.pop()
        result.append(i)
        stack.extend(children[i])
    return [order[i] for i in reversed(result)]


def _first_descendants(above: list[list[int]]) -> IntArray:
    first = np.arange(len(above))
    for v, others in enumerate(above):
        if others:
            first[others[0]] = min(first[others[0]], first[v])
    return first
