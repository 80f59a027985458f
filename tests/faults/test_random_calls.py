"""Random calls of the Python interface in one process: nothing but errors of our own, and memory that stays flat."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sogdia import SogdiaError, Study
from sogdia.answer import KEYS, Answer
from sogdia.data import Store

SOAK = bool(os.environ.get("SOGDIA_SOAK"))
CALLS = 1000 if SOAK else 20
MAX_GROWTH = 1.10
RIGHT = 0.8
STATUS = Path("/proc/self/status")

IMPORTERS = ("JPN", "KOR", "EU27", "Germany", "USA", "nowhere", "", "\x1b[2J", 5, None)
MINERALS = ("tin", "Rare earths", "cobalt", "tungsten", "gold", "unobtainium", "", ["tin", "zinc"], [], 7, "a\u202eb")
YEARS = (None, 2022, 2009, 1995, 1800, -1, 2022.5, "2022", True)
STAGES = (None, "ore", "metal", "mettal", "", 3)
EVENTS = ("CHN=0.4", "CHN:JPN=0.2", "IDN", "CHN=2", "=", "CHN=nan", "X" * 5000, 4, None)
PLACES = ("KAZ:Khromtau", "JPN:Yokohama", "khromtau", "", "KAZ:None", 1)


def drawn(pick: random.Random, values: Sequence[Any]) -> Any:
    """One of the values; the first two, which are right, four times out of five."""
    return pick.choice(values[:2] if pick.random() < RIGHT else values)


def call(study: Study, pick: random.Random) -> Answer | None:
    """One question with arguments drawn at random, right ones and wrong ones."""

    def one(values: Sequence[Any]) -> Any:
        return drawn(pick, values)

    questions: tuple[Callable[[], Answer], ...] = (
        lambda: study.expose(one(MINERALS), year=one(YEARS), stage=one(STAGES)),
        lambda: study.origin(one(MINERALS), year=one(YEARS)),
        lambda: study.partner_supply(year=one(YEARS)),
        lambda: study.shock(one(MINERALS), cut=one(EVENTS), year=one(YEARS), draws=one((4, 1, 0, None))),
        lambda: study.shock(one(MINERALS), output=one(EVENTS), stock=one(("JPN=60", "JPN", 3)), draws=2),
        lambda: study.supplier_losses(one(MINERALS), year=one(YEARS), draws=2),
        lambda: study.route(one(PLACES), one(PLACES), mineral=one(("chromium", "tin", "", 2)), k=one((1, 0, None))),
    )
    try:
        return pick.choice(questions)()
    except SogdiaError:
        return None


def resident_kb() -> int:
    """Memory of this process that is in use."""
    gc.collect()
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


@pytest.mark.parametrize("seed", [pytest.param(1, marks=pytest.mark.soak if SOAK else ())])
def test_random_calls_raise_nothing_but_our_errors_and_memory_stays_flat(store: Store, seed: int) -> None:
    pick = random.Random(seed)
    answers = 0
    resident: list[int] = []
    for number in range(CALLS):
        if number % 10 == 0 and STATUS.exists():
            resident.append(resident_kb())
        try:
            study = Study(drawn(pick, IMPORTERS), drawn(pick, (None, "KAZ", ["AUS", "CHL"], [], 4)), store=store)
        except SogdiaError:
            continue
        answer = call(study, pick)
        if answer is not None:
            answers += 1
            assert list(answer.table().columns)[: len(KEYS)] == list(KEYS)
            answer.to_dict()
    assert answers > CALLS / 5
    fifth = len(resident) // 5
    if SOAK and fifth:  # what an answer needs for a while comes and goes: the lowest of many looks is what stays
        assert min(resident[-fifth:]) <= MAX_GROWTH * min(resident[fifth : 2 * fifth])
