"""What a market and its shocks refuse, and how they say so."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, base_consumption, base_lane_quantity, base_output, solve
from sogdia.errors import InputError


def small() -> Market:
    return Market([[60.0, 0.0], [20.0, 20.0], [0.0, 5.0]], [0, 1, 1], 2.5, [0.2, 0.3], [0.2, 0.1])


def test_base_totals_are_sums_of_flows() -> None:
    market = small()
    assert base_consumption(market).tolist() == [80.0, 25.0]
    assert base_lane_quantity(market).tolist() == [60.0, 40.0, 5.0]
    assert base_output(market).tolist() == [60.0, 45.0]


def test_a_market_cannot_change_under_its_reader() -> None:
    flows = np.ones((1, 1))
    market = Market(flows, np.array([0]), 2.5, np.array([0.2]), np.array([0.2]))
    flows[0, 0] = 7.0
    assert market.flows[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        market.flows[0, 0] = 7.0


def test_every_fault_of_a_market_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Market([[np.nan, -1.0]], [3], 0.9, [0.2, -0.2], [0.2])
    text = str(caught.value)
    assert caught.value.total == 4
    assert "flows[0, 0]: found 'nan'" in text
    assert "(2 such entries)" in text
    assert "eta[1]: found '-0.2'" in text
    assert "producer[0]: found '3'" in text
    assert "sigma: found '0.9'" in text


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (([[0.0]], [0], 2.5, [0.2], [0.2]), "nothing is traded"),
        (([[1.0]], [0], 2.5, [0.0], [0.0]), "no price can clear"),
        (([[1.0]], [0, 0], 2.5, [0.2], [0.2]), "number of lanes in flows, 1"),
        (([1.0], [0], 2.5, [0.2], [0.2]), "flows (1,)"),
    ],
)
def test_a_market_that_cannot_be_solved_is_refused(arguments: tuple[object, ...], text: str) -> None:
    with pytest.raises(InputError, match=text.replace("(", r"\(").replace(")", r"\)")):
        Market(*arguments)


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        ({"supply": [[1.0]]}, "supply: found '(1, 1)'; its shape must be (1, 2)"),
        ({"supply": [[1.0, -0.5]]}, "supply[0, 1]: found '-0.5'"),
        ({"cap": [[1.0, np.nan, 1.0]]}, "cap[0, 1]: found 'nan'"),
        ({"ceiling": [[-1.0, np.inf]]}, "ceiling[0, 0]: found '-1.0'"),
        ({"cost": [[1.0, 0.0, 1.0]]}, "cost[0, 1]: found '0.0'"),
        ({"demand": [[np.inf, 1.0]]}, "demand[0, 0]: found 'inf'"),
        ({"outside": [[-1.0, 1.0]]}, "outside[0, 0]: found '-1.0'"),
        ({"sigma": [1.0]}, "sigma[0]: found '1.0'"),
        ({"eta": [[0.0, 0.2]], "eps": [[0.0, 0.2]]}, "no price can clear"),
    ],
)
def test_a_shock_that_makes_no_sense_is_refused(effect: dict[str, object], text: str) -> None:
    with pytest.raises(InputError) as caught:
        solve(small(), Shocks(1, **effect))
    assert text in str(caught.value)


def test_a_batch_of_no_scenarios_is_refused() -> None:
    with pytest.raises(InputError, match="at least one scenario"):
        solve(small(), Shocks(0))


def test_one_row_for_every_scenario_is_copied_once_and_does_not_change_under_its_reader() -> None:
    row = np.array([0.5, 1.0])
    shocks = Shocks(3, supply=np.broadcast_to(row, (3, 2)))
    row[0] = 9.0
    assert shocks.supply is not None
    assert shocks.supply.tolist() == [[0.5, 1.0]] * 3
    assert not shocks.supply.flags.writeable
    assert shocks.supply.strides[0] == 0


def test_a_fault_in_one_row_for_every_scenario_is_counted_in_each() -> None:
    market = Market(flows=[[80.0], [20.0]], producer=[0, 1], sigma=4.0, eta=[0.1], eps=[0.1, 0.1])
    with pytest.raises(InputError) as caught:
        solve(market, Shocks(3, supply=np.broadcast_to([1.0, -0.5], (3, 2))))
    (fault,) = caught.value.faults
    assert (fault.column, fault.value) == ("supply[0, 1]", "-0.5")
    assert "3 such entries" in fault.rule
