"""Independent paths between two nodes, and the single arcs or nodes whose loss cuts the two apart.

By Menger's theorem the largest number of paths that share no arc is the smallest number of arcs whose closure
separates the pair; both come from one maximum flow of unit arcs (Ford & Fulkerson 1956,
doi:10.4153/CJM-1956-045-5). The arcs that every path uses follow from one sweep along any path (Italiano,
Laura & Santaroni 2012, doi:10.1016/j.tcs.2011.11.011 treat the same question with dominators): walk on, and
whatever can only be passed by the path's next arc is critical.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import BoolArray, Graph, checked_node, out_arcs, reverse
from sogdia.routing.path import Path, PathStatus, path_along
from sogdia.routing.shortest import shortest_path


@dataclass(frozen=True, slots=True)
class Independent:
    """paths: a largest set of paths that share no arc but those marked shareable, shortest in arcs first;
    cut: a smallest set of arcs whose closure leaves no path (None where shareable arcs alone join the pair,
    so that any number of paths exists and one is shown). FOUND or UNREACHABLE.
    """

    paths: tuple[Path, ...]
    cut: tuple[int, ...] | None
    status: PathStatus

    @property
    def count(self) -> int:
        return len(self.paths)


def independent_paths(
    graph: Graph, usable: ArrayLike, source: int, target: int, shareable: ArrayLike | None = None
) -> Independent:
    """A largest set of arc-disjoint paths and a smallest cut; both have the same size.

    usable: shape (arcs,), which arcs are open; shareable: shape (arcs,), which arcs any number of paths may
    share. Each path's cost is its number of arcs.

    >>> graph = Graph(nodes=4, tail=[0, 0, 1, 2], head=[1, 2, 3, 3])
    >>> answer = independent_paths(graph, [True] * 4, 0, 3)
    >>> answer.count, len(answer.cut)
    (2, 2)
    """
    is_open = _mask(graph, usable)
    free = _mask(graph, np.zeros(graph.arcs) if shareable is None else shareable)
    checked_node(graph, source)
    checked_node(graph, target)
    if source == target:
        raise ValueError(f"source and target are both node {source}; a pair is two nodes")
    alone = _fewest_arcs(graph, is_open & free, source, target)
    if alone is not None:
        return Independent((path_along(graph, np.ones(graph.arcs), source, alone),), None, PathStatus.FOUND)
    spare = [0 if not o else graph.arcs + 1 if f else 1 for o, f in zip(is_open, free, strict=True)]
    flow = [0] * graph.arcs
    leaving, entering = out_arcs(graph), out_arcs(reverse(graph))
    reached: set[int] = set()
    while True:
        reached, chain = _augmenting_chain(graph, spare, flow, (leaving, entering), (source, target))
        if chain is None:
            break
        for arc, forward in chain:
            flow[arc] += 1 if forward else -1
    cut = tuple(
        arc
        for arc in np.flatnonzero(is_open).tolist()
        if int(graph.tail[arc]) in reached and int(graph.head[arc]) not in reached
    )
    paths = _decompose(graph, flow, leaving, source, target)
    return Independent(paths, cut, PathStatus.FOUND if paths else PathStatus.UNREACHABLE)


def critical_arcs(graph: Graph, usable: ArrayLike, source: int, target: int) -> tuple[int, ...] | None:
    """The arcs that every open path from source to target takes, in their order; None where there is no path.

    >>> graph = Graph(nodes=4, tail=[0, 1, 1, 2], head=[1, 2, 2, 3])
    >>> critical_arcs(graph, [True] * 4, 0, 3)
    (0, 3)
    """
    is_open = _mask(graph, usable)
    some = _fewest_arcs(graph, is_open, checked_node(graph, source), checked_node(graph, target))
    if some is None:
        return None
    nodes = [source, *(int(graph.head[arc]) for arc in some)]
    position = {node: i for i, node in enumerate(nodes)}
    on_path = set(some)
    leaving, head = out_arcs(graph), graph.head.tolist()
    critical: list[int] = []
    seen = {source}
    furthest, waiting = 0, deque([source])
    while furthest < len(some):
        while waiting:
            node = waiting.popleft()
            steps = [head[arc] for arc in leaving[node] if is_open[arc] and arc not in on_path]
            if node in position:
                furthest = max(furthest, position[node])
                steps += nodes[max(position[node] - 1, 0) : position[node]]
            for nxt in steps:
                if nxt not in seen:
                    seen.add(nxt)
                    waiting.append(nxt)
        if furthest < len(some):
            critical.append(some[furthest])
            furthest += 1
            seen.add(nodes[furthest])
            waiting.append(nodes[furthest])
    return tuple(critical)


def critical_nodes(graph: Graph, usable: ArrayLike, source: int, target: int) -> tuple[int, ...] | None:
    """The nodes strictly between that every open path from source to target visits; None where there is no
    path.

    >>> graph = Graph(nodes=4, tail=[0, 1, 1, 2], head=[1, 2, 2, 3])
    >>> critical_nodes(graph, [True] * 4, 0, 3)
    (1, 2)
    """
    n = graph.nodes
    inside = np.arange(n)
    split = Graph(2 * n, np.concatenate([inside, graph.tail + n]), np.concatenate([inside + n, graph.head]))
    open_split = np.concatenate([np.ones(n, dtype=np.bool_), _mask(graph, usable)])
    through = critical_arcs(split, open_split, checked_node(graph, source), checked_node(graph, target) + n)
    if through is None:
        return None
    return tuple(arc for arc in through if arc < n and arc not in (source, target))


def _mask(graph: Graph, flags: ArrayLike) -> BoolArray:
    mask = np.asarray(flags, dtype=np.bool_)
    if mask.shape != (graph.arcs,):
        raise ValueError(f"flags have shape {mask.shape}; the graph has {graph.arcs} arcs")
    return mask


def _augmenting_chain(
    graph: Graph,
    spare: Sequence[int],
    flow: Sequence[int],
    around: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]],
    ends: tuple[int, int],
) -> tuple[set[int], list[tuple[int, bool]] | None]:
    """Breadth-first search of the residual graph: what it reaches, and the (arc, forward) chain to target."""
    (leaving, entering), (source, target) = around, ends
    came: dict[int, tuple[int, bool]] = {}
    reached, waiting = {source}, deque([source])
    while waiting and target not in reached:
        node = waiting.popleft()
        steps = [(arc, True, int(graph.head[arc])) for arc in leaving[node] if flow[arc] < spare[arc]]
        steps += [(arc, False, int(graph.tail[arc])) for arc in entering[node] if flow[arc] > 0]
        for arc, forward, nxt in steps:
            if nxt not in reached:
                reached.add(nxt)
                came[nxt] = (arc, forward)
                waiting.append(nxt)
    if target not in reached:
        return reached, None
    chain, node = [], target
    while node != source:
        arc, forward = came[node]
        chain.append((arc, forward))
        node = int(graph.tail[arc] if forward else graph.head[arc])
    return reached, chain[::-1]


def _decompose(
    graph: Graph, flow: Sequence[int], leaving: Sequence[Sequence[int]], source: int, target: int
) -> tuple[Path, ...]:
    """Unit paths that make up a flow, without the loops a flow may contain."""
    left = list(flow)
    paths = []
    amount = sum(left[arc] for arc in leaving[source]) - sum(
        left[arc] for arc in np.flatnonzero(graph.head == source).tolist()
    )
    for _ in range(amount):
        nodes, arcs = [source], []
        while nodes[-1] != target:
            arc = next(arc for arc in leaving[nodes[-1]] if left[arc] > 0)
            left[arc] -= 1
            arcs.append(arc)
            nodes.append(int(graph.head[arc]))
            if nodes[-1] in nodes[:-1]:
                start = nodes.index(nodes[-1])
                del nodes[start + 1 :], arcs[start:]
        paths.append(path_along(graph, np.ones(graph.arcs), source, arcs))
    return tuple(sorted(paths, key=lambda path: (path.cost, path.arcs)))


def _fewest_arcs(graph: Graph, is_open: BoolArray, source: int, target: int) -> list[int] | None:
    path = shortest_path(graph, np.where(is_open, 1.0, np.inf), source, target)
    return list(path.arcs) if path.found else None
