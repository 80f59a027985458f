"""A seeded market of the size and sparsity of world rare-earth trade in 2009, and random scenarios for it."""

from __future__ import annotations

import numpy as np

from sogdia.equilibrium import Market, Shocks

PRODUCERS, CONSUMERS, FLOWS = 77, 152, 1_043
TRADE_T, HOME_T = 50_000.0, 70_000.0


def rare_earth_like(seed: int = 2009) -> Market:
    """Heavy-tailed trade of 77 exporters to 152 importers; the largest exporter sells at home on a lane of its own."""
    rng = np.random.default_rng(seed)
    size = np.outer(np.sort(rng.pareto(0.6, PRODUCERS) + 0.01)[::-1], rng.pareto(0.7, CONSUMERS) + 0.01)
    likely = 0.6 * np.log(size) + rng.gumbel(size=size.shape)
    traded = np.zeros(size.shape, dtype=bool)
    traded[np.arange(PRODUCERS), likely.argmax(axis=1)] = True
    traded[likely.argmax(axis=0), np.arange(CONSUMERS)] = True
    others = np.argsort(np.where(traded, -np.inf, likely), axis=None)[::-1]
    traded.ravel()[others[: FLOWS - traded.sum()]] = True
    flows = np.where(traded, size * rng.lognormal(0.0, 1.2, size.shape), 0.0)
    home = np.zeros((1, CONSUMERS))
    home[0, 0] = HOME_T
    return Market(
        flows=np.vstack([flows * TRADE_T / flows.sum(), home]),
        producer=np.append(np.arange(PRODUCERS), 0),
        sigma=2.5,
        eta=np.full(CONSUMERS, 0.2),
        eps=np.full(PRODUCERS, 0.2),
    )


def losses_and_caps(market: Market, scenarios: int, seed: int = 1) -> Shocks:
    """A third of producers lose up to 95 % of output and a fifth of export lanes are capped at 5 to 100 % of base."""
    rng = np.random.default_rng(seed)
    loss = np.where(rng.random((scenarios, PRODUCERS)) < 0.3, 0.95 * rng.random((scenarios, PRODUCERS)), 0.0)
    cap = np.where(rng.random((scenarios, market.lanes)) < 0.2, rng.uniform(0.05, 1, (scenarios, market.lanes)), np.inf)
    cap[:, PRODUCERS:] = np.inf
    return Shocks(scenarios, supply=1 - loss, cap=cap)
