"""An event that names the stage it happens at: exports of compounds, not of metals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from sogdia.data.minerals import STAGES
from sogdia.errors import NoAnswerError, did_you_mean
from sogdia.market.events.checks import require
from sogdia.market.events.effects import Effects, Event
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class AtStage(Event):
    """event: what happens. stage: ore, compound, metal or alloy."""

    event: Event
    stage: str

    def __post_init__(self) -> None:
        hint = did_you_mean(self.stage, STAGES) or f"One of {', '.join(STAGES)}."
        require(self.stage in STAGES, "stage", self.stage, "unknown stage", hint)

    @property
    def plain(self) -> Event:
        """The event itself."""
        return self.event

    def named_countries(self) -> frozenset[str]:
        """Those of the event."""
        return self.event.named_countries()

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Those of the event."""
        self._require(market)
        return self.event.splits(market)

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """Those of the event, in a market of its stage; NoAnswerError in another."""
        self._require(market)
        return self.event.effects(market, lanes)

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """Those of the event."""
        return self.event.notes(market)

    def touches(self) -> frozenset[tuple[str, str]]:
        """What the event touches, at its stage."""
        return frozenset((f"{what} at the stage {self.stage}", where) for what, where in self.event.touches())

    def describe(self) -> str:
        """E.g. "CHN exports 40 % less (compound)"."""
        return f"{self.event.describe()} ({self.stage})"

    def _require(self, market: TradedMarket) -> None:
        if market.stage != self.stage:
            stages = "all stages together" if market.stage is None else f"the stage {market.stage}"
            raise NoAnswerError(
                f"{self.describe()}: this market is that of {stages} of {market.mineral}. "
                f"Ask for the stage {self.stage}, or for the chain of stages."
            )
