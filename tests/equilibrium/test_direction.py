"""Newton's direction uses the true derivative of the shortfall: along it, every shortfall falls at its own rate."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market, Shocks
from sogdia.equilibrium.block import prepare
from sogdia.equilibrium.demand import demand
from sogdia.equilibrium.direction import direction
from sogdia.equilibrium.layout import Layout, arrange
from sogdia.equilibrium.precision import DOUBLE, MIXED, Precision
from sogdia.equilibrium.response import Terms, terms_of
from sogdia.equilibrium.shortfall import shortfall

SCENARIOS, STEP, ENOUGH = 3, 1e-6, 60


def draw(seed: int, lanes_more: int, outside: tuple[float, float] = (0.0, 0.2)) -> tuple[Layout, Terms, np.ndarray]:
    """A market with captive consumers, capped lanes, help from outside, elasticities by scenario; prices near base."""
    rng = np.random.default_rng(seed)
    producers, consumers = int(rng.integers(3, 9)), int(rng.integers(3, 9))
    lanes = producers + lanes_more
    quantity = np.where(rng.random((lanes, consumers)) < 0.4, rng.lognormal(0, 1, (lanes, consumers)), 0.0)
    quantity[:, 0] += 0.1
    quantity[0] += 0.1
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes_more)])
    market = Market(quantity, owner, 3.0, rng.uniform(0.1, 1.0, consumers), rng.uniform(0.1, 1.0, producers))
    shocks = Shocks(
        SCENARIOS,
        supply=rng.uniform(0.5, 1.5, (SCENARIOS, producers)),
        cap=np.where(rng.random((SCENARIOS, lanes)) < 0.3, 0.6, np.inf),
        outside=rng.uniform(*outside, (SCENARIOS, consumers)) * quantity.sum(axis=0),
        sigma=rng.uniform(2.0, 5.0, SCENARIOS),
        eta=rng.uniform(0.1, 1.0, (SCENARIOS, consumers)),
    )
    layout = arrange(market)
    prices = rng.uniform(0.8, 1.6, (layout.lanes.size, SCENARIOS))
    common = rng.uniform(0.8, 1.6, (layout.starts.size, SCENARIOS))
    prices[layout.singles :] = common[layout.member]
    return layout, terms_of(layout, prepare(market, layout, shocks)), prices


def held(layout: Layout, terms: Terms, prices: np.ndarray) -> np.ndarray:
    log_price = np.log(prices)
    at = demand(layout, terms.demand, prices, log_price)
    return shortfall(layout, terms.supply, at.wanted, log_price, prices, DOUBLE).held


def off(layout: Layout, terms: Terms, prices: np.ndarray) -> np.ndarray:
    log_price = np.log(prices)
    at = demand(layout, terms.demand, prices, log_price)
    return shortfall(layout, terms.supply, at.wanted, log_price, prices, DOUBLE).off


def along(layout: Layout, terms: Terms, prices: np.ndarray, precision: Precision) -> np.ndarray:
    log_price = np.log(prices)
    at = demand(layout, terms.demand, prices, log_price, precision)
    short = shortfall(layout, terms.supply, at.wanted, log_price, prices, precision)
    return direction(layout, terms.supply, at, short, np.zeros(SCENARIOS), ENOUGH, precision).moves


@pytest.mark.parametrize("seed", range(20))
def test_along_the_direction_every_shortfall_falls_at_its_own_rate(seed: int) -> None:
    """`dF(d) v = -F(d)`, the derivative by central differences. One lane for each producer."""
    layout, terms, prices = draw(seed, lanes_more=0)
    moves = along(layout, terms, prices, DOUBLE)
    change = (off(layout, terms, prices + STEP * moves) - off(layout, terms, prices - STEP * moves)) / (2 * STEP)
    np.testing.assert_allclose(change, -off(layout, terms, prices), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_the_direction_is_true_where_use_answers_more_than_sources_replace_each_other(seed: int) -> None:
    """What is bought answers by `eta` times use over purchases, dozens where most comes from outside."""
    layout, terms, prices = draw(seed, lanes_more=0, outside=(0.7, 0.95))
    moves = along(layout, terms, prices, DOUBLE)
    change = (off(layout, terms, prices + STEP * moves) - off(layout, terms, prices - STEP * moves)) / (2 * STEP)
    np.testing.assert_allclose(change, -off(layout, terms, prices), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_lanes_that_share_a_price_and_lanes_held_to_a_cap_fall_alike(seed: int) -> None:
    """Some producers have several lanes, which share a price unless a cap holds one of them.

    The price they share is sought at present demand, so the derivative is the true one only near the answer.
    """
    layout, terms, prices = draw(seed, lanes_more=4)
    for _ in range(30):
        prices = np.maximum(prices + along(layout, terms, prices, DOUBLE), prices / 2)
    near = prices * (1 + 1e-5 * np.random.default_rng(seed).standard_normal(prices.shape))
    near[layout.singles :] = np.where(held(layout, terms, prices), near, prices)[layout.singles :]
    moves = along(layout, terms, near, DOUBLE)
    change = (off(layout, terms, near + STEP * moves) - off(layout, terms, near - STEP * moves)) / (2 * STEP)
    here = off(layout, terms, near)
    np.testing.assert_allclose(change, -here, atol=2e-3 * np.abs(here).max())


@pytest.mark.parametrize("seed", range(5))
def test_a_direction_reckoned_in_single_precision_is_that_in_double(seed: int) -> None:
    layout, terms, prices = draw(seed, lanes_more=3)
    wide = along(layout, terms, prices, DOUBLE)
    np.testing.assert_allclose(along(layout, terms, prices, MIXED), wide, rtol=1e-3, atol=1e-4 * np.abs(wide).max())
