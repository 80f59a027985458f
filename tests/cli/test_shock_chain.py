"""`sogdia shock --chain`: the same command, stage by stage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sogdia.cli.app import app
from sogdia.errors import InputError

CHAIN = ["shock", "vanadium", "--year", "2022", "--chain", "--draws", "2"]


def run(*options: str) -> str:
    result = CliRunner().invoke(app, [*CHAIN, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_stage_has_its_tables() -> None:
    text = run("--output", "RUS=0.5")
    assert text.index("== vanadium, compound") < text.index("== vanadium, alloy")
    assert "is made of recorded vanadium compound" in text


def test_json_names_the_stages_and_an_event_its_stage() -> None:
    found = json.loads(run("--cut", "CHN=0.4@alloy", "--json"))
    assert found["scenario"] == "CHN exports 40% less (alloy)"
    assert [stage["stage"] for stage in found["stages"]] == ["compound", "alloy"]
    by_stage = [
        next(r for r in stage["rows"] if (r["country"], r["role"], r["variable"]) == ("CHN", "producer", "price"))
        for stage in found["stages"]
    ]
    assert by_stage[1]["central"] < by_stage[0]["central"] <= 1


def test_each_stage_gets_a_chart(tmp_path: Path) -> None:
    run("--output", "RUS=0.5", "--chart", str(tmp_path / "loss.svg"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loss-vanadium-alloy.svg", "loss-vanadium-compound.svg"]


@pytest.mark.parametrize("option", ["--cut=CHN=0.4@", "--embargo=CHN@ingot", "--duty=CHN=0.1@metals"])
def test_a_stage_that_does_not_exist_is_refused(option: str) -> None:
    with pytest.raises(InputError, match="unknown stage"):
        run(option)
