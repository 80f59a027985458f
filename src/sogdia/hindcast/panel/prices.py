"""How far an importer's price moved between the base years and a year: the median of matched flows.

Each supplier that sold before and after gives one change of unit value; the importer's is their median weighted by the
mean of both values. A change of sources moves a mean unit value, not this; a flow that begins or ends is no price.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.hindcast.panel.two_way import weighted_median
from sogdia.market.traded import Floats

Ints = NDArray[np.intp]


def price_change(trade: CodeTrade, base: slice, year: int, importers: Ints, without: int | None = None) -> Floats:
    """ln of the price that some importers (their numbers) pay in `year` over base; NaN where no flow is matched.

    base: numbers of the base years. without: number of an exporter whose flows are left out.
    """
    quantity, value = trade.mean_quantity(base), trade.mean_value(base)
    quantity_now, value_now = trade.quantity[trade.at(year)], trade.value[trade.at(year)]
    matched = (quantity > 0) & (value > 0) & (quantity_now > 0) & (value_now > 0)
    if without is not None:
        matched[without] = False
    change = np.full(len(importers), np.nan)
    for number, j in enumerate(importers):
        of = matched[:, j]
        if not of.any():
            continue
        logs = np.log(value_now[of, j] / quantity_now[of, j]) - np.log(value[of, j] / quantity[of, j])
        change[number] = weighted_median(logs, 0.5 * (value[of, j] + value_now[of, j]))
    return change


def world_change(trade: CodeTrade, base: slice, year: int) -> float:
    """ln of the world's mean unit value in `year` over base; NaN where either has no trade."""
    before = trade.value[base].sum(), trade.quantity[base].sum()
    after = trade.value[trade.at(year)].sum(), trade.quantity[trade.at(year)].sum()
    if min(*before, *after) <= 0:
        return float("nan")
    return float(np.log(after[0] / after[1]) - np.log(before[0] / before[1]))
