from __future__ import annotations

import numpy as np
import pytest

from sogdia.routing import SplitStatus, logit_split

TWO_ROUTES = np.eye(2, dtype=bool)


def test_without_capacity_limits_the_split_is_the_logit():
    split = logit_split([1.0, 2.0], [0, 0], [100.0], TWO_ROUTES, [np.inf, np.inf], theta=0.5)
    share = 1 / (1 + np.exp(-0.5))
    assert split.flow == pytest.approx([100 * share, 100 * (1 - share)], rel=1e-12)
    assert split.shadow_price.tolist() == [0.0, 0.0]
    assert split.status is SplitStatus.CONVERGED


def test_a_full_route_earns_the_cost_difference_that_moves_the_marginal_shipper():
    split = logit_split([1.0, 2.0], [0, 0], [10.0], TWO_ROUTES, [2.0, np.inf], theta=1.0)
    assert split.flow == pytest.approx([2.0, 8.0], rel=1e-9)
    assert split.shadow_price[0] == pytest.approx(1.0 + np.log(8 / 2), rel=1e-9)


def test_demand_over_capacity_is_stated_not_hidden():
    split = logit_split([1.0, 2.0], [0, 0], [10.0], TWO_ROUTES, [2.0, 3.0], theta=1.0)
    assert split.status is SplitStatus.EXCEEDED
    assert split.flow == pytest.approx([2.0, 3.0], rel=1e-9)
    assert split.unserved == pytest.approx([5.0], rel=1e-9)
    assert "Add capacity" in split.status.hint


def test_demand_equal_to_capacity_just_fits():
    split = logit_split([1.0, 2.0], [0, 0], [5.0], TWO_ROUTES, [2.0, 3.0], theta=1.0)
    assert split.status is SplitStatus.CONVERGED
    assert split.flow == pytest.approx([2.0, 3.0], rel=1e-6)


def test_a_shared_arc_is_shared_by_the_willing_to_pay():
    # two demands compete for one arc; the second has no other way
    uses = np.array([[1, 0], [0, 1], [1, 0]], dtype=bool)
    split = logit_split([1.0, 3.0, 1.0], [0, 0, 1], [6.0, 4.0], uses, [5.0, np.inf], theta=2.0)
    assert split.status is SplitStatus.CONVERGED
    assert split.flow[2] == pytest.approx(4.0, rel=1e-6)
    assert split.flow[0] == pytest.approx(1.0, rel=1e-5)


def test_a_closed_arc_carries_nothing():
    split = logit_split([1.0, 2.0], [0, 0], [10.0], TWO_ROUTES, [0.0, np.inf], theta=1.0)
    assert split.flow == pytest.approx([0.0, 10.0])


def test_a_demand_without_a_route_is_unserved():
    split = logit_split([1.0], [0], [10.0, 3.0], [[True]], [np.inf], theta=1.0)
    assert split.unserved == pytest.approx([0.0, 3.0], abs=1e-9)
    assert split.status is SplitStatus.EXCEEDED


def test_no_demand_no_flow():
    split = logit_split([1.0], [0], [0.0], [[True]], [1.0], theta=1.0)
    assert (split.flow.tolist(), split.status) == ([0.0], SplitStatus.CONVERGED)


def test_arcs_in_a_row_charge_once_at_the_narrowest():
    split = logit_split([1.0, 2.0], [0, 0], [10.0], [[1, 1, 0], [0, 0, 1]], [3.0, 2.0, np.inf], theta=1.0)
    assert split.shadow_price[0] == 0.0
    assert split.shadow_price[1] > 0.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"theta": 0.0}, "theta"),
        ({"cost": [np.inf, 1.0]}, "finite"),
        ({"demand": [-1.0]}, "0 or more"),
        ({"capacity": [-1.0, 1.0]}, "0 or more"),
        ({"demand_of": [0, 1]}, "demand_of"),
    ],
)
def test_impossible_inputs_are_refused(change, message):
    inputs = {
        "cost": [1.0, 2.0], "demand_of": [0, 0], "demand": [1.0], "uses": TWO_ROUTES, "capacity": [1.0, 1.0],
        "theta": 1.0,
    } | change  # fmt: skip
    with pytest.raises(ValueError, match=message):
        logit_split(**inputs)
