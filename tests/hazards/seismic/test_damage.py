"""Damage in closed form: values by hand, Bishkek, and what a higher code level does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sogdia import Study, UnknownNameError
from sogdia.data import Store
from sogdia.hazards.code_level import CODE_LEVELS, CodeLevel
from sogdia.hazards.curve import damage_rate, exceedance_rate, packaged_curves
from sogdia.hazards.seismic.damage import STATES, fragilities, fragilities_up_to, reached_rates, restorations, stays
from sogdia.network import Corridors


def test_the_closed_form_of_the_damage_rate_is_the_integral_over_the_curve() -> None:
    median, beta, a475, slope = 0.23, 0.4, 0.21, 2.38
    assert damage_rate(median, beta, a475, slope) == pytest.approx(0.002667, abs=5e-7)
    ln_a = np.linspace(math.log(1e-4), math.log(50), 200_001)
    rate = np.array([exceedance_rate(a, a475, slope) for a in np.exp(ln_a)])
    density = np.exp(-(((ln_a - math.log(median)) / beta) ** 2) / 2) / (beta * math.sqrt(2 * math.pi))
    assert np.trapezoid(rate * density, ln_a) == pytest.approx(damage_rate(median, beta, a475, slope), rel=1e-9)


def test_hardening_the_process_plant_of_bishkek_cuts_its_outage_from_0_66_to_0_055_days_a_year(
    store: Store, corridors: Corridors
) -> None:
    """Rows: low steel braced frame (S2L), pre and high code; repair times of industrial buildings, 10-30-120-240 days.

    A reference has 0.64 for the first: so much is left where shaking below about 0.044 g does no damage.
    """
    study = Study("JPN", store=store)
    days = {
        level: study.hazard("KGZ:Bishkek", asset="process_plant", code_level=level, corridors=corridors)
        .days_per_year("earthquake")
        .central
        for level in CODE_LEVELS
    }
    assert days["pre"] == pytest.approx(0.6594, abs=5e-5)
    assert days["pre"] == pytest.approx(0.64, rel=0.04)
    assert days["high"] == pytest.approx(0.055, abs=5e-4)
    assert days["pre"] > days["low"] > days["moderate"] > days["high"]


@pytest.mark.parametrize("asset", sorted(fragilities()))
def test_a_higher_code_level_never_lengthens_an_outage(asset: str) -> None:
    for place in ("KGZ:Bishkek", "KAZ:Khromtau", "KAZ:Boguty", "GEO:Poti"):
        before = None
        for level in CODE_LEVELS:
            reached = reached_rates(packaged_curves()[place], fragilities_up_to(asset, level))
            assert reached is not None
            assert (np.diff(reached) <= 0).all()
            assert (stays(reached) >= 0).all()
            if before is not None:
                assert (reached <= before).all()
            before = reached


@pytest.mark.parametrize("asset", sorted({asset for asset, _ in restorations()} & set(fragilities())))
def test_a_worse_state_of_damage_lasts_longer(asset: str) -> None:
    days = [restorations()[asset, state].days.central for state in STATES if (asset, state) in restorations()]
    assert days == sorted(days)


@pytest.mark.parametrize(("level", "found"), [("pre", "low"), ("moderate", "low"), ("high", "high")])
def test_an_asset_without_rows_of_a_level_takes_the_next_lower_one_or_its_lowest(level: CodeLevel, found: str) -> None:
    assert fragilities_up_to("substation", level)[-1].code_level == found


def test_an_asset_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="process_plant"):
        fragilities_up_to("proces_plant", "low")
