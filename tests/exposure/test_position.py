from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia import Study
from sogdia.answer import KEYS
from sogdia.codes import Region, economy
from sogdia.exposure import expose, labels, largest_suppliers, measures, ranking
from sogdia.exposure.caveats import FULL_SCORE, WORLD_ALONE
from sogdia.exposure.indicators.reliance import NO_CONTENT, NO_IMPORT, NO_USE
from sogdia.exposure.inputs import RECORD, Inputs, load
from sogdia.exposure.position import compute
from sogdia.market import calibrate

JAPAN = economy("JPN")
FLOWS = {
    "mineral": pl.String, "year": pl.Int16, "importer": pl.String, "exporter": pl.String, "value_kusd": pl.Float64,
    "quantity_t": pl.Float64, "quantity_reported_t": pl.Float64, "weighed_kusd": pl.Float64,
    "imputed_kusd": pl.Float64, "imputed_t": pl.Float64, "content_t": pl.Float64,
}  # fmt: skip
PRODUCTION = {
    "mineral": pl.String, "country": pl.String, "year": pl.Int16, "amount": pl.Float64, "amount_t": pl.Float64
}  # fmt: skip
GOVERNANCE = {"country": pl.String, "year": pl.Int16, "instability": pl.Float64, "std_error": pl.Float64}


def flow(importer: str, exporter: str, value: float, quantity: float, mineral: str = "tin") -> tuple[object, ...]:
    return (mineral, 2020, importer, exporter, value, quantity, quantity, value, 0.0, 0.0, quantity)


def unweighed(importer: str, exporter: str, value: float) -> tuple[object, ...]:
    """A flow whose weight nobody reported and nothing can impute."""
    return ("tin", 2020, importer, exporter, value, None, None, 0.0, 0.0, 0.0, None)


def imputed(importer: str, exporter: str, value: float, quantity: float) -> tuple[object, ...]:
    """A flow whose weight is imputed."""
    return ("tin", 2020, importer, exporter, value, quantity, None, value, value, quantity, quantity)


def made(country: str, amount: float | None, mineral: str = "tin") -> tuple[object, ...]:
    return (mineral, country, 2020, amount, amount)


def inputs(flows: list[tuple[object, ...]], production: list[tuple[object, ...]]) -> Inputs:
    """A small world: China's instability 0.6, Australia's 0.3, nobody else's known; half is recycled."""
    return Inputs(
        pl.DataFrame(flows, schema=FLOWS, orient="row"),
        pl.DataFrame(production, schema=PRODUCTION, orient="row"),
        pl.DataFrame([("CHN", 2020, 0.6, 0.2), ("AUS", 2020, 0.3, 0.2)], schema=GOVERNANCE, orient="row"),
        pl.DataFrame({"mineral": ["tin"], "name": ["Tin"], "eol_rir": [0.5], "si_sr": [0.9]}),
        pl.DataFrame(schema={"mineral": pl.String, "country": pl.String, "trade_term": pl.Float64}),
        (),
        (2020,),
        None,
        {"trade": ("CEPII_BACI",), "production": ("BMF_WMD",)},
    )


SMALL = inputs(
    [flow("JPN", "CHN", 600.0, 60.0), flow("JPN", "AUS", 600.0, 40.0), flow("AUS", "JPN", 10.0, 1.0)],
    [made("CHN", 300.0), made("AUS", 100.0)],
)


def test_a_small_world_worked_by_hand():
    row = compute(SMALL, [JAPAN]).records.row(0, named=True)
    assert row["import_value_kusd"] == 1200.0
    assert row["import_quantity_t"] == 100.0
    assert row["price_usd_per_kg"] == 12.0
    assert row["suppliers"] == 2
    assert (row["top_supplier"], row["top_supplier_weight_share"]) == ("CHN", 0.6)
    assert row["n_minus_1_share"] == 1 - row["top_supplier_weight_share"]
    assert row["import_hhi_weight"] == pytest.approx(0.52)
    assert row["import_hhi_value"] == pytest.approx(0.5)
    assert row["production_hhi"] == pytest.approx(0.625)
    assert row["import_risk"] == pytest.approx(0.6 * 0.6 + 0.4 * 0.3)
    assert row["geopolrisk_score"] == pytest.approx(0.625 * 0.48)
    assert row["net_import_reliance"] == 1.0
    assert row["domestic_production_t"] == 0.0
    world, importer = 0.75**2 * 6 + 0.25**2 * 3, 0.6**2 * 6 + 0.4**2 * 3
    assert row["ec_supply_risk"] == pytest.approx((world / 2 + importer / 2) * 0.5 * 0.9)


