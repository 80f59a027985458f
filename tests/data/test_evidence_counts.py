"""The evidence of every table's rows is counted, and each table leads to its sources."""

from __future__ import annotations

import polars as pl

from sogdia.data import Store, sources
from sogdia.data.evidence_counts import KINDS, evidence_counts


def test_every_row_with_evidence_is_of_one_kind(store: Store) -> None:
    counts = evidence_counts(store)
    assert counts.height > 20
    assert (counts["rows"] == sum(counts[kind] for kind in KINDS)).all()


def test_the_counts_are_those_of_the_tables(store: Store) -> None:
    row = evidence_counts(store).filter(pl.col("table") == "reserves").row(0, named=True)
    reserves = store.scan("reserves").collect()
    assert row["rows"] == reserves.height
    assert row["assumed"] == reserves.filter(pl.col("evidence") == "assumed").height > 0


def test_every_table_names_known_sources(store: Store) -> None:
    assert all(set(ids.split(";")) <= set(sources()) for ids in evidence_counts(store)["source_id"])
