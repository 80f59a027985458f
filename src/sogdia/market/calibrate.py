"""A market is made from the data: flows repaired and averaged over the base years, home sales and unseen trade added.

X[i, j] = mean over the base years of the (completed) quantity from i to j                       i != j
X[i, i] = home sales, X[i, UNSEEN] = unseen trade (see `home_sales` and `visibility`)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import polars as pl

from sogdia.answer import each_once, year_label
from sogdia.data import Mineral, Store
from sogdia.data.market_rules import market_rules
from sogdia.data.repair import QUALITY_REPORTED, SOURCE_ID, repaired
from sogdia.errors import NoAnswerError
from sogdia.market.home_sales import HomeSales, by_country, home_sales_of
from sogdia.market.traded import Floats, TradedMarket
from sogdia.market.visibility import UNSEEN, ToldApart, Visibility, seen_notes, told_apart, visibility
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
    assume_home: bool = False,
    makers: Collection[str] = (),
) -> TradedMarket:
    """The market of a mineral, mean of `years`.

    codes: count only these of its codes. through_hubs: give re-exports to their makers (see `re_exports`).
    assume_home: take all that is made and not exported on record for home sales. makers: countries that make it, beside
    those with home sales, and pass on nothing.
    """
    codes = _codes(mineral, years, stage, codes)
    trade = repaired(store, codes, years)
    notes = _repair_notes(trade, years)
    rest = home_sales_of(store, mineral, stage, codes, years, trade) if home_sales else HomeSales({})
    flows = _yearly(trade, mineral, years)
    imports_t = dict(flows.group_by("importer").agg(total("quantity_t")).iter_rows())
    others_t = _exports_of_other_codes(store, mineral, codes, years)
    parts = told_apart(store, mineral, rest, imports_t, others_t, assume_home=assume_home)
    sources = each_once(
        store.source_ids("trade", years),
        store.source_ids("mineral_codes"),
        store.source_ids("minerals"),
        rest.source_ids,
        parts.source_ids,
        (SOURCE_ID,) if notes else (),
    )
    producers, consumers, quantity, value = _arrays(flows, parts)
    if through_hubs:
        traded_twice = quantity.sum()
        paid = value.sum(axis=0) / np.where(quantity.sum(axis=0) > 0, quantity.sum(axis=0), 1.0)
        quantity = seen_through_hubs(quantity, producers, consumers, {*rest.tonnes, *makers})
        value = quantity * paid
        twice = 1.0 - quantity.sum() / traded_twice
        notes += (f"Re-exports are given to their makers: {twice:.0%} of trade was counted twice.",)
    seen = _add_rest(parts, rest.world_t, producers, consumers, quantity, value) if rest.tonnes else None
    unit_value = np.where(quantity > 0, value / np.where(quantity > 0, quantity, 1.0), np.nan)
    if seen is not None:
        notes += seen_notes(seen, parts.unseen, assume_home=assume_home)
    return TradedMarket(
        mineral.key, stage, tuple(years), mineral.market_class, producers, consumers, quantity, unit_value,
        (*notes, *rest.notes), sources, seen, market_rules(store),
    )  # fmt: skip


def _exports_of_other_codes(
    store: Store, mineral: Mineral, codes: Sequence[str], years: Sequence[int]
) -> dict[str, float]:
    """What each country exports of the mineral under its other codes, t a year."""
    others = [code.hs6 for code in mineral.codes if code.hs6 not in codes]
    if not others:
        return {}
    trade = repaired(store, others, years).filter(pl.col("exporter") != pl.col("importer"))
    return by_country(trade, "exporter", "quantity_completed_t", len(years), 1.0)


def _add_rest(
    parts: ToldApart,
    world_t: float | None,
    producers: tuple[str, ...],
    consumers: tuple[str, ...],
    quantity: Floats,
    value: Floats,
) -> Visibility:
    """Put home sales and unseen trade into the flows, at the producer's mean export price; how much is seen.

    world_t: what the world makes; where it is not known, all that is sold, re-exports among it.
    """
    exported, earned, imported = quantity.sum(axis=1), value.sum(axis=1), quantity.sum(axis=0)
    mean_price = earned.sum() / exported.sum()
    price = np.where(exported > 0, earned / np.where(exported > 0, exported, 1.0), mean_price)
    exports_t = dict(zip(producers, exported.tolist(), strict=True))
    imports_t = dict(zip(consumers, imported.tolist(), strict=True))
    kept = [(country, country, amount) for country, amount in parts.home.items()]
    for country, buyer, amount in [*kept, *((country, UNSEEN, amount) for country, amount in parts.unseen.items())]:
        producer, consumer = producers.index(country), consumers.index(buyer)
        quantity[producer, consumer] = amount
        value[producer, consumer] = amount * price[producer]
    sold = float(quantity.sum())
    return visibility(parts, sold if world_t is None else min(sold, world_t), exports_t, imports_t)


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


def _yearly(trade: pl.DataFrame, mineral: Mineral, years: Sequence[int]) -> pl.DataFrame:
    """What each exporter sells each importer a year: quantity_t and value_kusd."""
    flows = (
        trade.group_by("exporter", "importer")
        .agg(quantity_t=total("quantity_completed_t") / len(years), value_kusd=total("value_kusd") / len(years))
        .filter(pl.col("quantity_t") > 0, pl.col("exporter") != pl.col("importer"))
    )
    if flows.is_empty():
        raise NoAnswerError(f"{mineral.name}: no trade recorded in {', '.join(map(str, years))}.")
    return flows


def _arrays(flows: pl.DataFrame, parts: ToldApart) -> tuple[tuple[str, ...], tuple[str, ...], Floats, Floats]:
    """Producers, consumers, and what the first sell the second abroad: quantity [t] and value [kUSD] a year."""
    producers = tuple(sorted({*flows["exporter"], *parts.home, *parts.unseen}))
    consumers = tuple(sorted({*flows["importer"], *parts.home})) + ((UNSEEN,) if parts.unseen else ())
    quantity, value = np.zeros((len(producers), len(consumers))), np.zeros((len(producers), len(consumers)))
    rows = np.array([producers.index(e) for e in flows["exporter"]])
    columns = np.array([consumers.index(i) for i in flows["importer"]])
    quantity[rows, columns] = flows["quantity_t"]
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
