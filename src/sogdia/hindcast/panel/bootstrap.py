"""How sure a mean over pairs is: whole episodes are drawn with replacement, since their importers are not independent.

With x[p] the value of pair p in episode e(p), a draw takes as many episodes as there are, c[e] times each
(multinomial), and has the mean  sum_p c[e(p)] x[p] / sum_p c[e(p)].  The interval is the 2.5 and 97.5 %
quantiles over draws.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sogdia.hindcast.panel.prices import Ints
from sogdia.market.traded import Floats

ENDS = (0.025, 0.975)
FEWEST = 3
"""Fewer episodes than these have no interval."""
Interval = tuple[float, float]
UNKNOWN: Interval = (float("nan"), float("nan"))


@lru_cache(maxsize=64)
def counts(episodes: int, draws: int, seed: int = 0) -> Floats:
    """How often each episode is drawn, (draws, episodes)."""
    generator = np.random.Generator(np.random.Philox(key=seed))
    return generator.multinomial(episodes, np.full(episodes, 1.0 / episodes), size=draws).astype(np.float64)


def mean_interval(values: Floats, episode: Ints, draws: int, seed: int = 0) -> Interval:
    """Ends of the 95 % interval of the mean of `values` (pairs,); NaN for fewer than FEWEST episodes.

    >>> mean_interval(np.ones(6), np.array([0, 0, 1, 1, 2, 2]), draws=50)
    (1.0, 1.0)
    """
    number, place = np.unique(episode, return_inverse=True)
    if len(number) < FEWEST:
        return UNKNOWN
    sums = np.bincount(place, weights=values, minlength=len(number))
    sizes = np.bincount(place, minlength=len(number)).astype(np.float64)
    drawn = counts(len(number), draws, seed)
    return _ends((drawn @ sums) / (drawn @ sizes))


def line_intervals(x: Floats, y: Floats, episode: Ints, draws: int, seed: int = 0) -> tuple[Interval, Interval]:
    """Ends of the 95 % intervals of the correlation of x and y, and of the slope of y on x; (pairs,) each.

    Each draw weighs the pairs of an episode by how often it is drawn, so that sums over episodes are all it takes.
    """
    number, place = np.unique(episode, return_inverse=True)
    if len(number) < FEWEST:
        return UNKNOWN, UNKNOWN
    parts = (np.ones(len(x)), x, y, x * x, x * y, y * y)
    sums = np.array([np.bincount(place, weights=part, minlength=len(number)) for part in parts])
    n, sx, sy, sxx, sxy, syy = (counts(len(number), draws, seed) @ sums.T).T
    together, spread_x, spread_y = sxy - sx * sy / n, sxx - sx**2 / n, syy - sy**2 / n
    some = (spread_x > 0) & (spread_y > 0)
    if not some.any():
        return UNKNOWN, UNKNOWN
    together, spread_x, spread_y = together[some], spread_x[some], spread_y[some]
    return _ends(together / np.sqrt(spread_x * spread_y)), _ends(together / spread_x)


def _ends(values: Floats) -> Interval:
    low, high = np.quantile(values, ENDS)
    return float(low), float(high)
