"""What one project does to one market, and to the events that hit markets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sogdia.scenarios.problem import WayChange


@dataclass(frozen=True, slots=True)
class MarketEffect:
    """quantity_t: new output a year of the traded product in `country`; offtake_t: what reaches the importer by
    contract, of new output or, where there is none, of what the country makes today; price: of the contract relative
    to the base year; committed_t, committed_to: of new output, sold to a country already; stock_t: released where
    supplies are lost, once an event. lane_cost: delivered-cost factor of each country's way to the importer in every
    year; ways: what closings do to ways with the project there, by the closing's name; way_saved_musd: what
    cheaper ways to the importer save a year on the cargo of each country, with every project there; output_saved_musd:
    what rarer outages save each country.
    """

    project: str
    country: str
    quantity_t: float = 0.0
    offtake_t: float = 0.0
    price: float = 1.0
    stock_t: float = 0.0
    committed_t: float = 0.0
    committed_to: str | None = None
    lane_cost: Mapping[str, float] = field(default_factory=dict)
    ways: Mapping[str, WayChange] = field(default_factory=dict)
    way_saved_musd: Mapping[str, float] = field(default_factory=dict)
    output_saved_musd: Mapping[str, float] = field(default_factory=dict)

    @property
    def changes_market(self) -> bool:
        """Whether the market has to be solved again with it."""
        return bool(self.quantity_t or self.offtake_t or self.stock_t or self.lane_cost or self.ways)


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """chance: that an event turns out so; days_factor: what is left of its days."""

    chance: float
    days_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class EventChange:
    """What a project makes of the events of one hazard: each turns out as one of the outcomes, else does not happen.

    causes: as in the stream's cause, empty for all; targets: ids of what is out of service, empty for all; days: the
    central length of the outages that are meant, None for all; together: one draw decides for all targets of an event.
    """

    hazard: str
    outcomes: tuple[EventOutcome, ...]
    causes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    days: float | None = None
    together: bool = True
