"""Which sets of elasticities an episode is predicted with: those that did best on other minerals.

For each mineral and market class, the loss of a set is its mean error over the pairs of the class in other minerals,
each episode weighing the same,

    loss[s] = mean over episodes of mean over importers of ( |log price error| + |share error| + |log tonnes error| )

and the set with the least loss gets all the weight. A class with fewer than LEAST_EPISODES of other minerals learns
from all classes.
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.panel.pairs import LOG_PRICE, SHARE, TONNES, Pairs
from sogdia.market.traded import Floats

LEAST_EPISODES = 20


def pair_losses(pairs: Pairs) -> Floats:
    """Loss of every pair and set, (pairs, sets); NaN where price or share is not known."""
    taught = (pairs.by[name] for name in (LOG_PRICE, SHARE, TONNES))
    return np.asarray(sum(np.abs(one.model - one.observed[:, np.newaxis]) for one in taught))


def episode_losses(pairs: Pairs) -> Floats:
    """Mean loss of each judged episode, (episodes, sets); NaN where none of its pairs is known for all sets."""
    loss = pair_losses(pairs)
    known = np.isfinite(loss).all(axis=1)
    episodes = len(pairs.panel.judged)
    size = np.bincount(pairs.episode[known], minlength=episodes).astype(np.float64)
    sums = np.zeros((episodes, loss.shape[1]))
    np.add.at(sums, pairs.episode[known], loss[known])
    return np.asarray(sums / np.where(size > 0, size, np.nan)[:, np.newaxis])


def weights(pairs: Pairs) -> Floats:
    """Weights over the sets for every judged episode, (episodes, sets), learnt without its mineral."""
    loss = episode_losses(pairs)
    first = np.array([one.episode.years_since == 1 for one in pairs.panel.judged], dtype=bool)
    usable = np.isfinite(loss).all(axis=1) & first
    minerals = np.array([one.episode.mineral for one in pairs.panel.judged])
    classes = np.array([one.episode.market_class for one in pairs.panel.judged])
    chosen = np.zeros(loss.shape)
    for mineral, name in sorted(set(zip(minerals.tolist(), classes.tolist(), strict=True))):
        others = usable & (minerals != mineral)
        alike = others & (classes == name)
        teachers = alike if alike.sum() >= LEAST_EPISODES else others
        mean = loss[teachers].mean(axis=0) if teachers.any() else np.ones(loss.shape[1])
        chosen[np.ix_((minerals == mineral) & (classes == name), [int(np.argmin(mean))])] = 1.0
    return chosen
