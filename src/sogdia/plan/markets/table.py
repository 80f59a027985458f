"""The table of a market: each row what happens and what became of the projects, each column a combination of support.

A project in a year is one of three: it never comes about, it comes about if it is supported, or it does anyway. Drawn
once for each year, the same under every combination, so that plans differ by what they do and not by chance. A project
that is there without support sells to the world and has no contract with the importer.

    never                      not there
    only with support          with contract where supported, else not there
    anyway                     with contract where supported, else there without one

A project that changes events, and nothing of the market itself, changes only which state a year is in (see `variants`):
no market is solved for it but for new states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.plan.choice import LossTable, combinations
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, losses
from sogdia.plan.markets.sides import Sides, SidesSum
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NEVER, WITH_SUPPORT, ANYWAY = 0, 1, 2
ABSENT, FREE, CONTRACTED = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class TouchingProject:
    """A project that touches a market. number: in the plan; if_supported, anyway: probabilities; bit: of the column of
    states with it, where it changes events.
    """

    number: int
    effect: MarketEffect
    if_supported: float
    anyway: float
    bit: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BuiltTable:
    """table: for the choice, in MUSD a year. dearer, saved, lasting: its parts, each (rows, combinations): what dearer
    use costs, what contracts and stocks save of it, and what lasting supply changes in ordinary years, against those
    without any support; table = dearer - saved + lasting. solved: how many states were solved; failed: how many of them
    have no answer, the rows of which are NaN. sides: what partners and others see of each combination.
    """

    table: LossTable
    dearer: Floats
    saved: Floats
    lasting: Floats
    solved: int
    failed: int
    sides: Sides


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
    apart: Sequence[tuple[int, int]] = (),
    weight: Floats | None = None,
) -> BuiltTable:
    """The table of one market. of_year: state of each year, (years,) or (years, sets of projects that change events);
    held: what is there whatever is chosen, e.g. stocks; apart: pairs of these projects that exclude each other, whose
    combinations are left out; weight: of each year, by which what others see is averaged, by default the same.

    InputError for more than 4,096 combinations.
    """
    holds = combinations(len(projects), of=case.market.mineral)
    for one, other in apart:
        holds = holds[~(holds[:, one] & holds[:, other])]
    of_year = of_year.reshape(len(of_year), -1)
    rows, of_row = _rows(of_year, projects, seed)
    solving = [k for k, project in enumerate(projects) if project.effect.changes_market]
    there = [projects[k] for k in solving]
    column = _columns(projects, holds)
    modes = [modes_of(rows[:, of_year.shape[1] :], supported) for supported in holds[:, solving]]
    parts = np.empty((3, len(rows), len(holds)))
    at_state = rows[:, column]
    mass = np.bincount(of_row, weights=weight, minlength=len(rows)).astype(np.float64)
    sides = SidesSum(case, [project.effect for project in projects], len(holds))
    solved = failed = 0
    for key in dict.fromkeys(tuple(some) for each in modes for some in np.unique(each, axis=0).tolist()):
        here = np.stack([(each == key).all(axis=1) for each in modes], axis=1)
        states = np.unique(at_state[here])
        found = losses(only(case, states), [*held, *_there(there, key)])
        solved, failed = solved + len(states), failed + int(np.isnan(found.loss).sum())
        at = np.searchsorted(states, at_state[here])
        for k, values in enumerate((found.dearer, found.saved)):
            parts[k][here] = values[at]
        parts[2][here] = found.lasting
        row, combination = np.nonzero(here)
        sides.add(found, combination, at, mass[row])
    parts /= KUSD_PER_MUSD
    dearer, saved, lasting = parts[0], parts[1], parts[2] - parts[2][:, :1]
    numbers = np.array([project.number for project in projects], dtype=np.int64)
    table = LossTable(case.market.mineral, numbers, holds, dearer - saved + lasting, of_row)
    return BuiltTable(table, dearer, saved, lasting, solved, failed, sides.mean())


def _rows(of_year: Integers, projects: Sequence[TouchingProject], seed: int) -> tuple[Integers, Integers]:
    """The distinct years, (rows, sets of supported projects that change events + projects that change the market): the
    state under each set, and what becomes of each; and the row of each year.
    """
    years = len(of_year)
    drawn = [realisations(seed, p.effect.project, years, p.if_supported, p.anyway) for p in projects]
    states = np.empty((years, of_year.shape[1]), dtype=np.int64)
    for supported in range(of_year.shape[1]):
        active = np.zeros(years, dtype=np.int64)
        for project, became in zip(projects, drawn, strict=True):
            if project.bit is not None:
                there = (became == ANYWAY) | ((became == WITH_SUPPORT) & bool(supported >> project.bit & 1))
                active |= there.astype(np.int64) << project.bit
        states[:, supported] = of_year[np.arange(years), active]
    own = [became for p, became in zip(projects, drawn, strict=True) if p.effect.changes_market]
    whole = np.concatenate([states, *(became[:, np.newaxis] for became in own)], axis=1)
    rows, number = np.unique(whole, axis=0, return_inverse=True)
    return rows, number.ravel().astype(np.int64)


def _columns(projects: Sequence[TouchingProject], holds: NDArray[np.bool_]) -> Integers:
    """Column of the states of each combination, (combinations,): the set of its projects that change events."""
    bits = np.array([0 if p.bit is None else 1 << p.bit for p in projects], dtype=np.int64)
    return np.asarray(holds.astype(np.int64) @ bits) if len(bits) else np.zeros(len(holds), dtype=np.int64)


def only(case: MarketCase, states: Integers) -> MarketCase:
    """The market with some of its states."""
    return replace(case, part=case.part[states], years=case.years[states])


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
