"""World rare-earth trade in 2009 as the kernel sees it, and random scenarios for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.data import Store, snapshot_folder
from sogdia.equilibrium import Market, Shocks
from sogdia.market import TradedMarket, calibrate
from sogdia.market.lanes import array_market, lanes_of

MINERAL, YEAR = "rare_earths", 2009
SIGMA, ETA, EPS = 2.5, 0.2, 0.2
"""1 / ETA and 1 / EPS are whole numbers, without which the conic solver has no chance."""


def rare_earths(dust: float = 0.0) -> tuple[Market, NDArray[np.bool_]]:
    """The trade of the embedded data with home sales where the store has them as a row, which is China alone.

    dust: flows below this share of trade are left out, and with them who trades nothing else. Second: which lanes are
    home sales.
    """
    store = Store((snapshot_folder(),))
    traded = _without_dust(_with_curated_home_sales(store), dust)
    lanes = lanes_of(traded)
    eta, eps = np.full(len(traded.consumers), ETA), np.full(len(traded.producers), EPS)
    return array_market(traded, lanes, SIGMA, eta, eps), lanes.home


def _with_curated_home_sales(store: Store) -> TradedMarket:
    market = calibrate(store, store.mineral(MINERAL), [YEAR], home_sales=False)
    rows = store.scan("domestic_sales").filter(pl.col("mineral") == MINERAL, pl.col("stage").is_null()).collect()
    flows = market.flows.copy()
    for country, tonnes in rows.select("country", "quantity_t").iter_rows():
        flows[market.producer(country), market.consumer(country)] = tonnes
    return replace(market, flows=flows)


def _without_dust(market: TradedMarket, dust: float) -> TradedMarket:
    kept = np.where(market.flows >= dust * market.flows.sum(), market.flows, 0.0)
    sells, buys = kept.sum(axis=1) > 0, kept.sum(axis=0) > 0
    return replace(
        market,
        producers=tuple(np.array(market.producers)[sells]),
        consumers=tuple(np.array(market.consumers)[buys]),
        flows=kept[np.ix_(sells, buys)],
        unit_value=market.unit_value[np.ix_(sells, buys)],
    )


def losses_and_caps(market: Market, home: NDArray[np.bool_], scenarios: int, seed: int = 1) -> Shocks:
    """A third of producers lose up to 95 % of output; a fifth of export lanes are capped at 5 to 100 % of base."""
    rng = np.random.default_rng(seed)
    producers, lane_count = (scenarios, market.producers), (scenarios, market.lanes)
    loss = np.where(rng.random(producers) < 0.3, 0.95 * rng.random(producers), 0.0)
    cap = np.where(rng.random(lane_count) < 0.2, rng.uniform(0.05, 1, lane_count), np.inf)
    return Shocks(scenarios, supply=1 - loss, cap=np.where(home, np.inf, cap))
