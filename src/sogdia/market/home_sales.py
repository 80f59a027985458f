"""What a country makes and does not export on record: production in traded tonnes less exports.

Whether it is used at home is another question (see `visibility`).

    rest = max(production / content factor - exports, 0)

Production is known for the years of World Mining Data. For base years before it, home sales come from the table
`domestic_sales` where it has a row, else from the ratio of home sales to exports in the first years with production;
the notes say which. Where trade and production are counted at different stages, home sales are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sogdia.answer import each_once, year_label
from sogdia.data import Mineral, Store
from sogdia.data.repair import repaired
from sogdia.data.source_ids import production_sources, row_sources
from sogdia.sums import total
from sogdia.units import T_PER_UNIT

RATIO_YEARS = 3


@dataclass(frozen=True, slots=True)
class HomeSales:
    """tonnes: by country [t of traded product]. notes: how they were found. source_ids: from what. curated: countries
    whose home sales a table gives. world_t: what the world makes, None where production of the years is not known.
    """

    tonnes: Mapping[str, float]
    notes: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    curated: frozenset[str] = frozenset()
    world_t: float | None = None


def home_sales_of(
    store: Store, mineral: Mineral, stage: str | None, codes: Sequence[str], years: Sequence[int], trade: pl.DataFrame
) -> HomeSales:
    """Home sales of every country, mean of the years. trade: in the codes and years, repaired."""
    curated = _curated(store, mineral, stage, years)
    known: dict[str, float] = dict(curated.select("country", "quantity_t").iter_rows())
    sources = row_sources(curated)
    factor = _mean_content_factor(mineral, codes, trade)
    if factor is None:
        note = f"{mineral.name}: home sales are left out, because the content of the traded product is not known."
        return HomeSales(known, (note,), sources, frozenset(known))
    if not _same_stage(mineral, stage):
        note = (
            f"{mineral.name}: home sales are left out but for those curated ({', '.join(sorted(known)) or 'none'}): "
            f"production is counted at the stage {mineral.ec_stage}, trade at {stage or ', '.join(mineral.stages)}."
        )
        return HomeSales(known, (note,), sources, frozenset(known))
    derived = _from_production(store, mineral, codes, years, trade, factor)
    notes = derived.notes
    if known:
        notes += (f"Home sales of {', '.join(sorted(known))} are those of the table domestic_sales.",)
    home = {**derived.tonnes, **known}
    positive = {country: amount for country, amount in sorted(home.items()) if amount > 0}
    sources = each_once(derived.source_ids, sources)
    return HomeSales(positive, notes, sources, frozenset(known), derived.world_t)


def _from_production(
    store: Store, mineral: Mineral, codes: Sequence[str], years: Sequence[int], trade: pl.DataFrame, factor: float
) -> HomeSales:
    """Home sales by production and exports of the same years, or by their ratio in the first years with production."""
    production = _production(store, mineral)
    covered = sorted(production["year"].unique())
    exact = [year for year in years if year in covered]
    at = exact or covered[:RATIO_YEARS]
    made = by_country(production.filter(pl.col("year").is_in(at)), "country", "amount_t", len(at), 1.0 / factor)
    now = _exports(trade, years)
    shipped = now if at == list(years) else _exports(repaired(store, codes, at), at)
    home = {country: max(amount - shipped.get(country, 0.0), 0.0) for country, amount in made.items()}
    sources = each_once(store.source_ids("trade", at), production_sources(store, mineral.key, at))
    if exact:
        return HomeSales(home, (), sources, world_t=sum(made.values()))
    scaled = {
        country: amount * now[country] / shipped[country]
        for country, amount in home.items()
        if shipped.get(country, 0.0) > 0 and country in now
    }
    note = (
        f"Home sales of {year_label(years)} are assumed: exports times the ratio of home sales to exports in "
        f"{year_label(at)}, the first years with production statistics."
    )
    return HomeSales(scaled, (note,), sources)


def by_country(frame: pl.DataFrame, country: str, amount: str, years: int, factor: float) -> dict[str, float]:
    """Yearly mean of an amount by country, times a factor; sorted by country, so that sums over it are always equal."""
    sums = frame.group_by(country).agg(total(amount) / years * factor).sort(country)
    return dict(sums.iter_rows())


def _same_stage(mineral: Mineral, stage: str | None) -> bool:
    """Mine output answers for ore; refinery output for what is made of it."""
    stages = {stage} if stage else set(mineral.stages)
    return stages == {"ore"} if mineral.ec_stage == "extraction" else "ore" not in stages


def _curated(store: Store, mineral: Mineral, stage: str | None, years: Sequence[int]) -> pl.DataFrame:
    return (
        store.scan("domestic_sales")
        .filter(
            pl.col("mineral") == mineral.key,
            pl.col("stage").is_null() if stage is None else pl.col("stage") == stage,
            pl.col("first_year") <= min(years),
            pl.col("last_year") >= max(years),
        )
        .collect()
    )


def _production(store: Store, mineral: Mineral) -> pl.DataFrame:
    to_tonnes = pl.col("unit").replace_strict(T_PER_UNIT, return_dtype=pl.Float64)
    return (
        store.scan("production")
        .filter(pl.col("mineral") == mineral.key)
        .select("country", "year", amount_t=pl.col("quantity") * to_tonnes)
        .collect()
    )


def _mean_content_factor(mineral: Mineral, codes: Sequence[str], trade: pl.DataFrame) -> float | None:
    """Content of a tonne of traded product, weighted by the quantities traded."""
    factors = {c.hs6: c.content_factor for c in mineral.codes if c.hs6 in codes}
    if any(factor is None for factor in factors.values()):
        return None
    known = trade.filter(pl.col("hs6").is_in(list(factors)))
    traded = known.group_by("hs6").agg(total("quantity_reported_t")).sort("hs6")
    weight = np.array([amount for _, amount in traded.iter_rows()])
    content = np.array([factors[code] for code, _ in traded.iter_rows()], dtype=float)
    return float(weight @ content / weight.sum()) if weight.sum() > 0 else None


def _exports(trade: pl.DataFrame, years: Sequence[int]) -> dict[str, float]:
    return by_country(trade, "exporter", "quantity_completed_t", len(years), 1.0)
