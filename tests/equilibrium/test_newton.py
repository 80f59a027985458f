"""The method for scenarios that the fast one gives up: few evaluations, and both ends of what comes from outside."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, SolveStatus, solve
from sogdia.equilibrium.block import columns, prepare
from sogdia.equilibrium.by_flow import flow_list, log_by_lane, pull, taken
from sogdia.equilibrium.layout import arrange
from sogdia.equilibrium.market import base_consumption
from sogdia.equilibrium.newton import Outcome, solve_one
from sogdia.equilibrium.use_cost import choices, use_cost

TOLERANCE, LIMIT = 1e-10, 1000


def draw(rng: np.random.Generator) -> Market:
    """Up to 8 producers, some with several lanes, and up to 8 consumers."""
    producers, consumers = int(rng.integers(2, 9)), int(rng.integers(2, 9))
    lanes = producers + int(rng.integers(0, 5))
    quantity = np.where(rng.random((lanes, consumers)) < 0.5, rng.lognormal(0, 1.5, (lanes, consumers)), 0.0)
    quantity[:, 0] += 0.1
    quantity[0] += 0.1
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes - producers)])
    return Market(quantity, owner, 3.0, rng.uniform(0.2, 2.0, consumers), rng.uniform(0.1, 2.0, producers))


def each(market: Market, shocks: Shocks) -> list[Outcome]:
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        layout = arrange(market)
        block = prepare(market, layout, shocks)
        return [
            solve_one(layout, columns(block, np.array([scenario])), TOLERANCE, LIMIT)
            for scenario in range(shocks.scenarios)
        ]


@pytest.mark.parametrize("seed", range(5))
def test_delivered_costs_of_any_size_take_hardly_more_evaluations_than_none(seed: int) -> None:
    """The derivative counts a lane's own supply by its delivered price, not by its producer's."""
    rng = np.random.default_rng(seed)
    market, scenarios = draw(rng), 4
    supply = rng.uniform(0.3, 1.0, (scenarios, market.producers))
    cost = np.exp(rng.normal(0.0, 0.7, (scenarios, market.lanes)))
    for outcome in each(market, Shocks(scenarios, supply=supply, cost=cost)):
        assert outcome.status == SolveStatus.SOLVED
        assert outcome.evaluations <= 15


@pytest.mark.parametrize("seed", range(8))
def test_lanes_of_one_producer_may_cost_twenty_times_as_much_as_others(seed: int) -> None:
    """Where Newton's method goes astray from afar, it is led there from the costs of the base year."""
    rng = np.random.default_rng(seed)
    market = draw(rng)
    count = 12
    cost = np.exp(rng.uniform(0.0, 3.0, (count, market.lanes)) * (rng.random((count, market.lanes)) < 0.3))
    found = solve(market, Shocks(count, cost=cost))
    assert found.solved.all()
    assert found.residual.max() < 1e-8


def test_a_licence_price_of_ten_beside_a_duty_is_found() -> None:
    """A case that random tries had found without an answer."""
    flows = np.array([
        [0.0, 365.03, 0.0, 0.0, 5.81, 0.0], [5.0, 0.0, 0.0, 0.0, 0.0, 0.0], [22.09, 11.29, 0.0, 0.0, 38.33, 0.0],
        [0.0, 0.0, 15.67, 6.98, 0.78, 0.0], [0.0, 19.21, 0.0, 0.0, 0.0, 0.0], [54.48, 0.0, 0.0, 4.42, 0.0, 0.0],
        [9.6, 0.0, 0.0, 6.01, 0.0, 0.0], [224.52, 0.0, 6.43, 48.02, 30.52, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0376],
    ])  # fmt: skip
    eta = np.array([0.18955732] * 5 + [13.28771238])
    market = Market(flows, np.array([0, 0, 1, 2, 2, 3, 4, 5, 0]), 2.49598493, eta, np.full(6, 0.14568345))
    cost = np.ones((1, 9))
    cost[0, :2] = 10.433, 20.866
    found = solve(market, Shocks(1, cost=cost))
    assert found.solved.all()
    assert found.residual.max() < 1e-8


def test_buyers_near_what_reaches_them_from_outside_either_buy_or_pay_no_more_than_they_would() -> None:
    """`n >= 0`, `P >= P*(n)`, one of the two tight; a producer who sells to them alone may be left with nothing."""
    rng = np.random.default_rng(7)
    evaluations = []
    for _ in range(25):
        market = draw(rng)
        reached = np.where(rng.random((1, market.consumers)) < 0.5, rng.uniform(0.8, 1.2, market.consumers), 0.0)
        supply = np.where(rng.random((1, market.producers)) < 0.4, 0.3, 1.0)
        (outcome,) = each(market, Shocks(1, supply=supply, outside=reached * base_consumption(market)))
        layout = arrange(market)
        chosen = choices(layout.costs.toarray(), np.exp(outcome.z[:, 0]), market.sigma)
        use = np.exp(-market.eta[layout.consumers] * outcome.log_cost[:, 0])
        wanted = np.maximum(use - reached[0, layout.consumers], 0.0) * layout.consumption[:, 0]
        assert outcome.status == SolveStatus.SOLVED
        sold = np.exp(outcome.t[:, 0]) * layout.lane_quantity[:, 0]
        assert sold == pytest.approx(wanted @ chosen, rel=1e-6, abs=1e-6)
        evaluations.append(outcome.evaluations)
    assert np.mean(evaluations) < 30
    assert max(evaluations) < 60


@pytest.mark.parametrize("seed", range(5))
def test_sums_over_flows_are_those_of_the_whole_tables(seed: int) -> None:
    """At prices far apart, with a closed lane."""
    rng = np.random.default_rng(seed)
    layout = arrange(draw(rng))
    shares, sales = layout.costs.toarray(), layout.sales.toarray()
    prices = np.exp(rng.normal(0.0, 2.0, layout.lanes.size))
    prices[rng.integers(prices.size)] = np.inf
    flows = flow_list(layout)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = taken(flows, prices, 2.5)
        wanted = log_by_lane(flows, flows.log_sales + at.log_choice)
    chosen = choices(shares, prices, 2.5)
    np.testing.assert_allclose(at.use_cost, use_cost(shares, prices, 2.5), rtol=1e-12)
    np.testing.assert_allclose(at.chosen, chosen[flows.consumer, flows.lane], rtol=1e-12)
    ratio = chosen.T / np.where(shares.T > 0, shares.T, 1.0)
    np.testing.assert_allclose(np.exp(wanted), (sales * ratio).sum(axis=1), rtol=1e-10)
    values = rng.random(flows.lane.size)
    table, bonds = np.zeros(sales.shape), np.zeros(shares.shape)
    table[flows.lane, flows.consumer], bonds[flows.consumer, flows.lane] = values, values**2
    np.testing.assert_allclose(pull(flows, values, values**2), table @ bonds, rtol=1e-12)
