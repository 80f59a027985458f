"""A stream of events: one kind of thing that may happen at a place or in a country, with what each event hits.

Each stream has random numbers of its own, so that a new one changes no other (see `sampling`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.errors import Fault, InputError
from sogdia.uncertain import Range

HitKind = Literal["exports", "output", "way", "demand"]
WHOLE = Range(1.0, 1.0, 1.0)
YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Hit:
    """What an event takes, and for how long.

    kind: exports or output of a country, a way to the importer, or world demand (which grows by the share).
    target: ISO alpha-3 code, id of a way's closing, or a mineral for demand. mineral: None for all that the country
    makes. days: how long; share: of the target while it lasts, 0..1. factor: of the share that concerns the target.
    at: id of the place, link, border or country that is out of service, empty where the event has none.
    """

    kind: HitKind
    target: str
    mineral: str | None
    days: Range
    share: Range = WHOLE
    factor: float = 1.0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Possibility:
    """One kind of event of a stream: how often it begins a year, and all that it hits at once."""

    rate_per_year: float
    hits: tuple[Hit, ...]
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class EventStream:
    """name: unique; its random numbers follow from it. hazard: the kind of cause (restriction, strike,
    earthquake, ...); cause: in words, as an answer shows it; possibilities: what may happen, each a Poisson process of
    its own. evidence: seen, derived or assumed.
    """

    name: str
    hazard: str
    cause: str
    possibilities: tuple[Possibility, ...]
    evidence: str
    source_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        checked = set[int]()
        faults = [fault for possibility in self.possibilities for fault in _faults(self.name, possibility, checked)]
        if not self.possibilities:
            faults.append(Fault(self.name, "a stream has at least one possibility", "Leave the stream out."))
        if faults:
            raise InputError(faults)

    @property
    def common(self) -> bool:
        """Whether one event can strike several minerals or targets at once."""
        return any(len(each.hits) > 1 or any(hit.mineral is None for hit in each.hits) for each in self.possibilities)


def _faults(name: str, possibility: Possibility, checked: set[int]) -> list[Fault]:
    """A rate below 0 or without end; shares and factors outside 0..1; days that are none. checked: hits of the stream,
    by identity: many events share them.
    """
    faults = []
    if not 0 <= possibility.rate_per_year < math.inf:
        rule, remedy = "a rate is 0 a year or more", "Give events a year."
        faults.append(Fault(name, rule, remedy, column="rate_per_year", value=f"{possibility.rate_per_year:g}"))
    for hit in possibility.hits:
        if id(hit) in checked:
            continue
        checked.add(id(hit))
        if hit.kind not in get_args(HitKind):
            rule = f"a hit is one of {', '.join(get_args(HitKind))}"
            faults.append(Fault(name, rule, "Name one of them.", column="kind", value=hit.kind))
        for column, ends in (("share", _ends(hit.share)), ("factor", (hit.factor,))):
            if not all(0 <= end <= 1 for end in ends):
                rule = f"the {column} of a target lies in 0..1"
                faults.append(Fault(name, rule, "Write 20 % as 0.2.", column=column, value=_text(ends)))
        days = _ends(hit.days)
        if not (0 <= days[0] <= days[1] <= days[2] < math.inf):
            rule, remedy = "days go from 0 up: low, central, high", "Give three numbers in rising order."
            faults.append(Fault(name, rule, remedy, column="days", value=_text(days)))
    return faults


def _ends(value: Range) -> tuple[float, float, float]:
    return value.low, value.central, value.high


def _text(ends: Sequence[float]) -> str:
    return ", ".join(f"{end:g}" for end in ends)
