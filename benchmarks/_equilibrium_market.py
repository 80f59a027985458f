"""World rare-earth trade in 2009 as the kernel sees it, and random scenarios for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sogdia.data import Store, snapshot_folder
from sogdia.data.elasticities import elasticities_for
from sogdia.equilibrium import Market, Shocks
from sogdia.market import TradedMarket, calibrate
from sogdia.market.lanes import array_market, lanes

MINERAL, YEAR, HORIZON_YEARS = "rare_earths", 2009, 1.0


def rare_earths(dust: float = 0.0) -> tuple[Market, NDArray[np.bool_]]:
    """The market of the embedded data at the central elasticities, and which of its lanes are home sales.

    dust: flows below this share of trade are left out, and with them who trades nothing else.
    """
    store = Store((snapshot_folder(),))
    traded = _without_dust(calibrate(store, store.mineral(MINERAL), [YEAR]), dust)
    laid = lanes(traded)
    found = elasticities_for(store, MINERAL, None, HORIZON_YEARS)
    eta = np.full(len(traded.consumers), found.eta.central)
    eps = np.full(len(traded.producers), found.eps.central)
    return array_market(traded, laid, found.sigma.central, eta, eps), laid.home


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
