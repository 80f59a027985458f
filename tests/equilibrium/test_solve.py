"""Single answers that can be worked out by hand, and the edges of what can be asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sogdia.equilibrium import Equilibria, Market, Shocks, SolveStatus, flows, solve
from sogdia.equilibrium.invariants import demand_gap, imbalance, slackness
from sogdia.equilibrium.shocks import take

FIELDS = ("price", "wedge", "delivered", "price_paid", "use_cost", "purchases", "use", "lane_quantity", "output")


def even(eta: float = 0.2, eps: float = 0.2, sigma: float = 2.5) -> Market:
    """Two producers who each sell 50 t to each of two consumers."""
    return Market(np.full((2, 2), 50.0), [0, 1], sigma, [eta, eta], [eps, eps])


def without_nan(answer: Equilibria) -> bool:
    return not any(np.isnan(getattr(answer, name)).any() for name in FIELDS)


def test_an_embargo_closes_the_lane_and_leaves_the_rest_a_market() -> None:
    answer = solve(even(), Shocks(1, cap=[[0.0, np.inf]]))
    assert answer.status[0] == SolveStatus.SOLVED
    assert answer.wedge[0].tolist() == [np.inf, 1.0]
    assert answer.lane_quantity[0, 0] == 0.0
    assert answer.price[0, 0] == 0.0
    assert answer.price[0, 1] > 2
    assert without_nan(answer)


def test_an_embargoed_lane_sends_its_goods_to_the_producers_other_lane() -> None:
    market = Market([[50.0, 0.0], [0.0, 50.0], [50.0, 50.0]], [0, 0, 1], 2.5, [0.2, 0.2], [0.2, 0.2])
    answer = solve(market, Shocks(1, cap=[[0.0, np.inf, np.inf]]))
    assert answer.price[0, 0] < answer.price[0, 1]
    assert answer.use_cost[0, 1] < answer.use_cost[0, 0]
    assert answer.lane_quantity[0, 1] > 50


def test_a_lost_producer_has_no_price_and_a_lane_but_no_goods() -> None:
    answer = solve(even(), Shocks(1, supply=[[0.0, 1.0]]))
    assert answer.price[0, 0] == np.inf
    assert answer.output[0, 0] == 0.0
    assert without_nan(answer)


def test_a_consumer_with_no_open_lane_is_isolated_and_that_is_an_answer() -> None:
    market = Market([[50.0, 0.0], [0.0, 50.0]], [0, 1], 2.5, [0.2, 0.2], [0.2, 0.2])
    shocks = Shocks(1, cap=[[0.0, np.inf]], outside=[[3.0, 0.0]])
    answer = solve(market, shocks)
    assert answer.status[0] == SolveStatus.ISOLATED
    assert answer.solved.all()
    assert answer.use_cost[0].tolist() == [np.inf, pytest.approx(1.0)]
    assert answer.price_paid[0].tolist() == [np.inf, pytest.approx(1.0)]
    assert answer.purchases[0].tolist() == [0.0, pytest.approx(50.0)]
    assert answer.use[0, 0] == 3.0
    assert without_nan(answer)
    assert flows(market, shocks, answer, 0).tolist() == [[0.0, 0.0], [0.0, pytest.approx(50.0)]]


def test_a_world_without_trade_is_an_answer() -> None:
    answer = solve(even(), Shocks(2, cap=[[0.0, 0.0], [np.inf, np.inf]]))
    assert answer.status.tolist() == [SolveStatus.ISOLATED, SolveStatus.SOLVED]
    assert (answer.output[0] == 0).all()
    assert without_nan(answer)


def test_goods_nobody_wants_are_free() -> None:
    market = Market([[50.0, 0.0], [0.0, 50.0]], [0, 1], 2.5, [0.2, 0.2], [0.2, 0.2])
    answer = solve(market, Shocks(1, demand=[[0.0, 1.0]]))
    assert answer.price[0].tolist() == [0.0, pytest.approx(1.0)]
    assert answer.output[0].tolist() == [0.0, pytest.approx(50.0)]
    assert without_nan(answer)


def test_a_binding_cap_on_the_only_lane_pins_price_by_supply_and_wedge_by_demand() -> None:
    """One producer, one consumer: `p = K^(1/eps)`, `p w = K^(-1/eta)`."""
    market = Market([[100.0]], [0], 2.5, [0.5], [0.25])
    answer = solve(market, Shocks(1, cap=[[0.8]]))
    assert answer.price[0, 0] == pytest.approx(0.8**4, rel=1e-10)
    assert answer.delivered[0, 0] == pytest.approx(0.8**-2, rel=1e-10)
    assert answer.wedge[0, 0] == pytest.approx(0.8**-6, rel=1e-10)


def test_with_every_lane_of_a_producer_capped_its_supply_still_pins_its_price() -> None:
    market = Market([[60.0, 0.0], [0.0, 40.0]], [0, 0], 2.5, [0.5, 0.5], [0.25])
    answer = solve(market, Shocks(1, cap=[[0.5, 0.75]]))
    assert answer.price[0, 0] == pytest.approx(0.6**4, rel=1e-10)
    assert answer.delivered[0] == pytest.approx([0.5**-2, 0.75**-2], rel=1e-10)
    assert slackness(market, Shocks(1, cap=[[0.5, 0.75]]), answer)[0] <= 1e-8


def test_without_supply_response_what_exceeds_the_cap_is_worthless() -> None:
    answer = solve(even(eps=0.0), Shocks(1, cap=[[0.5, np.inf]]))
    assert answer.price[0, 0] == 0.0
    assert answer.wedge[0, 0] == np.inf
    assert answer.delivered[0, 0] > 1
    assert answer.lane_quantity[0, 0] == pytest.approx(50.0)


def test_a_ceiling_stops_output_and_lifts_the_price() -> None:
    """One producer at its ceiling: `kappa = P^-eta`, whatever the elasticity of supply."""
    market = Market([[100.0]], [0], 2.5, [0.5], [3.0])
    answer = solve(market, Shocks(1, ceiling=[[0.9]]))
    assert answer.price[0, 0] == pytest.approx(0.9**-2, rel=1e-10)
    assert answer.wedge[0, 0] == 1.0


def test_goods_from_outside_the_market_are_bought_less_of_inside() -> None:
    """One good: `b P^-eta - R/Q0 = P^eps`; with eta = eps = 1, b = 2 and R = Q0, `P = 1`."""
    market = Market([[100.0]], [0], 2.5, [1.0], [1.0])
    answer = solve(market, Shocks(1, demand=[[2.0]], outside=[[100.0]]))
    assert answer.price[0, 0] == pytest.approx(1.0, abs=1e-10)
    assert answer.purchases[0, 0] == pytest.approx(100.0)
    assert answer.use[0, 0] == pytest.approx(200.0)


def test_demand_covered_from_outside_leaves_the_market() -> None:
    """A rigid consumer of 100 t who gets 150 t buys nothing, and its goods go to the other at a lower price."""
    market = Market(np.full((2, 2), 50.0), [0, 1], 2.5, [0.0, 0.5], [0.5, 0.5])
    answer = solve(market, Shocks(1, outside=[[150.0, 0.0]]))
    assert answer.status[0] == SolveStatus.SOLVED
    assert answer.purchases[0, 0] == 0.0
    assert answer.price[0] == pytest.approx([0.5, 0.5], rel=1e-9)


def test_a_cost_on_one_route_moves_trade_to_the_other() -> None:
    market = Market([[50.0], [50.0]], [0, 0], 4.0, [0.2], [0.2])
    answer = solve(market, Shocks(1, cost=[[1.2, 1.0]]))
    quantity = answer.lane_quantity[0]
    assert quantity[0] / quantity[1] == pytest.approx(np.exp(-4.0 * 0.2 * answer.price[0, 0]))
    assert answer.delivered[0] == pytest.approx(answer.price[0, 0] * np.array([1.2, 1.0]))


def test_elasticities_by_scenario_equal_markets_with_those_elasticities() -> None:
    supply = np.tile([[0.6, 1.0]], (2, 1))
    answer = solve(
        even(), Shocks(2, supply=supply, sigma=[2.0, 6.0], eta=[[0.2, 0.2], [0.7, 0.7]], eps=[[0.1, 0.1], [1.0, 1.0]])
    )
    for scenario, (sigma, eta, eps) in enumerate([(2.0, 0.2, 0.1), (6.0, 0.7, 1.0)]):
        alone = solve(even(eta, eps, sigma), Shocks(1, supply=supply[:1]))
        np.testing.assert_allclose(answer.price[scenario], alone.price[0], rtol=1e-10)


def test_a_lane_without_trade_keeps_its_price_and_an_untraded_consumer_too() -> None:
    market = Market([[50.0, 0.0], [0.0, 0.0]], [0, 0], 2.5, [0.2, 0.2], [0.2])
    answer = solve(market, Shocks(1, supply=[[0.5]]))
    assert answer.use_cost[0, 1] == 1.0
    assert answer.delivered[0, 1] == answer.price[0, 0]
    assert answer.lane_quantity[0, 1] == 0.0


def test_rigid_demand_that_cannot_be_met_has_no_equilibrium_and_a_hint() -> None:
    answer = solve(even(eta=0.0), Shocks(2, cap=[[0.9, 0.9], [np.inf, np.inf]]))
    assert answer.status.tolist() == [SolveStatus.NO_EQUILIBRIUM, SolveStatus.SOLVED]
    assert "Raise eta" in answer.hint[0]
    assert list(answer.hint) == [0]
    assert np.isnan(answer.price[0]).all()
    assert np.isnan(imbalance(even(eta=0.0), Shocks(2, cap=[[0.9, 0.9], [np.inf, np.inf]]), answer)[0])


def test_an_iteration_limit_is_reported_not_hidden() -> None:
    answer = solve(even(), Shocks(1, supply=[[0.3, 1.0]]), max_iterations=2)
    assert answer.status[0] == SolveStatus.NOT_CONVERGED
    assert not answer.solved[0]
    assert "max_iterations" in answer.hint[0]


def crowd(scenarios: int) -> tuple[Market, Shocks]:
    """30 producers, some with two lanes, 40 consumers, and shocks of every kind."""
    rng = np.random.default_rng(5)
    quantity = np.where(rng.random((36, 40)) < 0.15, rng.lognormal(0, 2, (36, 40)), 0.0)
    quantity[:, 0] += 0.1
    quantity[0] += 0.1
    owner = np.concatenate([np.arange(30), rng.integers(0, 30, 6)])
    market = Market(quantity, owner, 2.5, rng.uniform(0.1, 0.6, 40), rng.uniform(0.1, 1, 30))
    return market, Shocks(
        scenarios,
        supply=np.where(rng.random((scenarios, 30)) < 0.3, rng.uniform(0, 1, (scenarios, 30)), 1.0),
        ceiling=np.where(rng.random((scenarios, 30)) < 0.1, rng.uniform(0.5, 1, (scenarios, 30)), np.inf),
        cap=np.where(rng.random((scenarios, 36)) < 0.3, rng.choice([0.0, 0.3, 0.8], (scenarios, 36)), np.inf),
        cost=rng.lognormal(0, 0.1, (scenarios, 36)),
        outside=rng.uniform(0, 0.3, (scenarios, 40)) * quantity.sum(axis=0),
        sigma=rng.uniform(2, 6, scenarios),
    )


@pytest.mark.parametrize("cuts", [(1, 2, 3, 9), (100,), (511, 513, 1030)])
def test_answers_do_not_depend_on_the_batch_they_are_solved_in(cuts: tuple[int, ...]) -> None:
    market, shocks = crowd(1100)
    whole = solve(market, shocks)
    assert whole.solved.all()
    edges = [0, *cuts, 1100]
    for first, last in pairwise(edges):
        part = solve(market, take(shocks, slice(first, last)))
        for name in (*FIELDS, "iterations", "residual"):
            assert np.array_equal(getattr(part, name), getattr(whole, name)[first:last]), name


def test_answers_do_not_depend_on_the_executor() -> None:
    market, shocks = crowd(1100)
    one = solve(market, shocks)
    with ThreadPoolExecutor(2) as pool:
        two = solve(market, shocks, executor=pool)
    for name in (*FIELDS, "status", "iterations", "residual"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name


def test_hundreds_of_binding_caps_converge() -> None:
    rng = np.random.default_rng(3)
    quantity = rng.lognormal(0, 2, (300, 20)) * (rng.random((300, 20)) < 0.3)
    quantity[:, 0] += 0.1
    market = Market(quantity, np.arange(300) // 2, 3.0, np.full(20, 0.3), np.full(150, 0.4))
    shocks = Shocks(4, cap=rng.uniform(0.3, 0.9, (4, 300)))
    answer = solve(market, shocks)
    assert answer.solved.all()
    assert (slackness(market, shocks, answer) <= 1e-8).all()
    assert ((answer.wedge > 1).sum(axis=1) > 200).all()


def test_leftovers_that_only_lead_to_somebody_who_wants_nothing_are_free() -> None:
    """The wanted lane is capped, supply does not answer, and the other lane's consumer has stopped buying."""
    market = Market([[50.0, 0.0], [0.0, 50.0], [50.0, 0.0]], [0, 0, 1], 5.0, [0.2, 0.5], [0.0, 0.2])
    answer = solve(market, Shocks(1, cap=[[0.1, np.inf, np.inf]], demand=[[1.0, 0.0]]))
    assert answer.solved.all()
    assert without_nan(answer)
    assert answer.price[0, 0] == 0.0
    assert answer.lane_quantity[0, :2] == pytest.approx([5.0, 0.0])


