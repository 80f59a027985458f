"""How many threads solve many draws, and that answers do not depend on it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sogdia.equilibrium import Equilibria, Market, Shocks
from sogdia.equilibrium.clear import BLOCK
from sogdia.errors import InputError
from sogdia.market import threads

MARKET = Market([[60.0, 20.0], [30.0, 40.0], [10.0, 0.0]], [0, 1, 2], 4.0, [0.3, 0.4], [0.2, 0.3, 0.5])


def many(count: int) -> Shocks:
    rng = np.random.default_rng(5)
    return Shocks(count, supply=rng.uniform(0.4, 1.0, (count, 3)), eta=rng.uniform(0.2, 0.8, (count, 2)))


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the pools that were made."""
    made: list[int] = []

    def pool(count: int, **names: str) -> ThreadPoolExecutor:
        made.append(count)
        return ThreadPoolExecutor(count, **names)

    monkeypatch.setattr(threads, "ThreadPoolExecutor", pool)
    return made


def solved(monkeypatch: pytest.MonkeyPatch, told: int, shocks: Shocks) -> Equilibria:
    monkeypatch.setenv(threads.NAME, str(told))
    return threads.solve(MARKET, shocks)


def test_answers_are_the_same_to_the_last_bit_for_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch, workers: list[int]
) -> None:
    shocks = many(6 * BLOCK + 7)
    one, two, three = (solved(monkeypatch, told, shocks) for told in (1, 2, 3))
    assert workers == [2, 3]
    for name in Equilibria.__slots__:
        if name != "hint":
            for other in (two, three):
                assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name


def test_few_blocks_are_solved_in_the_thread_that_asks(monkeypatch: pytest.MonkeyPatch, workers: list[int]) -> None:
    solved(monkeypatch, 4, many(2 * BLOCK))
    assert workers == []
    solved(monkeypatch, 4, many(2 * BLOCK + 1))
    assert workers == [2]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sogdia-equilibria")]


def test_a_worker_process_takes_one_thread_unless_it_is_told_another_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(threads.NAME, raising=False)
    monkeypatch.setattr(threads, "cores", lambda: 64)
    assert threads.threads() == threads.MOST
    monkeypatch.setattr("multiprocessing.parent_process", object)
    assert threads.threads() == 1
    monkeypatch.setenv(threads.NAME, "3")
    assert threads.threads() == 3


@pytest.mark.parametrize("told", ["0", "-1", "two", "1.5"])
def test_a_number_of_threads_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv(threads.NAME, told)
    with pytest.raises(InputError) as caught:
        threads.threads()
    (fault,) = caught.value.faults
    assert (fault.file, fault.value) == (threads.NAME, told)
    assert "1 or more" in fault.rule
