"""Are the documented events carried whole, and does the rule say rightly which can be judged?"""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from sogdia.codes import countries, hs6_problem
from sogdia.data import Store, snapshot_folder
from sogdia.data import events as ev
from sogdia.errors import DataError

STORE = Store((snapshot_folder(),))
EVENTS = ev.restriction_events(STORE)
BY_KEY = {(event.event_id, event.mineral): event for event in EVENTS}
REE = BY_KEY["CHN_REE_QUOTA_2010", "rare_earths"]


def test_thirty_documented_events_are_carried() -> None:
    assert len({event.event_id for event in EVENTS}) == 30
    assert len({(event.event_id, event.mineral, event.subject) for event in EVENTS}) == len(EVENTS)


def test_codes_countries_and_kinds_are_valid() -> None:
    for event in EVENTS:
        assert all(hs6_problem(code) is None for code in event.hs6)
        assert event.country in countries()
        assert set(event.destinations or ()) <= set(countries())
        assert event.kind in ev.KINDS


def test_a_size_is_a_share_and_says_how_it_is_known() -> None:
    for event in EVENTS:
        sizes = (event.size_low, event.size, event.size_high)
        if event.size is None:
            assert sizes == (None, None, None)
            assert event.size_evidence is None
        else:
            assert 0 <= event.size_low <= event.size <= event.size_high <= 1  # type: ignore[operator]
            assert event.size_evidence is not None


def test_years_follow_each_other() -> None:
    for event in EVENTS:
        assert int(event.start[:4]) <= event.first_year
        assert event.last_year is None or event.first_year <= event.last_year
        assert all(year < event.first_year for year in ev.base_years(event, STORE))


def test_rare_earths_are_calibrated_before_the_recession() -> None:
    assert ev.base_years(REE, STORE) == (2006, 2007, 2008)
    assert ev.codes(REE, STORE) == ("284690", "280530", "284610")
    assert ev.testable(REE, STORE) is None


def test_the_size_of_the_rare_earth_quota_follows_from_the_quotas() -> None:
    """30,184 t in 2011 against 50,145 t in 2009 and 61,560 t in 2006."""
    assert REE.size_low == pytest.approx(1 - 30184 / 50145, abs=5e-4)
    assert REE.size_high == pytest.approx(1 - 30184 / 61560, abs=5e-4)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (("CHN_GA_2023", "gallium"), "None of its codes"),
        (("CHN_GE_2023", "germanium"), "811230 ended in 2016"),
        (("CHN_COKE_2008", None), "no mineral of this store"),
        (("COD_CO_BAN_2025", "cobalt"), "No trade for 2025"),
        (("RUS_PD_NI_WAR_2022", "palladium"), "Nothing was withheld"),
        (("KAZ_U_ACID_2024", "uranium"), "None of its codes"),
    ],
)
def test_an_event_that_cannot_be_judged_says_why(key: tuple[str, str | None], reason: str) -> None:
    found = ev.testable(BY_KEY[key], STORE)
    assert found is not None
    assert reason in found


def test_enough_events_can_be_judged() -> None:
    can = [event for event in EVENTS if ev.testable(event, STORE) is None]
    assert len(can) == 21
    assert {event.mineral for event in can} >= {"rare_earths", "nickel", "bauxite", "iron", "palladium", "cobalt"}


def test_the_rule_agrees_with_the_trade_data() -> None:
    """Every event the rule lets through has trade under its codes in its first year and in each base year."""
    for event in EVENTS:
        if ev.testable(event, STORE) is None:
            years = (*ev.base_years(event, STORE), event.first_year)
            seen = STORE.trade(ev.codes(event, STORE), years).select(pl.col("year").unique()).collect()
            assert set(seen["year"]) == set(years)


def test_a_country_that_exports_nothing_restricts_nothing() -> None:
    found = ev.testable(replace(REE, country="TUV"), STORE)
    assert found == "No exports of 284690, 280530, 284610 by TUV are recorded in the years before."


def test_an_event_needs_two_ordinary_years_before_it() -> None:
    found = ev.testable(replace(REE, base_first_year=None, base_last_year=None, first_year=1996), STORE)
    assert found == "Fewer than 2 ordinary years before 1996 are in the store."


def test_a_mineral_the_store_does_not_know_is_damage() -> None:
    with pytest.raises(DataError, match="unobtainium"):
        ev.testable(replace(REE, mineral="unobtainium"), STORE)
