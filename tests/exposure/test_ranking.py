"""Rankings: what is ranked, in which group the rest stands, and which suppliers and series are doubtful."""

from __future__ import annotations

import json

import polars as pl
import pytest

from sogdia import Study
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.coverage_grade import GRADES
from sogdia.data.coverage_rules import CoverageRules
from sogdia.exposure import Exposure
from sogdia.exposure.doubts import EXCESS, HUB, IMPUTED, PROCESSOR, breaks
from sogdia.exposure.ranking import GROUPS, RANKED
from support.cli import run

YEAR = 2024
IMPORTERS = ("JPN", "EU27", "USA")
RULES = CoverageRules(least_import_kusd=1.0, break_weight_ratio=8.0, break_price_ratio=4.0)


@pytest.fixture(scope="module")
def answers(store: Store) -> dict[str, Exposure]:
    return {importer: Study(importer, store=store).expose(year=YEAR) for importer in IMPORTERS}


def group(answer: Exposure, mineral: str) -> str:
    return str(answer.records.filter(pl.col("mineral") == mineral)["rank_group"].item())


@pytest.mark.parametrize("importer", IMPORTERS)
def test_every_record_is_ranked_or_says_why_not(answers: dict[str, Exposure], importer: str) -> None:
    records = answers[importer].records
    assert set(records["rank_group"]) <= set(GROUPS)
    assert set(records["coverage"]) <= set(GRADES)
    assert (records["ranked"] == (records["rank_group"] == RANKED)).all()
    assert (records["unranked"].is_null() == records["ranked"]).all()
    assert records.filter((pl.col("coverage") == "fringe") & pl.col("ranked")).is_empty()


@pytest.mark.parametrize("importer", IMPORTERS)
def test_the_ranked_come_first_and_the_riskiest_of_them_before_the_others(
    answers: dict[str, Exposure], importer: str
) -> None:
    records = answers[importer].records
    ranked = records.filter("ranked")
    assert records.head(ranked.height)["ranked"].all()
    risks = ranked["supply_risk_of_imports"].drop_nulls().to_list()
    assert risks == sorted(risks, reverse=True)


@pytest.mark.parametrize("importer", IMPORTERS)
def test_no_ranked_mineral_is_gold_self_sufficient_or_scored_by_the_world(
    answers: dict[str, Exposure], importer: str
) -> None:
    ranked = answers[importer].records.filter("ranked")
    assert not {"gold", "silver"} & set(ranked["mineral"])
    assert ranked.filter(pl.col("net_import_reliance") < 0.1).is_empty()
    assert ranked.filter(pl.col("ec_scope") == "world alone").is_empty()


def test_known_traps_stand_in_their_groups(answers: dict[str, Exposure]) -> None:
    assert group(answers["JPN"], "magnesite") == "broken"
    assert group(answers["JPN"], "antimony") == "not_visible"
    assert group(answers["JPN"], "mercury") == "no_import"
    assert group(answers["JPN"], "cobalt") == "world_alone"
    assert group(answers["JPN"], "selenium") == "not_dependent"
    assert group(answers["USA"], "phosphate_rock") == "not_visible"
    assert group(answers["USA"], "boron") == "not_dependent"
    assert group(answers["EU27"], "gold") == "precious"


def test_gold_is_ranked_on_request(store: Store) -> None:
    assert group(Study("KOR", store=store).expose(["gold", "tin"], year=YEAR), "gold") == "precious"
    assert group(Study("KOR", store=store).expose("silver", year=YEAR, with_gold=True), "silver") != "precious"


def test_the_importers_own_output_is_no_concentration(answers: dict[str, Exposure]) -> None:
    """Feldspar of the United States is mostly its own: the Commission's score squares that share, the ranking not."""
    row = answers["USA"].records.filter(pl.col("mineral") == "feldspar").row(0, named=True)
    assert row["supply_risk_of_imports"] < 0.5 * row["ec_supply_risk"]
    alone = answers["JPN"].records.filter(pl.col("domestic_production_t") == 0.0, pl.col("ec_supply_risk") > 0)
    assert alone["supply_risk_of_imports"].to_list() == pytest.approx(alone["ec_supply_risk"].to_list())


