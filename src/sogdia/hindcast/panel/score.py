"""The scores of the forecasts: errors of the model beside those of the simple forecasts, and how good the bands are.

Errors are means of |forecast - observed| over pairs. The *gain* is the error of the headline forecast less the model's:
no change for prices, pro-rata rationing for shares, tonnes and flows, the naive band for CRPS and interval score; the
rank correlation and the slope are gains over none. Its interval is a bootstrap of whole episodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.hindcast.panel.bands import crps, ends, interval_score
from sogdia.hindcast.panel.bootstrap import line_intervals, mean_interval
from sogdia.hindcast.panel.filters import PLACEBO, filters
from sogdia.hindcast.panel.forecast import BANDED, Forecasts
from sogdia.hindcast.panel.pairs import (
    FLOWS,
    LAST_YEAR,
    LOG_PRICE,
    MEASURES,
    NO_CHANGE,
    PRICE_MEASURES,
    PRO_RATA,
    SIMPLE,
    Pairs,
)  # fmt: skip
from sogdia.hindcast.panel.prices import Ints
from sogdia.market.traded import Floats

COLUMNS = {
    "filter": pl.String, "mode": pl.String, "measure": pl.String,
    **dict.fromkeys(("model", *SIMPLE, "naive", "gain_low", "gain_high", "model_low", "model_high"), pl.Float64),
    "n_episodes": pl.Int64, "n_pairs": pl.Int64,
}  # fmt: skip
FEWEST_PAIRS = 3
Bools = NDArray[np.bool_]
Scores = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The known pairs of one group. observed, central: (pairs,); simple: forecast -> (pairs,); quantile, naive: (pairs,
    levels).
    """

    episode: Ints
    observed: Floats
    central: Floats
    simple: Mapping[str, Floats]
    quantile: Floats | None
    naive: Floats | None


def metrics(
    pairs: Pairs, made: Mapping[str, Forecasts], flows: Floats, mode: str, within: Bools | None = None,
    placebo: bool = False,
) -> pl.DataFrame:  # fmt: skip
    """One row for each filter and measure; columns as in COLUMNS. flows: (pairs,) flow errors of the model. within:
    (pairs,) that count, by default all. placebo: show it, which forecasts that know the year before must not.
    """
    rows: list[dict[str, object]] = []
    draws = pairs.panel.limits.bootstraps
    for name, chooses in filters(pairs.panel.limits).items():
        if name == PLACEBO and not placebo:
            continue
        chosen = pairs.of_episode(chooses).astype(bool)
        if within is not None:
            chosen &= within
        for measure in MEASURES:
            cut = _cut(pairs, made[measure], measure, chosen, placebo=name == PLACEBO)
            for label, scores in _scores(cut, measure, draws):
                rows.append({"filter": name, "mode": mode, "measure": label, **scores, **_size(cut.episode)})
        if name != PLACEBO:
            rows.append({"filter": name, "mode": mode, "measure": FLOWS, **_flow_scores(pairs, flows, chosen, draws)})
    return pl.DataFrame([_plain(row) for row in rows], schema=COLUMNS)


def _cut(pairs: Pairs, made: Forecasts, measure: str, chosen: Bools, *, placebo: bool) -> Cut:
    measured = pairs.by[measure]
    observed = measured.simple[LAST_YEAR] if placebo else measured.observed
    known = chosen & np.isfinite(observed) & np.isfinite(made.central)
    if made.quantile is not None and made.naive is not None:
        known &= np.isfinite(made.quantile).all(axis=1) & np.isfinite(made.naive).all(axis=1)
    simple = {name: values[known] for name, values in measured.simple.items() if not (placebo and name == LAST_YEAR)}
    quantile, naive = (None if part is None else part[known] for part in (made.quantile, made.naive))
    return Cut(pairs.episode[known], observed[known], made.central[known], simple, quantile, naive)


def _scores(cut: Cut, measure: str, draws: int) -> Iterator[tuple[str, Scores]]:
    """Name of each score of a measure, and its columns."""
    if len(cut.observed) < FEWEST_PAIRS:
        return
    off = np.abs(cut.central - cut.observed)
    simple = {name: np.abs(values - cut.observed) for name, values in cut.simple.items()}
    headline = NO_CHANGE if measure in PRICE_MEASURES else PRO_RATA
    yield measure, _errors(off, simple, headline, cut.episode, draws)
    yield f"{measure}_median", {
        "model": float(np.median(off)), **{name: float(np.nanmedian(values)) for name, values in simple.items()},
    }  # fmt: skip
    tail = "" if measure == LOG_PRICE else f"_{measure.removeprefix('log_price_')}"
    if measure in PRICE_MEASURES:
        of_ranks, slope = _line(cut, draws)
        yield f"rank_correlation{tail}", of_ranks
        yield f"slope{tail}", slope
    if measure in BANDED and cut.quantile is not None and cut.naive is not None:
        yield from _band_scores(cut, cut.quantile, cut.naive, simple, tail, draws)


