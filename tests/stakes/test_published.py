"""Published losses beside ours: never fitted, and with the reason for the difference."""

from __future__ import annotations

import pytest

from sogdia.stakes.published import PublishedLoss, published_losses, studies_of


def study(mineral: str) -> PublishedLoss:
    return studies_of("USA", mineral)[0]


def test_the_bands_of_the_us_survey_are_as_published() -> None:
    assert (study("gallium").low, study("gallium").central, study("gallium").high) == (1700.0, 3100.0, 8200.0)
    assert (study("germanium").low, study("germanium").central, study("germanium").high) == (10.0, 400.0, 1100.0)


def test_our_losses_are_three_hundred_and_forty_times_smaller() -> None:
    gallium, germanium = study("gallium").times_ours, study("germanium").times_ours
    assert gallium == pytest.approx(300, rel=0.25)
    assert germanium == pytest.approx(40, rel=0.25)


def test_ours_do_not_lie_in_the_published_band_of_gallium() -> None:
    ours, published = study("gallium").ours_musd, study("gallium").low
    assert ours is not None
    assert published is not None
    assert ours.high < published


def test_japanese_studies_of_a_rare_earth_stop_stand_side_by_side() -> None:
    stops = [s for s in studies_of("JPN", "rare_earths") if s.unit == "percent of GDP"]
    assert {s.central for s in stops} == {1.3, 0.88, 0.43, 0.11}
    assert all(s.ours_musd is None for s in stops)


def test_every_study_has_a_source_and_a_reason() -> None:
    assert all(s.source_ids and s.reason for s in published_losses())
