"""The table of a market: each row a state and what became of the projects, each column a combination of support.

A project in a year is one of three: it never comes about, it comes about if it is supported, or it does anyway. Drawn
once for each year, the same under every combination, so that plans differ by what they do and not by chance. A project
that is there without support sells to the world and has no contract with the importer.

    never                      not there
    only with support          with contract where supported, else not there
    anyway                     with contract where supported, else there without one
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.plan.choice import LossTable, combinations
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Losses, MarketCase, losses

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NEVER, WITH_SUPPORT, ANYWAY = 0, 1, 2
ABSENT, FREE, CONTRACTED = 0, 1, 2
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class TouchingProject:
    """A project that touches a market. number: in the plan; if_supported, anyway: probabilities."""

    number: int
    effect: MarketEffect
    if_supported: float
    anyway: float


@dataclass(frozen=True, slots=True, eq=False)
class BuiltTable:
    """table: for the choice, in MUSD a year; parts: of the loss, by the modes of the projects, each as in `Losses`;
    rows: state and class of each project of each row of the table; solved: how many states were solved.
    """

    table: LossTable
    parts: dict[tuple[int, ...], Losses]
    rows: Integers
    solved: int


def realisations(seed: int, name: str, years: int, if_supported: float, anyway: float) -> Integers:
    """What becomes of a project in each year, (years,). Keyed by seed and name: other projects change nothing.

    >>> realisations(1, "a", 3, 1.0, 1.0).tolist(), realisations(1, "a", 3, 0.0, 0.0).tolist()
    ([2, 2, 2], [0, 0, 0])
    """
    key = int.from_bytes(hashlib.sha256(f"project:{name}".encode()).digest()[:8], "little")
    drawn = np.random.Generator(np.random.Philox(key=[seed, key])).random(years)
    return np.where(drawn < anyway, ANYWAY, np.where(drawn < if_supported, WITH_SUPPORT, NEVER)).astype(np.int64)


def market_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    kusd: float = 1000.0,
) -> BuiltTable:
    """The table of one market. of_year: state of each year; held: what is there whatever is chosen, e.g. stocks.

    InputError for more than 4,096 combinations.
    """
    holds = combinations(len(projects), of=case.market.mineral)
    drawn = [realisations(seed, p.effect.project, len(of_year), p.if_supported, p.anyway) for p in projects]
    keys = np.stack([of_year.astype(np.int64), *drawn], axis=1)
    rows, number = np.unique(keys, axis=0, return_inverse=True)
    table = np.empty((len(rows), len(holds)))
    found: dict[tuple[int, ...], Losses] = {}
    for column, supported in enumerate(holds):
        modes = modes_of(rows[:, 1:], supported)
        for some in np.unique(modes, axis=0):
            key = tuple(int(mode) for mode in some)
            if key not in found:
                found[key] = losses(case, [*held, *_there(projects, key)])
            here = (modes == some).all(axis=1)
            table[here, column] = found[key].loss[rows[here, 0]] / kusd
    numbers = np.array([project.number for project in projects], dtype=np.int64)
    built = LossTable(case.market.mineral, numbers, holds, table, number.ravel().astype(np.int64))
    return BuiltTable(built, found, rows, len(found) * len(case.part))


def modes_of(classes: Integers, supported: NDArray[np.bool_]) -> Integers:
    """How each project is there, (rows, projects), given what becomes of it and whether it is supported.

    >>> modes_of(np.array([[0, 1, 2, 1, 2]]), np.array([True, True, True, False, False])).tolist()
    [[0, 2, 2, 0, 1]]
    """
    with_support = np.where(classes >= WITH_SUPPORT, CONTRACTED, ABSENT)
    without = np.where(classes == ANYWAY, FREE, ABSENT)
    return np.asarray(np.where(supported, with_support, without))


def _there(projects: Sequence[TouchingProject], modes: Sequence[int]) -> list[MarketEffect]:
    """The effects of the projects that are there; without a contract, none has one."""
    effects = []
    for project, mode in zip(projects, modes, strict=True):
        if mode == CONTRACTED:
            effects.append(project.effect)
        elif mode == FREE:
            effects.append(replace(project.effect, offtake_t=0.0, stock_t=0.0))
    return effects
