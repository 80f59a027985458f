"""The elasticities that a documented event is judged with: what the panel and other documented events say.

The loss of an event at a set of elasticities is that of an episode of the panel (see `panel.learn`): conditional mode,
first year, scored importers,

    -2 ln L(event) = mean over importers of  t(share error / SHARE_SCALE) + t(price error / PRICE_SCALE)

and it counts as EVENT_WEIGHT episodes. More weight spoils the panel and hardly helps other events. What a mineral is
judged with rests on no episode and no event of that mineral, nor on an event that may be the same under another name
(see `size.related`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.hindcast.case import Case
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.hindcast.panel.evidence import Evidence, Key, points, set_weights
from sogdia.hindcast.panel.grid import grid
from sogdia.hindcast.panel.learn import PRICE_SCALE, SHARE_SCALE, student
from sogdia.hindcast.predict import Prediction, predict
from sogdia.market.traded import Floats

EVENT_WEIGHT = 1.0
MIN_GAP = 1.05
FAR = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Weights over the sets, (sets,), and what they rest on: natural episodes, by number, and events, by name."""

    weight: Floats
    episodes: int
    events: tuple[str, ...]

    def centre(self) -> Floats:
        """Mean in logs: (sigma, eta, eps)."""
        return np.asarray(np.exp(self.weight @ np.log(points())))

    def spread(self) -> Floats:
        """Standard deviation in logs, (3,), with that of a value between two points of the grid."""
        logs = np.log(points())
        squares = self.weight @ (logs - self.weight @ logs) ** 2
        steps = np.array([np.diff(np.unique(column)).mean() if np.ptp(column) else 0.0 for column in logs.T])
        return np.asarray(np.sqrt(squares + steps**2 / 12.0))


def losses(cases: Sequence[Case]) -> Floats:
    """-2 ln L of each case at each set, (cases, sets)."""
    return np.array([_loss(case, predict(case, CONDITIONAL, grid())) for case in cases])


def evidence(cases: Sequence[Case], loss: Floats) -> dict[Key, Evidence]:
    """What some cases say, by market class and mineral; loss: (cases, sets)."""
    found: dict[Key, Evidence] = {}
    for case, one in zip(cases, loss, strict=True):
        key = case.market_class, case.event.mineral or ""
        more = Evidence(EVENT_WEIGHT * one, events=1)
        found[key] = found[key] + more if key in found else more
    return found


def posterior(
    prior: Floats, known: Mapping[Key, Evidence], market_class: str, without: str | None, events: Sequence[str]
) -> Posterior:
    """What the evidence says of a class; without: the mineral left out. events: names of those of the class."""
    weight = set_weights(prior, known, market_class, without)
    own = [one for (name, mineral), one in known.items() if name == market_class and mineral != without]
    return Posterior(weight, sum(one.episodes for one in own), tuple(events))


def _loss(case: Case, prediction: Prediction) -> Floats:
    seen = case.supplier_share(case.sources)
    valid = np.isfinite(case.price) & np.isfinite(seen) & case.weighty
    if not valid.any():
        return np.zeros(prediction.share.shape[1])
    share = _known(prediction.share - seen[:, np.newaxis])[valid]
    price = _known(prediction.log_price - case.price[:, np.newaxis])[valid]
    terms = student(share / SHARE_SCALE) + float(case.has_price) * student(price / PRICE_SCALE)
    return np.asarray(terms.mean(axis=0))


def _known(error: Floats) -> Floats:
    return np.nan_to_num(error, nan=0.0, posinf=FAR, neginf=-FAR)
