"""The speed of routing: ten thousand corridor states against NetworkX, one huge rail graph against SciPy.

    python benchmarks/routing.py

1. All mines to the ports of Japan and China in 10,000 random states of the packaged corridor network (each
   two-way link shut with 5 % probability). NetworkX solves a few states and is scaled: in its strongest use, one
   Dijkstra search per mine on a graph from which closed links are taken out, and pair by pair as it is often called.
2. Shortest paths from one node of a generated rail graph of 275,000 nodes, against SciPy's Dijkstra on a matrix
   that is already built.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import cargo_of, price
from sogdia.corridors.lanes import SOURCE_KINDS
from sogdia.corridors.platforms import platforms
from sogdia.corridors.relevant import relevant
from sogdia.network import Effect, embedded_corridors
from sogdia.network.records import SEA_PORT_KINDS
from sogdia.routing import Graph, batch_costs, eliminate, shortest_trees

STATES = 10_000
BUYERS = ("JPN", "CHN")
NETWORKX_STATES = 20
NETWORKX_PAIR_STATES = 2
CLOSED_SHARE = 0.05
RAIL_ROWS, RAIL_COLUMNS, RAIL_KEPT = 500, 550, 0.8


def main() -> None:
    batch = measure_states(*corridor_network())
    tree = measure_rail()
    print(f"{'':34}{'Sogdia':>12}{'peer':>12}{'ratio':>9}")
    print(f"{'10,000 states, per mine':34}{batch['ours']:>10.3f} s{batch['peer']:>10.1f} s{batch['ratio']:>9.0f}")
    pairs = batch["peer_pair_by_pair"]
    print(f"{'10,000 states, pair by pair':34}{batch['ours']:>10.3f} s{pairs:>10.1f} s{pairs / batch['ours']:>9.0f}")
    print(f"{'one source, 275,000 nodes':34}{tree[0]:>10.3f} s{tree[1]:>10.3f} s{tree[1] / tree[0]:>9.2f}")
    print(json.dumps(batch | {"rail_ours": tree[0], "rail_scipy": tree[1], "rail_slowdown": tree[0] / tree[1]}))


def measure_states(
    graph: Graph, weight: np.ndarray, arc_link: np.ndarray, mines: list[int], ports: list[int]
) -> dict[str, object]:
    links = int(arc_link.max()) + 1
    shut = np.random.default_rng(7).random((STATES, links + 1)) < CLOSED_SHARE
    shut[:, links] = False  # met by handling, at -1
    closed = shut[:, arc_link]

    def ours() -> np.ndarray:
        return batch_costs(eliminate(graph), weight, mines, ports, closed=closed).cost

    cost, seconds = ours(), best_of(3, ours)
    per_mine = networkx_per_mine(graph, weight, closed[:NETWORKX_STATES], mines, ports, cost)
    pair_by_pair = networkx_per_pair(graph, weight, closed[:NETWORKX_PAIR_STATES], mines, ports)
    scaled = per_mine * STATES / NETWORKX_STATES
    return {
        "name": f"{STATES} corridor states x {len(mines)} mines x {len(ports)} ports, NetworkX per mine, scaled",
        "ours": seconds,
        "peer": scaled,
        "ratio": scaled / seconds,
        "unit": "s",
        "peer_pair_by_pair": pair_by_pair * STATES / NETWORKX_PAIR_STATES,
        "nodes": graph.nodes,
        "links": links,
    }


def open_network(graph: Graph, weight: np.ndarray, shut: np.ndarray) -> nx.DiGraph:
    """One state for NetworkX; of parallel arcs the cheapest is added last and stays."""
    peer = nx.DiGraph()
    peer.add_nodes_from(range(graph.nodes))
    arcs = sorted(np.flatnonzero(~shut).tolist(), key=lambda arc: -weight[arc])
    tail, head, price = (array[arcs].tolist() for array in (graph.tail, graph.head, weight))
    peer.add_weighted_edges_from(zip(tail, head, price, strict=True))
    return peer


def networkx_per_mine(
    graph: Graph, weight: np.ndarray, closed: np.ndarray, mines: list[int], ports: list[int], cost: np.ndarray
) -> float:
    """Seconds for all states; the answers must agree."""
    seconds = 0.0
    for state, shut in enumerate(closed):
        started = process_time()
        peer = open_network(graph, weight, shut)
        found = [nx.single_source_dijkstra_path_length(peer, mine) for mine in mines]
        seconds += process_time() - started
        theirs = np.array([[lengths.get(port, np.inf) for port in ports] for lengths in found])
        np.testing.assert_allclose(cost[state], theirs, rtol=1e-9)
    return seconds


def networkx_per_pair(
    graph: Graph, weight: np.ndarray, closed: np.ndarray, mines: list[int], ports: list[int]
) -> float:
    started = process_time()
    for shut in closed:
        peer = open_network(graph, weight, shut)
        for mine in mines:
            for port in ports:
                if nx.has_path(peer, mine, port):
                    nx.dijkstra_path_length(peer, mine, port)
    return process_time() - started


def measure_rail() -> tuple[float, float]:
    """Seconds of ours and of SciPy's Dijkstra, both with predecessors."""
    graph, weight = rail_graph()
    matrix = csr_array((weight[graph.by_tail], graph.pair_head, graph.row), shape=(graph.nodes, graph.nodes))
    source = graph.nodes // 2
    np.testing.assert_allclose(shortest_trees(graph, weight, [source]).cost[0], dijkstra(matrix, indices=source))
    ours = best_of(5, lambda: shortest_trees(graph, weight, [source]))
    return ours, best_of(5, lambda: dijkstra(matrix, indices=source, return_predecessors=True))


