"""How far the weights of flows are known: the part of the value they cover, and the mineral contained in them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.concentration import Floats, Ints, totals

LEAST_WEIGHED_SHARE = 0.8  # of value: below this a price or a share by weight says more about gaps than about trade
Bools = NDArray[np.bool_]


def floats(frame: pl.DataFrame, column: str) -> Floats:
    """A column as floats, null as NaN."""
    return frame[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def record_numbers(frame: pl.DataFrame) -> Ints:
    """The record that each row belongs to."""
    return frame["record"].cast(pl.Int64).to_numpy()


def weighed_share(flows: pl.DataFrame, records: int) -> Floats:
    """Part of each record's value whose flows have a weight: 1 where all have one, NaN where values are unknown."""
    record = record_numbers(flows)
    gaps = totals(np.isnan(floats(flows, "quantity_t")).astype(np.float64), record, records)
    value = totals(floats(flows, "value_kusd"), record, records)
    weighed = totals(floats(flows, "weighed_kusd"), record, records)
    share = weighed / np.where(value > 0, value, np.nan)
    complete = (gaps == 0) & (np.bincount(record, minlength=records) > 0) & np.isnan(share)
    return np.where(complete, 1.0, share)


def enough_weighed(weighed: Floats) -> Bools:
    """Where enough of the value has a weight for a price, or for shares by weight."""
    return np.asarray(weighed >= LEAST_WEIGHED_SHARE)


def contained_t(flows: pl.DataFrame, records: int, weighed: Floats) -> Floats:
    """Contained mineral of each record [t]; NaN where a factor is missing or too little of the value has a weight.

    weighed: the `weighed_share` of the records.
    """
    record = record_numbers(flows)
    content = np.where(np.isnan(floats(flows, "quantity_t")), 0.0, floats(flows, "content_t"))
    no_flow = np.bincount(record, minlength=records) == 0
    return np.where(no_flow | enough_weighed(weighed), totals(content, record, records), np.nan)
