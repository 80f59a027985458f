"""A report folder that is being replaced is the old report or the new one at any moment; nothing is left beside it."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from sogdia.brief import folder, write
from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.lock import writing
from sogdia.errors import DataError, InputError
from sogdia.files import sha256
from support.fault_briefs import NONE, brief, is_whole, killed_at, small, text_of
from support.faults import ERRORS, Steps, ended, in_turn, often, process, purchases, refuse


@pytest.mark.parametrize("swaps", [True, False], ids=["with one renaming", "with two renamings"])
@pytest.mark.parametrize("number", ERRORS)
def test_a_refusal_at_any_step_leaves_one_whole_report(
    number: int, swaps: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr("sogdia.files.exchanged", lambda *_: False)
    out = tmp_path / "out"
    counted = Steps(tmp_path, 0, refuse(0))
    small(out, "old")
    small(out, "old", counted)
    for at in range(1, counted.count + 1, often(3, 1)):
        told = small(out, "new", Steps(tmp_path, at, refuse(number)))
        assert text_of(out) in (("old", "new") if told else ("new",)), (at, told)
        assert small(out, "old") == ""
        assert [path.name for path in tmp_path.iterdir()] == ["out"], at
        assert text_of(out) == "old"


def test_a_kill_at_any_step_leaves_one_whole_report(tmp_path: Path) -> None:
    out = tmp_path / "out"
    counted = Steps(tmp_path, 0, refuse(0))
    small(out, "old")
    small(out, "old", counted)
    for at in range(1, counted.count + 1, often(9, 1)):
        assert ended(process(killed_at, out, "new", at)) == -signal.SIGKILL
        assert text_of(out) in ("old", "new"), at
        assert small(out, "old") == ""
        assert [path.name for path in tmp_path.iterdir()] == ["out"], at


def test_a_report_that_was_put_aside_by_a_killed_command_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    small(out, "old")
    aside = tmp_path / ".out.0123abcd.old"
    aside.mkdir()
    out.rename(aside / "out")
    monkeypatch.setattr(folder, "_fill", lambda *_: pytest.fail(str(text_of(out))))
    with pytest.raises(pytest.fail.Exception, match="old"):
        write(NONE, out, open_store())
    assert text_of(out) == "old"


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_report_obeys_the_umask(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        assert small(tmp_path / "out", "text") == ""
    finally:
        os.umask(before)
    for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o777 if path.is_dir() else 0o666) & ~umask


def test_two_reports_at_once_give_one_whole_report(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(often(3, 20)):
        running = [process(killed_at, out, f"{number}{which}", 0) for which in "ab"]
        assert [ended(one) for one in running] == [0, 0]
        assert text_of(out) in (f"{number}a", f"{number}b")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.soak
def test_a_brief_that_is_killed_while_data_are_added_is_whole_or_not_there(tmp_path: Path) -> None:
    paths = [purchases(tmp_path, "a.csv", 40), purchases(tmp_path, "b.csv", 41)]
    store, out, chance = tmp_path / "store", tmp_path / "reports" / "out", random.Random(8)
    allowed = {sha256(store / add(path, folder=store).files[0]) for path in paths}
    began = time.monotonic()
    first = brief(out, store)
    told = first.communicate()[1]
    assert first.returncode == 0, told
    lasts = time.monotonic() - began
    for number in range(50):
        writer = process(in_turn, paths, store, 10)
        running = brief(out, store)
        time.sleep(chance.uniform(0, lasts) if number % 2 else chance.uniform(lasts * 0.8, lasts))
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        assert ended(writer) == 0
        assert is_whole(out, allowed)
    last = brief(out, store)
    assert last.communicate()[1] == b""
    assert is_whole(out, allowed)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_report_that_another_process_writes_is_not_waited_for_longer_than_asked(tmp_path: Path) -> None:
    told = pytest.raises(DataError, match=r"out after 0\.2 seconds")
    with writing(tmp_path / ".out.lock", what=tmp_path, wait=None, tell=print), told:
        write(NONE, tmp_path / "out", open_store(), wait=0.2)
    with pytest.raises(InputError, match="wait"):
        write(NONE, tmp_path / "out", open_store(), wait=-1)
    assert list(tmp_path.iterdir()) == []
