"""A question asked in a second process has the answer of the first, also where no child can answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sogdia.scenarios import beside as room
from sogdia.scenarios.beside import beside


def test_the_answer_is_that_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 2)
    with beside(os.path.join, "a", "b") as answer:
        assert answer() == str(Path("a") / "b")


def test_the_child_is_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 2)
    with beside(os.getpid) as answer:
        assert answer() != os.getpid()


def test_one_core_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 1)
    with beside(os.getpid) as answer:
        assert answer() == os.getpid()


def test_a_child_that_fails_leaves_the_question_to_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 2)
    monkeypatch.setattr(room, "COMMAND", "raise SystemExit(3)")
    with beside(os.getpid) as answer:
        assert answer() == os.getpid()


def test_a_question_that_fails_raises_what_it_raises_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 2)
    with beside(int, "no number") as answer, pytest.raises(ValueError, match="no number"):
        answer()


def test_a_block_that_ends_early_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 2)
    monkeypatch.setattr(room, "COMMAND", "import time; time.sleep(60)")
    with pytest.raises(KeyError), beside(os.getpid):
        raise KeyError
