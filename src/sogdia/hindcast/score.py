"""The errors of the model against the three baselines, over the scored pairs of event and importer.

share error       |share of the restricted supplier, predicted - observed|, in fractions
price error       |ln predicted price over base - ln observed, cycle removed|, where import prices are prices (see
                  `panel.price_measure`); again over those with a quotation to tell, and those without
volume error      sum over judged importers and suppliers of |predicted - observed| / sum of observed, per event
coverage          share of observations inside the 90 % band; a price forecast beyond the model's range covers nothing
"""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.hindcast.baselines import NAMES
from sogdia.hindcast.panel.price_measure import JUDGED, NO_PRICE
from sogdia.sums import total

FEW = 3
ALWAYS = pl.lit(True)


def metrics(pairs: pl.DataFrame, volumes: pl.DataFrame) -> pl.DataFrame:
    """Tidy table mode, years, metric, value over the scored pairs: for the first year, and for all years together.

    pairs: see `run.PAIR_COLUMNS`; volumes: event_id, mineral, mode, year, error by the model and by each baseline.
    """
    rows: list[dict[str, object]] = []
    for mode in pairs["mode"].unique().sort():
        for years in ("first", "all"):
            chosen = pl.col("scored") & (pl.col("mode") == mode)
            if years == "first":
                chosen &= pl.col("years_since") == 1
            some = pairs.filter(chosen)
            if some.is_empty():
                continue
            found = _errors(some) | _volumes(volumes.filter(chosen))
            rows += [{"mode": mode, "years": years, "metric": name, "value": value} for name, value in found.items()]
    return pl.DataFrame(rows, schema={"mode": pl.String, "years": pl.String, "metric": pl.String, "value": pl.Float64})


def _errors(some: pl.DataFrame) -> dict[str, float]:
    share = {name: _column(some, f"share_{name}") - _column(some, "share_observed") for name in ("predicted", *NAMES)}
    priced = some.filter(pl.col("price_status") != NO_PRICE)
    seen = _column(priced, "log_price_observed")
    price = _column(priced, "log_price_predicted") - seen
    quoted = (priced["price_status"] == JUDGED).to_numpy()
    found = {
        "events": float(some.select(pl.struct("event_id", "mineral").n_unique()).item()),
        "pairs": float(some.height),
        "share_error_median": float(np.nanmedian(np.abs(share["predicted"]))),
        **{f"share_error_median_{name}": float(np.nanmedian(np.abs(share[name]))) for name in NAMES},
        "share_error_mean": _mean(np.abs(share["predicted"])),
        **{f"share_error_mean_{name}": _mean(np.abs(share[name])) for name in NAMES},
        "price_pairs": float(np.isfinite(seen).sum()),
        "price_error_mean": _mean(np.abs(price)),
        "price_error_mean_no_change": _mean(np.abs(seen)),
        "price_pairs_quoted": float(np.isfinite(seen[quoted]).sum()),
        "price_error_mean_quoted": _mean(np.abs(price[quoted])),
        "price_error_mean_quoted_no_change": _mean(np.abs(seen[quoted])),
        "price_error_mean_unquoted": _mean(np.abs(price[~quoted])),
        "price_error_mean_unquoted_no_change": _mean(np.abs(seen[~quoted])),
        "price_band_coverage": _inside(priced, "log_price", ~pl.col("beyond")),
        "share_band_coverage": _inside(some, "share"),
    }
    known = np.isfinite(price)
    if known.sum() >= FEW:
        predicted = _column(priced, "log_price_predicted")
        ranks = [pl.Series(values[known]).rank() for values in (predicted, seen)]
        found["price_rank_correlation"] = float(np.corrcoef(ranks[0], ranks[1])[0, 1])
    return found


def _volumes(errors: pl.DataFrame) -> dict[str, float]:
    by_event = (
        errors.group_by("event_id", "mineral")
        .agg(total(pl.col("predicted", *NAMES, "observed_t")))
        .sort("event_id", "mineral")
    )
    error = {name: (by_event[name] / by_event["observed_t"]).to_numpy() for name in ("predicted", *NAMES)}
    better = {name: error["predicted"] < error[name] for name in NAMES}
    return {
        "volume_error_median": float(np.median(error["predicted"])),
        **{f"volume_error_median_{name}": float(np.median(error[name])) for name in NAMES},
        **{f"volumes_beat_{name}": float(better[name].mean()) for name in NAMES},
        "volumes_beat_no_change_and_reallocation": float((better["no_change"] & better["reallocation"]).mean()),
    }


def _column(frame: pl.DataFrame, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _mean(errors: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Over what is known; NaN where nothing is, as for buyers who have nobody left to buy from."""
    known = errors[~np.isnan(errors)]
    return float(known.mean()) if known.size else float("nan")


def _inside(some: pl.DataFrame, what: str, given: pl.Expr = ALWAYS) -> float:
    seen = some.filter(pl.col(f"{what}_observed").is_finite())
    inside = (pl.col(f"{what}_observed") >= pl.col(f"{what}_low")) & (
        pl.col(f"{what}_observed") <= pl.col(f"{what}_high")
    )
    return float(seen.select((inside & given).mean()).item()) if seen.height else float("nan")
