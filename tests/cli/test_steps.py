"""One bar that changes in a terminal, with the time that is left; elsewhere hardly anything."""

from __future__ import annotations

import sys

import pytest

from sogdia.cli import steps as module
from sogdia.cli.steps import Steps
from sogdia.progress import MeasuredStep, inside


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the bar reads; a test moves it on."""
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def terminal(monkeypatch: pytest.MonkeyPatch, is_one: bool = True) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_one, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def test_a_terminal_shows_one_line_with_part_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    terminal(monkeypatch)
    with Steps() as steps:
        for at in range(4):
            steps(MeasuredStep(f"market {at}", at / 4))
            clock[0] += 10.0
    shown = capsys.readouterr().err
    assert "\n" not in shown
    assert "50 %  20 s left  market 2" in shown
    assert "75 %  10 s left  market 3" in shown
    assert shown.endswith("\r\x1b[K")
    assert all(len(part.removeprefix("\x1b[K")) < 80 for part in shown.split("\r"))


def test_a_step_of_unknown_size_is_named_without_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    terminal(monkeypatch)
    with Steps() as steps:
        steps("reading trade")
    shown = capsys.readouterr().err
    assert "reading trade ..." in shown
    assert "%" not in shown


def test_the_bar_never_goes_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    terminal(monkeypatch)
    with Steps() as steps:
        steps(MeasuredStep("first", 0.6))
        clock[0] += 1.0
        steps(MeasuredStep("second", 0.2))
    assert "20 %" not in capsys.readouterr().err


def test_without_a_terminal_short_work_says_nothing_and_long_work_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    terminal(monkeypatch, is_one=False)
    with Steps() as steps:
        for at in range(100):
            steps(MeasuredStep(f"block {at}", at / 100))
            clock[0] += 1.0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[-1] for line in lines] == ["30", "60", "90"]
    assert "left" in lines[0]


def test_a_part_of_larger_work_fills_its_part_of_the_bar() -> None:
    said: list[str] = []
    own = inside(said.append, 0.25, 0.75)
    own("begins")
    own(MeasuredStep("half", 0.5))
    assert [(text, text.done) for text in said if isinstance(text, MeasuredStep)] == [("begins", 0.25), ("half", 0.5)]


def test_an_error_leaves_no_bar_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    terminal(monkeypatch)

    def broken() -> None:
        with Steps() as steps:
            steps(MeasuredStep("losses", 0.1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert capsys.readouterr().err.endswith("\r\x1b[K")
