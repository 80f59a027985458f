"""Paths between the nodes of a network: the cheapest, the alternatives, and the arcs that all of them need.

Plain arrays only: a `Graph` is a list of arcs between numbered nodes, weights are arrays beside it, and a
closed arc weighs infinity. Countries, ports and cargoes live in `sogdia.corridors`.
"""

from sogdia.routing.batch import Batch, BatchTrees, batch_costs, batch_trees
from sogdia.routing.bottleneck import path_capacity, widest_path
from sogdia.routing.closure import ClosurePath, ClosurePaths, closure_alternatives
from sogdia.routing.disjoint import Independent, critical_arcs, critical_nodes, independent_paths
from sogdia.routing.elimination import Elimination, eliminate
from sogdia.routing.flow import Flow, maximum_flow
from sogdia.routing.graph import Graph
from sogdia.routing.kbest import Paths, k_best_paths
from sogdia.routing.overlap import path_sizes
from sogdia.routing.pareto import Front, non_dominated_paths
from sogdia.routing.path import Path, PathStatus, simple_path, valid_route
from sogdia.routing.shortest import Trees, shortest_path, shortest_trees
from sogdia.routing.split import Split, SplitStatus, logit_split

__all__ = [
    "Batch",
    "BatchTrees",
    "ClosurePath",
    "ClosurePaths",
    "Elimination",
    "Flow",
    "Front",
    "Graph",
    "Independent",
    "Path",
    "PathStatus",
    "Paths",
    "Split",
    "SplitStatus",
    "Trees",
    "batch_costs",
    "batch_trees",
    "closure_alternatives",
    "critical_arcs",
    "critical_nodes",
    "eliminate",
    "independent_paths",
    "k_best_paths",
    "logit_split",
    "maximum_flow",
    "non_dominated_paths",
    "path_capacity",
    "path_sizes",
    "shortest_path",
    "shortest_trees",
    "simple_path",
    "valid_route",
    "widest_path",
]
