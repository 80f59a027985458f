"""An `add` that is killed, refused something or run beside another leaves the store as it was, or as it should be."""

from __future__ import annotations

import errno
import os
import random
import shutil
import time
from pathlib import Path

import pytest

from sogdia.data.adding import add
from support.faults import (
    ERRORS,
    Steps,
    added,
    ended,
    in_turn,
    killed_at,
    leftovers,
    mining,
    often,
    process,
    purchases,
    refuse,
    release,
    state,
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with purchases and two years of trade."""
    folder = tmp_path / "store"
    add(purchases(tmp_path, "first.csv", 40), folder=folder)
    add(release(tmp_path, "BACI_HS92_V202501", 1200.5), folder=folder)
    return folder


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """Purchases and trade that differ from those of the store."""
    (tmp_path / "new").mkdir()
    return [purchases(tmp_path, "second.csv", 41), release(tmp_path / "new", "BACI_HS92_V202501", 1300.5)]


def after(store: Path, path: Path, scratch: Path) -> tuple[object, object]:
    """The state before and after a file is added, tried with a copy."""
    copy = scratch / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(store, copy)
    before = state(copy)
    add(path, folder=copy)
    return before, state(copy)


def steps_of(store: Path, path: Path, scratch: Path) -> int:
    """How many steps it takes to add a file."""
    copy = scratch / "counted"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(store, copy)
    steps = Steps(copy, 0, refuse(0))
    with steps.watched():
        add(path, folder=copy)
    return steps.count


def test_a_kill_at_any_step_leaves_the_old_or_the_new_state(store: Path, inputs: list[Path], tmp_path: Path) -> None:
    for path in inputs:
        old, new = after(store, path, tmp_path)
        steps = steps_of(store, path, tmp_path)
        for at in range(1, steps + 1, often(11, 1)):
            copy = tmp_path / f"{path.stem}-{at}"
            shutil.copytree(store, copy)
            assert ended(process(killed_at, path, copy, at)) < 0
            assert state(copy) in (old, new)
            assert added(path, copy) == ""
            assert (state(copy), leftovers(copy)) == (new, set())


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_state(store: Path, inputs: list[Path], tmp_path: Path) -> None:
    chance = random.Random(8)
    for number in range(often(12, 200)):
        path = inputs[number % 2]
        old, new = after(store, path, tmp_path)
        victim = process(in_turn, [path], store, 1)
        time.sleep(chance.uniform(0, 0.5))
        victim.kill()
        ended(victim)
        assert state(store) in (old, new)
        assert added(path, store) == ""
        assert (state(store), leftovers(store)) == (new, set())


def test_a_kill_of_the_first_add_leaves_no_store_or_an_empty_or_a_whole_one(tmp_path: Path, inputs: list[Path]) -> None:
    path = inputs[1]
    add(path, folder=tmp_path / "model")
    new = state(tmp_path / "model")
    (tmp_path / "none").mkdir()
    for at in range(1, steps_of(tmp_path / "none", path, tmp_path) + 1, often(14, 1)):
        made = tmp_path / f"first-{at}"
        assert ended(process(killed_at, path, made, at)) < 0
        assert state(made) in ((), new)
        assert added(path, made) == ""
        assert (state(made), leftovers(made)) == (new, set())


@pytest.mark.parametrize("kind", [0, 1], ids=["purchases", "trade"])
def test_a_refusal_at_any_step_is_told_truly_and_loses_nothing(
    kind: int, store: Path, inputs: list[Path], tmp_path: Path
) -> None:
    path = inputs[kind]
    old, new = after(store, path, tmp_path)
    for at in range(1, steps_of(store, path, tmp_path) + 1, often(1 + 3 * kind, 1)):
        for number in ERRORS if often(0, 1) else (ERRORS[at % 3],):
            copy = tmp_path / "tried"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(store, copy)
            with Steps(copy, at, refuse(number)).watched():
                told = added(path, copy)
            now = state(copy)
            assert now in (old, new), (at, told)
            assert ("in place" in told) <= (now == new), (at, told)
            assert ("as it was" in told) <= (now == old), (at, told)
            assert (told == "") <= (now == new), (at, told)
            if told:
                words = {errno.ENOSPC: "the disk is full", errno.EIO: "input/output error", errno.EACCES: "permission"}
                assert words[number] in told, (at, told)
            assert added(path, copy) == ""
            assert (state(copy), leftovers(copy)) == (new, set()), at


def test_a_refused_first_add_leaves_no_folder(tmp_path: Path, inputs: list[Path]) -> None:
    (tmp_path / "none").mkdir()
    steps = steps_of(tmp_path / "none", inputs[0], tmp_path)
    for at in range(1, steps + 1):
        made = tmp_path / "made"
        with Steps(made, at, refuse(ERRORS[at % 3])).watched():
            told = added(inputs[0], made)
        assert made.exists() <= ("in place" in told or told == ""), (at, told)
        shutil.rmtree(made, ignore_errors=True)


def test_two_adds_at_once_are_both_kept(tmp_path: Path) -> None:
    chance = random.Random(8)
    (tmp_path / "other").mkdir()
    pairs = [
        (purchases(tmp_path, "p.csv", 40), release(tmp_path, "BACI_HS92_V202501", 1200.5, (2020,))),
        (mining(tmp_path, "a.xlsx", "Antimony"), mining(tmp_path, "t.xlsx", "Tin")),
        (tmp_path / "BACI_HS92_V202501", release(tmp_path / "other", "BACI_HS92_V202501", 1200.5, (2019, 2021))),
    ]
    for number in range(often(6, 50)):
        pair = pairs[number % 3]
        alone = tmp_path / f"alone-{number}"
        for path in pair:
            add(path, folder=alone)
        store = tmp_path / f"together-{number}"
        running = []
        for path in pair:
            running.append(process(in_turn, [path], store, 1))
            time.sleep(chance.uniform(0, 0.05))
        assert [ended(one) for one in running] == [0, 0]
        assert [entry[:2] for entry in state(store)] == [entry[:2] for entry in state(alone)]
        assert leftovers(store) == set()


def test_a_store_that_is_deleted_under_way_is_said_to_be_gone(store: Path, inputs: list[Path], tmp_path: Path) -> None:
    path = inputs[1]
    for at in range(1, steps_of(store, path, tmp_path) + 1, often(5, 1)):
        copy = tmp_path / "deleted"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(store, copy)
        with Steps(copy, at, lambda place, copy=copy: os.system(f"rm -rf '{copy}'") and None).watched():
            told = added(path, copy)
        assert "as it was" not in told, (at, told)
        state(copy)
        assert added(path, copy) == ""
        assert leftovers(copy) == set()
