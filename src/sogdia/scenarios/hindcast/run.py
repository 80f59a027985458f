"""The hindcast: every documented event that the data can judge, predicted and compared.

Bands are 90 % predictive: the spread of the class's elasticities and the residuals of all *other* events together,
half width = 1.645 sqrt(variance over draws + mean square residual of the others), so no event judges its own band.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sogdia.data import Store
from sogdia.data import events as history
from sogdia.data.elasticities import Elasticities, class_elasticities
from sogdia.market import Draws
from sogdia.market.draws import NORMAL_95
from sogdia.market.traded import Floats
from sogdia.scenarios.hindcast import learn
from sogdia.scenarios.hindcast.baselines import NAMES, baseline
from sogdia.scenarios.hindcast.case import MIN_SHARE_OF_WORLD, YEARS_AFTER, Case, cases
from sogdia.scenarios.hindcast.predict import CONDITIONAL, MODES, Prediction, predict
from sogdia.scenarios.hindcast.score import metrics

DRAWS = 60
RIVALS_SHOWN = 5
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Hindcast:
    """pairs: one row per event, mineral, year, importer and mode. rivals: what other suppliers delivered, predicted and
    observed. volumes: volume errors per event, year and mode. metrics: see `score`. posteriors: market class -> what
    all scored events together say of its elasticities. left_out: event, mineral and why the data cannot judge it.
    """

    pairs: pl.DataFrame
    rivals: pl.DataFrame
    volumes: pl.DataFrame
    metrics: pl.DataFrame
    posteriors: dict[str, learn.Posterior]
    left_out: pl.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    case: Case
    mode: str
    prediction: Prediction


def run(
    store: Store,
    events: Sequence[history.Event],
    *,
    min_share_of_world: float = MIN_SHARE_OF_WORLD,
    modes: Sequence[str] = MODES,
    years_after: int = YEARS_AFTER,
    beside: Sequence[history.Event] = (),
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Hindcast:
    """Judge the model by the events. min_share_of_world: how large an importer must be to be judged.

    beside: events that teach and widen bands but are not reported, say the embedded ones beside a user's own; one of
    the same exporter and mineral as a judged event, or of its id, is left out, whatever it is called.
    modes, years_after: fewer modes or years (1: the first alone) for a quicker answer with the same rows, no others.
    """
    left_out: list[tuple[str, str, str | None, str]] = []
    found: list[Case] = []
    for event in events:
        reason = history.testable(event, store)
        some = () if reason else cases(store, event, min_share_of_world, years_after)
        if not some:
            nobody = "no importer depended on the supplier, or no weights are recorded in the base years"
            left_out.append((event.event_id, event.subject, event.mineral, reason or nobody))
        found += some
    own = {(event.country, event.mineral) for event in events}, {event.event_id for event in events}
    helpers = [e for e in beside if (e.country, e.mineral) not in own[0] and e.event_id not in own[1]]
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
        learnt = _posterior(priors[case.market_class], case.market_class, teachers, loss, without=case.event.event_id)
        draws = _draws(store, case, priors[case.market_class], learnt, seed)
        sized = case.event.size is not None
        judged += [_Judged(case, mode, predict(case, mode, draws)) for mode in modes if sized or mode == CONDITIONAL]
    pairs = pl.concat([_pairs(item) for item in judged]) if judged else pl.DataFrame(schema=PAIR_COLUMNS)
    pairs = _with_bands(pairs).filter(pl.col("event_id").is_in(list(own[1])))
    judged = [item for item in judged if item.case.event.event_id in own[1]]
    volumes = pl.DataFrame([_volume_errors(item) for item in judged]) if judged else pl.DataFrame()
    others = [_rivals(item) for item in judged if item.mode == CONDITIONAL]
    rivals = pl.concat(others) if others else pl.DataFrame()
    return Hindcast(
        pairs, rivals, volumes, metrics(pairs, volumes), posteriors,
        pl.DataFrame(left_out, schema=["event_id", "subject", "mineral", "reason"], orient="row"),
    )  # fmt: skip


def _posterior(
    prior: Elasticities, name: str, teachers: Sequence[Case], loss: Floats, without: str | None
) -> learn.Posterior:
    chosen = [k for k, t in enumerate(teachers) if t.market_class == name and t.event.event_id != without]
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
    "share_predicted": pl.Float64, "share_variance": pl.Float64, "share_observed": pl.Float64,
    "log_price_predicted": pl.Float64, "log_price_variance": pl.Float64, "log_price_observed": pl.Float64,
    "volume_predicted": pl.Float64, "volume_observed": pl.Float64, "home_price": pl.Float64,
}  # fmt: skip


def _pairs(item: _Judged) -> pl.DataFrame:
    case, prediction = item.case, item.prediction
    base = case.base_sources[:, :-1]
    simple = {name: case.supplier_share(baseline(name, base, case.supplier, case.kept)) for name in NAMES}
    seen = case.supplier_share(case.sources)
    before = base.sum(axis=1)
    rows = [
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
            "share_variance": prediction.share[k].var(),
            "share_observed": seen[k],
            "log_price_predicted": prediction.log_price[k, 0],
            "log_price_variance": prediction.log_price[k].var(),
            "log_price_observed": case.price[k],
            "volume_predicted": prediction.sources[k, :, 0].sum() / before[k],
            "volume_observed": case.sources[k].sum() / before[k],
            "home_price": prediction.home_price[0],
        }
        for k, importer in enumerate(case.importers)
    ]
    return pl.DataFrame(rows, schema=PAIR_COLUMNS)


def _with_bands(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add share_low, share_high, log_price_low, log_price_high."""
    for what in ("share", "log_price"):
        residual = (pl.col(f"{what}_predicted") - pl.col(f"{what}_observed")) ** 2
        taught = pl.col("scored") & (pl.col("years_since") == 1) & residual.is_finite()
        sums = pairs.filter(taught).select("mode", "event_id", square=residual).group_by("mode", "event_id")
        by_event = sums.agg(pl.col("square").sum(), n=pl.len())
        total = by_event.group_by("mode").agg(all_square=pl.col("square").sum(), all_n=pl.col("n").sum())
        pairs = pairs.join(total, on="mode", how="left").join(by_event, on=["mode", "event_id"], how="left")
        others = (pl.col("all_square") - pl.col("square").fill_null(0.0)) / (pl.col("all_n") - pl.col("n").fill_null(0))
        half = NORMAL_95 * (pl.col(f"{what}_variance") + others.fill_nan(None).fill_null(0.0)).sqrt()
        pairs = pairs.with_columns(
            (pl.col(f"{what}_predicted") - half).alias(f"{what}_low"),
            (pl.col(f"{what}_predicted") + half).alias(f"{what}_high"),
        ).drop("all_square", "all_n", "square", "n")
    return pairs.with_columns(pl.col("share_low").clip(0, 1), pl.col("share_high").clip(0, 1))


def _volume_errors(item: _Judged) -> dict[str, object]:
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


def _rivals(item: _Judged) -> pl.DataFrame:
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
