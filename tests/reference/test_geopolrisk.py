"""Does the GeoPolRisk method give what its authors' own program gives?

`geopolrisk_japan.csv`: 330 results of geopolrisk-py 2.0.1, run unmodified on its own data files (Japan, 22 materials,
three years). `geopolrisk_regression_usa.csv`: expected results of that program's regression test, made with an
earlier release of the trade data. `geopolrisk_company.csv`: the purchases of its example company.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia.codes import Region, economy
from sogdia.exposure import Exposure
from sogdia.exposure.indicators import geopolrisk
from sogdia.exposure.inputs import RECORD, Inputs
from sogdia.exposure.position import compute

HERE = Path(__file__).parent
REL = 1e-9
ANOTHER_RELEASE = 0.06  # BACI revises quantities of past years by a few per cent from release to release
SUMS = 1e-12  # the same numbers added in another order


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(HERE / name, schema_overrides={"year": pl.Int16})


@pytest.fixture(scope="module")
def japan(all_inputs) -> Exposure:
    return compute(all_inputs, [economy("JPN")])


@pytest.fixture(scope="module")
def everyone(all_inputs) -> Exposure:
    return compute(all_inputs)


@pytest.fixture(scope="module")
def pairs(japan):
    """The program's results and ours, row by row."""
    theirs = reference("geopolrisk_japan.csv")
    variables = theirs["variable"].unique().to_list()
    ours = japan.records.unpivot(index=["mineral", "year"], on=variables, variable_name="variable", value_name="ours")
    return theirs.join(ours, on=["mineral", "year", "variable"], how="left", validate="1:1")


def test_every_result_of_the_authors_program_is_reproduced(pairs):
    found = pairs.filter(pl.col("value") != 0)
    assert found.height == 322
    assert found["ours"].to_list() == pytest.approx(found["value"].to_list(), rel=REL)


def test_where_the_program_finds_no_trade_and_says_zero_we_say_unknown_and_why(pairs, japan):
    silent = pairs.filter(pl.col("value") == 0)
    assert silent.select("mineral", "year").unique().sort("year").rows() == [("uranium", 2022), ("uranium", 2024)]
    assert silent["ours"].to_list() == [None] * 8
    (note,) = [note for note in japan.notes if note.startswith("Uranium")]
    assert note == "Uranium: no import of JPN is recorded in 2021, 2022, 2023, 2024; that is unknown, not zero."


def test_the_regression_test_of_the_program_is_met_up_to_the_release_of_the_data(all_inputs):
    theirs = reference("geopolrisk_regression_usa.csv")
    ours = compute(all_inputs, [economy("USA")]).records.filter(pl.col("year") == 2022)
    variables = [v for v in theirs["variable"].unique() if v in ours.columns]
    table = ours.unpivot(index="mineral", on=variables, variable_name="variable", value_name="ours")
    both = theirs.join(table, on=["mineral", "variable"])
    assert both.height == 18
    assert both["ours"].to_list() == pytest.approx(both["value"].to_list(), rel=ANOTHER_RELEASE)
    exact = both.filter(pl.col("variable") == "domestic_production_t")
    assert exact["ours"].to_list() == exact["value"].to_list()


def test_the_regression_figures_follow_from_one_another_by_our_formulas():
    theirs = reference("geopolrisk_regression_usa.csv").pivot("variable", index="mineral", values="value")
    risk, imports = geopolrisk.import_risk(
        theirs["imports_t"].to_numpy(),
        (theirs["weighted_imports_t"] / theirs["imports_t"]).to_numpy(),
        theirs["domestic_production_t"].to_numpy(),
        np.arange(theirs.height),
    )
    score = geopolrisk.score(theirs["production_hhi"].to_numpy(), risk)
    factor = geopolrisk.characterisation_factor(score, theirs["unit_value_usd_per_kg"].to_numpy())
    assert imports.tolist() == pytest.approx(theirs["imports_t"].to_list(), rel=REL)
    assert risk.tolist() == pytest.approx(theirs["import_risk"].to_list(), rel=REL)
    assert score.tolist() == pytest.approx(theirs["geopolrisk_score"].to_list(), rel=REL)
    assert factor.tolist() == pytest.approx(theirs["characterisation_factor"].to_list(), rel=REL)


def test_instability_of_countries_is_the_published_one(store):
    theirs = reference("geopolrisk_instability.csv")
    ours = store.scan("governance").collect().join(theirs, on=["country", "year"])
    assert ours.height == theirs.height == 5
    assert ours["instability"].to_list() == pytest.approx(ours["instability_right"].to_list(), rel=REL)


def test_the_purchases_of_the_example_company_give_its_published_risk(store):
    bought = reference("geopolrisk_company.csv")
    scores = store.scan("governance").filter(pl.col("year") == 2022).collect()
    table = bought.join(scores, on="country", how="left", maintain_order="left")
    risk, total = geopolrisk.import_risk(
        table["quantity_t"].to_numpy(), table["instability"].to_numpy(), np.zeros(1), np.zeros(5, dtype=np.intp)
    )
    assert total.tolist() == pytest.approx([1566.0])
    assert (risk * total).tolist() == pytest.approx([604.13025], rel=1e-7)
    assert risk.tolist() == pytest.approx([0.385779], rel=1e-5)
    assert table["value_kusd"].sum() / table["quantity_t"].sum() == pytest.approx(6.078544, rel=1e-6)


