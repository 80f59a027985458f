"""The elasticities that history speaks for, class by class.

Over a grid of (sigma, eta, eps), with the table's class values as the centre of a log-normal prior of standard
deviation ln PRIOR_FACTOR and one likelihood term per event, so that an event with many importers counts once:

    -2 ln L(event) = mean over importers of  t(share error / SHARE_SCALE) + t(price error / PRICE_SCALE)
                                              + t(volume error / VOLUME_SCALE) / 2,      t(e) = 2 ln(1 + e^2 / 4)

t is Student-like, so that one wild importer cannot decide. Prices and volumes are in logs; conditional mode, first
year. Leave-one-out: what an event is judged with is learnt from the events of its class that are not related to it
(see `bands.related`) only; an event alone in its class is judged with the prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.data.elasticities import Elasticities
from sogdia.hindcast.case import Case
from sogdia.hindcast.predict import Prediction, predict
from sogdia.market import Draws
from sogdia.market.traded import Floats

SIGMA = np.array([1.5, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0])
ETA = np.array([0.08, 0.17, 0.35, 0.7, 1.3])
EPS = np.array([0.08, 0.17, 0.35, 0.7, 1.4, 2.8])
PRIOR_FACTOR = 2.0
SHARE_SCALE, PRICE_SCALE, VOLUME_SCALE = 0.05, 0.35, 0.30
MIN_GAP = 1.05


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Weights over the grid, (points,), and what they rest on."""

    grid: Floats
    weight: Floats
    events: tuple[str, ...]

    def centre(self) -> Floats:
        """Posterior mean in logs: (sigma, eta, eps)."""
        return np.asarray(np.exp(self.weight @ np.log(self.grid)))

    def spread(self) -> Floats:
        """Posterior standard deviation in logs, (3,)."""
        logs = np.log(self.grid)
        return np.asarray(np.sqrt(self.weight @ (logs - self.weight @ logs) ** 2))


def grid() -> Floats:
    """The points (points, 3) of sigma, eta, eps, all with sigma > eta."""
    points = np.array([(s, h, e) for s in SIGMA for h in ETA for e in EPS])
    return points[points[:, 0] > MIN_GAP * points[:, 1]]


def losses(cases: Sequence[Case]) -> Floats:
    """-2 ln L of each case at each grid point, (cases, points)."""
    points = grid()
    draws = Draws(points[:, 0], points[:, 1], points[:, 2])
    return np.array([_loss(case, predict(case, "conditional", draws)) for case in cases])


def prior(elasticities: Elasticities) -> Floats:
    """Log prior over the grid, (points,)."""
    centre = [elasticities.sigma.central, elasticities.eta.central, elasticities.eps.central]
    return np.asarray(-0.5 * ((np.log(grid() / np.array(centre)) / np.log(PRIOR_FACTOR)) ** 2).sum(axis=1))


def posterior(log_prior: Floats, loss: Floats, events: Sequence[str]) -> Posterior:
    """Prior and the losses (events, points) of the events it may learn from, which may be none."""
    log_weight = log_prior - 0.5 * loss.sum(axis=0)
    weight = np.exp(log_weight - log_weight.max())
    return Posterior(grid(), weight / weight.sum(), tuple(events))


def _loss(case: Case, prediction: Prediction) -> Floats:
    seen = case.supplier_share(case.sources)
    before = case.base_sources.sum(axis=1)
    with np.errstate(divide="ignore"):
        volume = np.log(prediction.sources.sum(axis=1)) - np.log(case.sources.sum(axis=1))[:, np.newaxis]
    valid = np.isfinite(case.price) & np.isfinite(seen) & (before > 0) & case.weighty
    terms = (
        _student((prediction.share - seen[:, np.newaxis])[valid] / SHARE_SCALE)
        + _student((prediction.log_price - case.price[:, np.newaxis])[valid] / PRICE_SCALE) * float(case.has_price)
        + 0.5 * _student(volume[valid] / VOLUME_SCALE)
    )
    return np.asarray(terms.mean(axis=0)) if valid.any() else np.zeros(prediction.share.shape[1])


def _student(error: Floats) -> Floats:
    return np.asarray(2.0 * np.log1p(np.nan_to_num(error, nan=0.0, posinf=1e6, neginf=-1e6) ** 2 / 4.0))