def test_a_glut_that_nobody_can_use_up_even_for_nothing_is_no_answer_and_says_so() -> None:
    """At prices of 0 the buyer takes 6 t of the 25 t that are offered whatever the price."""
    market = Market([[3.2], [1.5]], [0, 1], 20.0, [0.05], [0.0, 0.02])
    answer = solve(market, Shocks(1, supply=[[8.0, 5.0]]))
    assert answer.status[0] == SolveStatus.NOT_CONVERGED
    assert list(answer.hint) == [0]


def test_consumers_reached_by_almost_all_they_want_from_outside_still_have_a_market() -> None:
    """The market delivers nothing to two of them at these prices, and what the third buys balances."""
    flows_t = np.array([[42.0, 5, 11], [16, 7, 21], [6, 6, 0], [1, 90, 37]])
    market = Market(flows_t, [0, 1, 2, 3], 1.5, [0.1] * 3, [1.0, 1.0, 0.1, 1.0])
    shocks = Shocks(1, supply=[[1.0, 0.5, 0.1, 0.5]], outside=np.array([[1.5, 1.5, 0.3]]) * flows_t.sum(axis=0))
    answer = solve(market, shocks)
    assert answer.status[0] == SolveStatus.SOLVED
    assert answer.purchases[0, 1] == 0
    assert demand_gap(market, shocks, answer)[0] < 1e-12


