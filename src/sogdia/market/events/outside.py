"""Tonnes reach a buyer outside the market: offtake at a contract price, own mines, a release by somebody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from sogdia.market.events.checks import is_number, require
from sogdia.market.events.effects import Effects, Event
from sogdia.market.events.exports import changes_nothing
from sogdia.market.events.registry import EventKind, EventOption
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class OutsideSupply(Event):
    """quantity_t: tonnes a year that reach a country outside the market, beside what it has in the base year."""

    country: str
    quantity_t: float

    def __post_init__(self) -> None:
        require(
            is_number(self.quantity_t) and self.quantity_t >= 0, "quantity_t", self.quantity_t,
            "a quantity is a number of tonnes, not negative", "Give tonnes a year.",
        )  # fmt: skip

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """R of the consumer; NoAnswerError where it buys nothing."""
        none = Effects.none(market, lanes)
        outside = none.outside.copy()
        outside[market.consumer(self.country)] = self.quantity_t
        return replace(none, outside=outside)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """No tonnes at all."""
        return changes_nothing(self, self.quantity_t == 0)

    def stage_required(self, first: str) -> tuple[str, str] | None:
        """Tonnes mean something else at each stage."""
        return "tonnes from outside the market come at one stage", f"Name it, e.g. {self.country}=500@{first}."

    def touches(self) -> frozenset[tuple[str, str]]:
        """What reaches the country from outside."""
        return frozenset({("supply from outside the market", self.country)})

    def describe(self) -> str:
        """E.g. "JPN gets 500 t from outside the market"."""
        return f"{self.country} gets {self.quantity_t:,.0f} t from outside the market"


KIND = EventKind(
    "outside_supply",
    OutsideSupply,
    (
        EventOption(
            "outside",
            "Tonnes that reach a buyer outside the market: JPN=500.",
            lambda said: OutsideSupply(said.country, said.number),
            destinations=False,
        ),
    ),
    order=6,
)
