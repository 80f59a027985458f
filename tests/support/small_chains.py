"""Hand-made chains of two stages for the tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sogdia.market import Draws, Scenario, TradedMarket
from sogdia.market.chain.clear import ChainCleared, clear_chain
from sogdia.market.chain.coupling import Coupling, couple
from sogdia.market.chain.link import LinkDraws
from sogdia.market.events import Event

COUNTRIES = ("CHN", "JPN", "USA", "VNM")
UP = ((50.0, 20.0, 10.0, 10.0), (0.0, 0.0, 0.0, 0.0), (0.0, 5.0, 10.0, 0.0), (0.0, 5.0, 0.0, 5.0))
DOWN = ((0.0, 8.0, 4.0, 0.0), (0.0, 0.0, 2.0, 0.0), (0.0, 1.0, 3.0, 0.0), (0.0, 3.0, 1.0, 0.0))
ELASTICITIES = (3.0, 0.2, 0.3)


def stage(name: str, flows: Sequence[Sequence[float]], price: float, countries: tuple[str, ...]) -> TradedMarket:
    """A market at one price everywhere [kUSD/t]; rows and columns of `flows` are `countries`."""
    quantity = np.array(flows, dtype=float)
    value = np.where(quantity > 0, price, np.nan)
    return TradedMarket("metal", name, (2020,), "processed", countries, countries, quantity, value, ())


def markets(
    up: Sequence[Sequence[float]] = UP,
    down: Sequence[Sequence[float]] = DOWN,
    countries: tuple[str, ...] = COUNTRIES,
    prices: tuple[float, float] = (4.0, 16.0),
) -> tuple[TradedMarket, TradedMarket]:
    """Compounds and metals of four countries; China makes, uses and exports both."""
    return stage("compound", up, prices[0], countries), stage("metal", down, prices[1], countries)


def repeated(elasticities: tuple[float, float, float], count: int = 1) -> Draws:
    """The same elasticities in every draw."""
    sigma, eta, eps = (np.full(count, value) for value in elasticities)
    return Draws(sigma, eta, eps)


def coupled(
    stages: tuple[TradedMarket, TradedMarket],
    input_t_per_t: float = 2.0,
    cost_share: float = 0.8,
    share: float = 1.0,
    count: int = 1,
) -> Coupling:
    """The processors of two stages."""
    drawn = LinkDraws(np.full(count, input_t_per_t), np.full(count, cost_share))
    return couple(*stages, drawn, share)


def cleared(
    up: tuple[Event, ...] = (),
    down: tuple[Event, ...] = (),
    *,
    stages: tuple[TradedMarket, TradedMarket] | None = None,
    coupling: Coupling | None = None,
    elasticities: tuple[float, float, float] = ELASTICITIES,
    **limits: float,
) -> ChainCleared:
    """The chain after events at its two stages."""
    held = stages or markets()
    joined = coupling or coupled(held)
    count = len(joined.cost_share) if joined.cost_share.size else 1
    both = (Scenario("up", up), Scenario("down", down))
    same = repeated(elasticities, count)
    return clear_chain(held, [joined], both, [same, same], **limits)  # type: ignore[arg-type]


def prices(chain: ChainCleared, number: int) -> NDArray[np.float64]:
    """Consumer prices at a stage in the first draw, those of consumers who buy something."""
    answer, market = chain.stages[number].answer, chain.stages[number].market
    return np.asarray(answer.use_cost[0, market.flows.sum(axis=0) > 0])
