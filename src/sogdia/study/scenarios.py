"""Questions on what may happen: the catalogue of scenarios, ensembles of years, and the atlas of losses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sogdia import arguments
from sogdia.codes import economy
from sogdia.errors import wrong_argument
from sogdia.progress import Progress, inside
from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sogdia.scenarios.atlas import Atlas
    from sogdia.scenarios.catalogue import Catalogue
    from sogdia.scenarios.ensemble import Ensemble

DIRECT = 1
MOST_WORKERS = 1024


class ScenarioQuestions(StudyNames):
    """Many scenarios at once."""

    def scenarios(self, mineral: str | Sequence[str] | None = None, *, year: int | None = None) -> Catalogue:
        """Every scenario that has a name: documented events, states of the corridors, the loss of each supplier."""
        from sogdia.scenarios.catalogue import catalogue

        return catalogue(self.store, self.importer, self.minerals(mineral), self.year(year))

    def ensemble(
        self, mineral: str | Sequence[str] | None = None, *, years: int = 10_000, seed: int = 1,
        out: Path | str | None = None, year: int | None = None, workers: int = DIRECT,
        executor: Executor | str | None = None, odds_factor: float | None = None, tail: float | None = None,
        with_demand: bool = False, block: int | None = None, progress: Progress = lambda _: None,
    ) -> Ensemble:  # fmt: skip
        """Draw years that may come, solve the distinct states of the markets, and add up what each year costs.

        mineral: by default the twelve that rank first by supply risk of imports. out: a folder that keeps the run, so
        that it can be resumed; without one nothing is written. workers: processes (1 solves in this one; a script that
        asks for more starts by `if __name__ == "__main__":`); executor: any `concurrent.futures.Executor`, or
        "dask://HOST:PORT". odds_factor, tail, block: see `sogdia.scenarios.run.RunOptions`; with_demand: surges of
        world demand are part of the years.
        """
        from sogdia.scenarios.answered import default_minerals
        from sogdia.scenarios.run import RunOptions, run_ensemble

        given: dict[str, Any] = {"odds_factor": odds_factor, "tail": tail, "block": block}
        options = RunOptions(
            years=years, seed=seed, demand=bool(with_demand), **{k: v for k, v in given.items() if v is not None}
        )
        base = self.year(year)
        chosen = self.minerals(mineral)
        if mineral is None:
            chosen = default_minerals(self.store, self.importer, chosen, base)
        folder = None if out is None else arguments.path("out", out)
        with executor_of(workers, executor) as asked:
            return run_ensemble(
                self.store, self.importer, chosen, base, folder, options, executor=asked, progress=progress
            )

    def atlas(
        self, importers: str | Sequence[str] | None = None, mineral: str | Sequence[str] | None = None, *,
        years: int = 10_000, seed: int = 1, year: int | None = None, workers: int = DIRECT,
        executor: Executor | str | None = None, progress: Progress = lambda _: None,
    ) -> Atlas:  # fmt: skip
        """Expected and tail loss a year by importer, mineral, supplier and cause. importers: by default the study's."""
        from sogdia.scenarios.answered import default_minerals
        from sogdia.scenarios.atlas import atlas
        from sogdia.scenarios.run import RunOptions, run_ensemble

        options, base = RunOptions(years=years, seed=seed), self.year(year)
        named = () if importers is None else arguments.names("importers", importers, "JPN")
        wanted = tuple(dict.fromkeys(economy(name, self._own) for name in named)) or (self.importer,)
        found = []
        with executor_of(workers, executor) as asked:
            for at, importer in enumerate(wanted):
                own = inside(progress, at / len(wanted), (at + 1) / len(wanted))
                own(importer.name)
                chosen = self.minerals(mineral)
                if mineral is None:
                    chosen = default_minerals(self.store, importer, chosen, base)
                found.append(
                    run_ensemble(self.store, importer, chosen, base, None, options, executor=asked, progress=own)
                )
        return atlas(found)


def resume(
    folder: Path | str, *, workers: int = DIRECT, executor: Executor | str | None = None,
    progress: Progress = lambda _: None,
) -> Ensemble:  # fmt: skip
    """Go on with a run of `Study.ensemble` that was stopped; one that is finished is read and checked again."""
    from sogdia.scenarios.run import resume_ensemble

    with executor_of(workers, executor) as asked:
        return resume_ensemble(arguments.path("folder", folder), executor=asked, progress=progress)


def executor_of(workers: int, executor: Executor | str | None) -> Any:
    """A context that holds the executor: a pool of workers, that of a scheduler, or one's own, which is left open."""
    from contextlib import nullcontext

    from sogdia.scenarios.executors import executor_for

    count = arguments.whole_number("workers", workers, 2)
    if not 1 <= count <= MOST_WORKERS:
        raise wrong_argument("workers", f"workers are 1 to {MOST_WORKERS}", "Give the number of cores.", workers)
    if executor is None or isinstance(executor, str):
        return executor_for(count, executor)
    return nullcontext(executor)
