"""An answer does not depend on what is solved beside it, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks, solve

FIELDS = ("price", "wedge", "delivered", "price_paid", "use_cost", "purchases", "lane_quantity", "output")
CUTS = ([0], [1, 2], [3, 4, 5])


@pytest.mark.parametrize("seed", range(30))
def test_a_scenario_solved_alone_gives_the_bits_it_gives_in_a_batch(seed):
    """Eight lanes and more: there NumPy adds up a lone column pairwise."""
    rng = np.random.default_rng(seed)
    producers, consumers, scenarios = int(rng.integers(8, 20)), int(rng.integers(1, 20)), 6
    flows = rng.lognormal(0, 2, (producers, consumers)) * (rng.random((producers, consumers)) < 0.6)
    flows[:, 0] += 1
    flows[0] += 1
    market = Market(flows, np.arange(producers), 3.0, rng.uniform(0.1, 1, consumers), rng.uniform(0.1, 1, producers))
    effects = {
        "supply": rng.uniform(0.3, 1.2, (scenarios, producers)),
        "cap": np.where(rng.random((scenarios, producers)) < 0.3, 0.5, np.inf),
        "eta": rng.uniform(0.1, 1, (scenarios, consumers)),
        "sigma": rng.uniform(2, 6, scenarios),
    }
    together = solve(market, Shocks(scenarios, **effects))
    for cut in CUTS:
        apart = solve(market, Shocks(len(cut), **{name: values[cut] for name, values in effects.items()}))
        for field in FIELDS:
            np.testing.assert_array_equal(getattr(together, field)[cut], getattr(apart, field))
