"""`sogdia ensemble`, `resume`, `atlas`, `scenarios` and `shock --case` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.cli import run
from support.outages_once import outages_once

SHAPE = {
    "run", "hash", "years", "minerals", "distinct_states", "expected_loss_musd", "cvar_musd", "failed", "seconds",
}  # fmt: skip
FEW = ("--mineral", "cobalt", "--mineral", "graphite", "--years", "120", "--seed", "1")


@pytest.fixture(autouse=True)
def outages_known() -> Iterator[None]:
    with outages_once():
        yield


def test_an_ensemble_ends_with_one_object_and_resume_has_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    status, out, err = run(capsys, "ensemble", "--importer", "JPN", *FEW, "--out", folder, "--json")
    assert status == 0
    first = json.loads(out)
    assert set(first) >= SHAPE
    assert first["run"] == str(folder)
    assert first["years"] == 120
    assert first["failed"] == 0
    assert "\x1b" not in err
    status, out, err = run(capsys, "resume", folder, "--json")
    again = json.loads(out)
    assert {**again, "seconds": 0} == {**first, "seconds": 0}
    assert "were finished before" in err


def test_the_table_shows_errors_states_and_effective_years(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ensemble", *FEW, "--full")
    assert status == 0
    for said in ("cobalt", "all together", "standard errors", "effective years", "distinct states", "of all"):
        assert said in out


def test_an_atlas_names_what_matters_most(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "atlas", *FEW, "--full")
    assert status == 0
    assert "restriction" in out
    assert "standard errors" in out
    assert "Surges of world demand alone" in out
    status, out, _ = run(capsys, "atlas", *FEW, "--json", "--chart", tmp_path / "atlas.svg")
    assert json.loads(out)["by_cause"]
    assert (tmp_path / "atlas.svg").read_text().startswith("<svg")


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "scenarios", "--mineral", "cobalt", "--full")
    assert status == 0
    assert "cobalt_2025" in out
    assert "loss:FIN:cobalt" in out


def test_a_case_is_asked_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "shock", "--case", "cobalt_2025", "--draws", "1", "--full")
    assert status == 0
    assert "COD exports 56% less" in out
    status, _, err = run(capsys, "shock", "--case", "gallium_2023")
    assert status == 2
    assert "811291" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ensemble", "--years", "0"), "--years"),
        (("ensemble", "--workers", "0"), "--workers"),
        (("ensemble", *FEW, "--executor", "ray://x"), "dask://HOST:PORT"),
        (("ensemble", "--odds-factor", "0"), "--odds-factor"),
        (("resume", "nowhere"), "holds no run"),
        (("shock", "--case", "cobalt_2025", "--chain"), "--case"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *words)
    assert status == 2
    assert said in err
    assert out == ""
