"""Nobody gains tonnes by losing suppliers: the theorem of docs/equilibrium.md on thousands of random markets."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Equilibria, Market, Shocks, base_consumption, solve

SCENARIOS = 250


def random_market(rng: np.random.Generator, lanes_more: int = 0) -> Market:
    """Up to a dozen producers and consumers, elasticities from stiff to answering, eta never above sigma."""
    producers, consumers = int(rng.integers(2, 12)), int(rng.integers(2, 12))
    lanes = producers + lanes_more
    quantity = np.where(rng.random((lanes, consumers)) < 0.6, rng.lognormal(0, 1.5, (lanes, consumers)), 0.0)
    quantity[:, 0] += 0.01
    quantity[0] += 0.01
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes_more)])
    sigma = float(rng.uniform(1.5, 8))
    eta, eps = rng.uniform(0.1, 1.5, consumers), rng.choice([0.0, 0.1, 0.5, 2.0], producers)
    return Market(quantity, owner, sigma, eta, eps)


def gained(market: Market, answer: Equilibria) -> np.ndarray:
    """Largest relative gain of tonnes of any consumer, by scenario."""
    return np.asarray((answer.purchases / base_consumption(market) - 1.0).max(axis=1))


@pytest.mark.parametrize("seed", range(12))
def test_nobody_gains_tonnes_where_producers_lose_output(seed: int) -> None:
    """One loser in the first half, several in the second, ceilings too; prices rise and use falls everywhere."""
    rng = np.random.default_rng(seed)
    market = random_market(rng, lanes_more=int(rng.integers(0, 4)))
    shape = (SCENARIOS, market.producers)
    loses = rng.random(shape) < 0.4
    loses[: SCENARIOS // 2] = np.arange(market.producers) == rng.integers(market.producers, size=(SCENARIOS // 2, 1))
    supply = np.where(loses, rng.uniform(0.05, 1, shape), 1.0)
    ceiling = np.where(rng.random(shape) < 0.2, rng.uniform(0.3, 1, shape), np.inf)
    answer = solve(market, Shocks(SCENARIOS, supply=supply, ceiling=ceiling))
    assert answer.solved.all()
    assert (answer.delivered >= 1 - 1e-8).all()
    assert (answer.use_cost >= 1 - 1e-8).all()
    assert gained(market, answer).max() <= 1e-8


@pytest.mark.parametrize("seed", range(12))
def test_nobody_gains_tonnes_where_a_producers_only_lane_is_capped(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    market = random_market(rng)
    cap = np.where(rng.random((SCENARIOS, market.lanes)) < 0.4, rng.uniform(0.1, 1, (SCENARIOS, market.lanes)), np.inf)
    answer = solve(market, Shocks(SCENARIOS, cap=cap))
    assert answer.solved.all()
    assert gained(market, answer).max() <= 1e-8


def with_a_lane_for_each_buyer(market: Market, rng: np.random.Generator) -> Market:
    """Every consumer on one lane of each producer only, as lanes are in trade."""
    flows = market.flows.copy()
    for producer in range(market.producers):
        lanes = np.flatnonzero(market.producer == producer)
        chosen = rng.integers(lanes.size, size=market.consumers)
        flows[lanes] = np.where(np.arange(lanes.size)[:, None] == chosen, flows[lanes].sum(axis=0), 0.0)
    return Market(flows, market.producer, market.sigma, market.eta, market.eps)


@pytest.mark.parametrize("seed", range(12))
def test_who_is_cut_off_by_its_main_supplier_gains_nothing_though_that_sells_on_to_others(seed: int) -> None:
    """The goods then go to the others, and the theorem no longer holds: who took a little of them may gain a little."""
    rng = np.random.default_rng(200 + seed)
    market = with_a_lane_for_each_buyer(random_market(rng, lanes_more=6), rng)
    traded = np.flatnonzero(market.flows.sum(axis=1) > 0)
    lost = rng.choice(traded, SCENARIOS)
    cap = np.full((SCENARIOS, market.lanes), np.inf)
    cap[np.arange(SCENARIOS), lost] = rng.uniform(0.0, 0.9, SCENARIOS)
    answer = solve(market, Shocks(SCENARIOS, cap=cap))
    assert answer.solved.all()
    change = answer.purchases / base_consumption(market) - 1.0
    assert np.where(market.flows[lost] > 0.5 * base_consumption(market), change, -1.0).max() <= 1e-8
