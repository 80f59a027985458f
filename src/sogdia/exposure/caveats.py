"""Figures that rest on less than they seem to, and the sentences that say so.

A market without a recorded import, weights that cover too little of the value, weights imputed for a notable part, and
a supply risk in which the world's concentration stands alone. Records given to the functions that write notes have a
`name` of the mineral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from sogdia.answer import year_label
from sogdia.codes import Region
from sogdia.codes.countries import countries, splits

NOTABLE_IMPUTED = 0.05  # of value or of weight
IMPUTED = ("imputed_value_share", "imputed_weight_share")
WORLD_ALONE, FULL_SCORE = "world alone", "full"
NO_SOURCING = "the mineral content of what it buys and makes is not known"


def notably_imputed(record: Mapping[str, Any]) -> bool:
    """Whether imputed weights stand for more than NOTABLE_IMPUTED of a record's value or weight."""
    return any((record[name] or 0.0) > NOTABLE_IMPUTED for name in IMPUTED)


def stands_alone(record: Mapping[str, Any]) -> bool:
    """Whether the record's supply risk is the world's concentration alone."""
    return bool(record["ec_scope"] == WORLD_ALONE)


def world_alone(records: pl.DataFrame) -> dict[str, list[str]]:
    """Minerals whose supply risk is the world's concentration alone, by the reason, in the order of the records."""
    minerals: dict[str, list[str]] = {}
    for record in records.iter_rows(named=True):
        if stands_alone(record):
            minerals.setdefault(record["reliance_gap"] or NO_SOURCING, []).append(record["mineral"])
    return minerals


def no_import_notes(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy and mineral for the years in which no import is recorded."""
    empty = records.filter(pl.col("suppliers") == 0).group_by("economy", "name", maintain_order=True)
    return tuple(
        f"{name}: no import of {economy} is recorded in {', '.join(map(str, years))}; that is unknown, not zero."
        for economy, name, years in empty.agg(pl.col("year").sort()).iter_rows()
    )


def split_notes(records: pl.DataFrame, economies: Sequence[Region] | None) -> tuple[str, ...]:
    """One sentence for each country whose trade counts others with it in a year of the records, as importer or as
    largest supplier.
    """
    members = {iso3 for economy in economies or () for iso3 in economy.members}
    first = {iso3: int(records["year"].to_numpy().min()) for iso3 in members if records.height}
    for supplier in ("top_supplier", "top_supplier_value"):
        for iso3, year in records.select(supplier, "year").drop_nulls().iter_rows():
            first[iso3] = min(year, first.get(iso3, year))
    return tuple(
        f"{countries()[iso3].name}: its figures include {split.what}."
        for iso3, split in splits().items()
        if iso3 in first and first[iso3] <= split.last_year
    )


def too_few_weights_notes(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy and mineral for the years in which too little of the value has a weight."""
    thin = records.filter(pl.col("suppliers") > 0, pl.col("import_quantity_t").is_null())
    parts_of_value = thin.with_columns(
        part=pl.when(pl.col("weighed_value_share").is_null())
        .then(pl.lit("an unknown part"))
        .otherwise(pl.format("{} %", (100 * pl.col("weighed_value_share")).floor().cast(pl.Int64)))
    )
    return tuple(
        f"{name}: weights cover only "
        + ", ".join(f"{part} of the value in {year}" for part, year in zip(parts, years, strict=True))
        + f" (imports of {economy}): price and shares by weight are unknown, read those by value."
        for economy, name, parts, years in parts_of_value.group_by("economy", "name", maintain_order=True)
        .agg("part", "year")
        .iter_rows()
    )


def imputed_notes(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy on the minerals whose weights are imputed for a notable part."""
    notable = records.filter(pl.any_horizontal(pl.col(name) > NOTABLE_IMPUTED for name in IMPUTED))
    if records["year"].n_unique() == 1:
        texts = [_imputed(record) for record in notable.iter_rows(named=True)]
        minerals = notable.select("economy", mineral=pl.Series(texts, dtype=pl.String))
    else:
        minerals = _with_years(notable, ["economy"])
    return tuple(
        f"Weights imputed for more than {100 * NOTABLE_IMPUTED:.0f} % (imports of {economy}): {', '.join(each)}."
        for economy, each in minerals.group_by("economy", maintain_order=True).agg("mineral").iter_rows()
    )


def _imputed(record: Mapping[str, Any]) -> str:
    parts = ", ".join(
        f"{_percent(record[name])} of {what}" for name, what in zip(IMPUTED, ("value", "weight"), strict=True)
    )
    reported = record["top_supplier_weight_share_reported"]
    if record["top_supplier"] is not None:
        told = f"of the weights reported {record['top_supplier']} has {_percent(reported)}"
        parts += f"; {told if reported else 'no weight of ' + record['top_supplier'] + ' is reported'}"
    return f"{record['name']} ({parts})"


def world_alone_notes(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy on the supply risks that leave the importer out, and why."""
    alone = records.filter(pl.col("ec_scope") == WORLD_ALONE).with_columns(
        reason=pl.col("reliance_gap").fill_null(NO_SOURCING)
    )
    by_reason = ["economy", "reason"]
    minerals = (
        alone.select(*by_reason, mineral="name") if records["year"].n_unique() == 1 else _with_years(alone, by_reason)
    )
    reasons = (
        minerals.group_by(by_reason, maintain_order=True)
        .agg(pl.col("mineral").str.join(", "))
        .select("economy", reason=pl.format("{}: {}", "reason", "mineral"))
    )
    return tuple(
        f"Supply risk of {economy} by the world's concentration alone, net import reliance not known ({text})."
        for economy, text in reasons.group_by("economy", maintain_order=True)
        .agg(pl.col("reason").str.join("; "))
        .iter_rows()
    )


def _with_years(records: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The columns `by` and mineral: each mineral's name with its years, "Gold in 1998-2003"."""
    years = records.group_by(*by, "name", maintain_order=True).agg("year")
    texts = [f"{name} in {year_label(of)}" for name, of in years.select("name", "year").iter_rows()]
    return years.select(*by, mineral=pl.Series(texts, dtype=pl.String))


def _percent(value: float | None) -> str:
    return "an unknown part" if value is None else f"{100 * value:.1f} %"
