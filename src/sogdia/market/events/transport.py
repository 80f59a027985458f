"""A way gets dearer, narrower or closed: what a corridor does to the lane that uses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from sogdia.market.events.checks import is_number, require, require_positive
from sogdia.market.events.effects import Effects, Event, capped
from sogdia.market.events.exports import (
    changes_nothing,
    export_lanes,
    export_split,
    loose_limit,
    require_exports,
    unserved,
)
from sogdia.market.events.registry import EventKind, EventOption
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class TransportChange(Event):
    """cost_factor: delivered cost relative to base. capacity: what can pass, relative to base (inf none, 0 closed).

    destinations: buyers served by that way; empty for all of the country's exports.
    """

    country: str
    cost_factor: float = 1.0
    capacity: float = float("inf")
    destinations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_positive(self.cost_factor, "cost_factor")
        require(
            (is_number(self.capacity) and self.capacity >= 0) or self.capacity == float("inf"),
            "capacity",
            self.capacity,
            "a capacity is a number, not negative",
            "Write 0 for a closed way.",
        )

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Named destinations get a lane of their own."""
        return () if self._nothing() else export_split(market, self.country, self.destinations)

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """Cost factor of the lanes, cap on their sum."""
        none = Effects.none(market, lanes)
        if self._nothing():
            require_exports(market, self.country, self.destinations)
            return none
        chosen = export_lanes(market, lanes, self.country, self.destinations)
        cost = none.cost.copy()
        cost[chosen] = self.cost_factor
        return capped(replace(none, cost=cost), chosen, self.capacity)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """A way that stays as it is or has room for more, and buyers that buy nothing over it."""
        return (
            *changes_nothing(self, self._nothing()),
            *loose_limit(self, market, self.country, self.destinations, self.capacity),
            *unserved(market, self.country, self.destinations),
        )

    def _nothing(self) -> bool:
        return self.cost_factor == 1.0 and self.capacity == float("inf")

    def touches(self) -> frozenset[tuple[str, str]]:
        """The way to each destination."""
        return frozenset((f"way from {self.country}", d) for d in self.destinations or ("all",))

    def describe(self) -> str:
        """E.g. "the way out of KAZ costs +10%"."""
        to = f" to {', '.join(self.destinations)}" if self.destinations else ""
        if self.capacity == 0:
            return f"the way out of {self.country}{to} is closed"
        limit = "" if self.capacity == float("inf") else f", at most {self.capacity:.0%} of base passes"
        return f"the way out of {self.country}{to} costs {100 * (self.cost_factor - 1):+.3g}%{limit}"


KIND = EventKind(
    "transport_change",
    TransportChange,
    (
        EventOption(
            "way",
            "Delivered cost relative to base: KAZ=1.1, KAZ:JPN=+30%.",
            lambda said: TransportChange(said.country, cost_factor=said.number, destinations=said.destinations),
            percent="level",
        ),
    ),
    order=5,
)
