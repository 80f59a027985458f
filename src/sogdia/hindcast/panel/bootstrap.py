"""How sure a mean over pairs is: whole episodes are drawn with replacement, since their importers are not independent.

With x[p] the value of pair p in episode e(p), a draw takes as many episodes as there are, c[e] times each
(multinomial), and has the mean  sum_p c[e(p)] x[p] / sum_p c[e(p)].  The interval is the 2.5 and 97.5 %
quantiles over draws.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sogdia.hindcast.panel.prices import Ints
from sogdia.market.traded import Floats

ENDS = (0.025, 0.975)
FEWEST = 3
"""Fewer episodes than these have no interval."""


def counts(episodes: int, draws: int, seed: int = 0) -> Floats:
    """How often each episode is drawn, (draws, episodes)."""
    generator = np.random.Generator(np.random.Philox(key=seed))
    return generator.multinomial(episodes, np.full(episodes, 1.0 / episodes), size=draws).astype(np.float64)


def mean_interval(values: Floats, episode: Ints, draws: int, seed: int = 0) -> tuple[float, float]:
    """Ends of the 95 % interval of the mean of `values` (pairs,); NaN for fewer than FEWEST episodes.

    >>> mean_interval(np.ones(6), np.array([0, 0, 1, 1, 2, 2]), draws=50)
    (1.0, 1.0)
    """
    number, place = np.unique(episode, return_inverse=True)
    if len(number) < FEWEST:
        return float("nan"), float("nan")
    sums = np.bincount(place, weights=values, minlength=len(number))
    sizes = np.bincount(place, minlength=len(number)).astype(np.float64)
    drawn = counts(len(number), draws, seed)
    low, high = np.quantile((drawn @ sums) / (drawn @ sizes), ENDS)
    return float(low), float(high)


def statistic_interval(
    statistic: Callable[[Ints], float], episode: Ints, draws: int, seed: int = 0
) -> tuple[float, float]:
    """The same for any statistic of pairs, which is given their numbers."""
    number, place = np.unique(episode, return_inverse=True)
    if len(number) < FEWEST:
        return float("nan"), float("nan")
    members = [np.flatnonzero(place == k) for k in range(len(number))]
    values = []
    for row in counts(len(number), draws, seed):
        chosen = np.concatenate([np.repeat(members[k], int(row[k])) for k in np.flatnonzero(row)])
        values.append(statistic(chosen))
    known = np.array(values)[np.isfinite(values)]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.quantile(known, ENDS)
    return float(low), float(high)
