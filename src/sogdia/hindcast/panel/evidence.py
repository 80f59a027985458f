"""What the panel and the documented events say of the sets of elasticities, and the weights that follow from it.

For class c and mineral m, with -2 ln L_e(s) the loss of episode e at set s (see `learn`), the evidence is the sum
L[c, m](s) over its episodes. The weights with which a mineral is predicted leave its own evidence out:

    ln w(s) = ln prior_c(s) - (CONFIDENCE / 2) ( sum over m' != m of L[c, m'](s)
                                                 + POOLING sum over c' != c and m' != m of L[c', m'](s) )

This is a hierarchy of two levels: the other classes form, at a discount, a prior of the class. A third level, by
mineral, was tried and brought little (see docs/hindcast.md). The prior is log-normal around the table `class_priors`
with standard deviation ln PRIOR_FACTOR.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.data import Store
from sogdia.data.elasticities import Elasticities, class_elasticities
from sogdia.errors import DataError
from sogdia.hindcast.panel.grid import grid
from sogdia.market import Draws
from sogdia.market.traded import Floats

PRIOR_FACTOR = 2.0
CONFIDENCE = 2.0
"""Weight of an episode. More serves the natural experiments, less the documented events, see docs/hindcast.md."""
POOLING = 0.1
"""Weight of an episode of another class; chosen with CONFIDENCE."""

Key = tuple[str, str]
"""Market class and mineral."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """loss: (sets,), the sum over episodes. episodes, events: how many natural and documented ones stand behind it."""

    loss: Floats
    episodes: int = 0
    events: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(self.loss + other.loss, self.episodes + other.episodes, self.events + other.events)


def points(sets: Draws | None = None) -> Floats:
    """The sets as rows sigma, eta, eps, (sets, 3); by default those of the grid."""
    some = sets or grid()
    return np.array([some.sigma, some.eta, some.eps]).T


def log_prior(elasticities: Elasticities, sets: Draws | None = None) -> Floats:
    """Log prior over the sets, (sets,), without its constant."""
    centre = [elasticities.sigma.central, elasticities.eta.central, elasticities.eps.central]
    return np.asarray(-0.5 * ((np.log(points(sets) / np.array(centre)) / np.log(PRIOR_FACTOR)) ** 2).sum(axis=1))


def priors(store: Store, sets: Draws, classes: Iterable[str]) -> dict[str, Floats]:
    """Class -> log prior over the sets, short horizon."""
    known = {name: class_elasticities(store, name, 1.0, prior=True) for name in sorted(set(classes))}
    return {name: log_prior(elasticities, sets) for name, elasticities in known.items()}


def set_weights(prior: Floats, evidence: Mapping[Key, Evidence], market_class: str, without: str | None) -> Floats:
    """Weights over the sets, (sets,), with which a mineral of a class is predicted.

    without: the mineral whose evidence is left out; None for what all minerals say.
    """
    log_weight = prior.copy()
    for (name, mineral), found in sorted(evidence.items()):
        if mineral != without:
            share = 1.0 if name == market_class else POOLING
            log_weight -= 0.5 * CONFIDENCE * share * found.loss
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())


def joined(*parts: Mapping[Key, Evidence]) -> dict[Key, Evidence]:
    """Evidence of several sources together."""
    found: dict[Key, Evidence] = {}
    for part in parts:
        for key, one in part.items():
            found[key] = found[key] + one if key in found else one
    return found


def panel_evidence(store: Store) -> dict[Key, Evidence]:
    """What the panel said when the table `set_evidence` was made."""
    rows = store.scan("set_evidence").collect().sort("market_class", "mineral", "sigma", "eta", "eps")
    order = np.lexsort(points().T[::-1])
    found: dict[Key, Evidence] = {}
    for (name, mineral), some in rows.group_by("market_class", "mineral", maintain_order=True):
        table = some.select("sigma", "eta", "eps").to_numpy()
        if not np.array_equal(table, points()[order]):
            raise DataError("the sets of `set_evidence` are not those of the grid: run tools/calibrate_elasticities.py")
        loss = np.empty(len(order))
        loss[order] = some["loss"].to_numpy()
        found[str(name), str(mineral)] = Evidence(loss, int(some["episodes"][0]))
    return found
