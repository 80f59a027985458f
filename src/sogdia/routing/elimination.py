"""The order of taking nodes out of a network, so that it is solved once and priced many times.

Shortest paths solved like linear equations, with (min, +) for (+, x): taking out node v leaves a shortcut a
-> b wherever a -> v -> b was possible. Which shortcuts arise depends on the topology alone, so ten thousand
states of one network share the plan and only the arithmetic is repeated (Carre 1971,
doi:10.1093/imamat/7.3.273; customizable contraction hierarchies, Dibbelt, Strasser & Wagner 2016,
doi:10.1145/2886843). Transport networks have small separators, so the shortcuts are about as many as the links.
Each direction is counted by itself: much of a network leads one way only, to the port and not back.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from sogdia.routing.graph import Graph, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class NodeFold:
    """Part of taking out a node v between a and consecutive others b: row(a, b) may get shorter through v.

    first: the row a -> v or v -> a; seconds: the rows between v and each b that lead on from it; targets: the rows
    between a and each b.
    """

    first: int
    seconds: slice
    targets: slice


@dataclass(frozen=True, slots=True, eq=False)
class Ascent:
    """The rows that lead from each rank to higher ranks, or from higher ranks to it.

    start: shape (nodes + 1,), where the rows of each lower rank begin; upper: by row, the higher rank; first: the
    number of the first of these rows among all.
    """

    start: tuple[int, ...]
    upper: tuple[int, ...]
    first: int

    def rows(self, v: int) -> list[tuple[int, int]]:
        """(row, higher rank) of each row at rank v."""
        return [(self.first + i, self.upper[i]) for i in range(self.start[v], self.start[v + 1])]


@dataclass(frozen=True, slots=True, eq=False)
class Elimination:
    """The plan: nodes in ranks, the rows of links and shortcuts in one direction each, and what is added to what.

    rank: shape (nodes,), the place of each node in the order (a postorder of the elimination tree, so the
    descendants of rank v are the ranks first_descendant[v] .. v);
    rising, falling: the rows to higher ranks and those from them; only what can happen has a row;
    folds: in order of v, how rows get shorter; a node that nothing leads into is no way through;
    arc_row: shape (arcs,), the row of each arc, -1 for a self-loop.
    """

    graph: Graph
    rank: IntArray
    first_descendant: IntArray
    rising: Ascent
    falling: Ascent
    folds: tuple[NodeFold, ...]
    arc_row: IntArray

    @property
    def rows(self) -> int:
        """Links and shortcuts, each direction by itself."""
        return len(self.rising.upper) + len(self.falling.upper)

    @property
    def edges(self) -> int:
        """Links and shortcuts, each counted once for both directions."""
        pairs = [
            {(v, x) for v in range(self.graph.nodes) for _, x in way.rows(v)} for way in (self.rising, self.falling)
        ]
        return len(pairs[0] | pairs[1])


def eliminate(graph: Graph) -> Elimination:
    """Plan the elimination of a graph's nodes, at each step the one whose loss adds fewest shortcuts.

    >>> line = Graph(nodes=3, tail=[0, 1], head=[1, 2])
    >>> eliminate(line).edges
    2
    """
    higher = _postordered(_joined(graph, _least_fill(graph)))
    rank = np.empty(graph.nodes, dtype=np.int64)
    rank[[node for node, _ in higher]] = np.arange(graph.nodes)
    into, out = _neighbours(graph, rank)
    steps: list[tuple[list[int], list[int]]] = []
    for v in range(graph.nodes):
        before, after = into[v], out[v]
        for a in before:
            out[a].discard(v)
            out[a] |= after - {a}
        for b in after:
            into[b].discard(v)
            into[b] |= before - {b}
        steps.append((sorted(before), sorted(after)))
    rising = _ascent([after for _, after in steps], 0)
    falling = _ascent([before for before, _ in steps], len(rising.upper))
    row = {}
    for v in range(graph.nodes):
        row.update({(v, x): number for number, x in rising.rows(v)})
        row.update({(x, v): number for number, x in falling.rows(v)})
    ends = zip(rank[graph.tail].tolist(), rank[graph.head].tolist(), strict=True)
    return Elimination(
        graph=graph,
        rank=rank,
        first_descendant=_first_descendants([sorted(int(rank[x]) for x in others) for _, others in higher]),
        rising=rising,
        falling=falling,
        folds=tuple(fold for v, (before, after) in enumerate(steps) for fold in _folds(row, v, before, after)),
        arc_row=np.array([row.get(pair, -1) for pair in ends], dtype=np.int64),
    )


def _neighbours(graph: Graph, name: IntArray) -> tuple[list[set[int]], list[set[int]]]:
    """The nodes, by these names, that lead into each node and those that it leads to, itself left out."""
    into: list[set[int]] = [set() for _ in range(graph.nodes)]
    out: list[set[int]] = [set() for _ in range(graph.nodes)]
    for t, h in zip(name[graph.tail].tolist(), name[graph.head].tolist(), strict=True):
        if t != h:
            out[t].add(h)
            into[h].add(t)
    return into, out


def _ascent(others: list[list[int]], first: int) -> Ascent:
    start = np.cumsum([0, *(len(each) for each in others)])
    return Ascent(tuple(start.tolist()), tuple(x for each in others for x in each), first)


def _folds(row: dict[tuple[int, int], int], v: int, before: list[int], after: list[int]) -> list[NodeFold]:
    """How each pair a -> v -> b shortens a -> b, the pairs of one a (b above a) or of one b (a above b) together."""
    folds = []
    for a in before:
        others = [b for b in after if b > a]
        folds += _runs(row[a, v], [row[v, b] for b in others], [row[a, b] for b in others])
    for b in after:
        others = [a for a in before if a > b]
        folds += _runs(row[v, b], [row[a, v] for a in others], [row[a, b] for a in others])
    return folds


def _runs(first: int, seconds: list[int], targets: list[int]) -> list[NodeFold]:
    """One fold for each run of consecutive rows, so that all of them are slices and none is copied."""
    folds, begin = [], 0
    for i in range(1, len(seconds) + 1):
        if i == len(seconds) or seconds[i] - seconds[i - 1] != 1 or targets[i] - targets[i - 1] != 1:
            size = i - begin
            runs = [slice(rows[begin], rows[begin] + size) for rows in (seconds, targets)]
            folds.append(NodeFold(first, *runs))
            begin = i
    return folds


def _least_fill(graph: Graph) -> list[int]:
    """The nodes in the order of elimination: next is the one that adds fewest shortcuts, each direction counted.

    A count in the queue is looked at again when its node comes up, and when a neighbour was taken out.
    """
    into, out = _neighbours(graph, np.arange(graph.nodes))
    count = [_fill(into, out, v) for v in range(graph.nodes)]
    queue = [(count[v], v) for v in range(graph.nodes)]
    heapify(queue)
    left, order = [True] * graph.nodes, []
    while queue:
        known, v = heappop(queue)
        if not left[v] or known != count[v]:
            continue
        left[v] = False
        order.append(v)
        touched = into[v] | out[v]
        for a in into[v]:
            out[a].discard(v)
            added = out[v] - out[a] - {a}
            out[a] |= added
            for b in added:
                touched |= out[a] & into[b]
                into[b].add(a)
        for b in out[v]:
            into[b].discard(v)
        for x in touched:
            found = _fill(into, out, x)
            if found != count[x]:
                count[x] = found
                heappush(queue, (found, x))
    return order


def _fill(into: list[set[int]], out: list[set[int]], v: int) -> tuple[int, int]:
    """How many shortcuts taking out a node adds, and how many ways lead through it."""
    through = len(into[v]) * len(out[v]) - len(into[v] & out[v])
    return sum(len(out[v] - out[a]) - (a in out[v]) for a in into[v]), through


def _joined(graph: Graph, order: list[int]) -> list[tuple[int, set[int]]]:
    """(node, its neighbours still present when it is taken out), all of which it joins, whatever the direction."""
    into, out = _neighbours(graph, np.arange(graph.nodes))
    near = [before | after for before, after in zip(into, out, strict=True)]
    for node in order:
        for other in near[node]:
            near[other] |= near[node]
            near[other] -= {other, node}
    return [(node, near[node]) for node in order]


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
