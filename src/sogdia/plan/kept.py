"""The solved markets of a plan, from the cache where they are there, else solved and kept."""

from __future__ import annotations

from collections.abc import Callable

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.plan import cache
from sogdia.plan.projects.record import Project
from sogdia.plan.solved import SolvedMarkets, solved_markets
from sogdia.scenarios.executors import executor_for

Progress = Callable[[str], None]


def kept_markets(
    store: Store, importer: Region, projects: tuple[Project, ...], year: int, *, years: int, seed: int,
    workers: int = 1, cached: bool = True, progress: Progress = lambda _: None,
) -> SolvedMarkets:  # fmt: skip
    """The solved markets. workers: processes; they start while this one still looks for what to solve."""
    key = cache.key_of(store, importer, projects, year, years, seed) if cached else ""
    found = cache.recalled(key) if cached else None
    if isinstance(found, SolvedMarkets):
        return found
    with executor_for(workers) as executor:
        solved = solved_markets(
            store, importer, projects, year, years=years, seed=seed, executor=executor, progress=progress
        )
    if cached:
        cache.keep(key, solved)
    return solved
