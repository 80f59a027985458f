"""How much the importers of a code see move in ordinary years: the naive band, and the volatility of the code.

For every year with a base before it, importers of weight have the log change of price over base, of tonnes, and the
share of each main supplier changes. The *volatility* of a measure is the robust standard deviation of its changes:
1.4826 times the median distance from the median; the *naive band* is their quantiles. An episode is judged by the
changes of all other years of its code, later ones too, which flatters the naive band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sogdia.data.spikes import ROBUST_SD
from sogdia.hindcast.panel.cycle import Cycle
from sogdia.hindcast.panel.observe import TENFOLD, judged
from sogdia.hindcast.panel.prices import MEAN, Ints, price_change
from sogdia.hindcast.panel.settings import Settings
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats

PRICES = ("log_price", "log_price_matched")
MEASURES = (*PRICES, "share", "tonnes")
LEAST_CHANGES = 10
"""Fewer changes than these give no volatility."""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """values: measure -> changes; years: measure -> the year of each."""

    hs6: str
    base_years: int
    values: Mapping[str, Floats]
    years: Mapping[str, Ints]

    def others(self, measure: str, year: int) -> Floats:
        """The changes of all years but one."""
        values = self.values[measure][self.years[measure] != year]
        return np.asarray(values[np.isfinite(values)])

    def volatility(self, measure: str, year: int | None = None) -> float:
        """Robust standard deviation of the changes, of all years but `year`; NaN where there are too few."""
        return robust_deviation(self.others(measure, -1 if year is None else year))

    def without_cycle(self, cycle: Cycle) -> Changes:
        """The same with the commodity cycle taken from prices."""
        years = self.years[PRICES[0]]
        shift = {int(year): cycle.at(int(year) - self.base_years, int(year), self.hs6) for year in np.unique(years)}
        cycles = np.array([shift[int(year)] for year in years])
        return replace(self, values={**self.values, **{name: self.values[name] - cycles for name in PRICES}})


def robust_deviation(values: Floats) -> float:
    """1.4826 times the median distance from the median; NaN for fewer than LEAST_CHANGES values.

    >>> round(robust_deviation(np.arange(11.0)), 2)
    4.45
    """
    if values.size < LEAST_CHANGES:
        return float("nan")
    return float(ROBUST_SD * np.median(np.abs(values - np.median(values))))


def changes_of(trade: CodeTrade, limits: Settings, estimator: str) -> Changes:
    """The changes of every year with a base before it. estimator: of matched prices."""
    values: dict[str, list[Floats]] = {name: [np.zeros(0)] for name in MEASURES}
    years: dict[str, list[int]] = {name: [] for name in MEASURES}
    for year in trade.years[limits.base_years :]:
        base = trade.before(year, limits.base_years)
        importers = judged(trade, base, limits)
        before = trade.mean_quantity(base)
        after = trade.quantity[trade.at(year)]
        exports = before.sum(axis=1)
        main = np.flatnonzero((exports > 0) & (exports >= limits.supplier_share * exports.sum()))
        had, bought = before[:, importers].sum(axis=0), after[:, importers].sum(axis=0)
        with np.errstate(divide="ignore"):
            tonnes = np.clip(np.log(bought) - np.log(had), -TENFOLD, TENFOLD)
        old = before[np.ix_(main, importers)] / had
        new = after[np.ix_(main, importers)] / np.where(bought > 0, bought, np.nan)
        found = {
            "log_price": price_change(trade, base, year, importers, None, MEAN),
            "log_price_matched": price_change(trade, base, year, importers, None, estimator),
            "share": (new - old)[old >= limits.dependence],
            "tonnes": tonnes,
        }
        for name, some in found.items():
            values[name].append(some)
            years[name] += [year] * len(some)
    return Changes(
        trade.hs6, limits.base_years, {name: np.concatenate(some) for name, some in values.items()},
        {name: np.array(some, dtype=np.intp) for name, some in years.items()},
    )  # fmt: skip
