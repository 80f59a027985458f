"""The hindcast: every documented event that the data can judge, predicted and compared.

No event judges itself, neither by what the elasticities are learnt from (see `learn`) nor by its band (see `bands`),
and none is judged by a related one: of the same exporter and mineral, or the same id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from sogdia import arguments
from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.data import events as history
from sogdia.data.elasticities import Elasticities, class_elasticities
from sogdia.data.event_file import read_event_file
from sogdia.data.source_ids import split_ids
from sogdia.errors import wrong_argument
from sogdia.hindcast import learn
from sogdia.hindcast.bands import Forecast, observation_errors
from sogdia.hindcast.case import MIN_SHARE_OF_WORLD, YEARS_AFTER, Case, cases
from sogdia.hindcast.modes import CONDITIONAL, MODES
from sogdia.hindcast.panel.evidence import Evidence, Key, joined, log_prior, panel_evidence
from sogdia.hindcast.panel.price_measure import JUDGED, NO_BENCHMARK, NO_PRICE
from sogdia.hindcast.predict import predict
from sogdia.hindcast.result import Hindcast
from sogdia.hindcast.rows import PAIR_COLUMNS, pair_rows, rival_rows, volume_errors
from sogdia.hindcast.score import metrics
from sogdia.hindcast.size import related
from sogdia.market import Draws
from sogdia.market.traded import Floats
from sogdia.progress import MeasuredStep, Progress
from sogdia.uncertain import BEYOND

DRAWS = 60


def hindcast(
    store: Store,
    own_events: Path | str | None = None,
    *,
    min_share_of_world: float | None = None,
    progress: Progress = lambda _: None,
) -> Hindcast:
    """The model against the documented events, or against those of a user's own table, from which the others teach.

    min_share_of_world: see `run`; by default that of `case`.
    """
    documented = history.restriction_events(store)
    events = documented if own_events is None else read_event_file(arguments.path("events", own_events), store)
    limit = MIN_SHARE_OF_WORLD
    if min_share_of_world is not None:
        limit = arguments.number("min_share_of_world", min_share_of_world, MIN_SHARE_OF_WORLD)
    beside = () if own_events is None else documented
    return run(store, events, min_share_of_world=limit, beside=beside, progress=progress)


def run(
    store: Store,
    events: Sequence[history.RestrictionEvent],
    *,
    min_share_of_world: float = MIN_SHARE_OF_WORLD,
    modes: Sequence[str] = MODES,
    years_after: int = YEARS_AFTER,
    beside: Sequence[history.RestrictionEvent] = (),
    panel: Mapping[Key, Evidence] | None = None,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Hindcast:
    """Judge the model by the events. min_share_of_world: how large an importer must be to be judged, 0 to 1.

    beside: events that teach and widen bands but are not reported, say the embedded ones beside a user's own; one
    related to a judged event is left out, whatever it is called.
    panel: what natural experiments say of the elasticities; by default the table `set_evidence`.
    modes, years_after: fewer modes or years (1: the first alone) for a quicker answer with the same rows, no others.
    """
    if not 0 <= min_share_of_world <= 1:
        rule, remedy = "a share of world imports lies between 0 and 1", "Write 0.02 for 2 %."
        raise wrong_argument("min_share_of_world", rule, remedy, min_share_of_world)
    tested, left_out = _tested(store, events, min_share_of_world, years_after)
    own = {event.event_id for event in events}
    helpers = [helper for helper in beside if not any(related(helper, event) for event in events)]
    tested += [case for case in _tested(store, helpers, min_share_of_world, 1)[0] if not case.unscored(CONDITIONAL)]
    progress("elasticities")
    teachers = [case for case in tested if not case.unscored(CONDITIONAL) and case.years_since == 1]
    loss = learn.losses(teachers)
    priors = {name: class_elasticities(store, name, 1.0, prior=True) for name in {c.market_class for c in tested}}
    natural = panel if panel is not None else panel_evidence(store) if priors else {}
    school = _School(natural, teachers, loss)
    posteriors = {name: school.posterior(priors[name], name, without=None) for name in sorted(priors)}
    forecasts = []
    for at, case in enumerate(tested):
        progress(MeasuredStep(f"{case.event.event_id} {case.event.mineral} {case.year}", at / len(tested)))
        learnt = school.posterior(priors[case.market_class], case.market_class, without=case.event)
        draws = _draws(store, case, priors[case.market_class], learnt, seed)
        forecasts += [Forecast(case, mode, predict(case, mode, draws)) for mode in modes]
    reported = [
        (forecast, errors)
        for forecast, errors in zip(forecasts, observation_errors(forecasts), strict=True)
        if forecast.case.event.event_id in own
    ]
    return _result(reported, posteriors, left_out, _sources(store, tested, own, priors))


def _tested(
    store: Store, events: Sequence[history.RestrictionEvent], min_share_of_world: float, years_after: int
) -> tuple[list[Case], pl.DataFrame]:
    """The cases that the data can judge, and the events without one, with the reason."""
    documented = history.restriction_events(store)
    tested: list[Case] = []
    left_out: list[tuple[str, str, str | None, str]] = []
    for event in events:
        reason = history.testable(event, store)
        some = () if reason else cases(store, event, min_share_of_world, years_after, documented)
        if not some:
            nobody = "no importer depended on the supplier, or no weights are recorded in the base years"
            left_out.append((event.event_id, event.subject, event.mineral, reason or nobody))
        tested += some
    return tested, pl.DataFrame(left_out, schema=["event_id", "subject", "mineral", "reason"], orient="row")


def _result(
    reported: Sequence[tuple[Forecast, tuple[float, float]]],
    posteriors: Mapping[str, learn.Posterior],
    left_out: pl.DataFrame,
    sources: Mapping[tuple[str, str], tuple[str, ...]],
) -> Hindcast:
    """The tables of the forecasts, each with its errors of observation."""
    pairs = pl.DataFrame(
        [row for forecast, errors in reported for row in pair_rows(forecast, *errors)], schema=PAIR_COLUMNS
    )
    forecasts = [forecast for forecast, _ in reported]
    volumes = pl.DataFrame([volume_errors(forecast) for forecast in forecasts]) if forecasts else pl.DataFrame()
    others = [rival_rows(forecast) for forecast in forecasts if forecast.mode == CONDITIONAL]
    rivals = pl.concat(others) if others else pl.DataFrame()
    errors = metrics(pairs, volumes)
    return Hindcast(pairs, rivals, volumes, errors, posteriors, left_out, _notes(pairs, errors), sources)


def _notes(pairs: pl.DataFrame, errors: pl.DataFrame) -> tuple[str, ...]:
    """Whether anything is scored, and which prices are no figures."""
    notes: tuple[str, ...] = ()
    if errors.is_empty():
        notes = ("No event is scored, so there are no errors to sum up.",)
    far = int(pairs["beyond"].sum())
    if far:
        notes += (
            f"{far} of {pairs.height} price forecasts are beyond the model's range, more than {BEYOND:g} times base: "
            "they are no figures, and their bands cover nothing.",
        )
    return (*notes, *_price_notes(pairs))


def _price_notes(pairs: pl.DataFrame) -> tuple[str, ...]:
    """How prices were measured, mineral by mineral, with the correlation to a quotation."""
    columns = ("mineral", "price_estimator", "price_status", "price_correlation")
    each = pairs.select(columns).unique().sort(columns)
    kinds = (
        (JUDGED, "Prices that follow a quotation (estimator, correlation of importers' changes with it)"),
        (NO_BENCHMARK, "Prices without a quotation long enough to tell (estimator)"),
        (NO_PRICE, "Import prices that follow no quotation, and are not judged"),
    )
    notes = []
    for status, words in kinds:
        some = each.filter(pl.col("price_status") == status)
        if some.height:
            named = (
                f"{mineral} ({how}, {r:.2f})" if status == JUDGED else f"{mineral} ({how})"
                for mineral, how, _, r in some.iter_rows()
            )
            notes.append(f"{words}: {', '.join(named)}.")
    return tuple(notes)


def _sources(
    store: Store, tested: Sequence[Case], own: Set[str], priors: Mapping[str, Elasticities]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """What the rows of each event rest on: its record, trade before and after, and the elasticities of its class."""
    sources: dict[tuple[str, str], tuple[str, ...]] = {}
    for case in tested:
        if case.event.event_id in own:
            key = case.event.event_id, case.event.mineral or ""
            sources[key] = each_once(
                sources.get(key, ()),
                split_ids(case.event.source_id),
                case.market.source_ids,
                store.source_ids("trade", [case.year]),
                priors[case.market_class].source_ids,
            )
    return sources


@dataclass(frozen=True, slots=True, eq=False)
class _School:
    """What is learnt from: the panel, and documented cases with their losses (cases, sets)."""

    panel: Mapping[Key, Evidence]
    teachers: Sequence[Case]
    loss: Floats

    def posterior(
        self, prior: Elasticities, market_class: str, without: history.RestrictionEvent | None
    ) -> learn.Posterior:
        """What all say of a class, but for the mineral of one event and events related to it."""
        mineral = without.mineral if without else None
        chosen = [
            k
            for k, teacher in enumerate(self.teachers)
            if not (without and (related(teacher.event, without) or teacher.event.mineral == mineral))
        ]
        some = [self.teachers[k] for k in chosen]
        known = joined(self.panel, learn.evidence(some, self.loss[chosen] if chosen else self.loss[:0]))
        named = [f"{one.event.event_id} {one.event.mineral}" for one in some if one.market_class == market_class]
        return learn.posterior(log_prior(prior), known, market_class, mineral, named)


def _draws(store: Store, case: Case, short: Elasticities, learnt: learn.Posterior, seed: int) -> Draws:
    """The class's posterior, moved to the case's horizon as the class table moves, centre first."""
    later = class_elasticities(store, case.market_class, float(case.years_since), prior=True)
    stretch = np.array(
        [
            later.sigma.central / short.sigma.central,
            later.eta.central / short.eta.central,
            later.eps.central / short.eps.central,
        ]
    )
    normal = np.zeros((DRAWS, 3))
    normal[1:] = np.random.Generator(np.random.Philox(key=seed)).standard_normal((DRAWS - 1, 3))
    sigma, eta, eps = (learnt.centre() * stretch * np.exp(normal * learnt.spread())).T
    return Draws(np.maximum(sigma, learn.MIN_GAP * np.maximum(1.0, eta)), eta, eps)
