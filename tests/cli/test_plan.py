"""The face of the plan on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sogdia.plan.projects.read import COLUMNS
from sogdia.plan.projects.registry import kind_names
from support.cli import output, run


def test_the_template_is_printed_as_csv() -> None:
    assert output("plan", "template").splitlines()[0] == ",".join(COLUMNS)


def test_the_kinds_of_projects_are_told_in_a_line_each_and_for_programs() -> None:
    lines = output("plan", "kinds").splitlines()
    told = json.loads(output("plan", "kinds", "--json"))
    assert [line.split()[0] for line in lines] == [kind["kind"] for kind in told] == list(kind_names())
    assert all(str(kind["does"]) in line for kind, line in zip(told, lines, strict=True))
    assert next(kind for kind in told if kind["kind"] == "stock")["needs"] == ["market", "cover_days"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("mine.csv",), ("row 2", "column market", "graphite")),
        (("--account", "suport"), ("support",)),
        (("--budget", "-4"), ("--budget", "million USD")),
        (("--years", "3"), ("--years", "20")),
    ],
)
def test_a_wrong_table_or_option_ends_with_a_sentence_and_status_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: tuple[str, ...],
    told: tuple[str, ...],
) -> None:
    (tmp_path / "mine.csv").write_text("project_id,name,effect,market\na,A,stock,graphit\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status, _, errors = run(capsys, "plan", *arguments)
    assert status == 2
    assert all(part in errors for part in told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--floor", "KAZ"), ("--floor", "equals sign")),
        (("--floor", "KAZ=much"), ("--floor", "much")),
        (("--dependence", "1.5"), ("--dependence", "1.5")),
        (("--dependence", "0.5", "--dependence", "graphite=0.8"), ("--dependence", "one share")),
        (("--yearly-budget", "-3"), ("--yearly-budget", "not negative")),
    ],
)
def test_a_wrong_limit_ends_with_a_sentence_and_status_2_before_anything_is_solved(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    status, _, errors = run(capsys, "plan", *arguments)
    assert status == 2
    assert all(part in errors for part in told)


def test_saved_answers_are_compared_without_any_solve(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, cost in (("before", 4.0), ("after", 7.5)):
        content = {"importer": {"key": "JPN"}, "yearly_cost_musd": cost, "chosen": [{"project": name}], "sources": {}}
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    status, shown, _ = run(capsys, "compare", tmp_path / "before.json", tmp_path / "after.json")
    assert status == 0
    assert all(part in shown for part in ("Yearly cost [million USD]", "4.00", "7.50", "3.50", "Chosen by"))
    status, _, errors = run(capsys, "compare", tmp_path / "gone.json", tmp_path / "after.json")
    assert status == 2
    assert "gone.json" in errors
