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
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.plan.choice import LossTable, combinations
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, StockLosses
from sogdia.plan.markets.solving import Job, solved
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NEVER, WITH_SUPPORT, ANYWAY = 0, 1, 2
ABSENT, FREE, CONTRACTED = 0, 1, 2
MODES = 3


@dataclass(frozen=True, slots=True, eq=False)
class TouchingProject:
    """A project that touches a market. number: in the plan; if_supported, anyway: probabilities."""

    number: int
    effect: MarketEffect
    if_supported: float
    anyway: float


@dataclass(frozen=True, slots=True, eq=False)
class BuiltTable:
    """table: for the choice, in MUSD a year. dearer, saved, lasting: its parts, each (rows, combinations): what dearer
    use costs, what contracts and stocks save of it, and what lasting supply changes in ordinary years, against those
    without any support; table = dearer - saved + lasting. solved: how many distinct states were solved; failed: how
    many cells have no answer, the rows of which are NaN.
    """

    table: LossTable
    dearer: Floats
    saved: Floats
    lasting: Floats
    solved: int
    failed: int


@dataclass(frozen=True, slots=True, eq=False)
class PosedTable:
    """A table before its states are solved. name; projects, holds, of_year: as in the table; of_cell: number of the
    cell of each entry, (rows, combinations); cells: how many there are; jobs: to be solved; where: of each job and
    stock the cells it serves and the number of their state in the job.
    """

    name: str
    projects: Integers
    holds: NDArray[np.bool_]
    of_year: Integers
    of_cell: Integers
    cells: int
    jobs: tuple[Job, ...]
    where: tuple[tuple[tuple[Integers, Integers], ...], ...]

    def built(self, answers: Sequence[StockLosses]) -> BuiltTable:
        """The table from the answers of its jobs."""
        values = np.empty((3, self.cells))
        for served, answer in zip(self.where, answers, strict=True):
            for (cell, state), found in zip(served, answer.losses, strict=True):
                values[0, cell], values[1, cell] = found.dearer[state], found.saved[state]
                values[2, cell] = found.lasting
        values /= KUSD_PER_MUSD
        dearer, saved, lasting = values[:, self.of_cell]
        lasting = lasting - lasting[:, :1]
        table = LossTable(self.name, self.projects, self.holds, dearer - saved + lasting, self.of_year)
        failed = int(np.isnan(values).any(axis=0).sum())
        return BuiltTable(table, dearer, saved, lasting, sum(answer.solved for answer in answers), failed)


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
) -> BuiltTable:
    """The table of one market. of_year: state of each year; held: what is there whatever is chosen, e.g. stocks;
    apart: pairs of these projects that exclude each other, whose combinations are left out.

    InputError for more than 4,096 combinations.
    """
    posed = posed_table(case, of_year, projects, seed, held, apart)
    return posed.built(solved(posed.jobs))


def posed_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> PosedTable:
    """The same before its states are solved."""
    holds = combinations(len(projects), of=case.market.mineral)
    for one, other in apart:
        holds = holds[~(holds[:, one] & holds[:, other])]
    drawn = [realisations(seed, p.effect.project, len(of_year), p.if_supported, p.anyway) for p in projects]
    rows, number = np.unique(np.stack([of_year.astype(np.int64), *drawn], axis=1), axis=0, return_inverse=True)
    keys = keys_of(rows[:, 1:], holds)
    cells, of_cell = np.unique(keys * len(case.part) + rows[:, :1], return_inverse=True)
    key, state = np.divmod(cells, len(case.part))
    groups: dict[tuple[str, ...], tuple[tuple[MarketEffect, ...], dict[float, list[Integers]]]] = {}
    for each in np.unique(key).tolist():
        there = [*held, *_there(projects, modes_of_key(each, len(projects)))]
        lasting = tuple(replace(effect, stock_t=0.0) for effect in there if not _stock_alone(effect))
        stock, name = float(sum(effect.stock_t for effect in there)), tuple(repr(effect) for effect in lasting)
        _, stocks = groups.setdefault(name, (lasting, {}))
        stocks.setdefault(stock, []).append(np.flatnonzero(key == each))
    jobs, where = [], []
    for lasting, stocks in groups.values():
        wanted = np.unique(state[np.concatenate([cell for some in stocks.values() for cell in some])])
        jobs.append(Job(only(case, wanted), lasting, tuple(stocks)))
        where.append(tuple((c := np.concatenate(some), np.searchsorted(wanted, state[c])) for some in stocks.values()))
    numbers = np.array([project.number for project in projects], dtype=np.int64)
    return PosedTable(
        case.market.mineral, numbers, holds, number.ravel().astype(np.int64), of_cell.reshape(keys.shape), len(cells),
        tuple(jobs), tuple(where),
    )  # fmt: skip


