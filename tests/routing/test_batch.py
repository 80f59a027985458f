from __future__ import annotations

import numpy as np
import pytest

from sogdia.routing import Graph, batch_costs, batch_trees, eliminate
from sogdia.routing import batch as batch_module
from sogdia.routing.path import NO_PATH

GRAPH = Graph(nodes=4, tail=[0, 1, 0, 0, 2], head=[1, 2, 2, 2, 2])
WEIGHT = [1.0, 1.0, 9.0, 5.0, 1.0]


def test_each_state_has_its_own_answer_and_a_closed_network_has_none():
    closed = [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 1, 0], [1, 1, 1, 1, 1]]
    answer = batch_costs(eliminate(GRAPH), WEIGHT, [0], [2, 3], closed=closed)
    assert answer.cost[:, 0, 0].tolist() == [2.0, 5.0, 9.0, np.inf]
    assert not answer.reached[:, 0, 1].any()


def test_trees_name_the_arcs():
    closed = [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0]]
    trees = batch_trees(eliminate(GRAPH), WEIGHT, [0], closed=closed)
    assert trees.path(0, 0, 2).arcs == (0, 1)
    assert trees.path(1, 0, 2).arcs == (3,)
    assert trees.path(0, 0, 3) == NO_PATH


def test_sources_keep_their_order_and_may_repeat():
    rng = np.random.default_rng(3)
    graph = Graph(12, rng.integers(0, 12, 40), rng.integers(0, 12, 40))
    weights, plan = rng.random((5, 40)) + 0.1, eliminate(graph)
    whole = batch_costs(plan, weights, range(12), range(12)).cost
    some = batch_costs(plan, weights, [7, 2, 7], [11, 0]).cost
    assert (some == whole[:, [7, 2, 7]][:, :, [11, 0]]).all()


def test_blocks_do_not_change_a_bit(monkeypatch):
    rng = np.random.default_rng(4)
    graph = Graph(12, rng.integers(0, 12, 40), rng.integers(0, 12, 40))
    weights, plan = rng.random((23, 40)) + 0.1, eliminate(graph)
    whole, trees = batch_costs(plan, weights, [0, 1], [2, 3]), batch_trees(plan, weights, [0, 1])
    for limit in ("BLOCK", "CELLS"):
        monkeypatch.setattr(batch_module, limit, 4)
        assert (batch_costs(plan, weights, [0, 1], [2, 3]).cost == whole.cost).all()
        assert (batch_trees(plan, weights, [0, 1]).last_arc == trees.last_arc).all()


def test_whichever_ends_climb_the_answer_is_the_same():
    rng = np.random.default_rng(6)
    graph = Graph(40, rng.integers(0, 40, 130), rng.integers(0, 40, 130))
    weights, plan = rng.random((7, 130)), eliminate(graph)
    forwards, backwards = (batch_costs(plan, weights, *ends).cost for ends in (([3], range(40)), (range(40), [5])))
    np.testing.assert_allclose(forwards[:, 0, 5], backwards[:, 3, 0], rtol=1e-14)


def test_no_states_give_an_empty_answer():
    assert batch_costs(eliminate(GRAPH), np.empty((0, 5)), [0], [2]).cost.shape == (0, 1, 1)


def test_trees_refuse_free_arcs():
    with pytest.raises(ValueError, match="above 0"):
        batch_trees(eliminate(GRAPH), np.zeros((1, 5)), [0])


@pytest.mark.parametrize("weights", [np.ones((2, 4)), np.ones(4), np.full((1, 5), -1.0), np.full((1, 5), np.nan)])
def test_misshapen_and_negative_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        batch_costs(eliminate(GRAPH), weights, [0], [2])


def test_a_tree_needs_no_shortcut_and_a_ring_needs_a_chord_per_node_beyond_three():
    star = Graph(5, [0, 0, 0, 0], [1, 2, 3, 4])
    assert eliminate(star).edges == 4
    ring = Graph(6, range(6), [1, 2, 3, 4, 5, 0])
    assert eliminate(ring).edges == 6 + 3


def test_weights_that_all_states_share_answer_one_state_without_closures():
    assert batch_costs(eliminate(GRAPH), WEIGHT, [0], [2]).cost.tolist() == [[[2.0]]]


@pytest.mark.parametrize("closed", [np.zeros(5), np.zeros((2, 4)), np.zeros((3, 5))])
def test_misshapen_closures_are_refused(closed):
    with pytest.raises(ValueError, match="closed has shape"):
        batch_costs(eliminate(GRAPH), np.ones((2, 5)), [0], [2], closed=closed)


def test_only_what_can_happen_has_a_row():
    one_way = Graph(6, range(6), [1, 2, 3, 4, 5, 0])
    both_ways = Graph(6, [*range(6), *range(6)], [1, 2, 3, 4, 5, 0, 5, 0, 1, 2, 3, 4])
    assert eliminate(one_way).rows == 6 + 4
    assert eliminate(both_ways).rows == 2 * eliminate(both_ways).edges == 2 * 9


def test_a_node_that_nothing_leads_into_is_no_way_through():
    entries = Graph(nodes=4, tail=[0, 0, 1, 2], head=[1, 2, 3, 3])
    assert eliminate(entries).folds == ()
