from __future__ import annotations

import math

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia.data.repair import BAND_FACTOR, WIDEST_FACTOR, bands, repair, report


def code_year(
    values: list[float], quantities: list[float | None], hs6: str = "284690", year: int = 2020
) -> pl.DataFrame:
    """Flows of one code and year from as many exporters."""
    return pl.DataFrame(
        {
            "year": [year] * len(values),
            "exporter": [f"E{n:02}" for n in range(len(values))],
            "importer": ["JPN"] * len(values),
            "hs6": [hs6] * len(values),
            "value_kusd": values,
            "quantity_t": quantities,
        },
        schema_overrides={"quantity_t": pl.Float64, "year": pl.Int16},
    )


CLEAN = ([100.0, 210.0, 290.0, 420.0, 480.0], [10.0, 20.0, 30.0, 40.0, 50.0])


def test_the_centre_is_the_median_unit_value_weighted_by_value():
    band = bands(code_year([1.0, 1.0, 98.0], [1.0, 0.5, 9.8])).row(0, named=True)
    assert math.exp(band["centre"]) == pytest.approx(10.0)


def test_a_narrow_market_still_has_a_band_of_a_factor_of_ten():
    assert bands(code_year(*CLEAN))["half_width"].to_list() == pytest.approx([math.log(BAND_FACTOR)])


def test_kilograms_written_as_tonnes_are_caught_and_put_right():
    values, quantities = CLEAN
    wrong = repair(code_year(values, [quantities[0] * 1000, *quantities[1:]]))
    assert wrong["quality"].to_list() == ["absurd", *["reported"] * 4]
    assert wrong["quantity_reported_t"][0] == 10_000.0
    assert wrong["quantity_t"][0] == pytest.approx(10.0, rel=0.1)


def test_kilograms_written_as_tonnes_are_caught_in_a_market_of_very_different_goods():
    unit_values = [2.0, 6.0, 20.0, 60.0, 200.0, 600.0, 2000.0]
    market = code_year([60.0] * 8, [*(60.0 / u for u in unit_values), 1000.0])
    assert bands(market)["half_width"][0] > math.log(WIDEST_FACTOR)
    assert repair(market)["quality"].to_list() == ["reported"] * 7 + ["absurd"]


def test_a_missing_weight_stays_null_and_is_completed_beside():
    values, quantities = CLEAN
    repaired = repair(code_year(values, [None, *quantities[1:]]))
    first = repaired.row(0, named=True)
    assert (first["quality"], first["quantity_t"], first["quantity_reported_t"]) == ("missing", None, None)
    assert first["quantity_completed_t"] == pytest.approx(10.0, rel=0.1)


def test_a_weight_of_zero_is_a_missing_weight():
    values, quantities = CLEAN
    assert repair(code_year(values, [0.0, *quantities[1:]]))["quality"][0] == "missing"


def test_nothing_is_invented_where_nobody_gave_a_weight():
    repaired = repair(code_year([1.0, 2.0], [None, None]))
    assert repaired["quality"].to_list() == ["missing", "missing"]
    assert repaired["quantity_completed_t"].to_list() == [None, None]


def test_one_crate_does_not_say_what_a_whole_trade_weighed(store):
    tiny = code_year([1.0, 1000.0], [0.1, None])
    assert bands(tiny).is_empty()
    assert repair(tiny)["quantity_completed_t"].to_list() == [0.1, None]
    rhodium = repair(store.trade(["711039"], [1995]).collect())
    assert rhodium["quantity_completed_t"].drop_nulls().len() == 1


def test_each_code_and_year_is_judged_by_itself():
    cheap, dear = code_year([1.0] * 4, [10.0] * 4, hs6="260300"), code_year([1000.0] * 4, [1.0] * 4, hs6="711011")
    later = code_year([300.0] * 4, [1.0] * 4, hs6="260300", year=2021)
    assert set(repair(pl.concat([cheap, dear, later]))["quality"]) == {"reported"}


def test_a_band_made_from_the_world_judges_one_importer():
    values, quantities = CLEAN
    one = code_year([100.0], [10_000.0])
    assert repair(one)["quality"].to_list() == ["reported"]
    assert repair(one, bands(code_year(values, quantities)))["quality"].to_list() == ["absurd"]


def test_no_flow_and_no_value_is_lost_or_added(trade):
    some = trade.filter(pl.col("hs6").is_in(["282200", "284690"]))
    repaired = repair(some)
    kept = ["year", "exporter", "importer", "hs6", "value_kusd"]
    assert_frame_equal(repaired.select(kept).sort(kept), some.select(kept).sort(kept))
    reported = repaired.select(*kept, quantity_t="quantity_reported_t")
    assert_frame_equal(reported.sort(kept), some.select(*kept, "quantity_t").sort(kept))


def test_cobalt_oxides_of_2020_have_normal_unit_values(store):
    flows = repair(store.trade(["282200"], [2020]).collect())
    assert flows.filter(pl.col("quality") == "absurd")["value_kusd"].sum() == 0.0
    congo = flows.filter(pl.col("exporter") == "COD", pl.col("quantity_t") > 1000)
    assert (congo["value_kusd"] / congo["quantity_t"]).is_between(5, 20).all()


def test_the_report_counts_what_was_touched(store):
    row = report(store, ["284690"], [2022]).row(0, named=True)
    flows = repair(store.trade(["284690"], [2022]).collect())
    assert row["flows"] == flows.height
    for kind in ("missing", "absurd"):
        touched = flows.filter(pl.col("quality") == kind)
        assert row[f"{kind}_flows"] == touched.height > 0
        assert row[f"{kind}_value_share"] == pytest.approx(touched["value_kusd"].sum() / flows["value_kusd"].sum())


def test_less_than_one_per_cent_of_the_value_of_all_trade_is_repaired_for_absurd_weights(trade):
    flows = repair(trade)
    absurd = flows.filter(pl.col("quality") == "absurd")["value_kusd"].sum()
    assert absurd / trade["value_kusd"].sum() < 0.01