def test_traders_processors_and_imputed_suppliers_are_marked(store: Store) -> None:
    marks = {}
    for importer, mineral, year in (("CHE", "gold", YEAR), ("JPN", "cobalt", YEAR), ("JPN", "gold", YEAR)):
        suppliers = Study(importer, store=store).expose(mineral, year=year).suppliers
        marks[mineral, importer] = dict(suppliers.select("supplier", "mark").iter_rows())
    assert marks["cobalt", "JPN"]["FIN"] == PROCESSOR
    assert marks["gold", "JPN"]["TWN"] in (IMPUTED, HUB)
    assert marks["gold", "CHE"]["KGZ"] in (HUB, EXCESS)


def series(quantity: list[float], price: list[float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "mineral": ["m"] * len(quantity), "year": list(range(2010, 2010 + len(quantity))),
            "importer": ["AAA"] * len(quantity), "exporter": ["BBB"] * len(quantity),
            "value_kusd": [q * p for q, p in zip(quantity, price, strict=True)], "quantity_t": quantity,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "price", "found"),
    [
        ([10.0, 10.0, 10.0, 280.0, 280.0, 280.0], [8.0, 8.0, 8.0, 1.0, 1.0, 1.0], {"m": 2013}),
        ([10.0, 10.0, 10.0, 280.0, 10.0, 10.0], [8.0, 8.0, 8.0, 1.0, 8.0, 8.0], {}),
        ([10.0, 10.0, 10.0, 280.0, 280.0, 280.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0], {}),
        ([280.0, 280.0, 280.0, 10.0, 10.0, 10.0], [1.0, 1.0, 1.0, 8.0, 8.0, 8.0], {"m": 2013}),
        ([10.0], [1.0], {}),
    ],
    ids=["another good", "one odd year", "more of the same", "back again", "one year"],
)
def test_a_break_is_a_lasting_jump_of_weight_against_price(
    quantity: list[float], price: list[float], found: dict[str, int]
) -> None:
    assert breaks(series(quantity, price), Region("AAA", "A", ("AAA",)), RULES) == found


def test_every_record_of_the_json_says_what_checks_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    status, written, _ = run(capsys, "expose", "JPN", "-y", str(YEAR), "--json")
    assert status == 0
    records = json.loads(written)["records"]
    products = [record for record in records if record["product"]]
    for record in records:
        assert record["coverage"] in GRADES
        assert isinstance(record["missing_codes"], list)
        assert isinstance(record["ranked"], bool)
        assert record["ranked"] or record["unranked"]
        assert "stage" in record
    assert {"antimony_metal", "nickel_matte", "gallium_metal", "ferro_alloys"} <= {p["product"] for p in products}


def test_the_table_of_the_command_line_has_the_groups_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    status, text, _ = run(capsys, "expose", "JPN", "-y", str(YEAR), "--full")
    assert status == 0
    places = [text.index(title) for title in GROUPS.values() if title in text]
    assert places == sorted(places)
    assert "Antimony" not in text[: text.index(GROUPS["world_alone"])]


def test_through_hubs_a_supplier_is_the_maker(store: Store) -> None:
    """The Netherlands mines no zircon: what Germany buys there is South African, Australian and Senegalese."""
    germany = Study("DEU", store=store)
    plain = germany.expose("zirconium", year=2022)
    seen = germany.expose("zirconium", year=2022, through_hubs=True)
    assert plain.records["top_supplier"].item() == "NLD"
    assert plain.records["top_supplier_mark"].item() == HUB
    assert seen.records["top_supplier"].item() == "ZAF"
    assert "NLD" not in seen.suppliers.filter(pl.col("weight_share") > 0.01)["supplier"].to_list()
    assert seen.suppliers["weight_share"].sum() == pytest.approx(1.0)
    assert any("makers" in note for note in seen.notes)
