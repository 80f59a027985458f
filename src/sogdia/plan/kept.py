"""The solved markets of a plan, from the cache where they are there, else solved and kept."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.plan import cache
from sogdia.plan.draws import tables_of_draw
from sogdia.plan.markets.table import BuiltTable
from sogdia.plan.projects.record import Project
from sogdia.plan.solved import SolvedMarkets, solved_markets
from sogdia.progress import Progress
from sogdia.scenarios.executors import executor_for


@dataclass(frozen=True, slots=True)
class Effort:
    """workers: processes that solve at the same time, which changes nothing but the time; cached: solved markets are
    kept in the user's cache folder and taken from there.
    """

    workers: int = 1
    cached: bool = False


DIRECT = Effort()
"""In this process, and nothing is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """solved: the markets; key: under which they are kept, None where they are not."""

    solved: SolvedMarkets
    key: str | None


def kept_markets(
    store: Store, importer: Region, projects: tuple[Project, ...], year: int, *, years: int, seed: int,
    effort: Effort, progress: Progress = lambda _: None,
) -> Kept:  # fmt: skip
    """The solved markets. Workers start while this process still looks for what to solve."""
    key = cache.key_of(store, importer, projects, year, years, seed) if effort.cached else None
    found = None if key is None else cache.recalled(key)
    if isinstance(found, SolvedMarkets):
        return Kept(found, key)
    with executor_for(effort.workers) as executor:
        solved = solved_markets(
            store, importer, projects, year, years=years, seed=seed, executor=executor, progress=progress
        )
    if key is not None:
        cache.keep(key, solved)
    return Kept(solved, key)


def kept_draw(kept: Kept, number: int, count: int, executor: Executor | None = None) -> tuple[BuiltTable, ...]:
    """The tables under a draw of the elasticities, from 1 to count."""
    key = None if kept.key is None else cache.key_of_draw(kept.key, number)
    found = None if key is None else cache.recalled(key)
    if isinstance(found, tuple) and found and all(isinstance(each, BuiltTable) for each in found):
        return found
    tables = tables_of_draw(kept.solved, number, count, executor)
    if key is not None:
        cache.keep(key, tables)
    return tables
