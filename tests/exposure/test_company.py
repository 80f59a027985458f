"""A company's own purchases, and trends of concentration."""

from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.data.adding import add
from sogdia.errors import NoAnswerError

PURCHASES = """company,year,mineral,hs6,origin,quantity_t,value_kusd
ACME,2022,nickel,,NOR,100,2000
ACME,2022,nickel,,PHL,300,3000
ACME,2022,,261100,VNM,10,150
ACME,2021,cobalt,,COD,10,400
ACME,2021,cobalt,,FIN,10,
ACME,2021,tin,,IDN,,500
ACME,2021,tin,,PER,20,500
"""


@pytest.fixture
def study(tmp_path):
    file = tmp_path / "purchases.csv"
    file.write_text(PURCHASES, encoding="utf-8")
    add(file, folder=tmp_path / "store")
    return Study(store=tmp_path / "store")


def test_a_companys_risk_is_its_purchases_weighted_by_instability(study):
    records = study.expose_company("ACME", "nickel", year=2022).records
    governance = study.store.scan("governance").filter(pl.col("year") == 2022).collect()
    instability = dict(governance.select("country", "instability").iter_rows())
    expected = 0.25 * instability["NOR"] + 0.75 * instability["PHL"]
    assert records["import_risk"].item() == pytest.approx(expected, rel=1e-12)
    assert records["top_supplier"].item() == "PHL"
    assert records["price_usd_per_kg"].item() == pytest.approx(12.5)


def test_a_purchase_by_code_counts_for_the_minerals_of_the_code(study):
    records = study.expose_company("ACME", year=2022).records
    assert set(records["mineral"]) == {"nickel", "tungsten"}


def test_an_unknown_company_is_answered_with_the_known_ones(study):
    with pytest.raises(NoAnswerError, match="ACME"):
        study.expose_company("ACNE", year=2022)
    with pytest.raises(NoAnswerError, match="bought none"):
        study.expose_company("ACME", year=2020)


def test_a_purchase_of_unknown_value_leaves_value_and_price_unknown_and_says_so(study):
    answer = study.expose_company("ACME", "cobalt", year=2021)
    row = answer.records.row(0, named=True)
    for unknown in ("import_value_kusd", "price_usd_per_kg", "top_supplier_value_share", "import_hhi_value"):
        assert row[unknown] is None, unknown
    assert (row["import_quantity_t"], row["import_hhi_weight"]) == (20.0, 0.5)
    assert answer.suppliers["value_share"].to_list() == [None, None]
    assert any(note.startswith("Cobalt: value is not known for 1 of 2 purchases") for note in answer.notes)


def test_purchases_without_enough_weights_have_no_shares_by_weight(study):
    row = study.expose_company("ACME", "tin", year=2021).records.row(0, named=True)
    assert (row["import_value_kusd"], row["weighed_value_share"]) == (1000.0, 0.5)
    assert (row["import_quantity_t"], row["top_supplier_weight_share"]) == (None, None)


def test_a_year_without_purchases_names_the_years_there_are(study):
    with pytest.raises(
        NoAnswerError, match=r"bought none of these minerals in 2024; there are purchases in 2021, 2022"
    ):
        study.expose_company("ACME", year=2024)


def test_the_trend_is_the_slope_of_the_index_computed_year_by_year(store):
    trend = Study("JPN", store=store).expose("rare_earths", year=2015).records
    history = Study(store=store).history("rare_earths").records.filter(pl.col("year").is_between(2006, 2015))
    years = history["year"].cast(pl.Float64)
    slope = ((years - years.mean()) * history["import_hhi_value"]).sum() / ((years - years.mean()) ** 2).sum()
    assert trend["hhi_trend"].item() == pytest.approx(slope, rel=1e-9)
    assert trend["hhi_trend"].item() < 0
