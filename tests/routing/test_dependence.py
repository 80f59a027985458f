from __future__ import annotations

import math

import pytest

from sogdia.routing import (
    Graph,
    PathStatus,
    critical_arcs,
    critical_nodes,
    independent_paths,
    path_capacity,
    widest_path,
)
from sogdia.routing.path import NO_PATH

#   0 -> 1 => (2 | 3) => 4 -> 5: one way in, two in the middle, one way out
HOURGLASS = Graph(nodes=6, tail=[0, 1, 1, 2, 3, 4], head=[1, 2, 3, 4, 4, 5])
OPEN = [True] * 6


def test_the_single_way_in_and_out_is_critical():
    assert critical_arcs(HOURGLASS, OPEN, 0, 5) == (0, 5)
    assert critical_nodes(HOURGLASS, OPEN, 0, 5) == (1, 4)


def test_closing_one_of_two_makes_the_other_critical():
    assert critical_arcs(HOURGLASS, [1, 0, 1, 1, 1, 1], 0, 5) == (0, 2, 4, 5)


def test_nothing_is_critical_where_there_is_no_path():
    assert critical_arcs(HOURGLASS, [0, 1, 1, 1, 1, 1], 0, 5) is None
    assert critical_nodes(HOURGLASS, [0, 1, 1, 1, 1, 1], 0, 5) is None


def test_one_path_when_every_way_shares_an_arc():
    answer = independent_paths(HOURGLASS, OPEN, 0, 5)
    assert (answer.count, len(answer.cut)) == (1, 1)


def test_arcs_that_may_be_shared_do_not_count():
    answer = independent_paths(HOURGLASS, OPEN, 0, 5, shareable=[1, 0, 0, 0, 0, 1])
    assert answer.count == 2
    assert set(answer.cut) in ({1, 2}, {3, 4}, {1, 4}, {2, 3})
    assert {path.nodes[2] for path in answer.paths} == {2, 3}


def test_shareable_arcs_alone_leave_no_cut():
    answer = independent_paths(HOURGLASS, OPEN, 0, 5, shareable=OPEN)
    assert (answer.count, answer.cut) == (1, None)


def test_the_augmenting_path_may_have_to_take_back_a_choice():
    #  the short way 0 1 4 5 blocks both detours unless the flow on 1 -> 4 is undone
    graph = Graph(nodes=6, tail=[0, 1, 4, 0, 2, 1, 3], head=[1, 4, 5, 2, 4, 3, 5])
    assert independent_paths(graph, [True] * 7, 0, 5).count == 2


def test_no_way_gives_no_path_and_an_empty_cut():
    answer = independent_paths(HOURGLASS, [False] * 6, 0, 5)
    assert (answer.paths, answer.cut, answer.status) == ((), (), PathStatus.UNREACHABLE)


def test_a_pair_is_two_nodes():
    with pytest.raises(ValueError, match="two nodes"):
        independent_paths(HOURGLASS, OPEN, 1, 1)


def test_the_widest_path_may_be_longer():
    graph = Graph(nodes=3, tail=[0, 0, 1], head=[2, 1, 2])
    path = widest_path(graph, [1.0, 7.0, 4.0], 0, 2)
    assert path.arcs == (1, 2)
    assert path_capacity(graph, [1.0, 7.0, 4.0], path) == 4.0


def test_a_closed_arc_carries_nothing_and_no_path_has_no_capacity():
    graph = Graph(nodes=2, tail=[0], head=[1])
    assert widest_path(graph, [0.0], 0, 1) == NO_PATH
    assert path_capacity(graph, [3.0], NO_PATH) == 0.0
    assert path_capacity(graph, [3.0], widest_path(graph, [3.0], 0, 0)) == math.inf
