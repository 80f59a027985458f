from __future__ import annotations

import pytest

from sogdia.routing import Graph, PathStatus, k_best_paths, non_dominated_paths
from sogdia.routing.kbest import best_paths

# The example of Yen (1971) in its usual form: C D E F G H = 0 .. 5, three best paths cost 5, 7, 8.
YEN = Graph(nodes=6, tail=[0, 0, 1, 2, 2, 2, 3, 3, 4], head=[1, 2, 3, 1, 3, 4, 4, 5, 5])
YEN_WEIGHT = [3.0, 2.0, 4.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0]


def test_yens_example_gives_5_7_8():
    answer = k_best_paths(YEN, YEN_WEIGHT, 0, 5, k=3)
    assert [path.cost for path in answer.paths] == [5.0, 7.0, 8.0]
    assert answer.paths[0].nodes == (0, 2, 3, 5)
    assert answer.status is PathStatus.FOUND


def test_asking_for_more_than_exist_says_so():
    graph = Graph(nodes=2, tail=[0, 0], head=[1, 1])
    answer = k_best_paths(graph, [1.0, 2.0], 0, 1, k=5)
    assert [path.arcs for path in answer.paths] == [(0,), (1,)]
    assert answer.status is PathStatus.FEWER


def test_no_way_gives_no_paths():
    answer = k_best_paths(Graph(nodes=2, tail=[1], head=[0]), [1.0], 0, 1, k=2)
    assert answer.paths == ()
    assert answer.status is PathStatus.UNREACHABLE


def test_paths_are_made_as_they_are_asked_for():
    stream = best_paths(YEN, YEN_WEIGHT, 0, 5)
    assert next(stream).cost == 5.0
    assert next(stream).cost == 7.0


def test_asking_for_no_path_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        k_best_paths(YEN, YEN_WEIGHT, 0, 5, k=0)


def _ladder(steps: int) -> tuple[Graph, list[list[float]]]:
    """A chain whose every step can be cheap and slow or dear and fast: 2**steps paths, all non-dominated."""
    tail = [node for node in range(steps) for _ in range(2)]
    head = [node + 1 for node in tail]
    price = [2.0**node * dear for node in range(steps) for dear in (0, 1)]
    delay = [2.0**node * (1 - dear) for node in range(steps) for dear in (0, 1)]
    return Graph(steps + 1, tail, head), [price, delay]


def test_every_trade_off_of_a_ladder_is_found():
    graph, weights = _ladder(6)
    front = non_dominated_paths(graph, weights, 0, 6)
    assert front.values.tolist() == [[float(i), 63.0 - i] for i in range(64)]
    assert front.status is PathStatus.FOUND


def test_the_bound_is_admitted_and_what_was_found_is_true():
    graph, weights = _ladder(6)
    front = non_dominated_paths(graph, weights, 0, 6, max_labels=100)
    assert front.status is PathStatus.BOUNDED
    assert front.labels == 100
    assert 0 < len(front.paths) < 64
    assert (front.values.sum(axis=1) == 63).all()
    assert "raise the bound" in front.status.hint


def test_an_arc_closed_in_one_criterion_is_closed():
    graph = Graph(nodes=2, tail=[0, 0], head=[1, 1])
    front = non_dominated_paths(graph, [[1.0, 5.0], [float("inf"), 5.0]], 0, 1)
    assert [path.arcs for path in front.paths] == [(1,)]


def test_no_way_gives_an_empty_front():
    front = non_dominated_paths(Graph(nodes=2, tail=[1], head=[0]), [[1.0], [1.0]], 0, 1)
    assert front.status is PathStatus.UNREACHABLE
    assert front.values.shape == (0, 2)


def test_of_paths_with_equal_values_one_is_given():
    graph = Graph(nodes=2, tail=[0, 0], head=[1, 1])
    assert len(non_dominated_paths(graph, [[1.0, 1.0], [2.0, 2.0]], 0, 1).paths) == 1
