"""How is a market made from the data? Flows repaired, averaged over the base years, home sales added.

    X[i, j] = mean over the base years of the (completed) quantity from i to j                       i != j
    X[i, i] = home sales: max(production / content factor - exports, 0)

Production is known for the years of World Mining Data. For base years before it, home sales come from the table
`domestic_sales` where it has a row, else from the ratio of home sales to exports in the first years with production;
the notes say which. Where trade and production are counted at different stages, home sales are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sogdia.data import Mineral, Store
from sogdia.data.repair import QUALITY_REPORTED, repaired
from sogdia.errors import NoAnswerError
from sogdia.market.re_exports import through_hubs as trace_hubs
from sogdia.market.traded import TradedMarket
from sogdia.units import T_PER_UNIT

RATIO_YEARS = 3


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

    codes: count only these of its codes. through_hubs: give re-exports to their makers (see `hubs`).
    """
    codes = mineral.hs6(stage) if codes is None else tuple(codes)
    if not codes:
        stages = ", ".join(mineral.stages) or "none"
        raise NoAnswerError(f"{mineral.name} has no trade code at the stage {stage!r}; it has: {stages}.")
    unmapped = [year for year in years if mineral.not_mapped(year)]
    if unmapped:
        raise NoAnswerError(mineral.not_mapped(unmapped[0]) or "")
    trade = repaired(store, codes, years)
    notes = _repair_notes(trade, years)
    flows = (
        trade.group_by("exporter", "importer")
        .agg(pl.col("quantity_completed_t").sum() / len(years), pl.col("value_kusd").sum() / len(years))
        .filter(pl.col("quantity_completed_t") > 0, pl.col("exporter") != pl.col("importer"))
    )
    home, home_notes = _home_sales(store, mineral, stage, codes, years) if home_sales else ({}, ())
    producers = tuple(sorted({*flows["exporter"], *home}))
    consumers = tuple(sorted({*flows["importer"], *home}))
    if flows.is_empty():
        raise NoAnswerError(f"{mineral.name}: no trade recorded in {', '.join(map(str, years))}.")
    quantity, value = np.zeros((len(producers), len(consumers))), np.zeros((len(producers), len(consumers)))
    rows = np.array([producers.index(e) for e in flows["exporter"]])
    columns = np.array([consumers.index(i) for i in flows["importer"]])
    quantity[rows, columns] = flows["quantity_completed_t"]
    value[rows, columns] = flows["value_kusd"]
    if through_hubs:
        paid = value.sum(axis=0) / np.where(quantity.sum(axis=0) > 0, quantity.sum(axis=0), 1.0)
        traded_twice = quantity.sum()
        quantity = trace_hubs(quantity, producers, consumers, set(home))
        value = quantity * paid
        twice = 1.0 - quantity.sum() / traded_twice
        notes += (f"Re-exports are given to their makers: {twice:.0%} of trade was counted twice.",)
    exported, earned = quantity.sum(axis=1), value.sum(axis=1)
    mean_price = earned.sum() / exported.sum()
    price = np.where(exported > 0, earned / np.where(exported > 0, exported, 1.0), mean_price)
    for country, amount in home.items():
        producer, consumer = producers.index(country), consumers.index(country)
        quantity[producer, consumer] = amount
        value[producer, consumer] = amount * price[producer]
    unit_value = np.where(quantity > 0, value / np.where(quantity > 0, quantity, 1.0), np.nan)
    return TradedMarket(
        mineral.key, stage, tuple(years), mineral.market_class, producers, consumers, quantity, unit_value,
        (*notes, *home_notes),
    )  # fmt: skip


def _repair_notes(trade: pl.DataFrame, years: Sequence[int]) -> tuple[str, ...]:
    touched = trade.filter(pl.col("quality") != QUALITY_REPORTED)
    if touched.is_empty():
        return ()
    share = float(touched["value_kusd"].sum()) / float(trade["value_kusd"].sum())
    return (
        f"{touched.height} of {trade.height} flows in {_span(years)} had a weight missing or wrong "
        f"({share:.1%} of value): imputed from value.",
    )


