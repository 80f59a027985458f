"""Is the loss of each main supplier the embargo it says it is, member by member of a region?"""

from __future__ import annotations

import polars as pl
import pytest

from sogdia.codes import economy
from sogdia.data import Store
from sogdia.data.elasticities import elasticities_for
from sogdia.market import Scenario, calibrate, clear, consumer_outcome, draw
from sogdia.market.events import ExportLimit
from sogdia.shock.loss_of_supplier import COLUMNS, MONEY
from sogdia.shock.supplier_loss import supplier_losses
from sogdia.uncertain import BEYOND

YEAR = 2022


@pytest.fixture(scope="module")
def losses(store: Store) -> pl.DataFrame:
    minerals = [store.mineral(name) for name in ("rare_earths", "graphite", "nickel", "germanium")]
    return supplier_losses(store, economy("JPN", {}), minerals, YEAR, draws=5).rows


def test_each_row_is_the_embargo_of_one_supplier(store: Store, losses: pl.DataFrame) -> None:
    row = losses.filter(pl.col("mineral") == "nickel", pl.col("share") > 0).row(0, named=True)
    market = calibrate(store, store.mineral("nickel"), [YEAR])
    scenario = Scenario("x", (ExportLimit(row["supplier"], share=1.0),))
    found = consumer_outcome(clear(market, scenario, draw(elasticities_for(store, "nickel", None, 1.0), 5)), "JPN")
    assert row["price_paid"] == pytest.approx(found.price_paid[0])
    assert row["reduced_use"] == pytest.approx(found.reduced_use[0])
    assert row["imports_kusd"] == pytest.approx(found.base_import_bill_kusd)


def test_only_main_suppliers_are_lost_two_a_mineral_at_most(losses: pl.DataFrame) -> None:
    assert losses.schema == pl.Schema(COLUMNS)
    assert (losses["share"] >= 0.1).all()
    assert losses["mineral"].value_counts()["count"].max() <= 2
    assert {"rare_earths", "graphite", "nickel"} == set(losses["mineral"])


def test_what_no_history_has_shown_is_marked_and_not_priced(losses: pl.DataFrame) -> None:
    beyond = losses.filter("beyond")
    assert beyond.select(pl.all_horizontal(pl.col(MONEY).is_null())).to_series().all()
    within = losses.filter(~pl.col("beyond"))
    assert (within["price_paid"] <= BEYOND).all()
    assert within["surplus_change_kusd"].is_sorted()
    assert losses["beyond"].is_sorted(descending=True)


def test_bands_enclose_the_middle(losses: pl.DataFrame) -> None:
    within = losses.filter(~pl.col("beyond"))
    assert (within["price_paid_low"] <= within["price_paid"]).all()
    assert (within["price_paid"] <= within["price_paid_high"]).all()


def test_members_of_a_region_are_no_suppliers_of_it(store: Store) -> None:
    found = supplier_losses(store, economy("EU27", {}), [store.mineral("rare_earths")], YEAR, draws=2).rows
    assert found.height > 0
    assert not set(found["supplier"]) & set(economy("EU27", {}).members)


def test_losses_of_products_stand_apart_with_what_stops_and_their_coverage(store) -> None:
    minerals = [store.mineral(key) for key in ("antimony", "gallium", "lithium", "bismuth")]
    answer = supplier_losses(store, economy("JPN", {}), minerals[3:], 2024, draws=2, products_of=minerals)
    rows = {(row["product"], row["supplier"]): row for row in answer.products.rows.iter_rows(named=True)}
    gallium, metal = rows["gallium_metal", "CHN"], rows["antimony_metal", "VNM"]
    assert (gallium["stops"], metal["stops"]) == ("all exports", "sales to the importer")
    assert gallium["surplus_change_kusd"] < metal["surplus_change_kusd"] < 0
    assert (metal["coverage"], metal["missing_codes"]) == ("fringe", ["811000"])
    assert ("lithium_hydroxide", "CHN") in rows
    assert "lithium_chemicals" not in {product for product, _ in rows}
    assert "bismuth_metal" not in {product for product, _ in rows}
    content = answer.to_dict()
    assert {row["product"] for row in content["products"]} == {product for product, _ in rows}
    assert all(row["coverage"] and "missing_codes" in row for row in content["rows"])
    long = answer.table()
    assert set(long["product"].drop_nulls()) == {product for product, _ in rows}
    assert long["product"].null_count() == answer.rows.height * (len(long) // (answer.rows.height + len(rows)))
