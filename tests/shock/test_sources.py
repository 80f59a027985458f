"""An answer cites what it was made from: files in force for its years, tables, elasticities, links of a chain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from sogdia import Study
from sogdia.answer import KEYS, Answer
from sogdia.data import Store, catalogue, open_store
from sogdia.data.elasticities import elasticities_for
from sogdia.data.provenance import sources
from sogdia.market import calibrate
from sogdia.shock.own_error import own_error
from support.small_markets import store_with_trade

OTHER = "USGS_MCS_2026"
"""Stands for a release of trade that a user has added."""


def with_trade_of(folder: Path, years: tuple[int, ...], source_id: str) -> Store:
    """The embedded data under trade in tin ore of some years from another source."""
    rows = [
        (year, seller, buyer, "260900", 5.0 * tonnes, tonnes)
        for year in years
        for seller, buyer, tonnes in (("PER", "JPN", 60.0), ("PER", "KOR", 20.0), ("BOL", "JPN", 20.0))
    ]
    store_with_trade(folder, rows)
    catalogue.write(folder, tuple(replace(entry, source_ids=(source_id,)) for entry in catalogue.read(folder)))
    return open_store(folder)


def test_a_market_cites_the_trade_in_force_for_its_base_years(tmp_path: Path) -> None:
    store = with_trade_of(tmp_path, (2020, 2021), OTHER)
    tin = store.mineral("tin")
    embedded = store.source_ids("trade", [2018])
    assert OTHER not in embedded
    assert OTHER in calibrate(store, tin, [2020], home_sales=False).source_ids
    assert not set(embedded) & set(calibrate(store, tin, [2020], home_sales=False).source_ids)
    assert set(embedded) <= set(calibrate(store, tin, [2018], home_sales=False).source_ids)
    mixed = calibrate(store, tin, [2019, 2020], home_sales=False).source_ids
    assert {*embedded, OTHER} <= set(mixed)


def test_home_sales_cite_production_or_the_curated_row_they_come_from(store: Store) -> None:
    produced = store.source_ids("production")
    tin, rare_earths = store.mineral("tin"), store.mineral("rare_earths")
    assert set(produced) <= set(calibrate(store, tin, [2020]).source_ids)
    assert not set(produced) & set(calibrate(store, tin, [2020], home_sales=False).source_ids)
    curated = store.scan("domestic_sales").collect()["source_id"].unique().to_list()
    assert set(curated) <= set(calibrate(store, rare_earths, [2009]).source_ids)


def test_production_that_a_user_lays_over_is_cited_for_its_mineral_alone(tmp_path: Path, store: Store) -> None:
    rows = store.scan("production").filter(pl.col("mineral") == "tin", pl.col("year") >= 2018).collect()
    rows.write_parquet(tmp_path / "p.parquet")
    years = tuple(sorted(rows["year"].unique()))
    entry = catalogue.entry_for(
        tmp_path, "p.parquet", table="production", rows=rows.height, source_ids=(OTHER,), years=years
    )
    catalogue.write(tmp_path, (entry,))
    own = open_store(tmp_path)
    assert OTHER in calibrate(own, own.mineral("tin"), [2020]).source_ids
    assert not set(store.source_ids("production")) & set(calibrate(own, own.mineral("tin"), [2020]).source_ids)
    assert OTHER not in calibrate(own, own.mineral("aluminium"), [2020]).source_ids


def test_a_shock_cites_its_market_and_all_three_elasticities(store: Store) -> None:
    answer = Study(store=store).shock("nickel", cut="PHL=0.4", year=2020, draws=1, ore_only=True)
    market = calibrate(store, store.mineral("nickel"), [2020])
    e = elasticities_for(store, "nickel", None, 1.0)
    error = own_error(store, store.mineral("nickel"), None, 1)
    wanted = {*market.source_ids, *e.sigma.source_ids, *e.eta.source_ids, *e.eps.source_ids, *error.source_ids}
    assert set(answer.sources()) == wanted
    assert len(answer.sources()) == len(wanted)
    assert answer.table()["source_id"].unique().to_list() == [";".join(answer.sources())]
    assert list(answer.to_dict()["sources"]) == list(answer.sources())


def test_a_supply_elasticity_of_another_source_is_cited(store: Store) -> None:
    e = elasticities_for(store, "tin", None, 1.0)
    other = replace(e, eps=replace(e.eps, source_ids=(OTHER,)))
    assert OTHER in other.source_ids


@pytest.fixture(scope="module")
def answers(store: Store) -> list[Answer]:
    study = Study(store=store)
    return [
        study.shock("nickel", cut="PHL=0.4", year=2020, draws=1, ore_only=True),
        study.shock_chain("cobalt", cut="COD=0.4", year=2020, draws=2),
        study.supplier_losses(["nickel", "cobalt", "graphite"], year=2022, draws=2),
    ]


def test_every_answer_has_the_key_columns_notes_and_sources_that_resolve(answers: list[Answer]) -> None:
    for answer in answers:
        table = answer.table()
        assert table.columns[: len(KEYS)] == list(KEYS)
        assert set(table["importer"]) == {"JPN"}
        assert set(table["stat"]) <= {"base", "low", "central", "high", "value"}
        named = {name for cell in table["source_id"] for name in cell.split(";")}
        assert named == set(answer.sources())
        assert named <= set(sources())
        content = answer.to_dict()
        assert content["notes"] == list(answer.notes)
        assert list(content["sources"]) == list(answer.sources())
        assert answer.title in repr(answer)
        assert all(note.replace("'", "&#x27;") in answer._repr_html_() for note in answer.notes)


def test_a_chain_cites_its_links_and_every_stage(answers: list[Answer], store: Store) -> None:
    chain = answers[1]
    links = store.scan("chains").collect()["source_id"].unique().to_list()
    assert set(links) <= set(chain.sources())
    assert set(store.source_ids("trade")) <= set(chain.sources())


def test_losses_name_the_supplier_as_partner_and_leave_prices_beyond_the_range_out(answers: list[Answer]) -> None:
    losses = answers[2].table()
    assert set(losses["country"]) == {"JPN"}
    assert losses["partner"].null_count() == 0
    assert losses.filter(variable="price_paid")["value"].drop_nulls().max() <= 10.0
    assert set(losses["variable"]) == {
        "share", "imports", "price_paid", "reduced_use", "import_bill_change", "surplus_change",
    }  # fmt: skip
