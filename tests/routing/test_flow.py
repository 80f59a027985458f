from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from sogdia.routing import Graph, maximum_flow


def test_arcs_without_limit_alone_give_no_limit():
    flow = maximum_flow(Graph(3, [0, 1], [1, 2]), [np.inf, np.inf], [0], [2])
    assert (flow.value, flow.cut) == (np.inf, ())


def test_nothing_passes_a_closed_network():
    assert maximum_flow(Graph(2, [0], [1]), [0.0], [0], [1]).value == 0.0
    assert maximum_flow(Graph(3, [0], [1]), [1.0], [0], [2]).value == 0.0


def test_several_sources_add_up_to_the_common_neck():
    flow = maximum_flow(Graph(4, [0, 1, 2], [2, 2, 3]), [3.0, 4.0, 6.5], [0, 1], [3])
    assert (flow.value, flow.cut) == (6.5, (2,))


def test_parallel_arcs_add_up():
    assert maximum_flow(Graph(2, [0, 0], [1, 1]), [3.25, 4.5], [0], [1]).value == 7.75


def test_a_source_cannot_be_a_target():
    with pytest.raises(ValueError, match="both source and target"):
        maximum_flow(Graph(2, [0], [1]), [1.0], [0, 1], [1])


def test_networkx_finds_the_same_flow_on_200_graphs():
    for seed in range(200):
        rng = np.random.default_rng(seed)
        nodes = int(rng.integers(2, 15))
        tail, head = rng.integers(0, nodes, (2, 4 * nodes))
        capacity = rng.integers(1, 9, tail.size) * 1.0
        peer = nx.DiGraph()
        peer.add_nodes_from(range(nodes))
        for t, h, c in zip(tail.tolist(), head.tolist(), capacity.tolist(), strict=True):
            peer.add_edge(t, h, capacity=peer.get_edge_data(t, h, {"capacity": 0.0})["capacity"] + c)
        ours = maximum_flow(Graph(nodes, tail, head), capacity, [0], [nodes - 1])
        assert ours.value == nx.maximum_flow_value(peer, 0, nodes - 1)
