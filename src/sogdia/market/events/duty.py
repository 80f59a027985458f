"""An exporter taxes what leaves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from sogdia.market.events.checks import is_number, require
from sogdia.market.events.effects import Effects, Event
from sogdia.market.events.exports import changes_nothing, export_lanes, export_split, require_exports, unserved
from sogdia.market.events.registry import EventKind, EventOption
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class ExportDuty(Event):
    """rate: duty as a fraction of the export price (0.25 for 25 %).

    destinations: ISO codes of the buyers it holds for; empty for all.
    """

    country: str
    rate: float
    destinations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(
            is_number(self.rate) and self.rate >= 0, "rate", self.rate, "a duty rate is a fraction, not negative",
            "Write 25 % as 0.25.",
        )  # fmt: skip

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Named destinations get a lane of their own."""
        return export_split(market, self.country, self.destinations) if self.rate > 0 else ()

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """The rate, on the export lanes; the kernel's cost factor is 1 + rate times that of the way."""
        none = Effects.none(market, lanes)
        if self.rate == 0:
            require_exports(market, self.country, self.destinations)
            return none
        duty = none.duty.copy()
        duty[export_lanes(market, lanes, self.country, self.destinations)] = self.rate
        return replace(none, duty=duty)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """A rate of 0, and buyers that buy nothing there."""
        return changes_nothing(self, self.rate == 0) + unserved(market, self.country, self.destinations)

    def touches(self) -> frozenset[tuple[str, str]]:
        """The duty of the country."""
        return frozenset((f"duty of {self.country}", d) for d in self.destinations or ("all",))

    def describe(self) -> str:
        """E.g. "CHN taxes exports at 25 %"."""
        to = f" to {', '.join(self.destinations)}" if self.destinations else ""
        return f"{self.country} taxes exports{to} at {self.rate:.0%}"


KIND = EventKind(
    "export_duty",
    ExportDuty,
    (
        EventOption(
            "duty",
            "Export duty as a fraction: CHN=0.25, or CHN:JPN=25%.",
            lambda said: ExportDuty(said.country, said.number, said.destinations),
            percent="part",
        ),
    ),
    order=2,
)
