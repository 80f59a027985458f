"""A way gets dearer, narrower or closed: what a corridor does to the lane that uses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from sogdia.market.events.checks import require, require_positive
from sogdia.market.events.effects import Effects, Event
from sogdia.market.events.exports import export_lanes, export_split
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
            self.capacity >= 0, "capacity", self.capacity, "a capacity is not negative", "Write 0 for a closed way."
        )

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Named destinations get a lane of their own."""
        return export_split(market, self.country, self.destinations)

    def effects(self, market: TradedMarket, laid: Lanes) -> Effects:
        """Cost factor and cap on the lanes."""
        none = Effects.none(market, laid)
        chosen = export_lanes(market, laid, self.country, self.destinations)
        cost, cap = none.cost.copy(), none.cap.copy()
        cost[chosen], cap[chosen] = self.cost_factor, self.capacity
        return replace(none, cost=cost, cap=cap)

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