def _home_sales(
    store: Store, mineral: Mineral, stage: str | None, codes: Sequence[str], years: Sequence[int]
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Home sales by country [t of traded product], and how they were found."""
    known = _curated(store, mineral, stage, years)
    production = _production(store, mineral)
    factor = _mean_content_factor(store, mineral, codes, years)
    if factor is None:
        return known, (
            f"{mineral.name}: home sales are left out, because the content of the traded product is not known.",
        )
    if not _same_stage(mineral, stage):
        return known, (
            f"{mineral.name}: home sales are left out but for those curated ({', '.join(sorted(known)) or 'none'}): "
            f"production is counted at the stage {mineral.ec_stage}, trade at {stage or ', '.join(mineral.stages)}.",
        )
    covered = sorted(production["year"].unique())
    exact = [year for year in years if year in covered]
    at = exact or covered[:RATIO_YEARS]
    made = _by_country(production.filter(pl.col("year").is_in(at)), "country", "amount_t", len(at), 1.0 / factor)
    shipped = _exports(store, codes, at)
    home = {country: max(amount - shipped.get(country, 0.0), 0.0) for country, amount in made.items()}
    notes: tuple[str, ...] = ()
    if not exact:
        now = _exports(store, codes, years)
        home = {
            country: amount * now[country] / shipped[country]
            for country, amount in home.items()
            if shipped.get(country, 0.0) > 0 and country in now
        }
        notes = (
            f"Home sales of {_span(years)} are assumed: exports times the ratio of home sales to exports in "
            f"{_span(at)}, the first years with production statistics.",
        )
    if known:
        notes += (f"Home sales of {', '.join(sorted(known))} are those of the table domestic_sales.",)
    home |= known
    return {country: amount for country, amount in sorted(home.items()) if amount > 0}, notes


def _same_stage(mineral: Mineral, stage: str | None) -> bool:
    """Mine output answers for ore; refinery output for what is made of it."""
    stages = {stage} if stage else set(mineral.stages)
    return stages == {"ore"} if mineral.ec_stage == "extraction" else "ore" not in stages


def _curated(store: Store, mineral: Mineral, stage: str | None, years: Sequence[int]) -> dict[str, float]:
    rows = (
        store.scan("domestic_sales")
        .filter(
            pl.col("mineral") == mineral.key,
            pl.col("stage").is_null() if stage is None else pl.col("stage") == stage,
            pl.col("first_year") <= min(years),
            pl.col("last_year") >= max(years),
        )
        .collect()
    )
    return dict(rows.select("country", "quantity_t").iter_rows())


def _production(store: Store, mineral: Mineral) -> pl.DataFrame:
    to_tonnes = pl.col("unit").replace_strict(T_PER_UNIT, return_dtype=pl.Float64)
    return (
        store.scan("production")
        .filter(pl.col("mineral") == mineral.key)
        .select("country", "year", amount_t=pl.col("quantity") * to_tonnes)
        .collect()
    )


def _mean_content_factor(store: Store, mineral: Mineral, codes: Sequence[str], years: Sequence[int]) -> float | None:
    """Content of a tonne of traded product, weighted by the quantities traded."""
    factors = {c.hs6: c.content_factor for c in mineral.codes if c.hs6 in codes}
    if any(factor is None for factor in factors.values()):
        return None
    traded = store.trade(factors, years).group_by("hs6").agg(pl.col("quantity_t").sum()).collect()
    weight = np.array([amount for _, amount in traded.iter_rows()])
    content = np.array([factors[code] for code, _ in traded.iter_rows()], dtype=float)
    return float(weight @ content / weight.sum()) if weight.sum() > 0 else None


def _exports(store: Store, codes: Sequence[str], years: Sequence[int]) -> dict[str, float]:
    trade = repaired(store, codes, years)
    return _by_country(trade, "exporter", "quantity_completed_t", len(years), 1.0)


def _by_country(frame: pl.DataFrame, country: str, amount: str, years: int, factor: float) -> dict[str, float]:
    sums = frame.group_by(country).agg(pl.col(amount).sum() / years * factor)
    return dict(sums.iter_rows())


def _span(years: Sequence[int]) -> str:
    return f"{min(years)}-{max(years)}" if len(years) > 1 else f"{years[0]}"
