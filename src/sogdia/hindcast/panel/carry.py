"""How much of what the year before already showed goes on: the forecast starts between the base and last year's level.

    forecast = model + c (last year - base)          logs, or shares

The model's market is that of the year before (`market_years`), and its prices and tonnes are changes since then; for
them c = 1 takes last year's level as it was, c = 0 that of the base. Its shares are those of last year's market.
c lies in 0..1 and is the value that does best on other minerals, measure by measure, each episode weighing the same.
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.panel.pairs import LAST_YEAR, NO_CHANGE, SHARE, Pairs
from sogdia.market.traded import Floats

CARRIES = np.linspace(0.0, 1.0, 11)


def drift(pairs: Pairs, name: str) -> Floats:
    """What the year before showed over the base, (pairs,); 0 where it is not known."""
    simple = pairs.by[name].simple
    return np.nan_to_num(simple[LAST_YEAR] - simple[NO_CHANGE], nan=0.0)


def carries(pairs: Pairs, name: str, middle: Floats) -> Floats:
    """c of each pair, learnt without its mineral, (pairs,). middle: the forecasts of the model alone."""
    off = pairs.by[name].observed - middle
    moved = drift(pairs, name)
    first = pairs.of_episode(lambda one: one.episode.years_since == 1).astype(bool)
    known = np.isfinite(off) & first
    weight = episode_weight(pairs, known)
    errors = np.abs(off[:, np.newaxis] - CARRIES * moved[:, np.newaxis])
    errors = np.where(known[:, np.newaxis], weight[:, np.newaxis] * errors, 0.0)
    minerals = pairs.of_episode(lambda one: one.episode.mineral)
    found = np.zeros(len(off))
    for mineral in np.unique(minerals):
        others = errors[minerals != mineral]
        found[minerals == mineral] = CARRIES[int(np.argmin(others.sum(axis=0)))] if len(others) else 0.0
    return found


def carried(name: str, middle: Floats, moved: Floats) -> Floats:
    """Forecasts moved by what is carried; shares stay within 0..1."""
    return np.asarray(np.clip(middle + moved, 0.0, 1.0) if name == SHARE else middle + moved)


def episode_weight(pairs: Pairs, known: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """1 over the number of known pairs of each pair's episode, (pairs,)."""
    size = np.bincount(pairs.episode[known], minlength=len(pairs.panel.judged))
    return np.asarray(1.0 / np.maximum(size, 1)[pairs.episode])
