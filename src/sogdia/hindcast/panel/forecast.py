"""The forecasts of a panel that are judged: central values, 90 % bands and quantiles, learnt without the own mineral.

The central value is the mean over the sets of elasticities with the weights of `learn`, moved by the part of last
year's change that goes on (`carry`). The quantiles are those of the
sets mixed with the model's own error (see `error_fit`), fitted to the other minerals. The naive forecast is what the
code did in all other years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.data.model_error import ModelError
from sogdia.hindcast.panel.bands import mixture
from sogdia.hindcast.panel.carry import carried, carries, drift
from sogdia.hindcast.panel.changes import Changes
from sogdia.hindcast.panel.error_fit import LEVELS, Residuals, fit
from sogdia.hindcast.panel.pairs import (
    LOG_PRICE,
    LOG_PRICE_OTHERS,
    MATCHED,
    MATCHED_OTHERS,
    NO_CHANGE,
    SHARE,
    TONNES,
    Measured,
    Pairs,
)  # fmt: skip
from sogdia.market.traded import Floats

BANDED = (LOG_PRICE, MATCHED, SHARE, TONNES)
"""Measures with bands."""
CHANGE_OF = {LOG_PRICE: LOG_PRICE, LOG_PRICE_OTHERS: LOG_PRICE, MATCHED: MATCHED, MATCHED_OTHERS: MATCHED,
             SHARE: SHARE, TONNES: TONNES}  # fmt: skip
"""The ordinary changes (see `changes`) that a measure is compared with."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """central: (pairs,). quantile, naive: (pairs, levels), the model's and those of ordinary changes; None for measures
    without bands. NaN where there is no forecast.
    """

    central: Floats
    quantile: Floats | None
    naive: Floats | None


def central(measured: Measured, weight: Floats) -> Floats:
    """Mean over the sets that have an answer, (pairs,); weight: (pairs, sets). NaN where none of them has weight."""
    known = np.isfinite(measured.model)
    used = np.where(known, weight, 0.0)
    total = used.sum(axis=1)
    return np.asarray(np.where(known, used * measured.model, 0.0).sum(axis=1) / np.where(total > 0, total, np.nan))


def alone(pairs: Pairs, weight: Floats) -> Mapping[str, Forecasts]:
    """Measure -> forecasts of the model on its base, without bands and without what last year showed."""
    return {name: Forecasts(central(measured, weight), None, None) for name, measured in pairs.by.items()}


def forecasts(pairs: Pairs, weight: Floats) -> Mapping[str, Forecasts]:
    """Measure -> its forecasts. weight: (pairs, sets)."""
    found = {}
    for name, measured in pairs.by.items():
        bare = central(measured, weight)
        moved = carries(pairs, name, bare) * drift(pairs, name)
        middle = carried(name, bare, moved)
        if name not in BANDED:
            found[name] = Forecasts(middle, None, None)
            continue
        errors = _errors(pairs, name, middle)
        centres = carried(name, measured.model, moved[:, np.newaxis])
        bands = mixture(centres, np.where(np.isfinite(centres), weight, 0.0), errors)
        found[name] = Forecasts(middle, _inside(name, bands), _inside(name, _naive(pairs, name)))
    return found


def residuals(pairs: Pairs, name: str, middle: Floats) -> Residuals:
    """Of all pairs; NaN where something is not known. Volatility without the year of the episode."""
    measured = pairs.by[name]
    return Residuals(
        measured.observed - middle, _volatility(pairs, name), np.abs(middle - measured.simple[NO_CHANGE]), pairs.episode
    )


def usable(pairs: Pairs, seen: Residuals) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which pairs the error is fitted to: known ones of first years."""
    first = pairs.of_episode(lambda one: one.episode.years_since == 1).astype(bool)
    return np.asarray(np.isfinite(seen.off) & np.isfinite(seen.volatility) & np.isfinite(seen.size) & first)


def fitted(pairs: Pairs, name: str, middle: Floats) -> ModelError:
    """The error fitted to all minerals, which is what the product uses."""
    seen = residuals(pairs, name, middle)
    return fit(name, seen.where(usable(pairs, seen)))


def _errors(pairs: Pairs, name: str, middle: Floats) -> Floats:
    """Quantiles of each pair's error, (pairs, levels), fitted to the other minerals; NaN where none are left."""
    seen = residuals(pairs, name, middle)
    good = usable(pairs, seen)
    minerals = pairs.of_episode(lambda one: one.episode.mineral)
    errors = np.full((len(middle), len(LEVELS)), np.nan)
    for mineral in np.unique(minerals):
        own, others = minerals == mineral, good & (minerals != mineral)
        if not others.any():
            continue
        error = fit(name, seen.where(others))
        errors[own] = error.scale(seen.volatility[own], seen.size[own])[:, np.newaxis] * error.quantiles
    return errors


def _volatility(pairs: Pairs, name: str) -> Floats:
    """(pairs,): that of the code; the median of all codes where it has too few changes."""
    change = CHANGE_OF[name]
    every = np.array([of.volatility(change) for of in pairs.panel.changes.values()])
    known = every[np.isfinite(every)]
    usual = float(np.median(known)) if known.size else 0.0
    by_episode = []
    for one in pairs.panel.judged:
        own = pairs.panel.changes[one.episode.hs6].volatility(change, one.episode.year)
        by_episode.append(own if np.isfinite(own) else usual)
    return np.array(by_episode)[pairs.episode]


def _naive(pairs: Pairs, name: str) -> Floats:
    """Quantiles of no change and the ordinary changes of the code, (pairs, levels)."""
    by_episode = np.array(
        [_spread(pairs.panel.changes[one.episode.hs6], name, one.episode.year) for one in pairs.panel.judged]
    )
    return np.asarray(pairs.by[name].simple[NO_CHANGE][:, np.newaxis] + by_episode[pairs.episode])


def _spread(changes: Changes, name: str, year: int) -> Floats:
    values = changes.others(CHANGE_OF[name], year)
    return np.quantile(values, LEVELS) if values.size else np.full(len(LEVELS), np.nan)


def _inside(name: str, quantile: Floats) -> Floats:
    """Shares stay within 0..1."""
    return np.clip(quantile, 0.0, 1.0) if name == SHARE else quantile
