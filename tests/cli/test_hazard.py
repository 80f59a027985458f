"""`sogdia hazard`: outages by cause as a table, JSON and CSV; errors that name the option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cli import output, run


@pytest.fixture(scope="module")
def almaty(no_store_of_the_user: Path) -> str:
    return output("hazard", "KAZ:Almaty", "--json")


def test_json_lists_outages_by_cause_with_rate_days_and_evidence(almaty: str) -> None:
    answer = json.loads(almaty)
    assert {outage["hazard"] for outage in answer["outages"]} == {"earthquake", "security"}
    for outage in answer["outages"]:
        assert {"cause", "rate_per_year", "days", "evidence", "source_ids"} <= set(outage)
        assert set(outage["source_ids"]) <= set(answer["sources"])
    assert [gap["hazard"] for gap in answer["unknown"]] == ["outburst"]


def test_the_table_names_what_can_be_done_and_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    link = "KGZ:Bishkek--KGZ:Osh:road"
    status, out, _ = run(capsys, "hazard", link, "--warming", 2, "--action", "drainage", "--full")
    assert status == 0
    for words in (
        "outburst of lakes of Ala Archa",
        "build or strengthen",
        "gauges",
        "At 2 degrees",
        "not one for 2100",
    ):
        assert words in out
    assert "lower the dangerous lakes" not in out


def test_one_earthquake_is_shown_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "hazard", "KAZ", "--rupture", "chilik_1889")
    assert status == 0
    assert "Chilik 1889: magnitude 8.3" in out
    assert "KAZ:Boguty" in out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--code-level", "medium"), "--code-level"),
        (("--warming", 12), "--warming"),
        (("--action", "dranage"), "drainage"),
        (("--asset", "proces_plant"), "process_plant"),
        (("--rupture", "1,2,99"), "--rupture"),
        (("--curves", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_an_error_names_the_option_or_the_nearest_name(
    capsys: pytest.CaptureFixture[str], words: tuple[object, ...], named: str
) -> None:
    status, out, err = run(capsys, "hazard", "KAZ:Almaty", *words)
    assert (status, out) == (2, "")
    assert named in err
