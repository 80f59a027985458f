"""Embargoes by the main supplier of each of the 122 largest importers: does any of them import more for it?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.data.elasticities import elasticities_for
from sogdia.data.minerals import without_fuels
from sogdia.errors import NoAnswerError
from sogdia.market import Scenario, TradedMarket, calibrate, clear, consumer_outcome, draw
from sogdia.market.events import ExportLimit
from sogdia.market.outcomes import world_welfare_kusd
from sogdia.market.visibility import require_seen

YEAR, LARGEST = 2022, 122
Pair = tuple[str, str]


def visible_markets(store: Store) -> dict[str, TradedMarket]:
    """Markets of all minerals that do not refuse."""
    found = {}
    for mineral in without_fuels(store.minerals.values()):
        try:
            market = calibrate(store, mineral, [YEAR])
            require_seen(store, mineral, market.seen)
        except NoAnswerError:
            continue
        found[mineral.key] = market
    return found


def importers_by_supplier(markets: Mapping[str, TradedMarket]) -> dict[Pair, list[str]]:
    """The largest importers by value, under (mineral, main supplier by weight)."""
    pairs = []
    for key, market in markets.items():
        value = np.nansum(np.where(market.home(), 0.0, market.flows) * np.nan_to_num(market.unit_value), axis=0)
        pairs += [(paid, key, buyer) for paid, buyer in zip(value.tolist(), market.consumers, strict=True) if paid > 0]
    found: dict[Pair, list[str]] = {}
    for _, key, buyer in sorted(pairs, reverse=True)[:LARGEST]:
        market = markets[key]
        bought = np.where(market.home(), 0.0, market.flows)[:, market.consumer(buyer)]
        found.setdefault((key, market.producers[int(bought.argmax())]), []).append(buyer)
    return found


@pytest.mark.slow
def test_no_importer_gains_tonnes_from_losing_its_main_supplier_and_the_world_loses(store: Store) -> None:
    """Also: use falls, what is paid rises, and the world as a whole gains from none of them."""
    markets = visible_markets(store)
    seen = 0
    for (key, supplier), buyers in importers_by_supplier(markets).items():
        central = draw(elasticities_for(store, key, None, 1.0), 1)
        result = clear(markets[key], Scenario("embargo", (ExportLimit(supplier, share=1.0),)), central)
        for buyer in buyers:
            found = consumer_outcome(result, buyer)
            assert found.imports_t[0] <= found.base_imports_t * (1 + 1e-9), (key, supplier, buyer)
            assert found.reduced_use[0] >= -1e-9, (key, supplier, buyer)
            assert found.use_cost[0] >= 1.0 - 1e-9, (key, supplier, buyer)
            seen += 1
        assert world_welfare_kusd(result)[0] <= 0.0, (key, supplier)
    assert seen == LARGEST
