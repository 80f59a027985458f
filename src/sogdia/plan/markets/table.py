"""The table of a market: each row a state and what became of the projects, each column a combination of support."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from sogdia.plan.choice import Computed, LossTable, combinations
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.known_cells import KnownCells, known_cells
from sogdia.plan.markets.loss_table import MarketCase, StockLosses
from sogdia.plan.markets.realised import (
    ANYWAY,
    CONTRACTED,
    FREE,
    WITH_SUPPORT,
    TouchingProject,
    keys_of,
    modes_of_key,
    realisations,
)  # fmt: skip
from sogdia.plan.markets.sides import Sides, SidesSum
from sogdia.plan.markets.single_events import SingleStates
from sogdia.plan.markets.solving import Job, solved
from sogdia.scenarios.distinct import distinct_rows
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class BuiltTable:
    """table: for the choice, in MUSD a year. dearer, saved, lasting: its parts, each (rows, combinations): what dearer
    use costs, what contracts and stocks save of it, and what lasting supply changes in ordinary years, against those
    without any support; table = dearer - saved + lasting. solved: how many distinct states were solved; failed: how
    many cells have no answer, the rows of which are NaN; known: the parts in years whose chances are known, times their
    chance, (3, combinations), and plain: of each row, (3, rows, combinations), as in `Computed`; sides: what partners
    and others see of each combination.
    """

    table: LossTable
    dearer: Floats
    saved: Floats
    lasting: Floats
    solved: int
    failed: int
    sides: Sides
    known: Floats | None = None
    plain: Floats | None = None

    def means(self, weight: Floats) -> Floats:
        """Expected dearer, saved and lasting of each combination, (3, combinations), as the expected loss is made."""
        known, table = self.table.computed, self.table
        each = (np.nan_to_num(part) for part in (self.dearer, self.saved, self.lasting))
        if known is None or self.known is None:
            mass = np.bincount(table.of_year, weights=weight / weight.sum(), minlength=len(table.loss))
            return np.stack([mass @ part for part in each])
        without = [None] * 3 if self.plain is None else list(np.nan_to_num(self.plain))
        found = [
            replace(known, known=own, plain=plain).expected(table.of_year, part, weight)
            for own, part, plain in zip(self.known, each, without, strict=True)
        ]
        return np.stack(found)


@dataclass(frozen=True, slots=True, eq=False)
class PosedTable:
    """A table before its states are solved. name; projects, holds, of_year: as in the table; of_cell: number of the
    cell of each entry, (rows, combinations); of_plain: the same without the projects that change events, None where
    there are none; cells: how many there are; jobs: to be solved; where: of each job and
    stock the cells it serves and the number of their state in the job; case: the market; weight: of each year; known:
    the cells of which the chances are known.
    """

    name: str
    projects: Integers
    holds: NDArray[np.bool_]
    of_year: Integers
    of_cell: Integers
    of_plain: Integers | None
    cells: int
    jobs: tuple[Job, ...]
    where: tuple[tuple[tuple[Integers, Integers], ...], ...]
    case: MarketCase
    weight: Floats
    known: KnownCells | None = None

    def built(self, answers: Sequence[StockLosses]) -> BuiltTable:
        """The table from the answers of its jobs."""
        values = np.empty((3, self.cells))
        for served, answer in zip(self.where, answers, strict=True):
            for (cell, state), found in zip(served, answer.losses, strict=True):
                values[0, cell], values[1, cell] = found.dearer[state], found.saved[state]
                values[2, cell] = found.lasting
        values /= KUSD_PER_MUSD
        dearer, saved, lasting = _parts(values, self.of_cell)
        plain = None if self.of_plain is None else _parts(values, self.of_plain)
        parts = computed = None
        if self.known is not None:
            parts = self.known.means(values)
            without = None if plain is None else np.nan_to_num(plain[0] - plain[1] + plain[2])
            whole = parts[0] - parts[1] + parts[2]
            computed = Computed(whole, self.known.several, self.known.of_several, without)
        table = LossTable(self.name, self.projects, self.holds, dearer - saved + lasting, self.of_year, computed)
        failed = int(np.isnan(values).any(axis=0).sum())
        solves = sum(answer.solved for answer in answers)
        return BuiltTable(table, dearer, saved, lasting, solves, failed, self._sides(answers), parts, plain)

    def _sides(self, answers: Sequence[StockLosses]) -> Sides:
        """What others see, each cell by how likely it is."""
        effects = [effect for job in self.jobs for effect in job.effects]
        found, weights = SidesSum(self.case, effects, len(self.holds)), self._weights()
        for served, job, answer in zip(self.where, self.jobs, answers, strict=True):
            for (cell, state), losses in zip(served, answer.losses, strict=True):
                count = len(job.case.part)
                of_state = csr_matrix((np.ones(len(cell)), (np.arange(len(cell)), state)), shape=(len(cell), count))
                found.add(losses, np.asarray((weights[:, cell] @ of_state).todense()))
        return found.mean()

    def _weights(self) -> csc_matrix:
        """Chance of each cell under each combination, (combinations, cells), as the expected loss is made."""
        sampled = self._sampled(self.of_cell, self.weight)
        if self.known is None:
            return sampled
        known = self.known.weights(self.cells)
        rest = np.where(self.known.of_several, self.weight, 0.0)
        if rest.sum() > 0:
            plain = self.of_cell if self.of_plain is None else self.of_plain
            known = known + self.known.several * self._sampled(plain, rest)
        if self.of_plain is not None:
            known = known + sampled - self._sampled(self.of_plain, self.weight)
        return csc_matrix(known)

    def _sampled(self, cells: Integers, weight: Floats) -> csc_matrix:
        mass = np.bincount(self.of_year, weights=weight / weight.sum(), minlength=len(cells))
        row, combination = np.nonzero(np.broadcast_to(mass[:, np.newaxis] > 0, cells.shape))
        entries = (mass[row], (combination, cells[row, combination]))
        return csc_matrix(entries, shape=(len(self.holds), self.cells))


def _parts(values: Floats, cells: Integers) -> Floats:
    """Dearer, saved and lasting of each entry, (3, rows, combinations), the last against the first combination."""
    found = values[:, cells]
    found[2] -= found[2, :, :1].copy()
    return np.asarray(found)


def market_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    apart: Sequence[tuple[int, int]] = (),
    single: SingleStates | None = None,
    weight: Floats | None = None,
) -> BuiltTable:
    """The table of one market. of_year: state of each year, (years,) or (years, sets of projects that change events);
    held: what is there whatever is chosen, e.g. stocks;
    apart: pairs of these projects that exclude each other, whose combinations are left out; single: states whose
    chances are known, so that expected losses need not be sampled in full; weight: of each year, by default the same.

    InputError for more than 4,096 combinations.
    """
    posed = posed_table(case, of_year, projects, seed, held, apart, single, weight)
    return posed.built(solved(posed.jobs))


def posed_table(
    case: MarketCase,
    of_year: Integers,
    projects: Sequence[TouchingProject],
    seed: int,
    held: Sequence[MarketEffect] = (),
    apart: Sequence[tuple[int, int]] = (),
    single: SingleStates | None = None,
    weight: Floats | None = None,
) -> PosedTable:
    """The same before its states are solved."""
    holds = combinations(len(projects), of=case.market.mineral)
    for one, other in apart:
        holds = holds[~(holds[:, one] & holds[:, other])]
    rows, of_row = _rows(of_year.reshape(len(of_year), -1).astype(np.int64), projects, seed)
    solving = [k for k, project in enumerate(projects) if project.effect.changes_market]
    there_may_be = [projects[k] for k in solving]
    keys = keys_of(rows[:, rows.shape[1] - len(solving) :], holds[:, solving]) * len(case.part)
    known = None if single is None else known_cells(there_may_be, holds[:, solving], single, len(case.part))
    wanted = [keys + rows[:, 1 + _columns(projects, holds)]]
    if known is not None and len(solving) < len(projects):
        wanted.append(keys + rows[:, :1])
    if known is not None:
        wanted.append(known.cells)
    cells, number = np.unique(np.concatenate([each.ravel() for each in wanted]), return_inverse=True)
    ends = np.cumsum([each.size for each in wanted])[:-1]
    of_cells = [part.reshape(e.shape) for part, e in zip(np.split(number.ravel(), ends), wanted, strict=True)]
    key, state = np.divmod(cells, len(case.part))
    groups: dict[tuple[str, ...], tuple[tuple[MarketEffect, ...], dict[float, list[Integers]]]] = {}
    for each in np.unique(key).tolist():
        there = [*held, *_there(there_may_be, modes_of_key(each, len(solving)))]
        lasting = tuple(replace(effect, stock_t=0.0) for effect in there if not _stock_alone(effect))
        stock, name = float(sum(effect.stock_t for effect in there)), tuple(repr(effect) for effect in lasting)
        _, stocks = groups.setdefault(name, (lasting, {}))
        stocks.setdefault(stock, []).append(np.flatnonzero(key == each))
    jobs, where = [], []
    for lasting, stocks in groups.values():
        states = np.unique(state[np.concatenate([cell for some in stocks.values() for cell in some])])
        jobs.append(Job(only(case, states), lasting, tuple(stocks)))
        where.append(tuple((c := np.concatenate(some), np.searchsorted(states, state[c])) for some in stocks.values()))
    numbers = np.array([project.number for project in projects], dtype=np.int64)
    return PosedTable(
        case.market.mineral, numbers, holds, of_row, of_cells[0], of_cells[1] if len(of_cells) > 2 else None,
        len(cells), tuple(jobs), tuple(where), case, np.ones(len(of_row)) if weight is None else weight,
        None if known is None else replace(known, cells=of_cells[-1]),
    )  # fmt: skip


def _rows(of_year: Integers, projects: Sequence[TouchingProject], seed: int) -> tuple[Integers, Integers]:
    """The distinct years, (rows, 1 + sets of supported projects that change events + projects that change the market):
    the state without any of the former, under each set of them, and what becomes of each of the latter; and the row of
    each year.
    """
    years = len(of_year)
    drawn = [realisations(seed, p.effect.project, years, p.if_supported, p.anyway) for p in projects]
    states = np.empty((years, 1 + of_year.shape[1]), dtype=np.int64)
    states[:, 0] = of_year[:, 0]
    for supported in range(of_year.shape[1]):
        active = np.zeros(years, dtype=np.int64)
        for project, became in zip(projects, drawn, strict=True):
            if project.bit is not None:
                there = (became == ANYWAY) | ((became == WITH_SUPPORT) & bool(supported >> project.bit & 1))
                active |= there.astype(np.int64) << project.bit
        states[:, 1 + supported] = of_year[np.arange(years), active]
    own = [became for p, became in zip(projects, drawn, strict=True) if p.effect.changes_market]
    whole = np.concatenate([states, *(became[:, np.newaxis] for became in own)], axis=1)
    first, number = distinct_rows(whole)
    return whole[first], number


def _columns(projects: Sequence[TouchingProject], holds: NDArray[np.bool_]) -> Integers:
    """Column of the states of each combination, (combinations,): the set of its projects that change events."""
    bits = np.array([0 if p.bit is None else 1 << p.bit for p in projects], dtype=np.int64)
    return np.asarray(holds.astype(np.int64) @ bits) if len(bits) else np.zeros(len(holds), dtype=np.int64)


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
    computed, known = table.computed, None if built.known is None else built.known[:, columns]
    plain = None if built.plain is None else built.plain[:, :, columns]
    if computed is not None:
        without = None if computed.plain is None else computed.plain[:, columns]
        computed = replace(computed, known=computed.known[columns], plain=without)
    table = replace(table, projects=numbers, holds=holds, loss=loss, computed=computed)
    sides = built.sides.only(np.asarray(columns, dtype=bool).reshape(-1))
    return replace(
        built, table=table, dearer=dearer, saved=saved, lasting=lasting, sides=sides, known=known, plain=plain
    )


def only(case: MarketCase, states: Integers) -> MarketCase:
    """The market with some of its states."""
    return replace(case, part=case.part[states], years=case.years[states])


def _stock_alone(effect: MarketEffect) -> bool:
    """Whether an effect leaves the market as it is and releases tonnes at most."""
    return replace(effect, stock_t=0.0, price=1.0, way_saved_musd={}) == MarketEffect(effect.project, effect.country)


def _there(projects: Sequence[TouchingProject], modes: Sequence[int]) -> list[MarketEffect]:
    """The effects of the projects that are there; without a contract, none has one."""
    effects = []
    for project, mode in zip(projects, modes, strict=True):
        if mode == CONTRACTED:
            effects.append(project.effect)
        elif mode == FREE:
            effects.append(replace(project.effect, offtake_t=0.0, stock_t=0.0))
    return effects
