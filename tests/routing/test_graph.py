from __future__ import annotations

import numpy as np
import pytest

from sogdia.routing import Graph
from sogdia.routing.graph import checked_weight, out_arcs, reverse


def test_parallel_arcs_are_one_pair_and_keep_their_own_numbers():
    graph = Graph(nodes=3, tail=[1, 0, 1, 0], head=[2, 1, 2, 2])
    assert graph.arcs == 4
    assert graph.pair_head.tolist() == [1, 2, 2]
    assert graph.by_tail.tolist() == [1, 3, 0, 2]
    assert out_arcs(graph) == [[1, 3], [0, 2], []]


def test_a_graph_does_not_change_when_the_input_does():
    tail = np.array([0, 1])
    graph = Graph(nodes=3, tail=tail, head=[1, 2])
    tail[0] = 2
    assert graph.tail.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read-only"):
        graph.tail[0] = 2


def test_reversing_keeps_arc_numbers():
    graph = reverse(Graph(nodes=2, tail=[0], head=[1]))
    assert (graph.tail.tolist(), graph.head.tolist()) == ([1], [0])


@pytest.mark.parametrize(
    ("tail", "head", "message"),
    [([0, 3], [1, 2], "arc 1 ends at node 3"), ([0], [-1], "arc 0 ends at node -1"), ([0, 1], [1], "2 arcs and head")],
)
def test_arcs_that_lead_nowhere_are_refused(tail, head, message):
    with pytest.raises(ValueError, match=message):
        Graph(nodes=3, tail=tail, head=head)


@pytest.mark.parametrize("weight", [[-1.0, 1.0], [np.nan, 1.0], [1.0]])
def test_negative_missing_and_misshapen_weights_are_refused(weight):
    with pytest.raises(ValueError, match="weight"):
        checked_weight(Graph(nodes=3, tail=[0, 1], head=[1, 2]), weight)