def test_production_of_a_country_without_a_row_is_zero_and_in_a_year_without_statistics_unknown():
    no_statistics = inputs([flow("JPN", "CHN", 600.0, 60.0)], [])
    assert compute(SMALL, [JAPAN]).records["domestic_production_t"].to_list() == [0.0]
    row = compute(no_statistics, [JAPAN]).records.row(0, named=True)
    for unknown in ("domestic_production_t", "production_hhi", "geopolrisk_score", "net_import_reliance"):
        assert row[unknown] is None, unknown
    assert row["import_hhi_weight"] == 1.0


def test_an_importer_without_a_recorded_flow_is_unknown_and_named_not_zero():
    answer = compute(SMALL, [economy("KAZ")])
    row = answer.records.row(0, named=True)
    for unknown in ("import_value_kusd", "import_quantity_t", "top_supplier", "import_hhi_weight", "import_risk"):
        assert row[unknown] is None, unknown
    assert row["reliance_gap"] == NO_IMPORT
    unknown, alone = answer.notes
    assert unknown == "Tin: no import of KAZ is recorded in 2020; that is unknown, not zero."
    assert alone.startswith("Supply risk of KAZ by the world's concentration alone")
    assert answer.suppliers.is_empty()


def test_a_flow_without_a_weight_counts_by_value_only():
    heavy, light = flow("JPN", "CHN", 900.0, 60.0), unweighed("JPN", "AUS", 100.0)
    answer = compute(inputs([heavy, light], [made("CHN", 1.0)]), [JAPAN])
    row = answer.records.row(0, named=True)
    assert row["weighed_value_share"] == pytest.approx(0.9)
    assert row["top_supplier_weight_share"] == 1.0
    assert row["top_supplier_value_share"] == pytest.approx(0.9)
    assert row["price_usd_per_kg"] == 15.0
    by_supplier = dict(answer.suppliers.select("supplier", "weight_share").iter_rows())
    assert by_supplier == {"CHN": 1.0, "AUS": None}


def test_an_imputed_weight_counts_and_the_reported_one_stands_beside_it():
    flows = [flow("JPN", "CHN", 600.0, 60.0), imputed("JPN", "AUS", 600.0, 40.0)]
    row = compute(inputs(flows, [made("CHN", 1.0)]), [JAPAN]).records.row(0, named=True)
    assert row["top_supplier_weight_share"] == pytest.approx(0.6)
    assert row["top_supplier_weight_share_reported"] == 1.0
    assert (row["import_quantity_t"], row["import_quantity_reported_t"]) == (100.0, 60.0)
    assert row["price_usd_per_kg"] == 12.0
    assert (row["imputed_value_share"], row["imputed_weight_share"]) == (0.5, 0.4)
    assert row["import_risk"] == pytest.approx(0.6)


def test_prices_and_shares_by_weight_are_unknown_where_weights_cover_too_little_of_the_value():
    flows = [flow("JPN", "CHN", 700.0, 60.0), unweighed("JPN", "AUS", 300.0)]
    answer = compute(inputs(flows, [made("CHN", 1.0)]), [JAPAN])
    row = answer.records.row(0, named=True)
    for unknown in (
        "import_quantity_t", "price_usd_per_kg", "top_supplier", "top_supplier_weight_share", "n_minus_1_share",
        "import_hhi_weight", "net_import_reliance",
    ):  # fmt: skip
        assert row[unknown] is None, unknown
    assert answer.suppliers["weight_share"].to_list() == [None, None]
    assert row["top_supplier_value_share"] == pytest.approx(0.7)
    (note,) = [note for note in answer.notes if note.startswith("Tin")]
    assert note.startswith("Tin: weights cover only 70 % of the value in 2020")


