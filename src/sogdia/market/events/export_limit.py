"""An exporter limits what leaves it: a cut by a share, a quota in tonnes, or an embargo; to all or to some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from sogdia.market.events.checks import require, require_positive, require_share
from sogdia.market.events.effects import Effects, Event, capped
from sogdia.market.events.exports import base_exports, export_lanes, export_split, loose_limit, unserved
from sogdia.market.events.registry import EventKind, EventOption
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class ExportLimit(Event):
    """Either `share` (0..1 of base exports that may no longer leave; 1 is an embargo) or `quota_t` (tonnes a year).

    destinations: ISO codes of the buyers it holds for; empty for all. A quota holds for their sum.
    """

    country: str
    share: float | None = None
    quota_t: float | None = None
    destinations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(
            (self.share is None) != (self.quota_t is None), "share, quota_t", f"{self.share}, {self.quota_t}",
            "an export limit is either a share or a quota", "Give one of the two.",
        )  # fmt: skip
        if self.share is not None:
            require_share(self.share)
        elif self.quota_t != 0:
            require_positive(self.quota_t or 0.0, "quota_t")

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Named destinations get a lane of their own."""
        return export_split(market, self.country, self.destinations)

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """Cap K = 1 - share, or quota / base exports, on the sum of the lanes it holds for."""
        chosen = export_lanes(market, lanes, self.country, self.destinations)
        return capped(Effects.none(market, lanes), chosen, self._left(market))

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """A limit that is not below base exports, and buyers that buy nothing there."""
        return (
            *loose_limit(self, market, self.country, self.destinations, self._left(market)),
            *unserved(market, self.country, self.destinations),
        )

    def stage_required(self, first: str) -> tuple[str, str] | None:
        """Tonnes mean something else at each stage."""
        if self.quota_t is None:
            return None
        return "a quota in tonnes holds at one stage", f"Name it, e.g. {self.country}={self.quota_t:g}@{first}."

    def _left(self, market: TradedMarket) -> float:
        if self.share is not None:
            return 1.0 - self.share
        return (self.quota_t or 0.0) / base_exports(market, self.country, self.destinations)

    def touches(self) -> frozenset[tuple[str, str]]:
        """Exports to each destination."""
        return frozenset((f"exports of {self.country}", d) for d in self.destinations or ("all",))

    def describe(self) -> str:
        """E.g. "CHN exports 40 % less to JPN"."""
        to = f" to {', '.join(self.destinations)}" if self.destinations else ""
        if self.quota_t is not None:
            return f"{self.country} limits exports{to} to {self.quota_t:,.0f} t"
        return (
            f"{self.country} stops exports{to}"
            if self.share == 1
            else f"{self.country} exports {self.share:.0%} less{to}"
        )


KIND = EventKind(
    "export_limit",
    ExportLimit,
    (
        EventOption(
            "cut",
            "Exports cut by a share: CHN=0.4, CHN:JPN,USA=40%, CHN=0.4@compound.",
            lambda said: ExportLimit(said.country, share=said.number, destinations=said.destinations),
            percent="loss",
        ),
        EventOption(
            "quota",
            "Exports limited to tonnes: CHN=30000.",
            lambda said: ExportLimit(said.country, quota_t=said.number, destinations=said.destinations),
        ),
        EventOption(
            "embargo",
            "No exports: CHN, or CHN:JPN.",
            lambda said: ExportLimit(said.country, share=1.0, destinations=said.destinations),
            number=False,
        ),
    ),
    order=1,
)
