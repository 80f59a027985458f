"""Buyers want more, or less, at the same price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sogdia.market.events.checks import require_positive
from sogdia.market.events.effects import Effects, Event
from sogdia.market.events.exports import changes_nothing, first_few
from sogdia.market.events.registry import EventKind, EventOption
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class DemandChange(Event):
    """factor: demand at base prices relative to base. countries: whose; empty for the whole world."""

    factor: float
    countries: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_positive(self.factor, "factor")

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """Demand shifter of the consumers; NoAnswerError where none of them buys anything."""
        none = Effects.none(market, lanes)
        demand = np.full(len(market.consumers), self.factor) if not self.countries else none.demand.copy()
        buyers = [c for c in self.countries if c in market.consumers] or self.countries
        demand[[market.consumer(c) for c in buyers]] = self.factor
        return replace(none, demand=demand)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """Demand as in the base year, and countries that buy nothing."""
        absent = tuple(c for c in self.countries if c not in market.consumers)
        nobody = f"{first_few(absent)}: no {market.mineral} bought in {market.span()}, nothing changes there."
        return changes_nothing(self, self.factor == 1.0) + ((nobody,) if absent else ())

    def touches(self) -> frozenset[tuple[str, str]]:
        """The demand of each country."""
        return frozenset(("demand", c) for c in self.countries or ("all",))

    def describe(self) -> str:
        """E.g. "demand of JPN grows by 20 %"."""
        way = "falls" if self.factor < 1 else "grows"
        return f"demand of {', '.join(self.countries) or 'the world'} {way} by {abs(1 - self.factor):.0%}"


KIND = EventKind(
    "demand_change",
    DemandChange,
    (
        EventOption(
            "demand",
            "Demand relative to base: JPN=1.2, or WORLD=+10%.",
            lambda said: DemandChange(said.number, said.countries),
            destinations=False,
            percent="level",
        ),
    ),
    order=4,
)
