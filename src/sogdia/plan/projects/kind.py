"""A kind of project: what has to be known of one, and what it does to markets, to ways and to events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sogdia.data import Store
from sogdia.network import Network
from sogdia.plan.markets.effects import EventChange, MarketEffect
from sogdia.plan.projects.record import Project


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """used_t: what the importer uses a year; importer: ISO code of the member that stands for it; price_usd_per_t: what
    it pays; supply_elasticity: in the long run.
    """

    used_t: float
    importer: str
    price_usd_per_t: float
    supply_elasticity: float


@dataclass(frozen=True, slots=True, eq=False)
class EventFacts:
    """The network and the store that rates of events are worked out from."""

    network: Network
    store: Store


def no_market(project: Project, facts: MarketFacts) -> MarketEffect | None:
    """It has no market of its own."""
    return None


def no_events(project: Project, facts: EventFacts) -> tuple[EventChange, ...]:
    """No event changes."""
    return ()


def as_a_works(project: Project) -> tuple[float | None, float | None]:
    """What it costs to run and what it earns a year [MUSD], None where that is not known; nothing without a product."""
    if project.tonnes is None:
        return 0.0, 0.0
    opex, price = project.opex_usd_per_t, project.price_usd_per_t
    return (
        None if opex is None else opex.central * project.tonnes / 1e6,
        None if price is None else price.central * project.tonnes / 1e6,
    )


def nothing_named() -> tuple[str, ...]:
    """It acts on nothing by name."""
    return ()


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """name: in the column `effect`; label: what such a project does, in a sentence; order: in lists; wants: fields of
    `Project` without which one cannot be chosen, None where none ever is; market: its effect on the market that it
    names; upgrades: whether `acts_on` names upgrades of the corridors; names: what `acts_on` may name, empty for
    nothing; events: what it makes of the events of a year; running: its running costs and earnings; in_partner: whether
    its output counts for its country; needs_market: whether a market has to be named; saves: whether energy, water and
    CO2 a tonne are what it saves at a works, and not what it uses; example: cells of a row, for the template.
    """

    name: str
    label: str
    order: int
    wants: tuple[str, ...] | None
    market: Callable[[Project, MarketFacts], MarketEffect | None] = no_market
    upgrades: bool = False
    names: Callable[[], tuple[str, ...]] = nothing_named
    events: Callable[[Project, EventFacts], tuple[EventChange, ...]] = no_events
    running: Callable[[Project], tuple[float | None, float | None]] = as_a_works
    in_partner: bool = False
    needs_market: bool = False
    saves: bool = False
    example: Mapping[str, str] = field(default_factory=dict)
