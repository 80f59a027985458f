from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sogdia.routing import Graph, PathStatus, closure_alternatives, shortest_path
from sogdia.routing.closure import groups_used

#  three ways 0 -> 1: by group 0, by group 1, by both; and a dear one that uses none
GRAPH = Graph(nodes=2, tail=[0, 0, 0, 0], head=[1, 1, 1, 1])
WEIGHT = [2.0, 3.0, 1.0, 9.0]
GROUPS = np.array([[1, 0, 1, 0], [0, 1, 1, 0]], dtype=bool)


def test_each_alternative_avoids_what_the_cheaper_ones_used():
    answer = closure_alternatives(GRAPH, WEIGHT, GROUPS, 0, 1, k=9)
    assert [other.path.cost for other in answer.alternatives] == [1.0, 2.0, 3.0, 9.0]
    assert [sorted(other.avoids) for other in answer.alternatives] == [[], [1], [0], [0, 1]]
    assert answer.status is PathStatus.FEWER


def test_asking_for_fewer_stops_early():
    answer = closure_alternatives(GRAPH, WEIGHT, GROUPS, 0, 1, k=2)
    assert len(answer.alternatives) == 2
    assert answer.status is PathStatus.FOUND


def test_the_bound_is_admitted():
    answer = closure_alternatives(GRAPH, WEIGHT, GROUPS, 0, 1, k=9, max_searches=2)
    assert answer.status is PathStatus.BOUNDED


def test_no_way_at_all_says_so():
    answer = closure_alternatives(GRAPH, [np.inf] * 4, GROUPS, 0, 1, k=1)
    assert (answer.alternatives, answer.status) == ((), PathStatus.UNREACHABLE)


def test_paths_that_use_no_group_are_the_last_alternative():
    answer = closure_alternatives(GRAPH, [2.0, 3.0, 1.0, 0.5], GROUPS, 0, 1, k=5)
    assert [other.uses for other in answer.alternatives] == [frozenset()]


@pytest.mark.parametrize("seed", range(60))
def test_every_set_of_closures_leads_to_one_of_the_alternatives(seed):
    rng = np.random.default_rng(seed)
    graph = Graph(6, rng.integers(0, 6, 18), rng.integers(0, 6, 18))
    weight, groups = rng.uniform(1, 9, 18), rng.random((4, 18)) < 0.25
    answer = closure_alternatives(graph, weight, groups, 0, 5, k=100)
    known = {other.uses for other in answer.alternatives}
    costs = [other.path.cost for other in answer.alternatives]
    assert costs == sorted(costs)
    for size in range(5):
        for closed in combinations(range(4), size):
            path = shortest_path(graph, np.where(groups[list(closed)].any(axis=0), np.inf, weight), 0, 5)
            assert not path.found or groups_used(groups, path) in known


@pytest.mark.parametrize(("groups", "k"), [([[1, 0]], 3), (GROUPS, 0)])
def test_misshapen_groups_and_no_alternatives_are_refused(groups, k):
    with pytest.raises(ValueError, match=r"groups have shape|k is 0"):
        closure_alternatives(GRAPH, WEIGHT, groups, 0, 1, k=k)
