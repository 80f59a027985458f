"""The pairs of episode and importer as arrays: what was observed, the simple forecasts, and the model's for every set.

    no change     prices, shares and tonnes as before
    last year     as in the year before the episode, which may hold part of the fall already
    pro rata      the supplier delivers the same fraction k to each buyer; nobody else reacts
    reallocation  the same, and each buyer's other suppliers make up the loss in proportion
With b the supplier's share before: shares b k / (1 - b + b k) and b k; tonnes 1 - b (1 - k) and 1. Both leave prices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.hindcast.panel.build import EpisodePanel, Judged
from sogdia.hindcast.panel.observe import TENFOLD, Observed
from sogdia.hindcast.panel.prices import Ints
from sogdia.market.traded import Floats

LOG_PRICE, LOG_PRICE_OTHERS = "log_price", "log_price_others"
MATCHED, MATCHED_OTHERS = "log_price_matched", "log_price_matched_others"
SHARE, TONNES, FLOWS = "share", "tonnes", "flows"
PRICE_MEASURES = (LOG_PRICE, LOG_PRICE_OTHERS, MATCHED, MATCHED_OTHERS)
MEASURES = (*PRICE_MEASURES, SHARE, TONNES)
NO_CHANGE, LAST_YEAR, PRO_RATA, REALLOCATION = "no_change", "last_year", "pro_rata", "reallocation"
SIMPLE = (NO_CHANGE, LAST_YEAR, PRO_RATA, REALLOCATION)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One measure over all pairs: observed (pairs,), simple: forecast -> (pairs,), model (pairs, sets). Logs over base,
    but the share of the supplier, a fraction.
    """

    observed: Floats
    simple: dict[str, Floats]
    model: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """episode: number of each pair's episode in `panel.judged`. importers: ISO codes. by: measure -> what is known.
    flow_errors: (pairs, 4) of the simple forecasts and (pairs, sets) of the model.
    """

    panel: EpisodePanel
    episode: Ints
    importers: tuple[str, ...]
    by: dict[str, Measured]
    flow_errors: tuple[Floats, Floats]

    def flow_measure(self) -> Measured:
        """The flow errors of the model, in place of its forecasts."""
        simple, model = self.flow_errors
        return Measured(np.zeros(len(model)), {name: simple[:, k] for k, name in enumerate(SIMPLE)}, model)

    def of_episode(self, what: Callable[[Judged], object]) -> NDArray[np.generic]:
        """Something of each pair's episode, (pairs,)."""
        values = np.array([what(one) for one in self.panel.judged])
        return np.asarray(values[self.episode])


def pairs_of(panel: EpisodePanel, *, ex_ante: bool = False) -> Pairs:
    """All pairs of a panel, in its order. ex_ante: with forecasts that do not know the size of the fall."""
    panel = replace(panel, judged=panel.ex_ante) if ex_ante else panel
    counts = np.array([len(one.importers) for one in panel.judged], dtype=np.intp)
    every = panel.judged
    measured = {name: _measured(every, name) for name in MEASURES}
    sets = len(panel.sets.sigma)
    simple = _joined([one.flow_error for one in every], (0, len(SIMPLE)))
    model = _joined([one.predicted_flow_error for one in every], (0, sets))
    importers = tuple(importer for one in every for importer in one.importers)
    return Pairs(panel, np.repeat(np.arange(len(every)), counts), importers, measured, (simple, model))


FIELDS = {
    LOG_PRICE: "paid", LOG_PRICE_OTHERS: "paid_others", MATCHED: "matched", MATCHED_OTHERS: "matched_others",
    SHARE: "share", TONNES: "tonnes",
}  # fmt: skip
"""The field of `Observed` and `Predicted` behind each measure."""


def _measured(every: tuple[Judged, ...], name: str) -> Measured:
    field, price = FIELDS[name], name in PRICE_MEASURES

    def seen(part: Observed, cycle: float) -> Floats:
        return np.asarray(getattr(part, field) - (cycle if price else 0.0))

    observed = _joined([seen(one.now, one.cycle) for one in every], (0,))
    last = _joined([seen(one.last, one.last_cycle) for one in every], (0,))
    if price:
        observed, last = np.clip(observed, -TENFOLD, TENFOLD), np.clip(last, -TENFOLD, TENFOLD)
    model = _joined([getattr(one.predicted, field) for one in every], (0, 0))
    held = _joined([one.now.base_share for one in every], (0,))
    kept = _joined([np.full(len(one.importers), one.kept) for one in every], (0,))
    return Measured(observed, {LAST_YEAR: last, **_unmoved(name, held, kept)}, model)


def _unmoved(name: str, held: Floats, kept: Floats) -> dict[str, Floats]:
    """The forecasts that follow from the base and what the supplier kept."""
    zero = np.zeros(len(held))
    if name == SHARE:
        left = held * kept
        shares = left / np.where(1.0 - held + left > 0, 1.0 - held + left, 1.0)
        return {NO_CHANGE: held, PRO_RATA: shares, REALLOCATION: np.where(held < 1.0, left, 1.0)}
    if name == TONNES:
        floor = np.exp(-TENFOLD)
        lost = np.log(np.maximum(1.0 - held * (1.0 - kept), floor))
        return {NO_CHANGE: zero, PRO_RATA: lost, REALLOCATION: np.where(held < 1.0, zero, lost)}
    return {NO_CHANGE: zero, PRO_RATA: zero, REALLOCATION: zero}


def _joined(parts: list[Floats], empty: tuple[int, ...]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(empty)
