from __future__ import annotations

import numpy as np
import pytest

from sogdia.exposure.indicators.ec_supply_risk import governance_weighted_hhi, supply_risk
from sogdia.exposure.indicators.geopolrisk import (
    COPPER_REFERENCE,
    characterisation_factor,
    import_risk,
    import_risk_half_width,
)
from sogdia.exposure.indicators.reliance import net_import_reliance
from sogdia.exposure.indicators.trend import slope_per_year
from sogdia.exposure.origin import trace

ALL_IN_ONE = np.zeros(2, dtype=np.intp)


def test_import_risk_worked_by_hand():
    risk, imports = import_risk(np.array([60.0, 40.0]), np.array([0.2, np.nan]), np.array([100.0]), ALL_IN_ONE)
    assert imports.tolist() == [100.0]
    assert risk.tolist() == pytest.approx([(60 * 0.2 + 40 * 0.5) / 200])


def test_the_band_worked_by_hand():
    half = import_risk_half_width(np.array([60.0, 40.0]), np.array([0.25, np.nan]), np.zeros(1), ALL_IN_ONE)
    assert half.tolist() == pytest.approx([1.6448536 * 0.6 * 0.25 / 5])


def test_copper_itself_has_a_characterisation_factor_of_one():
    assert characterisation_factor(np.array([COPPER_REFERENCE]), np.array([1.0])).tolist() == [1.0]


def test_the_commissions_formula_worked_by_hand():
    weighted = governance_weighted_hhi(
        np.array([3.0, 1.0]), np.array([0.4, np.nan]), np.array([1.1, 0.8]), ALL_IN_ONE, 2
    )
    assert weighted == pytest.approx([0.75**2 * 4 * 1.1 + 0.25**2 * 5 * 0.8, np.nan], nan_ok=True)
    risk = supply_risk(np.array([4.0]), np.array([2.0]), np.array([0.5]), np.array([0.25]), np.array([0.9]))
    assert risk.tolist() == pytest.approx([(4 * 0.25 + 2 * 0.75) * 0.75 * 0.9])


def test_without_reliance_or_sourcing_the_worlds_concentration_stands_alone():
    world, one = np.array([4.0]), np.ones(1)
    unknown = np.full(1, np.nan)
    assert supply_risk(world, unknown, one, np.zeros(1), one).tolist() == [4.0]
    assert supply_risk(world, one, unknown, np.zeros(1), one).tolist() == [4.0]


def test_a_net_exporter_has_no_reliance():
    assert net_import_reliance(np.array([10.0]), np.array([30.0]), np.array([100.0])).tolist() == [0.0]


def test_an_importer_without_production_relies_on_imports_wholly():
    assert net_import_reliance(np.array([10.0]), np.array([3.0]), np.array([0.0])).tolist() == [1.0]


def test_ore_that_passes_through_a_hub_is_traced_to_its_mine():
    """Country 0 mines 100, sells 80 to the hub 1, which uses 20 and sells 60 to country 2."""
    trade = np.zeros((3, 3))
    trade[1, 0], trade[2, 1] = 80.0, 60.0
    answer = trace(np.array([100.0, 0.0, 0.0]), trade)
    assert answer.consumption_by_origin == pytest.approx(np.array([[20.0, 0, 0], [20.0, 0, 0], [60.0, 0, 0]]))
    assert answer.shares(2).tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_a_hub_that_mines_too_mixes_in_proportion():
    """The hub adds 20 of its own to 80 bought and sells half of all: 80 % of what it sells is from country 0."""
    trade = np.zeros((3, 3))
    trade[1, 0], trade[2, 1] = 80.0, 50.0
    answer = trace(np.array([80.0, 20.0, 0.0]), trade)
    assert answer.consumption_by_origin[2] == pytest.approx([40.0, 10.0, 0.0])


def test_a_country_that_consumes_nothing_has_no_shares():
    trade = np.zeros((2, 2))
    trade[1, 0] = 10.0
    assert np.isnan(trace(np.array([10.0, 0.0]), trade).shares(0)).all()


def test_trade_of_a_country_with_itself_changes_nothing():
    trade = np.zeros((2, 2))
    trade[1, 0] = 10.0
    with_itself = trade + np.diag([5.0, 7.0])
    production = np.array([15.0, 0.0])
    assert trace(production, with_itself).consumption_by_origin.tolist() == (
        trace(production, trade).consumption_by_origin.tolist()
    )


def test_the_trend_leaves_unknown_years_out_and_needs_three():
    years = np.arange(2018.0, 2023.0)
    assert slope_per_year(years, np.array([1.0, np.nan, 3.0, 4.0, np.nan])) == pytest.approx(1.0)
    assert np.isnan(slope_per_year(years, np.array([1.0, np.nan, 3.0, np.nan, np.nan])))
