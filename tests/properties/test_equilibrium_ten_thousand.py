"""Ten thousand random markets, drawn to be hard, and not one without an answer."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, base_consumption, flows, solve
from sogdia.equilibrium.invariants import demand_gap, imbalance, slackness

FIELDS = ("price", "wedge", "delivered", "price_paid", "use_cost", "purchases", "use", "lane_quantity", "output")


def draw(rng: np.random.Generator) -> tuple[Market, Shocks]:
    """One market and one scenario: total embargoes, 95 % losses, elasticities near 0, isolated consumers, many caps.

    Demand that answers no price (eta = 0) is drawn only without caps and ceilings, where it can always be met.
    """
    producers, consumers = int(rng.integers(1, 12)), int(rng.integers(1, 15))
    lanes = producers + int(rng.integers(0, 8))
    quantity = rng.lognormal(0, 2, (lanes, consumers)) * (rng.random((lanes, consumers)) < rng.uniform(0.15, 1))
    quantity[rng.integers(lanes), rng.integers(consumers)] += 1.0
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes - producers)])
    rigid = rng.random() < 0.15
    eta = rng.choice([0.1, 0.3] if rigid else [0.2, 0.5, 1.0], consumers)
    eps = rng.choice([0.05, 0.2, 1.0] if rigid else [0.0, 0.02, 0.2, 1.0, 3.0], producers)
    market = Market(quantity, owner, float(rng.choice([2.0, 2.5, 5.0, 8.0, 20.0])), eta, eps)

    def some(share: float, size: int, values: np.ndarray, otherwise: float) -> np.ndarray:
        return np.where(rng.random((1, size)) < share, values, otherwise)

    supply = some(0.4, producers, rng.choice([0.0, 0.05, 0.3, 0.7, 1.5], producers), 1.0)
    if rigid:
        return market, Shocks(1, supply=supply, cost=rng.lognormal(0, 0.3, (1, lanes)))
    effects = {"supply": supply, "cap": some(rng.random(), lanes, rng.choice([0.0, 0.1, 0.5, 0.9, 1.2], lanes), np.inf)}
    if rng.random() < 0.3:
        effects["ceiling"] = some(0.4, producers, rng.uniform(0.5, 1.5, producers), np.inf)
    if rng.random() < 0.3:
        effects["cost"] = rng.lognormal(0, 0.3, (1, lanes))
    if rng.random() < 0.3:
        effects["demand"] = some(0.3, consumers, rng.choice([0.0, 0.5, 1.5], consumers), 1.0)
    if rng.random() < 0.3:
        effects["outside"] = some(0.4, consumers, rng.uniform(0, 1.0, consumers), 0.0) * base_consumption(market)
    return market, Shocks(1, **effects)


@pytest.mark.slow
def test_ten_thousand_random_markets_have_answers_that_are_equilibria() -> None:
    rng = np.random.default_rng(20260)
    failures = []
    for number in range(10_000):
        market, shocks = draw(rng)
        answer = solve(market, shocks)
        sound = (
            answer.solved[0]
            and not any(np.isnan(getattr(answer, name)).any() for name in FIELDS)
            and imbalance(market, shocks, answer)[0] <= 1e-9
            and slackness(market, shocks, answer)[0] <= 1e-8
            and demand_gap(market, shocks, answer)[0] <= 1e-8
            and np.allclose(flows(market, shocks, answer, 0).sum(axis=1), answer.lane_quantity[0], rtol=1e-6, atol=1e-6)
        )
        if not sound:
            failures.append((number, answer.status[0], answer.residual[0], answer.complementarity[0]))
    assert failures == []
