"""`sogdia shock --chain`: the same command, stage by stage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sogdia.cli.app import EXIT_USER_ERROR
from support.cli import run

CHAIN = ("shock", "vanadium", "--year", "2022", "--chain", "--draws", "2", "--assume-home")


def test_every_stage_has_its_tables(capsys: pytest.CaptureFixture[str]) -> None:
    status, text, _ = run(capsys, *CHAIN, "--output", "RUS=0.5", "--full")
    assert status == 0
    assert text.index("== vanadium, compound") < text.index("== vanadium, alloy")
    assert "is made of recorded vanadium compound" in text


def test_json_names_the_stages_and_an_event_its_stage(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(run(capsys, *CHAIN, "--cut", "CHN=0.4@alloy", "--json")[1])
    assert answer["scenario"] == "CHN exports 40% less (alloy)"
    assert [stage["stage"] for stage in answer["stages"]] == ["compound", "alloy"]
    by_stage = [
        next(r for r in stage["rows"] if (r["country"], r["role"], r["variable"]) == ("CHN", "producer", "price"))
        for stage in answer["stages"]
    ]
    assert by_stage[1]["central"] < by_stage[0]["central"] <= 1


def test_each_stage_gets_a_chart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, *CHAIN, "--output", "RUS=0.5", "--chart", tmp_path / "loss.svg")[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loss-vanadium-alloy.svg", "loss-vanadium-compound.svg"]


@pytest.mark.parametrize("option", ["--cut=CHN=0.4@", "--embargo=CHN@ingot", "--duty=CHN=0.1@metals"])
def test_a_stage_that_does_not_exist_is_refused(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = run(capsys, *CHAIN, option)
    assert status == EXIT_USER_ERROR
    assert "unknown stage" in error
