"""A market is made from the data: flows repaired and averaged over the base years, home sales added.

X[i, j] = mean over the base years of the (completed) quantity from i to j                       i != j
X[i, i] = home sales (see `home_sales`)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sogdia.answer import each_once, year_label
from sogdia.data import Mineral, Store
from sogdia.data.repair import QUALITY_REPORTED, SOURCE_ID, repaired
from sogdia.errors import NoAnswerError
from sogdia.market.home_sales import HomeSales, home_sales_of
from sogdia.market.traded import Floats, TradedMarket
from sogdia.re_exports import through_hubs as seen_through_hubs
from sogdia.sums import total


def calibrate(
    store: Store,
    mineral: Mineral,
    years: Sequence[int],
    stage: str | None = None,
    *,
    codes: Sequence[str] | None = None,
    home_sales: bool = True,
    through_hubs: bool = False,
) -> TradedMarket:
    """The market of a mineral, mean of `years`.

    codes: count only these of its codes. through_hubs: give re-exports to their makers (see `re_exports`).
    """
    codes = _codes(mineral, years, stage, codes)
    trade = repaired(store, codes, years)
    notes = _repair_notes(trade, years)
    home = home_sales_of(store, mineral, stage, codes, years) if home_sales else HomeSales({})
    sources = each_once(
        store.source_ids("trade", years),
        store.source_ids("mineral_codes"),
        store.source_ids("minerals"),
        home.source_ids,
        (SOURCE_ID,) if notes else (),
    )
    producers, consumers, quantity, value = _flows(trade, mineral, years, home)
    if through_hubs:
        traded_twice = quantity.sum()
        paid = value.sum(axis=0) / np.where(quantity.sum(axis=0) > 0, quantity.sum(axis=0), 1.0)
        quantity = seen_through_hubs(quantity, producers, consumers, set(home.tonnes))
        value = quantity * paid
        twice = 1.0 - quantity.sum() / traded_twice
        notes += (f"Re-exports are given to their makers: {twice:.0%} of trade was counted twice.",)
    exported, earned = quantity.sum(axis=1), value.sum(axis=1)
    mean_price = earned.sum() / exported.sum()
    price = np.where(exported > 0, earned / np.where(exported > 0, exported, 1.0), mean_price)
    for country, amount in home.tonnes.items():
        producer, consumer = producers.index(country), consumers.index(country)
        quantity[producer, consumer] = amount
        value[producer, consumer] = amount * price[producer]
    unit_value = np.where(quantity > 0, value / np.where(quantity > 0, quantity, 1.0), np.nan)
    return TradedMarket(
        mineral.key, stage, tuple(years), mineral.market_class, producers, consumers, quantity, unit_value,
        (*notes, *home.notes), sources,
    )  # fmt: skip


def _codes(mineral: Mineral, years: Sequence[int], stage: str | None, codes: Sequence[str] | None) -> tuple[str, ...]:
    """The codes that count; NoAnswerError where there are none, or none was in use in one of the years."""
    counted = mineral.hs6(stage) if codes is None else tuple(codes)
    if not counted:
        stages = ", ".join(mineral.stages) or "none"
        raise NoAnswerError(f"{mineral.name} has no trade code at the stage {stage!r}; it has: {stages}.")
    silent = next((reason for year in years if (reason := mineral.not_mapped(year))), None)
    if silent:
        raise NoAnswerError(silent)
    return counted


def _flows(
    trade: pl.DataFrame, mineral: Mineral, years: Sequence[int], home: HomeSales
) -> tuple[tuple[str, ...], tuple[str, ...], Floats, Floats]:
    """Producers, consumers, and what the first sell the second abroad: quantity [t] and value [kUSD] a year."""
    flows = (
        trade.group_by("exporter", "importer")
        .agg(total("quantity_completed_t") / len(years), total("value_kusd") / len(years))
        .filter(pl.col("quantity_completed_t") > 0, pl.col("exporter") != pl.col("importer"))
    )
    if flows.is_empty():
        raise NoAnswerError(f"{mineral.name}: no trade recorded in {', '.join(map(str, years))}.")
    producers = tuple(sorted({*flows["exporter"], *home.tonnes}))
    consumers = tuple(sorted({*flows["importer"], *home.tonnes}))
    quantity, value = np.zeros((len(producers), len(consumers))), np.zeros((len(producers), len(consumers)))
    rows = np.array([producers.index(e) for e in flows["exporter"]])
    columns = np.array([consumers.index(i) for i in flows["importer"]])
    quantity[rows, columns] = flows["quantity_completed_t"]
    value[rows, columns] = flows["value_kusd"]
    return producers, consumers, quantity, value


def _repair_notes(trade: pl.DataFrame, years: Sequence[int]) -> tuple[str, ...]:
    touched = trade.filter(pl.col("quality") != QUALITY_REPORTED)
    if touched.is_empty():
        return ()
    share = float(touched["value_kusd"].sum()) / float(trade["value_kusd"].sum())
    return (
        f"{touched.height} of {trade.height} flows in {year_label(years)} had a weight missing or wrong "
        f"({share:.1%} of value): imputed from value.",
    )
