"""Another program: CVXPY with Clarabel solves the same market as a convex programme."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, flows, solve
from support.cvxpy_market import clear


@pytest.mark.parametrize("seed", range(20))
def test_prices_agree_with_a_conic_solver(seed: int) -> None:
    """Supply losses, ceilings, caps, costs, demand shifts and outside quantities at once, log prices to 1e-5."""
    rng = np.random.default_rng(seed)
    producers, consumers = int(rng.integers(2, 7)), int(rng.integers(2, 8))
    lanes = producers + int(rng.integers(0, 4))
    quantity = np.where(rng.random((lanes, consumers)) < 0.6, rng.lognormal(0, 1, (lanes, consumers)), 0.0)
    quantity[:, 0] += 0.1
    quantity[0] += 0.1
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes - producers)])
    sigma, eta, eps = rng.uniform(1.6, 6), rng.uniform(0.15, 0.9, consumers), rng.uniform(0.1, 1.5, producers)
    market = Market(quantity, owner, sigma, eta, eps)
    shocks = Shocks(
        1,
        supply=rng.uniform(0.4, 1.1, (1, producers)),
        ceiling=np.where(rng.random((1, producers)) < 0.3, rng.uniform(0.6, 1.3, (1, producers)), np.inf),
        cap=np.where(rng.random((1, lanes)) < 0.4, rng.uniform(0.2, 1.1, (1, lanes)), np.inf),
        cost=rng.lognormal(0, 0.1, (1, producers))[:, owner],
        demand=rng.uniform(0.8, 1.2, (1, consumers)),
        outside=rng.uniform(0, 0.2, (1, consumers)) * quantity.sum(axis=0),
    )
    answer, conic = solve(market, shocks), clear(market, shocks)
    assert answer.solved.all()
    np.testing.assert_allclose(np.log(answer.price[0]), np.log(conic.price), atol=1e-5)
    np.testing.assert_allclose(np.log(answer.delivered[0]), np.log(conic.delivered), atol=1e-5)
    np.testing.assert_allclose(np.log(answer.use_cost[0]), np.log(conic.use_cost), atol=1e-5)
    np.testing.assert_allclose(flows(market, shocks, answer, 0), conic.flows, rtol=1e-3, atol=1e-5)
