"""A price change in trade data, by one of three estimators.

A flow f comes from one exporter, in one code; u_f = value / weight is its unit value [kUSD/t] and v_f its value, both
before and now. Over the flows of a buyer (or of the world),

    matched   value-weighted median of ln(u_f now / u_f before) over flows in both, weight sqrt(v_f before x v_f now)
    largest   plain median of the same over the largest flows in both, which hold LARGEST_SHARE of that weight
    mean      ln( sum v now / sum q now ) - ln( sum v before / sum q before ) over all flows

A mean unit value moves with the mix of grades and sources; a matched change does not. Matched flows need weights that
were reported; the mean takes completed weights (see `sogdia.data.repair`). Which of them is a price is found code by
code, see `price_measure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import unknown
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats

MATCHED, LARGEST, MEAN = "matched", "largest", "mean"
ESTIMATORS = (MATCHED, LARGEST, MEAN)
LARGEST_SHARE = 0.8
"""Of the weight of matched flows. On importers 0.8 and 0.9 follow quotations best, 0.5 and a fixed 20 flows less."""
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class PricedFlows:
    """What some buyers bought in a span of years, each array (flows, buyers).

    value [kUSD] and quantity [t]: all of it. reported_value, reported_t: of the years in which a weight was reported.
    """

    value: Floats
    quantity: Floats
    reported_value: Floats
    reported_t: Floats

    def world(self) -> PricedFlows:
        """All buyers as one."""
        parts = (self.value, self.quantity, self.reported_value, self.reported_t)
        return PricedFlows(*(part.reshape(-1, 1) for part in parts))


def purchases(trade: CodeTrade, span: slice, importers: Ints, without: int | None = None) -> PricedFlows:
    """The purchases of some importers (their numbers) in a span of years; without: number of an exporter left out."""
    value, quantity = trade.value[span][:, :, importers], trade.quantity[span][:, :, importers]
    reported = trade.reported[span][:, :, importers]
    arrays = (value, quantity, value * reported, quantity * reported)
    sums = [np.asarray(array.sum(axis=0)) for array in arrays]
    if without is not None:
        for array in sums:
            array[without] = 0.0
    return PricedFlows(*sums)


def together(parts: Sequence[PricedFlows]) -> PricedFlows:
    """The purchases of the same buyers in several codes, one below the other."""
    columns = [(p.value, p.quantity, p.reported_value, p.reported_t) for p in parts]
    return PricedFlows(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def log_change(before: PricedFlows, now: PricedFlows, estimator: str) -> Floats:
    """Log price change of every buyer, (buyers,); NaN where there is no flow that the estimator can use."""
    if estimator not in ESTIMATORS:
        raise unknown("estimator", estimator, ESTIMATORS)
    if not before.value.size:
        return np.full(before.value.shape[1], np.nan)
    if estimator == MEAN:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log(_unit_value(now)) - np.log(_unit_value(before)))
    # Most pairs of countries never trade: only rows with a flow in both are compared and ordered.
    both = np.flatnonzero((before.reported_value * now.reported_value > 0).any(axis=1))
    if not both.size:
        return np.full(before.value.shape[1], np.nan)
    rows = (before.reported_value, before.reported_t, now.reported_value, now.reported_t)
    value_before, weight_before, value_now, weight_now = (array[both] for array in rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log(value_now / weight_now) - np.log(value_before / weight_before)
    weight = np.where(np.isfinite(change), np.sqrt(value_before * value_now), 0.0)
    change = np.where(weight > 0, change, np.inf)
    whole = np.zeros_like(before.reported_value)
    whole[both] = weight
    median = _largest_median if estimator == LARGEST else _weighted_median
    return median(change, weight, np.asarray(whole.sum(axis=0)))


def price_change(
    trade: CodeTrade, base: slice, year: int, importers: Ints, without: int | None = None, estimator: str = LARGEST
) -> Floats:
    """ln of the price that some importers (their numbers) pay in `year` over base; NaN where it is not known.

    base: numbers of the base years. without: number of an exporter whose flows are left out. estimator: that of the
    code's `PriceMeasure`.
    """
    now = slice(trade.at(year), trade.at(year) + 1)
    return log_change(purchases(trade, base, importers, without), purchases(trade, now, importers, without), estimator)


def world_change(trade: CodeTrade, base: slice, year: int, estimator: str = MEAN) -> float:
    """ln of the world's price in `year` over base; NaN where it is not known."""
    everyone = np.arange(len(trade.importers))
    now = slice(trade.at(year), trade.at(year) + 1)
    before, after = (purchases(trade, span, everyone).world() for span in (base, now))
    return float(log_change(before, after, estimator)[0])


def _unit_value(bought: PricedFlows) -> Floats:
    return np.asarray(bought.value.sum(axis=0) / bought.quantity.sum(axis=0))


def _weighted_median(change: Floats, weight: Floats, whole: Floats) -> Floats:
    """The smallest change at which half of a buyer's weight is reached; (flows, buyers), whole (buyers,)."""
    order = np.argsort(change, axis=0, kind="stable")
    reached = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0)
    half = np.argmax(reached >= whole / 2, axis=0)
    found = np.take_along_axis(np.take_along_axis(change, order, axis=0), half[np.newaxis], axis=0)[0]
    return np.where(weight.any(axis=0), found, np.nan)


def _largest_median(change: Floats, weight: Floats, whole: Floats) -> Floats:
    """The median over a buyer's largest flows, those before which less than LARGEST_SHARE of its weight is reached."""
    order = np.argsort(-weight, axis=0, kind="stable")
    ranked = np.take_along_axis(weight, order, axis=0)
    large = (np.cumsum(ranked, axis=0) - ranked < LARGEST_SHARE * whole) & (ranked > 0)
    values = np.sort(np.where(large, np.take_along_axis(change, order, axis=0), np.inf), axis=0)
    count = large.sum(axis=0)
    middle = np.maximum(count - 1, 0)
    columns = np.arange(change.shape[1])
    found = 0.5 * (values[middle // 2, columns] + values[(middle + 1) // 2, columns])
    return np.where(count > 0, found, np.nan)
