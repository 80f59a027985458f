"""The hindcast: every documented event that the data can judge, predicted and compared.

No event judges itself, neither by what the elasticities are learnt from nor by its band (see `bands`), and none is
judged by a related one: of the same exporter and mineral, or the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sogdia.data import Store
from sogdia.data import events as history
from sogdia.data.elasticities import Elasticities, class_elasticities
from sogdia.errors import Fault, InputError
from sogdia.hindcast import learn
from sogdia.hindcast.bands import Judged, observation_errors, predictive, related
from sogdia.hindcast.baselines import NAMES, baseline
from sogdia.hindcast.case import MIN_SHARE_OF_WORLD, YEARS_AFTER, Case, cases
from sogdia.hindcast.predict import CONDITIONAL, MODES, predict
from sogdia.hindcast.score import metrics
from sogdia.market import Draws
from sogdia.market.traded import Floats

DRAWS = 60
RIVALS_SHOWN = 5
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Hindcast:
    """pairs: one row per event, mineral, year, importer and mode; beyond: the price forecast is beyond the model's
    range, so that it is no price and its band covers nothing. rivals: what other suppliers delivered, predicted and
    observed. volumes: volume errors per event, year and mode. metrics: see `score`. posteriors: market class -> what
    all scored events together say of its elasticities. left_out: event, mineral and why the data cannot judge it.
    """

    pairs: pl.DataFrame
    rivals: pl.DataFrame
    volumes: pl.DataFrame
    metrics: pl.DataFrame
    posteriors: dict[str, learn.Posterior]
    left_out: pl.DataFrame


def run(
    store: Store,
    events: Sequence[history.RestrictionEvent],
    *,
    min_share_of_world: float = MIN_SHARE_OF_WORLD,
    modes: Sequence[str] = MODES,
    years_after: int = YEARS_AFTER,
    beside: Sequence[history.RestrictionEvent] = (),
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Hindcast:
    """Judge the model by the events. min_share_of_world: how large an importer must be to be judged, 0 to 1.

    beside: events that teach and widen bands but are not reported, say the embedded ones beside a user's own; one
    related to a judged event is left out, whatever it is called.
    modes, years_after: fewer modes or years (1: the first alone) for a quicker answer with the same rows, no others.
    """
    if not 0 <= min_share_of_world <= 1:
        rule, remedy = "a share of world imports lies between 0 and 1", "Write 0.02 for 2 %."
        raise InputError([Fault("hindcast", rule, remedy, column="min-share", value=str(min_share_of_world))])
    left_out: list[tuple[str, str, str | None, str]] = []
    found: list[Case] = []
    for event in events:
        reason = history.testable(event, store)
        some = () if reason else cases(store, event, min_share_of_world, years_after)
        if not some:
            nobody = "no importer depended on the supplier, or no weights are recorded in the base years"
            left_out.append((event.event_id, event.subject, event.mineral, reason or nobody))
        found += some
    own = {event.event_id for event in events}
    helpers = [helper for helper in beside if not any(related(helper, event) for event in events)]
    found += [
        case
        for event in helpers
        if history.testable(event, store) is None
        for case in cases(store, event, min_share_of_world, 1)
        if case.unscored is None
    ]
    progress("elasticities")
    teachers = [case for case in found if case.unscored is None and case.years_since == 1]
    loss = learn.losses(teachers)
    priors = {name: class_elasticities(store, name, 1.0, prior=True) for name in {c.market_class for c in found}}
    posteriors = {name: _posterior(priors[name], name, teachers, loss, without=None) for name in sorted(priors)}
    judged = []
    for case in found:
        progress(f"{case.event.event_id} {case.event.mineral} {case.year}")
        learnt = _posterior(priors[case.market_class], case.market_class, teachers, loss, without=case.event)
        draws = _draws(store, case, priors[case.market_class], learnt, seed)
        sized = case.event.size is not None
        judged += [Judged(case, mode, predict(case, mode, draws)) for mode in modes if sized or mode == CONDITIONAL]
    reported = [
        (item, errors)
        for item, errors in zip(judged, observation_errors(judged), strict=True)
        if item.case.event.event_id in own
    ]
    pairs = pl.DataFrame([row for item, errors in reported for row in _pairs(item, *errors)], schema=PAIR_COLUMNS)
    judged = [item for item, _ in reported]
    volumes = pl.DataFrame([_volume_errors(item) for item in judged]) if judged else pl.DataFrame()
    others = [_rivals(item) for item in judged if item.mode == CONDITIONAL]
    rivals = pl.concat(others) if others else pl.DataFrame()
    return Hindcast(
        pairs, rivals, volumes, metrics(pairs, volumes), posteriors,
        pl.DataFrame(left_out, schema=["event_id", "subject", "mineral", "reason"], orient="row"),
    )  # fmt: skip


def _posterior(
    prior: Elasticities, name: str, teachers: Sequence[Case], loss: Floats, without: history.RestrictionEvent | None
) -> learn.Posterior:
    """What the events of a class say, but for one and those related to it."""
    chosen = [
        k
        for k, teacher in enumerate(teachers)
        if teacher.market_class == name and not (without and related(teacher.event, without))
    ]
    named = [f"{teachers[k].event.event_id} {teachers[k].event.mineral}" for k in chosen]
    points = loss[chosen] if chosen else np.zeros((0, len(learn.grid())))
    return learn.posterior(learn.prior(prior), points, named)


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


PAIR_COLUMNS = {
    "event_id": pl.String, "mineral": pl.String, "market_class": pl.String, "year": pl.Int64, "years_since": pl.Int64,
    "mode": pl.String, "scored": pl.Boolean, "unscored": pl.String, "supplier": pl.String, "importer": pl.String,
    "base_years": pl.String, "kept": pl.Float64, "cycle": pl.Float64,
    "share_no_change": pl.Float64, "share_pro_rata": pl.Float64, "share_reallocation": pl.Float64,
    "share_predicted": pl.Float64, "share_low": pl.Float64, "share_high": pl.Float64, "share_observed": pl.Float64,
    "log_price_predicted": pl.Float64, "log_price_low": pl.Float64, "log_price_high": pl.Float64,
    "log_price_observed": pl.Float64, "beyond": pl.Boolean,
    "volume_predicted": pl.Float64, "volume_observed": pl.Float64, "home_price": pl.Float64,
}  # fmt: skip


def _pairs(item: Judged, share_error: float, price_error: float) -> list[dict[str, object]]:
    """Rows of `PAIR_COLUMNS`; the errors of observation are those of `bands.observation_errors`."""
    case, prediction, beyond = item.case, item.prediction, item.beyond()
    base = case.base_sources[:, :-1]
    simple = {name: case.supplier_share(baseline(name, base, case.supplier, case.kept)) for name in NAMES}
    seen = case.supplier_share(case.sources)
    before = base.sum(axis=1)
    share_band = [np.clip(predictive(draws, share_error), 0.0, 1.0) for draws in prediction.share]
    price_band = [predictive(draws, price_error) for draws in prediction.log_price]
    return [
        {
            "event_id": case.event.event_id,
            "mineral": case.event.mineral,
            "market_class": case.market_class,
            "year": case.year,
            "years_since": case.years_since,
            "mode": item.mode,
            "scored": case.unscored is None and bool(case.weighty[k]),
            "unscored": case.unscored or (None if case.weighty[k] else "small importer"),
            "supplier": case.event.country,
            "importer": importer,
            "base_years": f"{case.market.years[0]}-{case.market.years[-1]}",
            "kept": case.kept,
            "cycle": case.cycle,
            **{f"share_{name}": simple[name][k] for name in NAMES},
            "share_predicted": prediction.share[k, 0],
            "share_low": share_band[k][0],
            "share_high": share_band[k][1],
            "share_observed": seen[k],
            "log_price_predicted": prediction.log_price[k, 0],
            "log_price_low": price_band[k][0],
            "log_price_high": price_band[k][1],
            "log_price_observed": case.price[k],
            "beyond": beyond[k],
            "volume_predicted": prediction.sources[k, :, 0].sum() / before[k],
            "volume_observed": case.sources[k].sum() / before[k],
            "home_price": prediction.home_price[0],
        }
        for k, importer in enumerate(case.importers)
    ]


def _volume_errors(item: Judged) -> dict[str, object]:
    """Volume errors over the scored importers, all of them where the case is not scored."""
    case = item.case
    rows = case.weighty if case.weighty.any() else np.ones_like(case.weighty)
    base, seen = case.base_sources[rows, :-1], case.sources[rows]
    flows = {name: baseline(name, base, case.supplier, case.kept) for name in NAMES}
    flows["predicted"] = item.prediction.sources[rows, :, 0]
    errors = {name: float(np.abs(f - seen[:, :-1]).sum() + seen[:, -1].sum()) for name, f in flows.items()}
    return {
        "event_id": case.event.event_id,
        "mineral": case.event.mineral,
        "year": case.year,
        "years_since": case.years_since,
        "mode": item.mode,
        "scored": case.unscored is None,
        **errors,
        "observed_t": float(seen.sum()),
    }


def _rivals(item: Judged) -> pl.DataFrame:
    """The largest other suppliers of each importer, by what they delivered in the year."""
    case = item.case
    rows: list[dict[str, object]] = []
    for k, importer in enumerate(case.importers):
        delivered = case.sources[k, :-1].copy()
        delivered[case.supplier] = -1.0
        largest = [int(j) for j in np.argsort(-delivered)[:RIVALS_SHOWN] if delivered[j] > 0]
        rows += [
            {
                "event_id": case.event.event_id,
                "mineral": case.event.mineral,
                "year": case.year,
                "importer": importer,
                "rival": case.market.producers[j],
                "base_t": case.base_sources[k, j],
                "predicted_t": item.prediction.sources[k, j, 0],
                "observed_t": case.sources[k, j],
            }
            for j in largest
        ]
    kinds = {"event_id": pl.String, "mineral": pl.String, "year": pl.Int64, "importer": pl.String, "rival": pl.String}
    return pl.DataFrame(
        rows, schema={**kinds, "base_t": pl.Float64, "predicted_t": pl.Float64, "observed_t": pl.Float64}
    )