def test_without_any_reported_weight_the_geopolitical_risk_is_unknown_not_zero():
    flows = [imputed("JPN", "AUS", 600.0, 40.0)]
    row = compute(inputs(flows, [made("CHN", 1.0), made("JPN", 5.0)]), [JAPAN]).records.row(0, named=True)
    for unknown in ("import_risk", "geopolrisk_score", "unit_value_usd_per_kg", "characterisation_factor"):
        assert row[unknown] is None, unknown


def test_a_supply_risk_without_reliance_is_marked_and_says_why():
    more_leaves = [flow("JPN", "CHN", 600.0, 60.0), flow("AUS", "JPN", 900.0, 90.0)]
    row = compute(inputs(more_leaves, [made("CHN", 300.0), made("AUS", 100.0)]), [JAPAN]).records.row(0, named=True)
    assert (row["ec_scope"], row["reliance_gap"]) == (WORLD_ALONE, NO_USE)
    assert row["ec_supply_risk"] == pytest.approx((0.75**2 * 6 + 0.25**2 * 3) * 0.5 * 0.9)
    full = compute(SMALL, [JAPAN]).records.row(0, named=True)
    assert (full["ec_scope"], full["reliance_gap"]) == (FULL_SCORE, None)


def test_rare_earth_weights_before_2000_are_unknown_for_japan_and_known_since(store):
    history = Study("JPN", store=store).history("rare_earths")
    weights = ["import_quantity_t", "price_usd_per_kg", "top_supplier_weight_share", "import_hhi_weight"]
    early = history.records.filter(pl.col("year") < 2000)
    assert early.height == 5
    assert early.select(weights).null_count().row(0) == (5,) * 4
    assert early["import_value_kusd"].null_count() == 0
    assert history.records.filter(pl.col("year") >= 2000).select(weights).null_count().sum_horizontal().item() == 0
    leaders = largest_suppliers(history).filter(pl.col("year") < 2000)
    assert leaders["weight_share"].null_count() == leaders.height > 0
    assert any("weights cover only 21 % of the value in 1995" in note for note in history.notes)


def test_the_weights_shown_are_those_that_the_loss_of_a_supplier_rests_on(store):
    """Gold of Japan in 2024: a third of the ore has no reported weight."""
    record = Study("JPN", store=store).expose("gold", year=2024).records.row(0, named=True)
    market = calibrate(store, store.mineral("gold"), [2024], home_sales=False)
    bought = market.flows[:, market.consumers.index("JPN")]
    assert record["import_quantity_t"] == pytest.approx(bought.sum())
    assert record["top_supplier_weight_share"] == pytest.approx(bought.max() / bought.sum())
    assert record["imputed_value_share"] > 0.05


def test_a_weight_that_nobody_reported_is_null_in_the_flows_not_zero(store):
    flows = load(store, [store.mineral("rare_earths")], [1995]).flows
    france = flows.filter(pl.col("importer") == "JPN", pl.col("exporter") == "FRA")
    assert france["value_kusd"].item() > 0
    assert france.select("quantity_t", "quantity_reported_t", "content_t").row(0) == (None, None, None)


def test_trade_between_members_of_a_region_is_not_its_import():
    two = Region("TWO", "China and Japan", ("CHN", "JPN"))
    answer = compute(SMALL, [two])
    assert answer.suppliers["supplier"].to_list() == ["AUS"]
    row = answer.records.row(0, named=True)
    assert row["import_quantity_t"] == 40.0
    assert row["domestic_production_t"] == 300.0
    assert row["import_risk"] == pytest.approx(40 * 0.3 / (100 + 300))


def test_a_region_supplies_itself_member_by_member():
    """Two members that mine as much as each other are two suppliers, each with its own governance."""
    two = Region("TWO", "China and Australia", ("CHN", "AUS"))
    world = inputs([flow("CHN", "JPN", 1.0, 1e-9)], [made("CHN", 100.0), made("AUS", 100.0)])
    row = compute(world, [two]).records.row(0, named=True)
    at_home = (0.25 * 6 + 0.25 * 3) * 0.8
    assert row["net_import_reliance"] == pytest.approx(0.0, abs=1e-9)
    assert row["ec_supply_risk"] == pytest.approx(at_home * 0.5 * 0.9)