def test_a_large_market_in_which_demand_answers_more_than_sources_replace_each_other_has_an_answer() -> None:
    """With eta at or above sigma no price pulls demand from another: every producer's price follows its own supply."""
    rng = np.random.default_rng(0)
    flows_t = rng.lognormal(0, 1, (60, 60))
    market = Market(flows_t, np.arange(60), 2.0, np.full(60, 2.0), np.full(60, 0.5))
    answer = solve(market, Shocks(1, supply=[[0.5, *[1.0] * 59]]))
    assert answer.status[0] == SolveStatus.SOLVED
    assert answer.price[0, 0] > 1.2
    assert answer.price[0, 1:] == pytest.approx(1.0, abs=0.02)


def test_a_coarse_tolerance_gives_answers_that_balance_to_it() -> None:
    market, shocks = crowd(60)
    rough, fine = solve(market, shocks, tolerance=1e-6), solve(market, shocks)
    assert rough.solved.all()
    assert rough.residual.max() <= 2e-6
    assert (rough.iterations <= fine.iterations).all()
    np.testing.assert_allclose(rough.lane_quantity, fine.lane_quantity, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("eta", [0.2, 2.0])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_goods_from_outside_near_the_whole_use_keep_the_fast_path(share: float, eta: float) -> None:
    """What is bought then answers prices by thousands: more than sources replace each other."""
    market = replace(crowd(1)[0], eta=np.full(40, eta))
    shocks = Shocks(
        40, supply=np.linspace(0.5, 1, 1200).reshape(40, 30), outside=share * np.tile(market.flows.sum(axis=0), (40, 1))
    )
    answer = solve(market, shocks)
    assert answer.solved.all()
    assert answer.iterations.max() <= 40


def test_prices_of_a_million_keep_their_digits() -> None:
    """One buyer with one lane, capped: `d = K^(-1 / eta)`; another market beside it does not feel it."""
    market = Market([[50.0, 0.0], [0.0, 50.0]], [0, 1], 4.0, [0.1, 0.5], [0.2, 0.2])
    answer = solve(market, Shocks(1, cap=[[0.25, np.inf]]))
    assert answer.use_cost[0] == pytest.approx([0.25**-10, 1.0], rel=1e-8)
    assert answer.lane_quantity[0] == pytest.approx([12.5, 50.0], rel=1e-9)


def test_a_piece_of_the_market_at_three_hundred_times_the_price_of_the_rest_settles_like_any_other() -> None:
    """Two producers supply one consumer apart from all others, and lose 90 %; the rest of the market loses nothing."""
    market = Market(
        [[5.0, 0.0, 0.0], [4.0, 1.0, 0.0], [0.0, 0.0, 60.0], [0.0, 0.0, 40.0]],
        [0, 1, 2, 3],
        2.5,
        [0.2, 0.2, 0.2],
        [0.2] * 4,
    )
    answer = solve(market, Shocks(1, supply=[[0.1, 0.1, 1.0, 1.0]]))
    assert answer.solved.all()
    assert answer.iterations[0] <= 20
    np.testing.assert_allclose(answer.use_cost[0, 0], 0.1 ** (-1 / 0.4), rtol=1e-6)
    np.testing.assert_allclose(answer.use_cost[0, 2], 1.0, rtol=1e-9)
