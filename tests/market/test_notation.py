"""The notation of events has one parser; its faults name the option and what stood there."""

from __future__ import annotations

import pytest

from sogdia.errors import InputError, UnknownNameError
from sogdia.market.events import AtStage, DemandChange, ExportDuty, ExportLimit, OutputChange, TransportChange
from sogdia.market.events.clause import read_clause
from sogdia.market.events.countries import with_codes
from sogdia.market.events.notation import read_events, read_stocks, read_years

WRITTEN = {
    "cut": ("cut", "CHN=0.4", ExportLimit("CHN", share=0.4)),
    "cut in percent": ("cut", "CHN=40%", ExportLimit("CHN", share=0.4)),
    "cut to some": ("cut", "CHN:JPN,USA=0.4", ExportLimit("CHN", share=0.4, destinations=("JPN", "USA"))),
    "cut at a stage": ("cut", "China=0.4@Compound", AtStage(ExportLimit("CHN", share=0.4), "compound")),
    "blanks": ("cut", " China : Japan , USA = 0.4 ", ExportLimit("CHN", share=0.4, destinations=("JPN", "USA"))),
    "quota": ("quota", "CHN=30000", ExportLimit("CHN", quota_t=30000.0)),
    "embargo": ("embargo", "CHN:JPN", ExportLimit("CHN", share=1.0, destinations=("JPN",))),
    "duty": ("duty", "CHN=0.25", ExportDuty("CHN", 0.25)),
    "output": ("output", "ZAF=0.8", OutputChange("ZAF", 0.8)),
    "demand": ("demand", "JPN=1.2", DemandChange(1.2, ("JPN",))),
    "demand of all": ("demand", "world=1.1", DemandChange(1.1)),
    "way": ("way", "KAZ:JPN=1.3", TransportChange("KAZ", cost_factor=1.3, destinations=("JPN",))),
}


@pytest.mark.parametrize(("option", "text", "event"), WRITTEN.values(), ids=WRITTEN)
def test_a_text_is_the_event_it_says(option: str, text: str, event: object) -> None:
    assert read_events({option: text}) == (event,)


def test_a_region_behind_the_colon_is_its_members_and_events_stand_in_the_order_of_the_registry() -> None:
    duty, one = ExportDuty("CHN", 0.1), ExportLimit("CHN", share=0.4, destinations=("KAZ", "KGZ", "TJK", "TKM", "UZB"))
    assert read_events({"duty": ["CHN=0.1"], "cut": "CHN:CENTRAL_ASIA=0.4", "way": None}) == (one, duty)


REFUSED = {
    "percent of an amount": ("quota", "CHN=40%", "no percentage has a meaning here"),
    "no number": ("cut", "CHN", "write PLACE=NUMBER"),
    "share above one": ("cut", "CHN=1.4", "a share lies between 0 and 1"),
    "a gap": ("embargo", "CHN:JPN,", "buyers are named after the colon"),
    "buyers of output": ("output", "CHN:JPN=0.5", "a country's own"),
    "unknown stage": ("cut", "CHN=0.4@ingot", "unknown stage"),
    "no stage": ("cut", "CHN=0.4@", "unknown stage"),
}


@pytest.mark.parametrize(("option", "text", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_fault_names_the_option_the_value_and_the_rule(option: str, text: str, rule: str) -> None:
    with pytest.raises(InputError) as error:
        read_events({option: text})
    (fault,) = error.value.faults
    assert fault.file == option
    assert rule in fault.rule
    assert fault.value is not None
    assert fault.value in text
    assert fault.remedy


def test_a_place_that_is_no_country_tells_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean China"):
        read_events({"cut": "Chin=0.4"})
    with pytest.raises(UnknownNameError, match="EU27 is a region, and one country is needed"):
        read_events({"output": "EU27=0.5"})


def test_stocks_are_days_by_country_given_once_and_at_every_stage() -> None:
    assert read_stocks(["JPN=60", "South Korea=30"]) == {"JPN": 60.0, "KOR": 30.0}
    assert read_stocks(None) == {}
    for texts, rule in (
        (["JPN=60", "Japan=3"], "given twice"),
        ("JPN:USA=60", "a country's own"),
        ("JPN=60@ore", "the same at every stage"),
    ):
        with pytest.raises(InputError, match=f"stock: .*{rule}"):
            read_stocks(texts)


@pytest.mark.parametrize("text", ["2008-2006", "before", "", "2006-", "2006-x", "-2008"])
def test_base_years_that_are_no_span_are_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"base_years: .*Write 2006-2008\."):
        read_years(text)


def test_a_clause_keeps_its_parts_apart() -> None:
    clause = read_clause("CHN:JPN=0.4@ore", "cut")
    assert (clause.country, clause.destinations, clause.number, clause.stage) == ("CHN", ("JPN",), 0.4, "ore")


def test_names_of_countries_in_an_event_become_codes_and_regions_their_members() -> None:
    limit = ExportLimit("China", share=0.4, destinations=("japan", "CENTRAL_ASIA"))
    coded = ExportLimit("CHN", share=0.4, destinations=("JPN", "KAZ", "KGZ", "TJK", "TKM", "UZB"))
    assert with_codes(limit) == coded
    assert with_codes(AtStage(limit, "ore")) == AtStage(coded, "ore")
    assert with_codes(DemandChange(1.1, ("Japan",))) == DemandChange(1.1, ("JPN",))
