"""The batched path against the independently written one in another formulation."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, flows, solve
from sogdia.equilibrium.reference import ReferenceScenario, solve_reference


@pytest.mark.parametrize("seed", range(12))
def test_batched_and_reference_paths_agree(seed: int) -> None:
    """Embargoes, total losses, ceilings, caps, route costs that differ within a producer, and outside quantities."""
    rng = np.random.default_rng(seed)
    producers, consumers = int(rng.integers(3, 9)), int(rng.integers(2, 10))
    lanes = producers + int(rng.integers(1, 6))
    quantity = np.where(rng.random((lanes, consumers)) < 0.5, rng.lognormal(0, 1, (lanes, consumers)), 0.0)
    quantity[:2] += 0.1
    owner = np.concatenate([np.arange(producers), rng.integers(2, producers, lanes - producers)])
    market = Market(
        quantity, owner, rng.uniform(1.5, 8), rng.uniform(0.1, 1, consumers), rng.uniform(0.05, 2, producers)
    )
    supply, cap = rng.uniform(0.3, 1.2, (1, producers)), rng.choice([0.0, 0.3, 0.9, np.inf], (1, lanes))
    supply[0, 2:] *= rng.random(producers - 2) > 0.2
    cap[0, :2] = np.inf
    ceiling = rng.choice([0.5, 1.1, np.inf], (1, producers))
    cost = rng.lognormal(0, 0.3, (1, lanes))
    demand, outside = rng.uniform(0.7, 1.3, (1, consumers)), rng.uniform(0, 0.3, (1, consumers)) * quantity.sum(axis=0)
    shocks = Shocks(1, supply, ceiling, cap, cost, demand, outside)
    scenario = ReferenceScenario(
        supply[0], ceiling[0], cap[0], np.repeat(cost[0][:, None], consumers, axis=1), demand[0], outside[0]
    )
    answer, reference = solve(market, shocks), solve_reference(market, scenario)
    assert answer.solved.all()
    np.testing.assert_allclose(flows(market, shocks, answer, 0), reference.flows, atol=1e-8 * quantity.sum())
    np.testing.assert_allclose(answer.use_cost[0], reference.use_cost, rtol=1e-8)
    trades = (supply[0] > 0) & (answer.output[0] > 0)
    np.testing.assert_allclose(answer.price[0][trades], reference.price[trades], rtol=1e-8)
