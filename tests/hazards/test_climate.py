"""Climate: committed losses at equilibrium, how fast they come, and what follows from them."""

from __future__ import annotations

import pytest

from sogdia.hazards.climate import committed_loss, effects, outburst_factor, reached_by
from sogdia.uncertain import Range

LOSSES = {
    1.2: (3, 12, 32),
    1.5: (18, 35, 54),
    2.0: (34, 57, 73),
    2.7: (48, 77, 86),
    3.0: (52, 80, 89),
    4.0: (70, 91, 96),
}


@pytest.mark.parametrize(("warming", "loss"), LOSSES.items())
def test_the_committed_loss_of_central_asia_is_that_of_the_table(warming: float, loss: tuple[int, int, int]) -> None:
    found = committed_loss("central_asia", warming)
    assert found is not None
    assert found.value == Range(*loss)
    assert found.evidence == "seen"
    assert "not the loss by 2100" in found.note


def test_between_two_levels_the_loss_is_derived() -> None:
    found = committed_loss("central_asia", 2.35)
    assert found is not None
    assert found.value.central == pytest.approx(67)
    assert found.evidence == "derived"


def test_a_loss_of_78_percent_is_one_at_equilibrium_near_2_8_degrees() -> None:
    found = committed_loss("central_asia", 2.8)
    assert found is not None
    assert found.value.central == pytest.approx(78, abs=0.1)


def test_the_response_time_marks_63_or_80_percent_of_the_loss() -> None:
    assert reached_by(103, 0.8).central == pytest.approx(0.8)
    assert reached_by(103, 1 - 1 / 2.718281828459045).central == pytest.approx(0.632, abs=1e-3)
    share = reached_by(75, 0.8)
    assert 0 < share.low < share.central < share.high < 1


def test_rivers_lose_no_more_than_the_share_of_glaciers_in_them() -> None:
    for warming in LOSSES:
        by_name = {effect.name: effect.value for effect in effects("KGZ", warming)}
        assert -8 <= by_name["river_flow"].low <= by_name["river_flow"].central <= by_name["river_flow"].high <= 0
        assert by_name["summer_flow"].central <= by_name["river_flow"].central
        assert by_name["hydropower"].central == pytest.approx(1 + by_name["river_flow"].central / 100)
        assert by_name["process_water"].low == pytest.approx(1 + by_name["summer_flow"].low / 100)


def test_outbursts_grow_with_lakes_and_stay_as_they_are_today() -> None:
    assert outburst_factor(1.2)[0] == Range(1.0, 1.0, 1.0)
    assert outburst_factor(1.8)[0].central == pytest.approx(2.2)
    assert outburst_factor(4.4)[0].central == pytest.approx(3.1)
    assert outburst_factor(5.0)[0].central > 3.1


def test_a_country_without_glaciers_in_the_table_has_no_effects_and_the_caucasus_the_loss_alone() -> None:
    assert effects("JPN", 2.0) == ()
    assert [effect.name for effect in effects("GEO", 2.0)] == ["committed_glacier_loss"]
