"""Welfare worked out by hand or by numerical integration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate

from sogdia.equilibrium import Market, Shocks, base_lane_quantity, solve
from sogdia.equilibrium.outcomes import (
    bill_kusd,
    consumer_surplus_change_kusd,
    price_change,
    producer_surplus_change_kusd,
    scarcity_rent_kusd,
    shortage,
)


def one(value: float) -> np.ndarray:
    return np.array([value])


def test_price_change_and_shortage_are_relative_to_base() -> None:
    assert price_change(one(1.25))[0] == 0.25
    assert shortage(one(60.0), one(80.0))[0] == 0.25


def test_shortage_of_a_consumer_without_base_consumption_is_unknown() -> None:
    assert np.isnan(shortage(one(1.0), one(0.0))[0])


def test_bill_is_price_times_purchases_and_zero_for_an_isolated_consumer() -> None:
    bills = bill_kusd(np.array([10.0, 10.0]), np.array([1.5, np.inf]), np.array([80.0, 0.0]), np.array([100.0, 100.0]))
    assert bills.tolist() == [12.0, 0.0]


@pytest.mark.parametrize("eta", [0.0, 0.3, 1.0, 1.7])
@pytest.mark.parametrize("price", [0.6, 2.0])
def test_consumer_surplus_is_the_area_left_of_demand(eta: float, price: float) -> None:
    area = integrate.quad(lambda p: p**-eta, 1.0, price)[0]
    assert consumer_surplus_change_kusd(one(100.0), one(price), one(eta))[0] == pytest.approx(-100 * area)


def test_an_isolated_consumer_loses_without_bound_unless_demand_is_elastic() -> None:
    assert consumer_surplus_change_kusd(one(100.0), one(np.inf), one(1.0))[0] == -np.inf
    assert consumer_surplus_change_kusd(one(100.0), one(np.inf), one(0.5))[0] == -np.inf
    assert consumer_surplus_change_kusd(one(100.0), one(np.inf), one(3.0))[0] == pytest.approx(-50.0)


@pytest.mark.parametrize("eps", [0.0, 0.4, 2.0])
@pytest.mark.parametrize("supply", [0.5, 1.0])
@pytest.mark.parametrize("ceiling", [0.4, 1.2, np.inf])
@pytest.mark.parametrize("price", [0.7, 1.0, 3.0])
def test_producer_surplus_is_the_area_left_of_supply(eps: float, supply: float, ceiling: float, price: float) -> None:
    bend = (ceiling / supply) ** (1 / eps) if eps else 0.0
    breaks = [bend] if 0 < bend < price else None
    area = integrate.quad(lambda p: min(supply * p**eps, ceiling), 0, price, points=breaks)[0] - 1 / (1 + eps)
    found = producer_surplus_change_kusd(one(100.0), one(price), one(supply), one(eps), one(ceiling))[0]
    assert found == pytest.approx(100 * area, abs=1e-6)
    if ceiling == np.inf:
        assert producer_surplus_change_kusd(one(100.0), one(price), one(supply), one(eps))[0] == pytest.approx(found)


def test_a_lost_producer_loses_all_its_surplus() -> None:
    assert producer_surplus_change_kusd(one(100.0), one(np.inf), one(0.0), one(1.0))[0] == -50.0


def test_scarcity_rent_is_the_wedge_on_what_moves() -> None:
    market = Market([[100.0]], [0], 2.5, [0.5], [0.25])
    answer = solve(market, Shocks(1, cap=[[0.8]]))
    rent = scarcity_rent_kusd(
        one(10.0), base_lane_quantity(market), answer.lane_quantity, answer.delivered, one(1.0), answer.price
    )
    assert rent[0, 0] == pytest.approx(10 * 0.8 * (0.8**-2 - 0.8**4))


def test_an_embargoed_lane_earns_no_rent() -> None:
    assert scarcity_rent_kusd(one(10.0), one(50.0), one(0.0), one(np.inf), one(1.0), one(0.0))[0] == 0.0
