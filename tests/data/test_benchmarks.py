"""Quotations are one series a mineral and stage, positive, and a concentrate takes its metal's."""

from __future__ import annotations

import polars as pl

from sogdia.data import Store
from sogdia.data.benchmarks import benchmark_of, benchmarks


def test_a_mineral_and_stage_has_one_series_of_positive_prices(store: Store) -> None:
    rows = store.scan("benchmark_prices").collect()
    assert not rows.select("mineral", "stage", "year").is_duplicated().any()
    assert rows.group_by("mineral", "stage").agg(pl.col("series").n_unique())["series"].to_list() == [1] * 28
    assert (rows["price"] > 0).all()
    assert set(rows["mineral"]) <= set(store.minerals)


def test_an_ore_takes_its_metals_quotation_and_a_metal_never_its_ores(store: Store) -> None:
    known = benchmarks(store)
    tin, iron, aluminium = (store.minerals[key] for key in ("tin", "iron", "aluminium"))
    assert benchmark_of(known, tin, "ore") == known["tin", "metal"]
    assert benchmark_of(known, iron, "ore") == known["iron", "ore"]
    assert benchmark_of(known, iron, "metal") is None
    assert benchmark_of(known, aluminium, "metal") == known["aluminium", "metal"]


def test_changes_are_between_years_that_follow_each_other(store: Store) -> None:
    phosphate = benchmarks(store)["phosphate_rock", "ore"]
    missing = set(range(1995, 2026)) - set(phosphate.prices)
    assert len(missing) == 1
    year = missing.pop()
    assert year not in phosphate.changes()
    assert year + 1 not in phosphate.changes()
