"""NetworkX, written by others, must give the same answers on a thousand random graphs."""

from __future__ import annotations

from itertools import islice, pairwise

import networkx as nx
import numpy as np
import pytest

from sogdia.routing import (
    Graph,
    batch_costs,
    critical_nodes,
    eliminate,
    independent_paths,
    k_best_paths,
    shortest_trees,
    widest_path,
)

GRAPHS = 1000
K = 6


def random_network(seed: int) -> tuple[Graph, np.ndarray, nx.DiGraph]:
    """2 to 24 nodes, sparse to dense, one arc in ten closed, no parallel arcs (NetworkX's k best allow none)."""
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 25))
    joined = rng.random((nodes, nodes)) < rng.uniform(0.5, 4.0) / nodes
    np.fill_diagonal(joined, False)
    tail, head = np.nonzero(joined)
    weight = rng.integers(1, 20, tail.size) * 1.0 if seed % 2 else rng.uniform(0.1, 20, tail.size)
    weight[rng.random(tail.size) < 0.1] = np.inf
    peer = nx.DiGraph()
    peer.add_nodes_from(range(nodes))
    peer.add_weighted_edges_from(
        (t, h, w) for t, h, w in zip(tail.tolist(), head.tolist(), weight.tolist(), strict=True) if np.isfinite(w)
    )
    return Graph(nodes, tail, head), weight, peer


@pytest.mark.parametrize("start", range(0, GRAPHS, 250))
def test_shortest_paths_agree_on_a_thousand_graphs(start):
    for seed in range(start, start + 250):
        graph, weight, peer = random_network(seed)
        expected = np.full((graph.nodes, graph.nodes), np.inf)
        for source, lengths in nx.all_pairs_dijkstra_path_length(peer):
            expected[source, list(lengths)] = list(lengths.values())
        everyone = range(graph.nodes)
        np.testing.assert_allclose(shortest_trees(graph, weight, everyone).cost, expected, rtol=1e-12)
        batch = batch_costs(eliminate(graph), weight[None, :], everyone, everyone)
        np.testing.assert_allclose(batch.cost[0], expected, rtol=1e-12)


@pytest.mark.parametrize("start", range(0, GRAPHS, 250))
def test_k_best_paths_agree_on_a_thousand_graphs(start):
    for seed in range(start, start + 250):
        graph, weight, peer = random_network(seed)
        ours = k_best_paths(graph, weight, 0, graph.nodes - 1, K).paths
        try:
            theirs = list(islice(nx.shortest_simple_paths(peer, 0, graph.nodes - 1, weight="weight"), K))
        except nx.NetworkXNoPath:
            theirs = []
        expected = [nx.path_weight(peer, path, "weight") for path in theirs]
        np.testing.assert_allclose([path.cost for path in ours], expected, rtol=1e-12)


def test_independent_paths_and_critical_nodes_agree_on_300_graphs():
    for seed in range(300):
        graph, weight, peer = random_network(seed)
        source, target, is_open = 0, graph.nodes - 1, np.isfinite(weight)
        assert independent_paths(graph, is_open, source, target).count == nx.edge_connectivity(peer, source, target)
        if nx.has_path(peer, source, target):
            ours = critical_nodes(graph, is_open, source, target)
            assert list(ours) == dominators(peer, source, target)


def dominators(peer: nx.DiGraph, source: int, target: int) -> list[int]:
    """The chain of immediate dominators of target, without the ends, from source on."""
    above = nx.immediate_dominators(peer, source)
    chain = []
    node = target
    while (node := above[node]) not in (source, None):
        chain.append(node)
    return chain[::-1]


def test_widest_paths_agree_with_the_maximum_spanning_tree_on_300_graphs():
    """In an undirected graph the widest path runs along a maximum spanning tree (Hu 1961)."""
    for seed in range(300):
        graph, weight, _ = random_network(seed)
        capacity = np.where(np.isfinite(weight), weight, 0.0)
        both_ways = Graph(graph.nodes, [*graph.tail, *graph.head], [*graph.head, *graph.tail])
        twice = np.concatenate([capacity, capacity])
        tree = nx.Graph()
        tree.add_nodes_from(range(graph.nodes))
        for tail, head, width in zip(graph.tail.tolist(), graph.head.tolist(), capacity.tolist(), strict=True):
            if width > tree.get_edge_data(tail, head, {"weight": 0.0})["weight"]:
                tree.add_edge(tail, head, weight=width)
        tree = nx.maximum_spanning_tree(tree)
        ours = widest_path(both_ways, twice, 0, graph.nodes - 1)
        assert ours.found == nx.has_path(tree, 0, graph.nodes - 1)
        if ours.found:
            along = nx.shortest_path(tree, 0, graph.nodes - 1)
            expected = min(tree.edges[pair]["weight"] for pair in pairwise(along))
            assert twice[list(ours.arcs)].min() == expected
