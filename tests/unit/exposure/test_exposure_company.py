"""A company's own purchases, and trends of concentration."""

from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.codes import economy
from sogdia.data.adding import add
from sogdia.errors import NoAnswerError
from sogdia.exposure.trend import value_trends

PURCHASES = """company,year,mineral,hs6,origin,quantity_t,value_kusd
ACME,2022,nickel,,NOR,100,2000
ACME,2022,nickel,,PHL,300,3000
ACME,2022,,261100,VNM,10,150
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


def test_the_trend_is_the_slope_of_the_index_computed_year_by_year(store):
    japan, rare_earths = economy("JPN"), store.mineral("rare_earths")
    trend = value_trends(store, [japan], [rare_earths], 2015)
    history = Study(store=store).history("rare_earths").records.filter(pl.col("year").is_between(2006, 2015))
    years = history["year"].cast(pl.Float64)
    slope = ((years - years.mean()) * history["import_hhi_value"]).sum() / ((years - years.mean()) ** 2).sum()
    assert trend["hhi_trend"].item() == pytest.approx(slope, rel=1e-9)
    assert trend["hhi_trend"].item() < 0
