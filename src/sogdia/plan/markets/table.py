"""The table of a market: each row a state and what became of the projects, each column a combination of support."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.plan.choice import Computed, LossTable, combinations
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.known_cells import KnownCells, known_cells
from sogdia.plan.markets.loss_table import MarketCase, StockLosses
from sogdia.plan.markets.realised import (
    CONTRACTED,
    FREE,
    TouchingProject,
    keys_of,
    modes_of_key,
    realisations,
)  # fmt: skip
from sogdia.plan.markets.single_events import SingleStates
from sogdia.plan.markets.solving import Job, solved
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class BuiltTable:
    """table: for the choice, in MUSD a year. dearer, saved, lasting: its parts, each (rows, combinations): what dearer
    use costs, what contracts and stocks save of it, and what lasting supply changes in ordinary years, against those
    without any support; table = dearer - saved + lasting. solved: how many distinct states were solved; failed: how
    many cells have no answer, the rows of which are NaN; known: the parts in years whose chances are known, times their
    chance, (3, combinations), as in `Computed`.
    """

    table: LossTable
    dearer: Floats
    saved: Floats
    lasting: Floats
    solved: int
    failed: int
    known: Floats | None = None

    def means(self, weight: Floats) -> Floats:
        """Expected dearer, saved and lasting of each combination, (3, combinations), as the expected loss is made."""
        known, table = self.table.computed, self.table
        each = (np.nan_to_num(part) for part in (self.dearer, self.saved, self.lasting))
        if known is None or self.known is None:
            mass = np.bincount(table.of_year, weights=weight / weight.sum(), minlength=len(table.loss))
            return np.stack([mass @ part for part in each])
        parts = zip(self.known, each, strict=True)
        return np.stack([replace(known, known=own).expected(table.of_year, part, weight) for own, part in parts])


@dataclass(frozen=True, slots=True, eq=False)
class PosedTable:
    """A table before its states are solved. name; projects, holds, of_year: as in the table; of_cell: number of the
    cell of each entry, (rows, combinations); cells: how many there are; jobs: to be solved; where: of each job and
    stock the cells it serves and the number of their state in the job; known: the cells of which the chances are known.
    """

    name: str
    projects: Integers
    holds: NDArray[np.bool_]
    of_year: Integers
    of_cell: Integers
    cells: int
    jobs: tuple[Job, ...]
    where: tuple[tuple[tuple[Integers, Integers], ...], ...]
    known: KnownCells | None = None

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
        parts = None if self.known is None else self.known.means(values)
        computed = None
        if self.known is not None and parts is not None:
            computed = Computed(parts[0] - parts[1] + parts[2], self.known.several, self.known.of_several)
        table = LossTable(self.name, self.projects, self.holds, dearer - saved + lasting, self.of_year, computed)
        failed = int(np.isnan(values).any(axis=0).sum())
        solves = sum(answer.solved for answer in answers)
        return BuiltTable(table, dearer, saved, lasting, solves, failed, parts)


def market_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    apart: Sequence[tuple[int, int]] = (),
    single: SingleStates | None = None,
) -> BuiltTable:
    """The table of one market. of_year: state of each year; held: what is there whatever is chosen, e.g. stocks;
    apart: pairs of these projects that exclude each other, whose combinations are left out; single: states whose
    chances are known, so that expected losses need not be sampled in full.

    InputError for more than 4,096 combinations.
    """
    posed = posed_table(case, of_year, projects, seed, held, apart, single)
    return posed.built(solved(posed.jobs))


def posed_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    apart: Sequence[tuple[int, int]] = (),
    single: SingleStates | None = None,
) -> PosedTable:
    """The same before its states are solved."""
    holds = combinations(len(projects), of=case.market.mineral)
    for one, other in apart:
        holds = holds[~(holds[:, one] & holds[:, other])]
    drawn = [realisations(seed, p.effect.project, len(of_year), p.if_supported, p.anyway) for p in projects]
    rows, number = np.unique(np.stack([of_year.astype(np.int64), *drawn], axis=1), axis=0, return_inverse=True)
    keys = keys_of(rows[:, 1:], holds)
    known = None if single is None else known_cells(projects, holds, single, len(case.part))
    own = (keys * len(case.part) + rows[:, :1]).ravel()
    whole = own if known is None else np.concatenate([own, known.cells.ravel()])
    cells, of_cell = np.unique(whole, return_inverse=True)
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
        case.market.mineral, numbers, holds, number.ravel().astype(np.int64), of_cell[: len(own)].reshape(keys.shape),
        len(cells), tuple(jobs), tuple(where),
        None if known is None else replace(known, cells=of_cell[len(own) :].reshape(known.cells.shape)),
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
    computed = None if table.computed is None else replace(table.computed, known=table.computed.known[columns])
    known = None if built.known is None else built.known[:, columns]
    table = replace(table, projects=numbers, holds=holds, loss=loss, computed=computed)
    return replace(built, table=table, dearer=dearer, saved=saved, lasting=lasting, known=known)


def only(case: MarketCase, states: Integers) -> MarketCase:
    """The market with some of its states."""
    return replace(case, part=case.part[states], years=case.years[states])


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