def test_a_missing_content_factor_leaves_reliance_unknown():
    no_factor = [*flow("JPN", "CHN", 600.0, 60.0)[:-1], None]
    row = compute(inputs([tuple(no_factor)], [made("CHN", 1.0)]), [JAPAN]).records.row(0, named=True)
    assert (row["net_import_reliance"], row["reliance_gap"]) == (None, NO_CONTENT)
    assert row["import_risk"] == pytest.approx(0.6)


def test_the_inputs_are_not_changed():
    before = SMALL.flows.clone()
    compute(SMALL, [JAPAN])
    assert_frame_equal(SMALL.flows, before)


def test_shares_of_the_suppliers_of_every_record_sum_to_one(all_inputs):
    sums = compute(all_inputs).suppliers.group_by(RECORD).agg(pl.col("value_share", "weight_share").sum())
    assert sums["value_share"].to_list() == pytest.approx([1.0] * sums.height)
    weighed = sums.filter(pl.col("weight_share") > 0)["weight_share"]
    assert weighed.is_nan().sum() == 0
    assert weighed.to_list() == pytest.approx([1.0] * weighed.len())


def test_gas_made_at_home_is_counted_in_tonnes(store):
    answer = expose(store, [JAPAN], [store.mineral("natural_gas")], [2022])
    gas = store.scan("production").filter(
        pl.col("mineral") == "natural_gas", pl.col("country") == "JPN", pl.col("year") == 2022
    )
    million_m3 = gas.collect()["quantity"].item()
    assert answer.records["domestic_production_t"].item() == pytest.approx(million_m3 * 800)


def test_guyana_and_french_guiana_are_told_apart(store):
    for table, key in (("governance", ["country", "year"]), ("production", ["mineral", "country", "year"])):
        frame = store.scan(table).collect()
        assert frame.select(key).is_duplicated().sum() == 0
        assert {"GUY", "GUF"} <= set(frame["country"])


def test_only_one_stage_can_be_counted(store):
    tungsten = store.mineral("tungsten")
    ore, metal, both = (expose(store, [JAPAN], [tungsten], [2022], stage).records for stage in ("ore", "metal", None))
    parts = ore["import_value_kusd"].item() + metal["import_value_kusd"].item()
    assert parts == pytest.approx(both["import_value_kusd"].item())


def test_the_long_table_holds_every_measure_with_unit_and_sources():
    answer = Study("JPN").expose("cobalt", year=2022)
    table = answer.table()
    assert table.columns == list(KEYS)
    assert set(table.select("importer", "country", "year", "stat").unique().row(0)) == {"JPN", "2022", "value"}
    variables = set(table.filter(pl.col("partner").is_null())["variable"])
    assert {v for v in variables if not v.startswith("cobalt_metal ")} == {*measures(), "share_of_world_trade"}
    assert table.select("unit", "source_id").null_count().sum_horizontal().item() == 0
    row = table.filter(pl.col("variable") == "import_value_kusd").row(0, named=True)
    assert (row["unit"], row["source_id"]) == ("thousand USD", "CEPII_BACI")
    assert row["value"] == answer.records["import_value_kusd"].item()


def test_every_measure_is_a_column_and_every_column_a_measure():
    columns = set(Study("JPN").expose("cobalt", year=2022).records.columns)
    assert columns - {*RECORD, *labels(), *ranking.COLUMNS} == set(measures())
    assert set(labels()) == {"top_supplier", "top_supplier_value", "ec_scope", "reliance_gap"}


def test_history_begins_with_trade_and_its_production_measures_with_production():
    records = Study("JPN").history("cobalt").records.sort("year")
    assert records["year"].to_list() == list(range(1995, 2025))
    assert records.filter(pl.col("geopolrisk_score").is_not_null())["year"].min() == 2018


def test_small_suppliers_are_joined_and_nothing_is_lost():
    history = Study("JPN").history("rare_earths")
    joined = largest_suppliers(history, count=3)
    assert set(joined.group_by(RECORD).len()["len"]) <= set(range(1, 8))
    assert "Others" in set(joined["supplier"])
    assert joined["value_kusd"].sum() == pytest.approx(history.suppliers["value_kusd"].sum())
    by_value = history.suppliers.group_by("supplier").agg(pl.col("value_share").sum())
    named = by_value.sort("value_share", descending=True)["supplier"].head(3)
    assert set(named) <= set(joined["supplier"])
