"""The numbers that the exposure of importers rests on: flows by mineral, production and governance, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.answer import each_once
from sogdia.data import Mineral, Store, repair
from sogdia.exposure import trade_codes
from sogdia.exposure.tables import REPAIR, TRADE_HISTORY
from sogdia.sums import totals_by
from sogdia.units import T_PER_UNIT

PAIR = ["mineral", "year", "importer", "exporter"]
RECORD = ["economy", "mineral", "year"]
TREND_YEARS = 10


@dataclass(frozen=True, slots=True)
class Inputs:
    """flows: PAIR, value_kusd, quantity_t (completed weight), quantity_reported_t, weighed_kusd (value of what has a
    completed weight), imputed_kusd and imputed_t (of what has an imputed one), content_t
    (contained mineral, from completed weights), known_content_t (the same of the codes whose factor is known). A weight
    is null where no flow of any code has one.

    production: mineral, country, year, amount (publisher's unit), amount_t. governance: country, year, instability,
    std_error. minerals: mineral, name, eol_rir, si_sr. trade_terms: mineral, country, trade_term.
    notes: minerals and years for which there is no answer, and why. years, stage: what was asked for.
    source_ids: ids of the sources behind each table that was read, and behind REPAIR where a weight is imputed.
    history: for a single year, trade of the TREND_YEARS years that end in it (PAIR, value_kusd and quantity_t as
    reported).
    """

    flows: pl.DataFrame
    production: pl.DataFrame
    governance: pl.DataFrame
    minerals: pl.DataFrame
    trade_terms: pl.DataFrame
    notes: tuple[str, ...]
    years: tuple[int, ...]
    stage: str | None
    source_ids: Mapping[str, tuple[str, ...]]
    history: pl.DataFrame | None = None


def load(store: Store, minerals: Sequence[Mineral], years: Sequence[int], stage: str | None = None) -> Inputs:
    """Read and aggregate what `expose` needs. stage: count one stage's codes only (ore, compound, metal, alloy)."""
    codes = trade_codes.code_table(minerals, stage)
    trade = repair.repaired(store, codes["hs6"].unique(), years)
    weighed = pl.col("quantity_completed_t").is_not_null()
    imputed = weighed & (pl.col("quality") != repair.QUALITY_REPORTED)
    value, weight, gap = pl.col("value_kusd"), pl.col("quantity_completed_t"), pl.col("content_factor").is_null()
    rows = trade.join(codes, on="hs6", maintain_order="left").select(
        *PAIR, value,
        quantity_t=weight,
        quantity_reported_t="quantity_reported_t",
        weighed_kusd=pl.when(weighed).then(value),
        imputed_kusd=pl.when(imputed).then(value),
        imputed_t=pl.when(imputed).then(weight),
        content_t=weight * pl.col("content_factor"),
        known_content_t=weight * pl.col("content_factor"),
        without_factor=gap.cast(pl.Float64),
    )  # fmt: skip
    sums = totals_by(rows, PAIR)
    flows = sums.with_columns(
        pl.col("value_kusd", "weighed_kusd", "imputed_kusd", "imputed_t").fill_null(0.0),
        content_t=pl.when(pl.col("without_factor") == 0).then("content_t"),
    ).drop("without_factor")
    notes = trade_codes.notes(minerals, years, stage)
    read = {"trade": store.source_ids("trade", years), "mineral_codes": store.source_ids("mineral_codes")}
    if flows["imputed_t"].sum() > 0:
        around = store.source_ids("trade", repair.years_around(years))
        read[REPAIR] = each_once(around, (repair.SOURCE_ID,))
    if len(years) != 1:
        return assemble(store, minerals, years, flows, notes, read, stage)
    past = [y for y in store.years if years[0] - TREND_YEARS < y <= years[0]]
    read[TRADE_HISTORY] = store.source_ids("trade", past)
    in_use = trade_codes.code_table(minerals, stage, years[0]).select("mineral", "hs6")
    history = store.trade(in_use["hs6"].unique(), past).collect()
    history = history.join(in_use, on="hs6", maintain_order="left").select(*PAIR, "value_kusd", "quantity_t")
    return assemble(store, minerals, years, flows, notes, read, stage, history)


def completed_history(store: Store, minerals: Sequence[Mineral], year: int, stage: str | None = None) -> pl.DataFrame:
    """Trade of the TREND_YEARS years that end in a year with completed weights: PAIR, value_kusd and quantity_t."""
    past = [y for y in store.years if year - TREND_YEARS < y <= year]
    in_use = trade_codes.code_table(minerals, stage, year).select("mineral", "hs6")
    trade = repair.repaired(store, in_use["hs6"].unique(), past)
    rows = trade.join(in_use, on="hs6", maintain_order="left")
    return rows.select(*PAIR, "value_kusd", quantity_t="quantity_completed_t")


def assemble(
    store: Store,
    minerals: Sequence[Mineral],
    years: Sequence[int],
    flows: pl.DataFrame,
    notes: Sequence[str],
    read: Mapping[str, tuple[str, ...]],
    stage: str | None = None,
    history: pl.DataFrame | None = None,
) -> Inputs:
    """Flows with the production, governance and risk terms that belong to their minerals and years.

    read: source ids of the tables that the flows come from.
    """
    keys = [m.key for m in minerals]
    production = (
        store.scan("production")
        .filter(pl.col("mineral").is_in(keys), pl.col("year").is_in(years))
        .select(
            "mineral", "country", "year", amount="quantity",
            amount_t=pl.col("quantity") * pl.col("unit").replace_strict(T_PER_UNIT, return_dtype=pl.Float64),
        )
        .collect()
    )  # fmt: skip
    governance = (
        store.scan("governance")
        .filter(pl.col("year").is_in(years))
        .select("country", "year", "instability", "std_error")
        .collect()
    )
    stage_of = {m.key: m.ec_stage for m in minerals}
    terms = store.scan("ec_trade_terms").filter(pl.col("mineral").is_in(keys)).collect()
    terms = terms.filter(pl.col("stage") == pl.col("mineral").replace_strict(stage_of, return_dtype=pl.String))
    known = pl.DataFrame(
        [(m.key, m.name, m.eol_rir) for m in minerals],
        schema={"mineral": pl.String, "name": pl.String, "eol_rir": pl.Float64},
        orient="row",
    )
    substitution = store.scan("ec_criticality").select("mineral", "si_sr").collect()
    by_year = {table: store.source_ids(table, years) for table in ("production", "governance")}
    others = {table: store.source_ids(table) for table in ("minerals", "ec_criticality", "ec_trade_terms")}
    return Inputs(
        flows, production, governance, known.join(substitution, on="mineral", how="left"),
        terms.select("mineral", "country", "trade_term"), (*notes, *uncovered(store, years)), tuple(years), stage,
        {**read, **by_year, **others}, history,
    )  # fmt: skip


def uncovered(store: Store, years: Sequence[int]) -> list[str]:
    """Why measures of production or governance are empty in years that their statistics do not cover."""
    sentences = []
    for table, name in (("production", "World production"), ("governance", "Political stability")):
        covered = store.scan(table).select("year").unique().collect()["year"].to_list()
        missing = sorted(set(years) - set(covered))
        if missing:
            years_missing, span = ", ".join(map(str, missing)), f"{min(covered)}-{max(covered)}"
            sentences.append(
                f"{name} is not known for {years_missing} (the store has {span}): measures that need it are empty."
            )
    return sentences
