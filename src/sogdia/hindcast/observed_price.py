"""The price change that importers of a market of one or several codes saw, by the estimator of its largest code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sogdia.data import Store
from sogdia.hindcast.panel.price_measure import PriceMeasure, measure_of, price_measures
from sogdia.hindcast.panel.prices import PricedFlows, log_change, purchases, together
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats


def market_measure(store: Store, trades: Sequence[CodeTrade], base: Sequence[int]) -> PriceMeasure:
    """How prices of the market are measured: as those of the code with most trade in the base years."""
    values = {trade.hs6: float(trade.value[_span(trade, base)].sum()) for trade in trades}
    return measure_of(price_measures(store), values)


def observed_price(
    trades: Sequence[CodeTrade], base: Sequence[int], year: int, importers: Sequence[str], estimator: str
) -> Floats:
    """ln of the price in `year` over that of the base years, (importers,); NaN where it is not known."""
    before, now = (
        together([_bought(trade, _span(trade, years), importers) for trade in trades]) for years in (base, [year])
    )
    return log_change(before, now, estimator)


def _span(trade: CodeTrade, years: Sequence[int]) -> slice:
    return slice(trade.at(min(years)), trade.at(max(years)) + 1)


def _bought(trade: CodeTrade, span: slice, importers: Sequence[str]) -> PricedFlows:
    """The purchases of the importers; nothing for one that never bought the code."""
    there = [name for name in importers if name in trade.importers]
    found = purchases(trade, span, np.array([trade.importers.index(name) for name in there], dtype=np.intp))
    columns = [importers.index(name) for name in there]
    arrays = []
    for array in (found.value, found.quantity, found.reported_value, found.reported_t):
        whole = np.zeros((len(array), len(importers)))
        whole[:, columns] = array
        arrays.append(whole)
    return PricedFlows(*arrays)
