"""What the importers of an episode really paid and bought, before and after, and in the year before.

Judged are the importers with `importer_share` of world imports in the base years and `dependence` of theirs from the
supplier. Prices are logs over base with the commodity cycle still in them; tonnes are logs over base.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.hindcast.panel.prices import MEAN, Ints, price_change
from sogdia.hindcast.panel.settings import Settings
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats

TENFOLD = float(np.log(10.0))
"""Logs of tonnes are kept within a factor of ten, so that a buyer who stops does not decide a mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """importers: their numbers in the trade of the code. Arrays are (importers,) unless they say otherwise.

    base_t: yearly tonnes before. base_share, share: of the supplier, before and after. paid, paid_others: mean unit
    value of all sources, and of all but the supplier. matched, matched_others: the same by the estimator of the code
    (see `price_measure`). tonnes: after over before. flows, base_flows: (importers, exporters) [t].
    """

    importers: Ints
    base_t: Floats
    base_share: Floats
    share: Floats
    paid: Floats
    paid_others: Floats
    matched: Floats
    matched_others: Floats
    tonnes: Floats
    base_flows: Floats
    flows: Floats


def judged(trade: CodeTrade, base: slice, limits: Settings, supplier: int | None = None) -> Ints:
    """The numbers of the importers of weight, largest first; with a supplier, those that depend on it."""
    flows = trade.mean_quantity(base)
    imports = flows.sum(axis=0)
    heavy = (imports > 0) & (imports >= limits.importer_share * imports.sum())
    if supplier is not None:
        heavy &= flows[supplier] >= limits.dependence * imports
    order = np.argsort(-imports, kind="stable")
    return np.asarray(order[heavy[order]])


def observed(trade: CodeTrade, base: slice, year: int, supplier: int, importers: Ints, estimator: str) -> Observed:
    """The importers in a year, against the base of an episode. estimator: of matched prices."""
    before = trade.mean_quantity(base)[:, importers].T
    after = trade.quantity[trade.at(year)][:, importers].T
    bought, had = after.sum(axis=1), before.sum(axis=1)
    share = np.where(bought > 0, after[:, supplier] / np.where(bought > 0, bought, 1.0), np.nan)
    with np.errstate(divide="ignore"):
        tonnes = np.clip(np.log(bought) - np.log(had), -TENFOLD, TENFOLD)
    paid, paid_others, matched, matched_others = (
        price_change(trade, base, year, importers, without, how)
        for how in (MEAN, estimator)
        for without in (None, supplier)
    )
    return Observed(
        importers, had, before[:, supplier] / had, share, paid, paid_others, matched, matched_others, tonnes, before,
        after,
    )  # fmt: skip