def corridor_network() -> tuple[Graph, np.ndarray, np.ndarray, list[int], list[int]]:
    """The part of the packaged network that ways to Yokohama can use, with its platforms, priced for chromite.

    From where mines and plants load, to where cargo leaves every port of Japan and China; planned lines count as built.
    """
    corridors = relevant(embedded_corridors(), "JPN:Yokohama", ())
    network, split = corridors.network, platforms(corridors.network)
    built = [Effect("link", x.id, "opened", None, "", "assumed", "") for x in network.links if x.status == "planned"]
    cargo = cargo_of(corridors.rates, "chromium")
    priced = price(network, corridors.rates, cargo, conditions(network, built), split)
    mines = [i for i, place in enumerate(network.places) if place.kind in SOURCE_KINDS]
    ports = [i for i, place in enumerate(network.places) if place.kind in SEA_PORT_KINDS and place.country in BUYERS]
    weight = priced.weight(network.places[mines[0]].country)
    return split.graph, weight, split.arc_link, [split.entry(i) for i in mines], [split.exit(i) for i in ports]


def rail_graph() -> tuple[Graph, np.ndarray]:
    """A grid of 500 x 550 stations with a fifth of the tracks missing and uneven lengths, in km."""
    rng = np.random.default_rng(2)
    station = np.arange(RAIL_ROWS * RAIL_COLUMNS).reshape(RAIL_ROWS, RAIL_COLUMNS)
    tail = np.concatenate([station[:, :-1].ravel(), station[:-1].ravel()])
    head = np.concatenate([station[:, 1:].ravel(), station[1:].ravel()])
    kept = rng.random(tail.size) < RAIL_KEPT
    tail, head, km = tail[kept], head[kept], rng.uniform(1, 20, int(kept.sum()))
    graph = Graph(station.size, np.concatenate([tail, head]), np.concatenate([head, tail]))
    return graph, np.concatenate([km, km])


def best_of(times: int, run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(times):
        started = process_time()
        run()
        seconds.append(process_time() - started)
    return min(seconds)


if __name__ == "__main__":
    main()
