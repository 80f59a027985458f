from __future__ import annotations

import numpy as np
import pytest

from sogdia.routing import Graph, Path, PathStatus, shortest_path, shortest_trees, simple_path, valid_route
from sogdia.routing.path import NO_PATH
from sogdia.routing.shortest import shortest_costs

#   0 --1--> 1 --1--> 2, and a dear and a cheap arc 0 -> 2; node 3 stands alone
GRAPH = Graph(nodes=4, tail=[0, 1, 0, 0], head=[1, 2, 2, 2])
WEIGHT = np.array([1.0, 1.0, 9.0, 5.0])


def test_the_cheapest_chain_wins_over_the_direct_arcs():
    path = shortest_path(GRAPH, WEIGHT, 0, 2)
    assert (path.nodes, path.arcs, path.cost) == ((0, 1, 2), (0, 1), 2.0)


def test_of_parallel_arcs_the_cheaper_is_named():
    closed = np.where([True, False, False, False], np.inf, WEIGHT)
    assert shortest_path(GRAPH, closed, 0, 2).arcs == (3,)


def test_of_equal_parallel_arcs_the_first_is_named():
    graph = Graph(nodes=2, tail=[0, 0], head=[1, 1])
    assert shortest_path(graph, [2.0, 2.0], 0, 1).arcs == (0,)


def test_an_unreachable_node_is_infinitely_far_and_says_so():
    path = shortest_path(GRAPH, WEIGHT, 0, 3)
    assert path == NO_PATH
    assert path.status is PathStatus.UNREACHABLE
    assert "No open path" in path.status.hint
    assert path.cost == np.inf


def test_closing_everything_reaches_only_the_source():
    trees = shortest_trees(GRAPH, np.full(4, np.inf), [0, 1])
    assert trees.reached.sum() == 2
    assert (trees.last_arc == -1).all()


def test_a_graph_without_arcs_is_all_unreachable():
    assert not shortest_path(Graph(nodes=2, tail=[], head=[]), [], 0, 1).found


def test_a_free_arc_costs_nothing_and_is_still_an_arc():
    path = shortest_path(Graph(nodes=2, tail=[0], head=[1]), [0.0], 0, 1)
    assert (path.cost, path.arcs) == (0.0, (0,))


def test_a_node_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="node 7 does not exist"):
        shortest_path(GRAPH, WEIGHT, 0, 7)


@pytest.mark.parametrize(
    "path",
    [
        Path((0, 2), (0,), 1.0),
        Path((0, 1, 2), (0, 1), 0.0),
        Path((1, 2), (1,), 1.0),
        Path((0, 1, 2), (0, 9), 2.0),
        Path((0, 2), (), 0.0),
        Path((0,), (), np.inf, PathStatus.UNREACHABLE),
    ],
)
def test_a_false_route_is_not_valid(path):
    assert not valid_route(GRAPH, WEIGHT, path, 0, 2)


def test_a_route_over_a_closed_arc_is_not_valid():
    assert not valid_route(GRAPH, [np.inf, 1.0, 9.0, 5.0], Path((0, 1, 2), (0, 1), np.inf), 0, 2)


def test_a_walk_that_returns_is_not_simple():
    assert not simple_path(Path((0, 1, 0), (0, 1), 2.0))
    assert simple_path(Path((0, 1), (0,), 1.0))


@pytest.mark.parametrize("weight", [WEIGHT, np.where([False, True, True, True], np.inf, WEIGHT), np.full(4, np.inf)])
def test_costs_alone_are_those_of_the_trees(weight):
    np.testing.assert_array_equal(
        shortest_costs(GRAPH, weight, [0, 1, 3]), shortest_trees(GRAPH, weight, [0, 1, 3]).cost
    )


def test_costs_without_arcs_are_zero_at_home_alone():
    assert shortest_costs(Graph(nodes=2, tail=[], head=[]), [], [1]).tolist() == [[np.inf, 0.0]]