def _errors(off: Floats, simple: Mapping[str, Floats], headline: str, episode: Ints, draws: int) -> Scores:
    gain = mean_interval(simple[headline] - off, episode, draws)
    own = mean_interval(off, episode, draws)
    means = {
        name: float(np.nanmean(values)) if np.isfinite(values).any() else np.nan for name, values in simple.items()
    }
    return {
        "model": float(off.mean()), **means, "gain_low": gain[0], "gain_high": gain[1], "model_low": own[0],
        "model_high": own[1],
    }  # fmt: skip


def _band_scores(
    cut: Cut, quantile: Floats, naive: Floats, simple: Mapping[str, Floats], tail: str, draws: int
) -> Iterator[tuple[str, Scores]]:
    """CRPS, where a simple forecast has its absolute error, and the scores of the 90 % bands."""
    seen, episode = cut.observed, cut.episode
    model, band = crps(quantile, seen), crps(naive, seen)
    points = _errors(model, {**simple, "naive": band}, "naive", episode, draws)
    yield f"crps{tail}", points
    (low, high), (naive_low, naive_high) = ends(quantile), ends(naive)
    scores = {"naive": interval_score(naive_low, naive_high, seen)}
    yield f"interval_score{tail}", _errors(interval_score(low, high, seen), scores, "naive", episode, draws)
    inside = ((seen >= low) & (seen <= high)).astype(np.float64)
    share = mean_interval(inside, episode, draws)
    naive_inside = float(((seen >= naive_low) & (seen <= naive_high)).mean())
    yield f"coverage{tail}", {
        "model": float(inside.mean()), "naive": naive_inside, "model_low": share[0], "model_high": share[1],
    }  # fmt: skip
    yield f"width{tail}", {"model": float((high - low).mean()), "naive": float((naive_high - naive_low).mean())}


def _line(cut: Cut, draws: int) -> tuple[Scores, Scores]:
    """Rank correlation and slope; the ranks are those among all pairs of the group in every draw."""
    one, other = ranks(cut.central), ranks(cut.observed)
    of_ranks, _ = line_intervals(one, other, cut.episode, draws)
    _, of_slope = line_intervals(cut.central, cut.observed, cut.episode, draws)
    x, y = cut.central - cut.central.mean(), cut.observed - cut.observed.mean()
    spread = (x**2).sum()
    slope = float((x * y).sum() / spread) if spread > 0 else float("nan")
    return {"model": correlation(one, other), **_own(*of_ranks)}, {"model": slope, **_own(*of_slope)}


def _own(low: float, high: float) -> Scores:
    return {"gain_low": low, "gain_high": high, "model_low": low, "model_high": high}


def correlation(one: Floats, other: Floats) -> float:
    """Pearson's correlation; NaN where one of the two does not vary.

    >>> round(correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])), 9)
    1.0
    """
    x, y = one - one.mean(), other - other.mean()
    size = np.sqrt((x**2).sum() * (y**2).sum())
    return float((x * y).sum() / size) if size > 0 else float("nan")


def ranks(values: Floats) -> Floats:
    """Ranks from 0; equal values share their mean rank.

    >>> ranks(np.array([5.0, 1.0, 5.0])).tolist()
    [1.5, 0.0, 1.5]
    """
    _, place, size = np.unique(values, return_inverse=True, return_counts=True)
    first = np.cumsum(size) - size
    return np.asarray((first + 0.5 * (size - 1))[place])


def _flow_scores(pairs: Pairs, flows: Floats, chosen: Bools, draws: int) -> dict[str, object]:
    simple, _ = pairs.flow_errors
    known = chosen & np.isfinite(flows)
    if known.sum() < FEWEST_PAIRS:
        return _size(pairs.episode[known])
    columns = {name: simple[known, number] for number, name in enumerate(SIMPLE)}
    return {**_errors(flows[known], columns, PRO_RATA, pairs.episode[known], draws), **_size(pairs.episode[known])}


def _size(episode: Ints) -> dict[str, object]:
    return {"n_episodes": len(np.unique(episode)), "n_pairs": len(episode)}


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """With all columns; NaN is null."""
    return {name: None if isinstance(value := row.get(name), float) and np.isnan(value) else value for name in COLUMNS}
