from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study


@pytest.fixture(scope="module")
def study(store):
    return Study("JPN", store=store)


def test_what_partners_export_is_what_the_trade_table_says(study, trade):
    supply = study.partner_supply(year=2022).rows
    chromium = supply.filter(pl.col("mineral") == "chromium", pl.col("partner") == "KAZ").row(0, named=True)
    flows = trade.filter(pl.col("hs6") == "261000", pl.col("year") == 2022, pl.col("exporter") == "KAZ")
    assert chromium["exports_kusd"] == pytest.approx(flows["value_kusd"].sum())
    buyers = flows.sort("value_kusd", descending=True)
    assert chromium["main_buyer"] == buyers["importer"][0]
    assert chromium["main_buyer_share"] == pytest.approx(buyers["value_kusd"][0] / flows["value_kusd"].sum())


def test_shares_of_production_are_shares_of_the_world(study, store):
    row = study.partner_supply(year=2022).rows.filter(pl.col("mineral") == "chromium", pl.col("partner") == "KAZ")
    world = store.scan("production").filter(pl.col("mineral") == "chromium", pl.col("year") == 2022).collect()
    kazakhstan = world.filter(pl.col("country") == "KAZ")["quantity"].sum()
    assert row["share_of_world_production"].item() == pytest.approx(kazakhstan / world["quantity"].sum())


def test_a_mineral_that_is_mined_but_has_no_trade_code_is_listed_with_exports_unknown(study):
    rows = study.partner_supply(year=2022).rows.filter(pl.col("mineral") == "rhenium")
    assert rows.height > 0
    assert rows["exports_kusd"].to_list() == [None] * rows.height
    assert rows["production_t"].null_count() == 0


def test_trade_between_members_of_a_partner_region_is_not_its_export(store, trade):
    region = Study("JPN", ["CENTRAL_ASIA"], store=store).partner_supply(year=2022).rows
    members = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    flows = trade.filter(
        pl.col("hs6") == "260300", pl.col("year") == 2022,
        pl.col("exporter").is_in(members), ~pl.col("importer").is_in(members),
    )  # fmt: skip
    copper = region.filter(pl.col("mineral") == "copper").row(0, named=True)
    assert copper["partner"] == "CENTRAL_ASIA"
    assert copper["exports_kusd"] == pytest.approx(flows["value_kusd"].sum())
