"""A producer makes less, or more: a strike, an earthquake, a closed mine, a new one."""

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
class OutputChange(Event):
    """factor: output at base prices relative to base; 0.8 has lost a fifth, 1.1 gained a tenth. 0 loses it all."""

    country: str
    factor: float

    def __post_init__(self) -> None:
        require(
            is_number(self.factor) and self.factor >= 0, "factor", self.factor,
            "output relative to base is a number, not negative", "Write a loss of 20 % as 0.8.",
        )  # fmt: skip

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """Supply shifter of the producer."""
        none = Effects.none(market, lanes)
        supply = none.supply.copy()
        supply[market.producer(self.country)] = self.factor
        return replace(none, supply=supply)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """Output as in the base year."""
        return changes_nothing(self, self.factor == 1.0)

    def touches(self) -> frozenset[tuple[str, str]]:
        """The output of the country."""
        return frozenset({("output", self.country)})

    def describe(self) -> str:
        """E.g. "output of ZAF falls by 20 %"."""
        way = "falls" if self.factor < 1 else "grows"
        return f"output of {self.country} {way} by {abs(1 - self.factor):.0%}"


KIND = EventKind(
    "output_change",
    OutputChange,
    (
        EventOption(
            "output",
            "Output relative to base: ZAF=0.8, ZAF=-20%, AUS=1.2.",
            lambda said: OutputChange(said.country, said.number),
            destinations=False,
            percent="level",
        ),
    ),
    order=3,
)
