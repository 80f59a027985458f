"""The rows of the hindcast: pairs of event and importer, errors of volume, and what other suppliers delivered."""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.hindcast.bands import Forecast, predictive
from sogdia.hindcast.baselines import NAMES, baseline

RIVALS_SHOWN = 5
PAIR_COLUMNS = {
    "event_id": pl.String, "mineral": pl.String, "market_class": pl.String, "year": pl.Int64, "years_since": pl.Int64,
    "mode": pl.String, "scored": pl.Boolean, "unscored": pl.String, "supplier": pl.String, "importer": pl.String,
    "base_years": pl.String, "kept": pl.Float64, "expected_loss": pl.Float64, "size_documented": pl.Boolean,
    "cycle": pl.Float64, "price_estimator": pl.String, "price_status": pl.String, "price_correlation": pl.Float64,
    "share_no_change": pl.Float64, "share_pro_rata": pl.Float64, "share_reallocation": pl.Float64,
    "share_predicted": pl.Float64, "share_low": pl.Float64, "share_high": pl.Float64, "share_observed": pl.Float64,
    "log_price_predicted": pl.Float64, "log_price_low": pl.Float64, "log_price_high": pl.Float64,
    "log_price_observed": pl.Float64, "beyond": pl.Boolean,
    "volume_predicted": pl.Float64, "volume_observed": pl.Float64, "home_price": pl.Float64,
}  # fmt: skip
RIVAL_COLUMNS = {
    "event_id": pl.String, "mineral": pl.String, "year": pl.Int64, "importer": pl.String, "rival": pl.String,
    "base_t": pl.Float64, "predicted_t": pl.Float64, "observed_t": pl.Float64,
}  # fmt: skip


def pair_rows(forecast: Forecast, share_error: float, price_error: float) -> list[dict[str, object]]:
    """Rows of `PAIR_COLUMNS`; the errors of observation are those of `bands.observation_errors`."""
    case, prediction, beyond = forecast.case, forecast.prediction, forecast.beyond()
    unscored = case.unscored(forecast.mode)
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
            "mode": forecast.mode,
            "scored": unscored is None and bool(case.weighty[k]),
            "unscored": unscored or (None if case.weighty[k] else "small importer"),
            "supplier": case.event.country,
            "importer": importer,
            "base_years": f"{case.market.years[0]}-{case.market.years[-1]}",
            "kept": case.kept,
            "expected_loss": case.size,
            "size_documented": case.event.size is not None,
            "cycle": case.cycle,
            "price_estimator": case.measure.estimator,
            "price_status": case.measure.status,
            "price_correlation": case.measure.correlation,
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


def volume_errors(forecast: Forecast) -> dict[str, object]:
    """Volume errors over the scored importers, all of them where the case is not scored."""
    case = forecast.case
    rows = case.weighty if case.weighty.any() else np.ones_like(case.weighty)
    base, seen = case.base_sources[rows, :-1], case.sources[rows]
    flows = {name: baseline(name, base, case.supplier, case.kept) for name in NAMES}
    flows["predicted"] = forecast.prediction.sources[rows, :, 0]
    errors = {name: float(np.abs(f - seen[:, :-1]).sum() + seen[:, -1].sum()) for name, f in flows.items()}
    return {
        "event_id": case.event.event_id,
        "mineral": case.event.mineral,
        "year": case.year,
        "years_since": case.years_since,
        "mode": forecast.mode,
        "scored": case.unscored(forecast.mode) is None,
        **errors,
        "observed_t": float(seen.sum()),
    }


def rival_rows(forecast: Forecast) -> pl.DataFrame:
    """The largest other suppliers of each importer, by what they delivered in the year."""
    case = forecast.case
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
                "predicted_t": forecast.prediction.sources[k, j, 0],
                "observed_t": case.sources[k, j],
            }
            for j in largest
        ]
    return pl.DataFrame(rows, schema=RIVAL_COLUMNS)
