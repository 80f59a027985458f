"""The record of a path, and the invariants that every path keeps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from numpy.typing import ArrayLike

from sogdia.routing.graph import Graph, checked_weight


class PathStatus(StrEnum):
    """How an algorithm ended."""

    FOUND = "found"
    FEWER = "fewer than asked exist"
    BOUNDED = "bound hit before the end"
    UNREACHABLE = "unreachable"

    @property
    def hint(self) -> str:
        """What to do about it."""
        return {
            PathStatus.FOUND: "",
            PathStatus.FEWER: "All paths that exist are in the answer.",
            PathStatus.BOUNDED: "What was found is true but not complete: raise the bound.",
            PathStatus.UNREACHABLE: "No open path joins the two nodes: reopen an arc or add one.",
        }[self]


@dataclass(frozen=True, slots=True)
class Path:
    """A walk along arcs: nodes[i] to nodes[i + 1] by arcs[i].

    cost: sum of weights along it, infinity (and no arcs) where status is UNREACHABLE. A path from a node to
    itself has no arcs, costs 0 and is FOUND.
    """

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    cost: float
    status: PathStatus = PathStatus.FOUND

    @property
    def found(self) -> bool:
        return self.status is PathStatus.FOUND


NO_PATH = Path(nodes=(), arcs=(), cost=math.inf, status=PathStatus.UNREACHABLE)


def path_along(graph: Graph, weight: ArrayLike, source: int, arcs: Sequence[int]) -> Path:
    """The path that starts at source and takes the given arcs, priced by weight, shape (arcs,)."""
    prices = checked_weight(graph, weight)
    nodes = (source, *(int(graph.head[arc]) for arc in arcs))
    return Path(nodes, tuple(arcs), math.fsum(float(prices[arc]) for arc in arcs))


def valid_route(graph: Graph, weight: ArrayLike, path: Path, source: int, target: int) -> bool:
    """Does the path lead from source to target along existing open arcs, at the cost it states?

    An unreachable answer is valid when it claims nothing: no arcs and infinite cost.

    >>> graph = Graph(nodes=2, tail=[0], head=[1])
    >>> valid_route(graph, [3.0], Path(nodes=(0, 1), arcs=(0,), cost=3.0), 0, 1)
    True
    >>> valid_route(graph, [3.0], Path(nodes=(0, 1), arcs=(0,), cost=0.0), 0, 1)
    False
    """
    prices = checked_weight(graph, weight)
    if not path.found:
        return not path.arcs and not path.nodes and math.isinf(path.cost)
    if len(path.nodes) != len(path.arcs) + 1 or path.nodes[0] != source or path.nodes[-1] != target:
        return False
    if any(not 0 <= arc < graph.arcs for arc in path.arcs):
        return False
    joined = all(
        graph.tail[arc] == start and graph.head[arc] == end
        for arc, start, end in zip(path.arcs, path.nodes, path.nodes[1:], strict=False)
    )
    total = math.fsum(float(prices[arc]) for arc in path.arcs)
    return joined and math.isfinite(total) and math.isclose(total, path.cost, rel_tol=1e-9, abs_tol=1e-12)


def simple_path(path: Path) -> bool:
    """Does the path visit no node twice?"""
    return len(set(path.nodes)) == len(path.nodes)
