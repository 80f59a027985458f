"""Does our supply risk rank materials as the European Commission's study of 2023 does?

Published values: table `ec_criticality` of the data. Ours use political stability alone, 2018-2020 instead of
2016-2020, and exporters instead of mines; docs/exposure.md gives the figure and the reasons for the outliers.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import spearmanr

from sogdia.codes import economy
from sogdia.exposure import expose
from sogdia.exposure.indicators.ec_supply_risk import governance_weighted_hhi, supply_risk
from sogdia.exposure.inputs import load

YEARS = (2018, 2019, 2020)
MEASURED_RANK_CORRELATION = 0.945
MARGIN = 0.025
# World scope, political stability alone, mean of 2018-2020: a separate calculation from the same publications.
SEPARATE_CALCULATION = {"niobium": 4.92, "cobalt": 3.46, "beryllium": 2.46, "vanadium": 2.34, "lithium": 1.17}


@pytest.fixture(scope="module")
def pairs(store):
    """Published and own supply risk of every mine-stage material that has both."""
    mined = [m for m in store.minerals.values() if m.codes and m.ec_stage == "extraction"]
    ours = expose(store, [economy("EU27")], mined, YEARS).records
    published = store.scan("ec_criticality").select("mineral", "sr_extraction", "sr_overall").collect()
    return (
        ours.group_by("mineral")
        .agg(pl.col("ec_supply_risk").mean())
        .join(published, on="mineral")
        .with_columns(published=pl.coalesce("sr_extraction", "sr_overall"))
        .drop_nulls(["published", "ec_supply_risk"])
    )


def test_materials_rank_as_in_the_study(pairs):
    assert pairs.height == 24
    measured = spearmanr(pairs["ec_supply_risk"], pairs["published"]).statistic
    assert measured == pytest.approx(MEASURED_RANK_CORRELATION, abs=MARGIN)


def test_the_most_and_the_least_critical_are_the_same(pairs):
    by_ours = pairs.sort("ec_supply_risk")["mineral"].to_list()
    by_theirs = pairs.sort("published")["mineral"].to_list()
    assert set(by_ours[:3]) == set(by_theirs[:3]) == {"lead", "copper", "zinc"}
    assert set(by_ours[-2:]) == set(by_theirs[-2:]) == {"niobium", "boron"}


def test_the_level_is_that_of_the_study(pairs):
    ratio = (pairs["ec_supply_risk"] / pairs["published"]).log()
    assert float(np.exp(ratio.median())) == pytest.approx(1.1, abs=0.15)


def test_each_member_is_a_supplier_of_its_own(pairs):
    """Magnesite comes almost wholly from inside the Union, out of many members: its risk is low, as published."""
    magnesite = pairs.filter(pl.col("mineral") == "magnesite").row(0, named=True)
    assert magnesite["ec_supply_risk"] == pytest.approx(magnesite["published"], rel=0.2)


@pytest.mark.parametrize("mineral", sorted(SEPARATE_CALCULATION))
def test_the_worlds_part_agrees_with_a_separate_calculation(store, mineral):
    inputs = load(store, [store.mineral(mineral)], YEARS)
    rows = (
        inputs.production.join(inputs.governance, on=["country", "year"], how="left")
        .join(inputs.trade_terms, on=["mineral", "country"], how="left")
        .with_columns(record=pl.col("year").cast(pl.Int64) - YEARS[0], trade_term=pl.col("trade_term").fill_null(1.0))
    )
    concentration = governance_weighted_hhi(
        rows["amount"].fill_null(0.0).to_numpy(),
        rows["instability"].fill_null(float("nan")).to_numpy(),
        rows["trade_term"].to_numpy(),
        rows["record"].to_numpy(),
        len(YEARS),
    )
    terms = inputs.minerals.row(0, named=True)
    unknown = np.full(len(YEARS), np.nan)
    risks = supply_risk(
        concentration, unknown, unknown, np.full(len(YEARS), terms["eol_rir"]), np.full(len(YEARS), terms["si_sr"])
    )
    assert risks.mean() == pytest.approx(SEPARATE_CALCULATION[mineral], rel=0.05)