def built_tables(posed: Sequence[PosedTable], executor: Executor | None = None) -> tuple[BuiltTable, ...]:
    """The tables of several markets, solved together."""
    answers = iter(solved([job for table in posed for job in table.jobs], executor))
    return tuple(table.built([next(answers) for _ in table.jobs]) for table in posed)


def only_with(built: BuiltTable, kept: Sequence[int]) -> BuiltTable:
    """The table of a plan in which some projects alone can be chosen, numbered in their order: its combinations without
    the others, which may come about but are never supported.
    """
    table, new = built.table, {number: k for k, number in enumerate(kept)}
    here = np.array([number in new for number in table.projects.tolist()], dtype=bool)
    columns = ~table.holds[:, ~here].any(axis=1)
    numbers = np.array([new[n] for n in table.projects.tolist() if n in new], dtype=np.int64)
    holds, loss = table.holds[np.ix_(columns, here)], table.loss[:, columns]
    dearer, saved, lasting = (part[:, columns] for part in (built.dearer, built.saved, built.lasting))
    table = replace(table, projects=numbers, holds=holds, loss=loss)
    return replace(built, table=table, dearer=dearer, saved=saved, lasting=lasting)


def only(case: MarketCase, states: Integers) -> MarketCase:
    """The market with some of its states."""
    return replace(case, part=case.part[states], years=case.years[states])


def keys_of(classes: Integers, holds: NDArray[np.bool_]) -> Integers:
    """How the projects are there, as one number with a digit of base 3 for each, (rows, combinations), given what
    becomes of them, (rows, projects), and which are supported, (combinations, projects).

    >>> keys_of(np.array([[0, 1, 2, 1, 2]]), np.array([[True, True, True, False, False]])).tolist()
    [[105]]
    >>> modes_of_key(105, 5)
    (0, 2, 2, 0, 1)
    """
    keys = np.zeros((len(classes), len(holds)), dtype=np.int64)
    for k in range(holds.shape[1]):
        with_support = np.where(classes[:, k] >= WITH_SUPPORT, CONTRACTED, ABSENT)
        without = np.where(classes[:, k] == ANYWAY, FREE, ABSENT)
        keys += MODES**k * np.where(holds[:, k], with_support[:, np.newaxis], without[:, np.newaxis])
    return keys


def modes_of_key(key: int, projects: int) -> tuple[int, ...]:
    """How each project is there."""
    return tuple(key // MODES**k % MODES for k in range(projects))


def _stock_alone(effect: MarketEffect) -> bool:
    """Whether an effect leaves the market as it is and releases tonnes at most."""
    return replace(effect, stock_t=0.0, price=1.0) == MarketEffect(effect.project, effect.country)


def _there(projects: Sequence[TouchingProject], modes: Sequence[int]) -> list[MarketEffect]:
    """The effects of the projects that are there; without a contract, none has one."""
    effects = []
    for project, mode in zip(projects, modes, strict=True):
        if mode == CONTRACTED:
            effects.append(project.effect)
        elif mode == FREE:
            effects.append(replace(project.effect, offtake_t=0.0, stock_t=0.0))
    return effects
