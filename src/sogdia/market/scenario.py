"""A scenario: what happens to a market, for how long, and which frictions hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sogdia import arguments
from sogdia.errors import Fault, InputError
from sogdia.market.events import Event
from sogdia.text import unsafe_character

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """events: what happens. horizon_years: how long buyers and sellers have to adjust (1 short, 5 and more long).

    contracted_share: part of every flow that is under contract and neither moves nor answers a price, 0..1.
    stock_days: days of base consumption that a consumer holds and draws first (ISO code -> days).
    spare: output ceiling of a producer relative to base (ISO code -> factor); no ceiling where it is not named.
    """

    name: str
    events: tuple[Event, ...]
    horizon_years: float = 1.0
    contracted_share: float = 0.0
    stock_days: Mapping[str, float] = field(default_factory=dict)
    spare: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arguments.name("name", self.name, "embargo")
        if not isinstance(self.events, tuple | list) or not all(isinstance(event, Event) for event in self.events):
            remedy = "E.g. events=(ExportLimit('CHN', share=0.4),)."
            raise arguments.wrong_type("events", "events are a tuple of events", remedy, self.events)
        faults = [*_name(self.name), *_contradictions(self.events), *_frictions(self)]
        if faults:
            raise InputError(faults)

    def describe(self) -> str:
        """The events in plain words."""
        return "; ".join(event.describe() for event in self.events) or "nothing happens"


def _name(name: str) -> list[Fault]:
    character = unsafe_character(name)
    rule = f"a name has no control characters, and this one has {character}"
    return [Fault("scenario", rule, "Remove the character.", column="name", value=name)] if character else []


def _contradictions(events: tuple[Event, ...]) -> list[Fault]:
    """Two events may not set the same thing at the same place, nor one for all and one for some."""
    set_by = Counter(target for event in events for target in event.touches())
    wide = {what for what, where in set_by if where == "all"}
    faults = []
    for (what, where), count in set_by.items():
        if count > 1 or (what in wide and where != "all"):
            rule = f"two events set {what}" + ("" if where == "all" else f" ({where})")
            faults.append(Fault("events", rule, "Join them into one event."))
    return faults


def _frictions(scenario: Scenario) -> list[Fault]:
    faults = []
    if not 0 < scenario.horizon_years < float("inf"):
        faults.append(_fault("horizon_years", scenario.horizon_years, "a horizon is above 0 years"))
    if not 0 <= scenario.contracted_share < 1:
        faults.append(_fault("contracted_share", scenario.contracted_share, "a contracted share lies in 0..1, below 1"))
    for name, values, low in (("stock_days", scenario.stock_days, 0.0), ("spare", scenario.spare, 1e-9)):
        faults += [_fault(f"{name}.{c}", v, "must not be negative") for c, v in values.items() if not v >= low]
    return faults


def _fault(field: str, value: float, rule: str) -> Fault:
    return Fault(field, rule, "Correct the value.", value=str(value))