def test_two_importers_together_are_the_sum_of_their_trade():
    risk, total = geopolrisk.import_risk(
        np.array([1000.0, 2000.0]), np.array([0.5, 0.6]), np.zeros(1), np.zeros(2, dtype=np.intp)
    )
    assert (risk * total).tolist() == pytest.approx([1700.0])
    assert total.tolist() == [3000.0]


def test_the_score_of_the_programs_unit_test():
    risk, _ = geopolrisk.import_risk(np.array([2000.0]), np.array([0.5]), np.array([500.0]), np.zeros(1, dtype=np.intp))
    assert geopolrisk.score(np.array([0.3]), risk).tolist() == pytest.approx([0.12], rel=1e-7)


def test_every_importer_at_once_is_the_same_as_one_at_a_time(all_inputs, everyone):
    some = ["JPN", "KAZ", "USA", "TWN", "XKX", "DEU", "COD"]
    alone = compute(all_inputs, [economy(name) for name in some]).records
    together = everyone.records.filter(pl.col("economy").is_in(some))
    common = alone.join(together.select(RECORD), on=RECORD, how="semi").sort(RECORD)
    assert common.height == together.height > 1500
    assert_frame_equal(common, together.sort(RECORD).select(common.columns), rel_tol=SUMS, abs_tol=0)


def test_the_method_holds_for_over_forty_thousand_records(everyone):
    records = everyone.records
    assert records.height > 40_000
    assert records["economy"].n_unique() > 220
    for variable in ("production_hhi", "import_risk", "geopolrisk_score", "geopolrisk_low", "geopolrisk_high"):
        known = records[variable].drop_nulls()
        assert known.len() > 40_000
        assert known.is_between(0, 1).all(), variable
    ordered = records.drop_nulls(["geopolrisk_low", "geopolrisk_score", "geopolrisk_high"])
    assert (ordered["geopolrisk_low"] <= ordered["geopolrisk_score"]).all()
    assert (ordered["geopolrisk_score"] <= ordered["geopolrisk_high"]).all()


def test_a_region_is_the_union_of_its_members(all_inputs):
    five = economy("CENTRAL_ASIA")
    region = compute(all_inputs, [five])
    flows = all_inputs.flows.filter(pl.col("importer").is_in(five.members), ~pl.col("exporter").is_in(five.members))
    summed = flows.group_by("mineral", "year", supplier="exporter").agg(pl.col("value_kusd", "quantity_t").sum())
    key = ["mineral", "year", "supplier"]
    assert_frame_equal(
        region.suppliers.select(*key, "value_kusd", "quantity_t").sort(key),
        summed.select(*key, "value_kusd", "quantity_t").sort(key),
        rel_tol=SUMS, abs_tol=0,
    )  # fmt: skip
    made = all_inputs.production.filter(pl.col("country").is_in(five.members))
    by_record = {(m, y): q for m, y, q in made.group_by("mineral", "year").agg(pl.col("amount_t").sum()).iter_rows()}
    for mineral, year, ours in region.records.select("mineral", "year", "domestic_production_t").iter_rows():
        assert ours is None or ours == pytest.approx(by_record.get((mineral, year), 0.0))


def by_hand(inputs: Inputs, importers: tuple[str, ...], mineral: str, year: int) -> float:
    """Import risk from the definition, row by row: 0 inside the region, 0.5 where no score is matched."""
    scores = dict(inputs.governance.filter(pl.col("year") == year).select("country", "instability").iter_rows())
    flows = inputs.flows.filter(
        pl.col("importer").is_in(importers), pl.col("mineral") == mineral, pl.col("year") == year
    )
    weighted = total = 0.0
    for exporter, quantity in (
        flows.drop_nulls("quantity_reported_t").select("exporter", "quantity_reported_t").iter_rows()
    ):
        score = None if exporter == "TWN" else scores.get(exporter)
        total += quantity
        weighted += 0.0 if exporter in importers else quantity * (0.5 if score is None else score)
    made = inputs.production.filter(
        pl.col("country").is_in(importers), pl.col("mineral") == mineral, pl.col("year") == year
    )
    return weighted / (total + made["amount_t"].sum())


def test_trade_inside_a_region_carries_no_risk_but_counts_as_supply(all_inputs):
    two = Region("TWO", "Japan and China", ("JPN", "CHN"))
    region = compute(all_inputs, [two])
    record = region.records.filter(pl.col("mineral") == "rare_earths", pl.col("year") == 2022)
    expected = by_hand(all_inputs, two.members, "rare_earths", 2022)
    assert record["import_risk"].item() == pytest.approx(expected, rel=REL)
    assert not set(two.members) & set(region.suppliers["supplier"])


def test_taiwan_counts_as_one_half_in_the_published_score_though_its_governance_is_known(all_inputs, japan):
    known = all_inputs.governance.filter(pl.col("country") == "TWN", pl.col("year") == 2022)["instability"].item()
    assert known < 0.4
    record = japan.records.filter(pl.col("mineral") == "tantalum", pl.col("year") == 2022)
    expected = by_hand(all_inputs, ("JPN",), "tantalum", 2022)
    assert record["import_risk"].item() == pytest.approx(expected, rel=REL)
    taiwan = japan.suppliers.filter(
        pl.col("mineral") == "tantalum", pl.col("year") == 2022, pl.col("supplier") == "TWN"
    )
    assert taiwan["weight_share"].item() > 0
    assert taiwan["instability"].item() == known
