"""Percentages and comma lists mean what they say, on the command line and in the notation of events."""

from __future__ import annotations

import json

import pytest

from sogdia.cli.written import economies, fraction, minerals, names
from sogdia.errors import InputError
from sogdia.market.events.notation import read_events, read_stocks
from support.cli import run


@pytest.mark.parametrize(
    ("written", "meant"),
    [("0.4", 0.4), ("40%", 0.4), ("40 %", 0.4), ("-30 %", -0.3), ("\u221230%", -0.3), ("2.5%", 0.025)],
)
def test_a_share_is_a_fraction_or_a_percentage(written: str, meant: float) -> None:
    assert fraction(written) == meant


@pytest.mark.parametrize(
    ("option", "percent", "plain"),
    [
        ("cut", "CHN=40%", "CHN=0.4"),
        ("cut", "CHN=-40%", "CHN=0.4"),
        ("cut", "CHN:JPN,USA=40 %", "CHN:JPN,USA=0.4"),
        ("cut", "CHN=40%@compound", "CHN=0.4@compound"),
        ("duty", "CHN=25%", "CHN=0.25"),
        ("duty", "CHN=+25%", "CHN=0.25"),
        ("output", "ZAF=80%", "ZAF=0.8"),
        ("output", "ZAF=-20%", "ZAF=0.8"),
        ("output", "AUS=+20%", "AUS=1.2"),
        ("demand", "WORLD=+10%", "WORLD=1.1"),
        ("way", "KAZ:JPN=+30%", "KAZ:JPN=1.3"),
    ],
)
def test_a_percentage_says_the_same_event_as_the_number(option: str, percent: str, plain: str) -> None:
    assert read_events({option: percent}) == read_events({option: plain})


@pytest.mark.parametrize(("option", "text"), [("quota", "CHN=40%"), ("cut", "CHN=+40%"), ("cut", "CHN=x%")])
def test_a_percentage_that_has_no_meaning_is_refused(option: str, text: str) -> None:
    with pytest.raises(InputError, match=option):
        read_events({option: text})


def test_several_clauses_stand_in_one_text() -> None:
    assert read_events({"cut": "CHN=0.4,RUS=10%"}) == read_events({"cut": ["CHN=0.4", "RUS=0.1"]})
    assert read_events({"embargo": "CHN,RUS"}) == read_events({"embargo": ["CHN", "RUS"]})
    assert read_events({"embargo": "CHN:JPN,USA"}) != read_events({"embargo": ["CHN", "JPN", "USA"]})
    assert read_stocks("JPN=60,KOR=30") == {"JPN": 60.0, "KOR": 30.0}


def test_names_with_a_comma_of_their_own_stay_whole() -> None:
    assert minerals(["copper,zinc", "Zinc, unwrought"]) == ["copper", "zinc", "Zinc, unwrought"]
    assert economies(["KAZ,UZB", "Taiwan, China"]) == ["KAZ", "UZB", "Taiwan, China"]
    assert names(["a,b", "c"]) == ["a", "b", "c"]
    assert names(None) is None


def test_a_name_missing_beside_a_comma_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = run(capsys, "expose", "JPN", "-m", "copper,")
    assert status == 2
    assert "copper," in said


def test_a_comma_list_answers_as_the_repeated_option(capsys: pytest.CaptureFixture[str]) -> None:
    listed, repeated = (
        json.loads(run(capsys, "expose", "JPN", *words, "-y", "2022", "--json")[1])
        for words in (("-m", "tin,zinc"), ("-m", "tin", "-m", "zinc"))
    )
    assert listed == repeated
