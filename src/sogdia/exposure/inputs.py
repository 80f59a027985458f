"""Which numbers does the exposure of importers rest on? Flows by mineral, production and governance, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.data import Mineral, Store
from sogdia.data.repair import QUALITY_REPORTED, repaired
from sogdia.exposure import trade_codes
from sogdia.units import T_PER_UNIT

PAIR = ["mineral", "year", "importer", "exporter"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """flows: PAIR, value_kusd, quantity_t (completed weight), quantity_reported_t, weighed_kusd (value of what has a
    completed weight), imputed_kusd and imputed_t (of what has an imputed one), content_t
    (contained mineral, from completed weights). A weight is null where no flow of any code has one.

    production: mineral, country, year, amount (publisher's unit), amount_t. governance: country, year, instability,
    std_error. minerals: mineral, name, eol_rir, si_sr. trade_terms: mineral, country, trade_term.
    notes: minerals and years for which there is no answer, and why.
    """

    flows: pl.DataFrame
    production: pl.DataFrame
    governance: pl.DataFrame
    minerals: pl.DataFrame
    trade_terms: pl.DataFrame
    notes: tuple[str, ...]


def load(store: Store, minerals: Sequence[Mineral], years: Sequence[int], stage: str | None = None) -> Inputs:
    """Read and aggregate what `expose` needs. stage: count one stage's codes only (ore, compound, metal, alloy)."""
    codes = trade_codes.code_table(minerals, stage)
    notes = trade_codes.notes(minerals, years, stage)
    trade = repaired(store, codes["hs6"].unique(), years)
    weighed = pl.col("quantity_completed_t").is_not_null()
    imputed = weighed & (pl.col("quality") != QUALITY_REPORTED)
    content = pl.col("quantity_completed_t") * pl.col("content_factor")
    flows = (
        trade.lazy()
        .join(codes.lazy(), on="hs6")
        .group_by(PAIR)
        .agg(
            pl.col("value_kusd").sum(),
            quantity_t=known_sum("quantity_completed_t"),
            quantity_reported_t=known_sum("quantity_reported_t"),
            weighed_kusd=pl.col("value_kusd").filter(weighed).sum(),
            imputed_kusd=pl.col("value_kusd").filter(imputed).sum(),
            imputed_t=pl.col("quantity_completed_t").filter(imputed).sum(),
            content_t=pl.when(pl.col("content_factor").null_count() == 0).then(known_sum(content)),
        )
        .sort(PAIR)
        .collect()
    )
    return assemble(store, minerals, years, flows, notes)


def known_sum(column: str | pl.Expr) -> pl.Expr:
    """The sum of the known values of a column, null where none is known: what nobody weighed does not weigh nothing."""
    values = pl.col(column) if isinstance(column, str) else column
    return pl.when(values.count() > 0).then(values.sum())


def assemble(
    store: Store, minerals: Sequence[Mineral], years: Sequence[int], flows: pl.DataFrame, notes: Sequence[str]
) -> Inputs:
    """Flows with the production, governance and risk terms that belong to their minerals and years."""
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
    notes = [*notes, *_uncovered(store, years)]
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
    return Inputs(
        flows, production, governance, known.join(substitution, on="mineral", how="left"),
        terms.select("mineral", "country", "trade_term"), tuple(notes),
    )  # fmt: skip


def _uncovered(store: Store, years: Sequence[int]) -> list[str]:
    """Why measures of production or governance are empty in years that their statistics do not cover."""
    found = []
    for table, name in (("production", "World production"), ("governance", "Political stability")):
        covered = store.scan(table).select("year").unique().collect()["year"].to_list()
        missing = sorted(set(years) - set(covered))
        if missing:
            years_missing, span = ", ".join(map(str, missing)), f"{min(covered)}-{max(covered)}"
            found.append(
                f"{name} is not known for {years_missing} (the store has {span}): measures that need it are empty."
            )
    return found
