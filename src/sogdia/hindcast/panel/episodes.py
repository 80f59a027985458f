"""Natural experiments are large falls of a main supplier's exports of one code, found in the trade data themselves.

With e[i, t] exports of country i in year t, E[t] those of the world, and a bar for the mean over the base years
t-3..t-1, an episode-year (i, t) has

    ebar[i] / Ebar >= supplier_share    and    e[i, t] <= (1 - fall) ebar[i]

It is a *first year* where (i, t - 1) is none. Every year in question has recorded trade of the code, and the code was
in use in all of them, so that a code that ends or a year that is missing is no fall.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.data.elasticities import market_class
from sogdia.data.minerals import Code, Mineral
from sogdia.hindcast.panel.settings import Settings
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats


@dataclass(frozen=True, slots=True)
class Episode:
    """One fall of exports.

    years_since: 1 in the first year. base_t, shipped_t: exports of the supplier, yearly mean of the base and in `year`.
    world_t: world exports in the base [t]. rivals_grew: growth of all other exporters together, a fraction.
    supply_part: part of the fall that the exporter's own effect makes (see `two_way`). maker: whether it makes the
    product, and is no hub (see `makers`). breaks: whether the record rather than the trade may have ended.
    """

    hs6: str
    mineral: str
    stage: str
    market_class: str
    exporter: str
    year: int
    years_since: int
    base_years: tuple[int, ...]
    base_t: float
    shipped_t: float
    world_t: float
    rivals_grew: float
    supply_part: float
    maker: bool
    breaks: bool

    @property
    def name(self) -> str:
        """Its name in tables: exporter, code and year."""
        return f"{self.exporter}_{self.hs6}_{self.year}"

    @property
    def kept(self) -> float:
        """What the supplier still shipped, relative to base."""
        return self.shipped_t / self.base_t

    @property
    def lost_share(self) -> float:
        """What went missing, as a share of world exports."""
        return (self.base_t - self.shipped_t) / self.world_t


@dataclass(frozen=True, slots=True)
class Fall:
    """Where a fall lies in the arrays of a code: number of the exporter, year, and years since the first."""

    exporter: int
    year: int
    years_since: int


def falls(trade: CodeTrade, limits: Settings, code: Code | None = None) -> tuple[Fall, ...]:
    """The falls of a code, by exporter and year. code: asks also that it was in use.

    >>> quantity = np.array([[[60.0], [40.0]]] * 3 + [[[30.0], [50.0]]])
    >>> years, weighed = (2000, 2001, 2002, 2003), quantity > 0
    >>> trade = CodeTrade("260300", years, ("CHL", "PER"), ("JPN",), quantity, quantity, weighed)
    >>> from sogdia.hindcast.panel.settings import settings
    >>> falls(trade, settings())
    (Fall(exporter=0, year=2003, years_since=1),)
    """
    exports = trade.quantity.sum(axis=2)
    fell = _fell(exports, limits)
    found = []
    for exporter in range(len(trade.exporters)):
        run = 0
        for number in range(limits.base_years, len(trade.years)):
            year = trade.years[number]
            used = code is None or (code.in_use(year - limits.base_years) and code.in_use(year))
            run = run + 1 if fell[number, exporter] and used else 0
            if run:
                found.append(Fall(exporter, year, run))
    return tuple(found)


def episode(
    trade: CodeTrade, fall: Fall, limits: Settings, mineral: Mineral, code: Code, supply_part: float, maker: bool
) -> Episode:
    """The fall with what is known of it."""
    base = trade.before(fall.year, limits.base_years)
    exports = trade.quantity.sum(axis=2)
    mean, now = exports[base].mean(axis=0), exports[trade.at(fall.year)]
    own = fall.exporter
    rivals = mean.sum() - mean[own]
    year_before = exports[trade.at(fall.year) - 1, own]
    return Episode(
        trade.hs6, mineral.key, code.stage, market_class(mineral, code.stage), trade.exporters[own], fall.year,
        fall.years_since, trade.years[base], float(mean[own]), float(now[own]), float(mean.sum()),
        float((now.sum() - now[own]) / rivals - 1.0) if rivals > 0 else 0.0, supply_part, maker,
        bool(now[own] < limits.break_ratio * year_before),
    )  # fmt: skip


def _fell(exports: Floats, limits: Settings) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(years, exporters): which exporters of weight fell; false where a year in question has no trade at all."""
    count = limits.base_years
    fell = np.zeros(exports.shape, dtype=bool)
    world = exports.sum(axis=1)
    for number in range(count, len(exports)):
        if (world[number - count : number + 1] <= 0).any():
            continue
        mean = exports[number - count : number].mean(axis=0)
        heavy = (mean > 0) & (mean >= limits.supplier_share * mean.sum())
        fell[number] = heavy & (exports[number] <= (1.0 - limits.fall) * mean)
    return fell
