"""An outage is a site, link, border or country out of service: how often a year, for how many days, and by which cause.

Every hazard yields outages; whoever samples years reads nothing else of a hazard. Outages of one cause can happen
together: those with the same `event_id` happen in one and the same event, all of them or none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.errors import wrong_argument
from sogdia.uncertain import Range

TargetKind = Literal["place", "link", "border", "country"]
TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
DAYS_OF_A_YEAR = 365.25
CLASSES = (0.0, 1 / 52, 1 / 12, 1 / 4, 1 / 2, 1.0)
"""Parts of a year out of service that are told apart; the market is solved for these alone."""


@dataclass(frozen=True, slots=True)
class Outage:
    """One way in which a target is out of service.

    hazard: the name of the kind of hazard; cause: what such outages have in common (a zone of earthquakes, a country's
    conflict, a basin of lakes); event_id: the event that takes several targets at once, None where each outage is an
    event of its own; target: the id of a place, link or border of the network, or an ISO alpha-3 code;
    rate_per_year: events a year, any number of 0 and above; days: out of service in one event;
    evidence: seen, derived or assumed.
    """

    hazard: str
    cause: str
    target_kind: TargetKind
    target: str
    rate_per_year: Range
    days: Range
    evidence: str
    source_ids: tuple[str, ...]
    event_id: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.target_kind not in TARGET_KINDS:
            rule = f"an outage has one of the target kinds {', '.join(TARGET_KINDS)}"
            raise wrong_argument("target_kind", rule, "Name one of them.", self.target_kind)
        for name, value in (("rate_per_year", self.rate_per_year), ("days", self.days)):
            if not 0 <= value.low <= value.central <= value.high < math.inf:
                ends = (value.low, value.central, value.high)
                rule = f"{name} of the outage of {self.target} goes from 0 up: low, central, high"
                raise wrong_argument(name, rule, "Give three finite numbers in rising order.", ends)

    @property
    def probability(self) -> Range:
        """Chance of at least one event within a year, `1 - exp(-rate)`."""
        rate = self.rate_per_year
        return Range(*(-math.expm1(-end) for end in (rate.low, rate.central, rate.high)))

    @property
    def days_per_year(self) -> float:
        """Expected days out of service a year at the central figures."""
        return self.rate_per_year.central * self.days.central


def class_of(days: float) -> float:
    """The class of an outage: the part of a year nearest to its length in proportion; none below half a week.

    >>> [class_of(days) for days in (1, 7, 30, 100, 200, 900)]
    [0.0, 0.019230769230769232, 0.08333333333333333, 0.25, 0.5, 1.0]
    """
    part = days / DAYS_OF_A_YEAR
    if part < CLASSES[1] / 2:
        return CLASSES[0]
    return min(CLASSES[1:], key=lambda value: abs(math.log(value / part)))
