"""What must hold on every network, whatever its shape."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sogdia.routing import (
    Graph,
    SplitStatus,
    batch_costs,
    batch_trees,
    critical_arcs,
    critical_nodes,
    eliminate,
    independent_paths,
    k_best_paths,
    logit_split,
    non_dominated_paths,
    path_capacity,
    shortest_path,
    shortest_trees,
    simple_path,
    valid_route,
    widest_path,
)


@st.composite
def networks(draw, max_nodes=7, max_arcs=16):
    """A graph (parallels, self-loops and dead ends allowed), weights, a source and another node as target."""
    nodes = draw(st.integers(2, max_nodes))
    node = st.integers(0, nodes - 1)
    ends = draw(st.lists(st.tuples(node, node), min_size=1, max_size=max_arcs))
    price = st.one_of(st.integers(1, 5).map(float), st.floats(0.01, 100.0), st.just(np.inf))
    weight = np.array(draw(st.lists(price, min_size=len(ends), max_size=len(ends))))
    source = draw(node)
    target = draw(node.filter(lambda other: other != source))
    return Graph(nodes, [t for t, _ in ends], [h for _, h in ends]), weight, source, target


@given(networks())
@settings(deadline=None)
def test_a_shortest_path_is_a_valid_simple_route(network):
    graph, weight, source, target = network
    path = shortest_path(graph, weight, source, target)
    assert valid_route(graph, weight, path, source, target)
    assert simple_path(path)


@given(networks(), st.data())
@settings(deadline=None)
def test_closing_a_link_never_makes_a_route_cheaper(network, data):
    graph, weight, source, target = network
    arc = data.draw(st.integers(0, graph.arcs - 1))
    closed = weight.copy()
    closed[arc] = np.inf
    assert shortest_path(graph, closed, source, target).cost >= shortest_path(graph, weight, source, target).cost


@given(networks(), st.data())
@settings(deadline=None)
def test_cheapening_a_link_never_makes_a_route_dearer(network, data):
    graph, weight, source, target = network
    arc, factor = data.draw(st.integers(0, graph.arcs - 1)), data.draw(st.floats(0.1, 1.0))
    cheaper = weight.copy()
    cheaper[arc] *= factor
    assert shortest_path(graph, cheaper, source, target).cost <= shortest_path(graph, weight, source, target).cost


@given(networks())
@settings(deadline=None)
def test_the_triangle_inequality_holds_between_any_three_nodes(network):
    graph, weight, _, _ = network
    cost = shortest_trees(graph, weight, range(graph.nodes)).cost
    through = (cost[:, :, None] + cost[None, :, :]).min(axis=1)
    assert (cost <= through * (1 + 1e-12)).all()


@given(networks(), st.integers(1, 6))
@settings(deadline=None)
def test_best_paths_are_distinct_simple_valid_and_in_order(network, k):
    graph, weight, source, target = network
    paths = k_best_paths(graph, weight, source, target, k).paths
    assert all(valid_route(graph, weight, path, source, target) and simple_path(path) for path in paths)
    assert len({path.arcs for path in paths}) == len(paths)
    costs = [path.cost for path in paths]
    assert all(a <= b * (1 + 1e-12) for a, b in pairwise(costs))
    best = shortest_path(graph, weight, source, target).cost
    assert (not paths and best == np.inf) or costs[0] == pytest.approx(best)


@given(networks(), st.data())
@settings(deadline=None)
def test_no_path_of_the_front_beats_another_and_none_outside_beats_the_front(network, data):
    graph, weight, source, target = network
    other = np.array(data.draw(st.lists(st.floats(0.01, 10), min_size=graph.arcs, max_size=graph.arcs)))
    front = non_dominated_paths(graph, [weight, other], source, target)
    for i, a in enumerate(front.values):
        assert all(i == j or not (b <= a).all() for j, b in enumerate(front.values))
        assert valid_route(graph, weight, front.paths[i], source, target)
    every_path = k_best_paths(graph, weight, source, target, 10_000).paths
    for path in every_path:
        value = np.array([weight[list(path.arcs)].sum(), other[list(path.arcs)].sum()])
        assert (front.values <= value * (1 + 1e-9)).all(axis=1).any()


@given(networks(), st.integers(1, 4), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_a_batch_agrees_with_one_state_at_a_time(network, states, seed):
    graph, weight, _, _ = network
    closed = np.random.default_rng(seed).random((states, graph.arcs)) < 0.3
    weights, plan = np.where(closed, np.inf, weight), eliminate(graph)
    everyone = range(graph.nodes)
    batch, trees = batch_costs(plan, weights, everyone, everyone), batch_trees(plan, weights, everyone)
    for state in range(states):
        single = shortest_trees(graph, weights[state], everyone)
        np.testing.assert_allclose(batch.cost[state], single.cost, rtol=1e-12)
        np.testing.assert_allclose(trees.cost[state], single.cost, rtol=1e-12)
        assert all(
            valid_route(graph, weights[state], trees.path(state, s, t), s, t) for s in everyone for t in everyone
        )


@given(networks())
@settings(deadline=None)
def test_the_smallest_cut_is_as_large_as_the_number_of_independent_paths(network):
    graph, weight, source, target = network
    is_open = np.isfinite(weight)
    answer = independent_paths(graph, is_open, source, target)
    assert answer.count == len(answer.cut)
    used = [arc for path in answer.paths for arc in path.arcs]
    assert len(used) == len(set(used))
    is_open[list(answer.cut)] = False
    assert not shortest_path(graph, np.where(is_open, 1.0, np.inf), source, target).found


@given(networks())
@settings(deadline=None)
def test_an_arc_is_critical_exactly_when_its_closure_cuts_the_pair_off(network):
    graph, weight, source, target = network
    critical = critical_arcs(graph, np.isfinite(weight), source, target)
    if not shortest_path(graph, weight, source, target).found:
        assert critical is None
        return
    for arc in range(graph.arcs):
        closed = weight.copy()
        closed[arc] = np.inf
        assert (arc in critical) == (not shortest_path(graph, closed, source, target).found)


@given(networks())
@settings(deadline=None)
def test_a_node_is_critical_exactly_when_its_closure_cuts_the_pair_off(network):
    graph, weight, source, target = network
    critical = critical_nodes(graph, np.isfinite(weight), source, target)
    if critical is None:
        assert not shortest_path(graph, weight, source, target).found
        return
    for node in set(range(graph.nodes)) - {source, target}:
        closed = np.where((graph.tail == node) | (graph.head == node), np.inf, weight)
        assert (node in critical) == (not shortest_path(graph, closed, source, target).found)


@given(networks())
@settings(deadline=None)
def test_no_path_carries_more_than_the_widest(network):
    graph, weight, source, target = network
    capacity = np.where(np.isfinite(weight), weight, 0.0)
    widest = path_capacity(graph, capacity, widest_path(graph, capacity, source, target))
    paths = k_best_paths(graph, weight, source, target, 10_000).paths
    assert widest == max((path_capacity(graph, capacity, path) for path in paths), default=0.0)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 3), st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_a_split_conserves_demand_respects_capacity_and_prices_only_full_arcs(seed, routes, demands, arcs):
    rng = np.random.default_rng(seed)
    demand = rng.uniform(1, 100, demands)
    capacity = np.where(rng.random(arcs) < 0.2, np.inf, rng.uniform(0.5, 150, arcs))
    demand_of, uses = rng.integers(0, demands, routes), rng.random((routes, arcs)) < 0.5
    split = logit_split(rng.uniform(1, 50, routes), demand_of, demand, uses, capacity, theta=0.1)
    assert split.status is not SplitStatus.FAILED
    served = np.bincount(demand_of, split.flow, minlength=demands)
    np.testing.assert_allclose(served + split.unserved, demand, rtol=1e-9)
    load = split.flow @ uses
    assert (load <= capacity * (1 + 1e-6)).all()
    assert (split.shadow_price >= 0).all()
    priced = split.shadow_price > 1e-3
    np.testing.assert_allclose(load[priced], capacity[priced], rtol=1e-4)
