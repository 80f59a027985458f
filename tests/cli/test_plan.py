"""The face of the plan on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.plan.projects.read import COLUMNS
from support.cli import output, run


def test_the_template_is_printed_as_csv() -> None:
    assert output("plan", "template").splitlines()[0] == ",".join(COLUMNS)


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
