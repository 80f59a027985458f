"""A market with its labels on: who sells how much to whom in the base years, at which price, and by which sources."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sogdia.answer import year_label
from sogdia.data.market_rules import MarketRules, embedded_rules
from sogdia.errors import NoAnswerError
from sogdia.market.visibility import POOLED, UNSEEN, Visibility

LARGEST_NAMED = 8
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TradedMarket:
    """One mineral (one stage, or all its codes) in a base year or the mean of several.

    producers, consumers: ISO codes, and UNSEEN where there is unseen trade. flows: (producers, consumers) [t a year],
    home sales included.
    unit_value: (producers, consumers) [kUSD/t = USD/kg], NaN where nothing flows; home sales at the producer's mean
    export price, else at the mean price of the market. notes: what was assumed or repaired. source_ids: what it was
    made from. seen: how much of world output the data see, None where production is left out. rules: by which it is
    calibrated and its frictions work. pooled_exports: producers of a compact market whose sales to its pooled buyer are
    exports; buyer: its importer, None in any other market.
    """

    mineral: str
    stage: str | None
    years: tuple[int, ...]
    market_class: str
    producers: tuple[str, ...]
    consumers: tuple[str, ...]
    flows: Floats
    unit_value: Floats
    notes: tuple[str, ...]
    source_ids: tuple[str, ...] = ()
    seen: Visibility | None = None
    rules: MarketRules = field(default_factory=embedded_rules)
    pooled_exports: frozenset[str] = frozenset()
    buyer: str | None = None

    def producer(self, country: str) -> int:
        """Number of a producer; NoAnswerError with a hint when the country sells nothing here."""
        if country not in self.producers:
            raise NoAnswerError(self._absent(country, "sells", self.producers, self.flows.sum(axis=1)))
        return self.producers.index(country)

    def consumer(self, country: str) -> int:
        """Number of a consumer; NoAnswerError when the country buys nothing here."""
        if country not in self.consumers:
            raise NoAnswerError(self._absent(country, "buys", self.consumers, self.flows.sum(axis=0)))
        return self.consumers.index(country)

    def span(self) -> str:
        """The base years for reading: 2009, or 2006-2008."""
        return year_label(self.years)

    def home(self) -> NDArray[np.bool_]:
        """Which flows are no recorded exports: those that stay at home and unseen trade (producers, consumers)."""
        buyers, sellers = np.array(self.consumers)[np.newaxis, :], np.array(self.producers)[:, np.newaxis]
        pooled = (buyers == POOLED) & ~np.isin(sellers, list(self.pooled_exports))
        return np.asarray((sellers == buyers) | (buyers == UNSEEN) | pooled)

    def exports(self) -> Floats:
        """Exports of each producer [t]."""
        return np.asarray(np.where(self.home(), 0.0, self.flows).sum(axis=1))

    def import_unit_value(self) -> Floats:
        """Mean price of each consumer's imports [kUSD/t]; NaN for one that imports nothing."""
        abroad = np.where(self.home(), 0.0, self.flows)
        quantity = abroad.sum(axis=0)
        value = np.where(abroad > 0, abroad * np.nan_to_num(self.unit_value), 0.0).sum(axis=0)
        return np.asarray(value / np.where(quantity > 0, quantity, np.nan))

    def _absent(self, country: str, verb: str, known: tuple[str, ...], quantity: Floats) -> str:
        largest = ", ".join(known[i] for i in np.argsort(-quantity)[:LARGEST_NAMED])
        if self.buyer is not None:
            what = "its purchases are in the pooled rest" if verb == "buys" else "no source names it among the makers"
            return (
                f"{country} is not told apart in this compact market of {self.mineral}: {what}. Told apart: {largest}."
            )
        return (
            f"{country} {verb} no {self.mineral} in the data for {self.span()}: an event there has no effect. "
            f"The largest that do: {largest}."
        )
