"""A run from its settings to the answer, new or resumed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sogdia import arguments
from sogdia.codes import Region
from sogdia.data import Mineral, Store, snapshot_folder
from sogdia.data.lock import writing
from sogdia.errors import DataError, wrong_argument
from sogdia.progress import Progress
from sogdia.scenarios import run_folder
from sogdia.scenarios.ensemble import Ensemble
from sogdia.scenarios.notes import ensemble_notes
from sogdia.scenarios.problem import fingerprint
from sogdia.scenarios.sample import ODDS_FACTOR, SampledYears, sampled_years
from sogdia.scenarios.setup import EnsembleSetup, ensemble_setup
from sogdia.scenarios.solving import BLOCK, require_few_failures, solve_states
from sogdia.scenarios.stream import EventStream

TAIL = 0.95
MOST_YEARS = 100_000_000
MOST_SEED = 2**64 - 1
EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """years: how many; seed: of the random numbers; odds_factor: by which rare events of wide effect are drawn more
    often, 1 for as often as they come; tail: where the tail begins, 0.95 for the worst 5 % of years; demand: surges of
    world demand are part of the years; block: states solved together, which changes nothing but the size of parts.
    """

    years: int = 10_000
    seed: int = 1
    odds_factor: float = ODDS_FACTOR
    tail: float = TAIL
    demand: bool = False
    block: int = BLOCK

    def __post_init__(self) -> None:
        for name, least, most in (("years", 1, MOST_YEARS), ("seed", 0, MOST_SEED), ("block", 1, MOST_YEARS)):
            value = arguments.whole_number(name, getattr(self, name), max(least, 1))
            if not least <= value <= most:
                rule = f"{name} is a whole number from {least} to {most}"
                raise wrong_argument(name, rule, "Correct it, or leave it out.", value)
        if not 0.1 <= arguments.number("odds_factor", self.odds_factor, 2.0) <= 100:
            rule = "odds of rare events are raised by a factor of 0.1 to 100"
            raise wrong_argument("odds_factor", rule, "Give 1 for none.", self.odds_factor)
        if not 0 <= arguments.number("tail", self.tail, 0.95) < 1:
            raise wrong_argument("tail", "a tail begins in 0..1, below 1", "Give e.g. 0.95.", self.tail)


def run_ensemble(
    store: Store,
    importer: Region,
    minerals: Sequence[Mineral],
    year: int,
    folder: Path | None,
    options: RunOptions,
    *,
    executor: Executor | None = None,
    further: Sequence[EventStream] = (),
    progress: Progress = lambda _: None,
) -> Ensemble:
    """Draw, solve and add up; with a folder, go on with what is finished there, and leave everything there.

    further: streams of one's own; a run with some cannot be resumed by its folder alone, only by the same call.
    """
    began = time.monotonic()
    setup = ensemble_setup(
        store, importer, minerals, year, demand=options.demand, further=further, progress=progress
    )  # fmt: skip
    return run_setup(store, setup, folder, options, executor=executor, progress=progress, began=began)


def resume_ensemble(folder: Path, *, executor: Executor | None = None, progress: Progress = lambda _: None) -> Ensemble:
    """Go on with a run; DataError where the folder holds none, or the data are no longer those that it began with."""
    began = time.monotonic()
    settings = run_folder.read_settings(folder)
    options, importer, store = _options(settings), _importer(settings), _store(settings)
    minerals = [store.mineral(key) for key in settings["minerals"]]
    setup = ensemble_setup(
        store, importer, minerals, int(settings["year"]), demand=options.demand, progress=progress
    )  # fmt: skip
    return run_setup(
        store, setup, folder, options, executor=executor, progress=progress, began=began, known=settings
    )  # fmt: skip


def run_setup(
    store: Store,
    setup: EnsembleSetup,
    folder: Path | None,
    options: RunOptions,
    *,
    executor: Executor | None = None,
    progress: Progress = lambda _: None,
    began: float | None = None,
    known: Mapping[str, Any] | None = None,
) -> Ensemble:
    """The same from a setup that is there. began: by the clock of `time.monotonic`; known: settings of a run that goes
    on, which the setup has to fit (DataError).
    """
    started = time.monotonic() if began is None else began
    progress(f"{options.years:,} years")
    sample = sampled_years(setup, options.years, options.seed, options.odds_factor)
    settings = _settings(store, setup, sample, options)
    if known is not None and known["fingerprint"] != settings["fingerprint"]:
        raise DataError(
            f"{folder} was begun with other data, tables or another version of Sogdia ({known['version']}): its parts "
            "do not fit. Start the run anew in another folder."
        )

    def solved() -> Ensemble:
        states = solve_states(folder, setup, sample, size=options.block, executor=executor, progress=progress)
        failed = require_few_failures(states)
        notes = (*states.told, *ensemble_notes(setup, sample, options.demand, failed))
        run, seconds = "" if folder is None else str(folder), time.monotonic() - started
        return Ensemble(setup, sample, states.losses, settings, run, failed, seconds, notes)

    if folder is None:
        return solved()
    if known is None:
        run_folder.start(folder, settings)
    with writing(folder / run_folder.LOCK, what=folder, wait=0, tell=progress):
        answer = solved()
        progress("tables")
        run_folder.write_table(folder / run_folder.STATES, answer.states())
        run_folder.write_table(folder / run_folder.YEARS, answer.years())
        run_folder.write_summary(folder, answer.to_dict())
    return answer


def _settings(store: Store, setup: EnsembleSetup, sample: SampledYears, options: RunOptions) -> dict[str, Any]:
    """What a run is, as plain values."""
    own = [EMBEDDED if folder == snapshot_folder() else str(folder.resolve()) for folder in store.folders]
    importer = setup.importer
    problems = [market.problem for market in setup.markets]
    deciding = {
        "importer": {"key": importer.key, "name": importer.name, "members": list(importer.members)},
        "minerals": [market.mineral for market in setup.markets],
        "year": setup.year, "years": options.years, "seed": options.seed, "odds_factor": float(options.odds_factor),
        "tail": float(options.tail), "demand": bool(options.demand),
    }  # fmt: skip
    return {
        "format": run_folder.FORMAT, "version": version("sogdia"), "store": own, "block": options.block, **deciding,
        "fingerprint": fingerprint(deciding, problems, setup.streams, sample.states, sample.weight),
    }  # fmt: skip


def _options(settings: Mapping[str, Any]) -> RunOptions:
    return RunOptions(**{name: settings[name] for name in RunOptions.__slots__})


def _importer(settings: Mapping[str, Any]) -> Region:
    known = settings["importer"]
    return Region(known["key"], known["name"], tuple(known["members"]))


def _store(settings: Mapping[str, Any]) -> Store:
    """The store of the run; DataError where a folder of it is gone."""
    folders = tuple(snapshot_folder() if name == EMBEDDED else Path(name) for name in settings["store"])
    gone = [str(folder) for folder in folders if not folder.is_dir()]
    if gone:
        raise DataError(
            f"the store of the run is gone: {', '.join(gone)} does not exist. Bring it back, or start anew."
        )
    return Store(folders)
