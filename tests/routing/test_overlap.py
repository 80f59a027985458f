from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.routing import logit_split, path_sizes


def shares(cost, uses, length, theta=1.0):
    """Shares by path-size logit, nothing full."""
    adjusted = np.array(cost) - np.log(path_sizes(uses, length)) / theta
    return logit_split(adjusted, [0] * len(cost), [1.0], np.zeros((len(cost), 0)), [], theta=theta).flow


def test_two_identical_routes_share_as_one():
    three = shares([1.0, 1.0, 2.0], [[1, 0], [1, 0], [0, 1]], [5.0, 7.0])
    two = shares([1.0, 2.0], [[1, 0], [0, 1]], [5.0, 7.0])
    np.testing.assert_allclose([three[0] + three[1], three[2]], two, rtol=1e-12)


def test_routes_without_anything_in_common_split_by_the_plain_logit():
    plain = np.exp([-1.0, -2.0])
    np.testing.assert_allclose(shares([1.0, 2.0], [[1, 0, 0], [0, 1, 1]], [5.0, 7.0, 9.0]), plain / plain.sum())


def test_what_is_shared_counts_by_its_length():
    assert path_sizes([[1, 1, 0], [1, 0, 1]], [30.0, 10.0, 70.0]).tolist() == pytest.approx([0.625, 0.85])


def test_a_route_without_length_shares_nothing_and_no_length_is_negative():
    assert path_sizes([[1], [0]], [0.0]).tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="0 or more"):
        path_sizes([[1]], [-1.0])


@given(st.data())
def test_a_path_size_lies_between_one_over_the_routes_and_one(data):
    routes, arcs = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    row = st.lists(st.booleans(), min_size=arcs, max_size=arcs)
    uses = data.draw(st.lists(row, min_size=routes, max_size=routes))
    length = data.draw(st.lists(st.floats(0.01, 100.0), min_size=arcs, max_size=arcs))
    sizes = path_sizes(uses, length)
    assert (sizes <= 1 + 1e-12).all()
    assert (sizes >= 1 / routes - 1e-12).all()
