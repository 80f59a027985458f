"""Whoever reads while another writes sees one state of the store, without a lock."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import catalogue, open_store
from sogdia.data.adding import add
from sogdia.errors import DataError
from support.faults import ended, in_turn, often, process, purchases, release


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Two files of purchases of different companies' needs, with as many rows as tonnes."""
    return [purchases(tmp_path, "a.csv", 40), purchases(tmp_path, "b.csv", 41)]


def tonnes(store: Path) -> float:
    """What the store says was bought."""
    return float(open_store(store).scan("purchases").collect()["quantity_t"].sum())


def test_a_reader_meets_one_state_or_the_other_while_files_are_replaced(paths: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(paths[0], folder=store)
    writer = process(in_turn, paths, store, often(8, 60))
    seen: list[float] = []
    while writer.is_alive():
        seen.append(tonnes(store))
        assert catalogue.damaged(store) == ()
    assert ended(writer) == 0
    assert set(seen) <= {40.0, 41.0}
    assert len(seen) > 10


def test_what_was_opened_stays_readable_after_it_was_replaced(paths: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    add(paths[0], folder=folder)
    add(release(tmp_path, "BACI_HS92_V202501", 1200.5), folder=folder)
    opened = open_store(folder)
    trade = opened.trade(years=[2022])
    (tmp_path / "new").mkdir()
    add(paths[1], folder=folder)
    add(release(tmp_path / "new", "BACI_HS92_V202501", 1300.5), folder=folder)
    assert opened.scan("purchases").collect()["quantity_t"].to_list() == [40.0]
    assert trade.filter(pl.col("hs6") == "280530").collect()["value_kusd"].to_list() == [1200.5]
    opened.must_be_whole()
    assert tonnes(folder) == 41.0


def test_a_store_that_is_deleted_is_missed_by_the_next_reader_only(paths: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(paths[0], folder=store)
    opened = open_store(store)
    assert opened.files
    for path in sorted(store.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert opened.scan("purchases").collect().height == 1
    with pytest.raises(DataError, match="is no store"):
        open_store(store)


def test_a_file_that_changes_after_it_was_read_is_found(paths: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    file = store / add(paths[0], folder=store).files[0]
    opened = open_store(store)
    opened.scan("purchases").collect()
    time.sleep(0.01)
    raw = file.read_bytes()
    file.write_bytes(raw[:-20] + b"x" * 20)
    with pytest.raises(DataError, match="changed"):
        opened.scan("purchases")
