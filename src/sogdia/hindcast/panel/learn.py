"""Which sets of elasticities an episode is predicted with: those that did best on supply falls of other minerals.

The loss of an episode at a set of elasticities, so that an episode with many importers counts once, is

    -2 ln L = mean over importers of  t(log price error / PRICE_SCALE) + t(share error / SHARE_SCALE),
    t(e) = 2 ln(1 + e^2 / 4)

t is Student-like, so that one wild importer cannot decide. The price is that of the code's estimator (see
`price_measure`); where import prices are no prices, shares alone teach. Only falls that two-way effects
call falls of supply teach (see `two_way`); how they are weighed, and the own mineral left out, is said in `evidence`.
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.panel.evidence import Evidence, Key, set_weights
from sogdia.hindcast.panel.pairs import MATCHED, SHARE, Pairs
from sogdia.hindcast.panel.price_measure import NO_PRICE
from sogdia.market.traded import Floats

SHARE_SCALE, PRICE_SCALE = 0.08, 0.35


def student(error: Floats) -> Floats:
    """-2 ln of a Student density with three degrees of freedom, less its value at 0.

    >>> student(np.array([0.0, 2.0])).round(3).tolist()
    [0.0, 1.386]
    """
    return np.asarray(2.0 * np.log1p(error**2 / 4.0))


def pair_losses(pairs: Pairs) -> Floats:
    """Loss of every pair and set, (pairs, sets); NaN where price or share is not known."""
    price, share = pairs.by[MATCHED], pairs.by[SHARE]
    priced = pairs.of_episode(lambda one: one.measure.status != NO_PRICE).astype(bool)[:, np.newaxis]
    by_price = student((price.model - price.observed[:, np.newaxis]) / PRICE_SCALE)
    by_share = student((share.model - share.observed[:, np.newaxis]) / SHARE_SCALE)
    return np.asarray(by_share + np.where(priced, by_price, 0.0))


def episode_losses(pairs: Pairs) -> Floats:
    """Mean loss of each judged episode, (episodes, sets); NaN where none of its pairs is known for all sets."""
    loss = pair_losses(pairs)
    known = np.isfinite(loss).all(axis=1)
    episodes = len(pairs.panel.judged)
    size = np.bincount(pairs.episode[known], minlength=episodes).astype(np.float64)
    sums = np.zeros((episodes, loss.shape[1]))
    np.add.at(sums, pairs.episode[known], loss[known])
    return np.asarray(sums / np.where(size > 0, size, np.nan)[:, np.newaxis])


def evidence(pairs: Pairs) -> dict[Key, Evidence]:
    """What the supply falls of every class and mineral say, first years alone."""
    found: dict[Key, Evidence] = {}
    own_part = pairs.panel.limits.own_part
    for one, loss in zip(pairs.panel.judged, episode_losses(pairs), strict=True):
        event = one.episode
        if event.years_since == 1 and event.supply_part >= own_part and np.isfinite(loss).all():
            key = event.market_class, event.mineral
            more = Evidence(loss, 1)
            found[key] = found[key] + more if key in found else more
    return found


def weights(pairs: Pairs) -> Floats:
    """Weights over the sets for every judged episode, (episodes, sets), learnt without its mineral."""
    known = evidence(pairs)
    keys = [(one.episode.market_class, one.episode.mineral) for one in pairs.panel.judged]
    each = {key: set_weights(pairs.panel.priors[key[0]], known, *key) for key in sorted(set(keys))}
    return np.array([each[key] for key in keys]).reshape(len(keys), len(pairs.panel.sets.sigma))
