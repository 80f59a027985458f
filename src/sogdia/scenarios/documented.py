"""Documented events by name, as scenarios that can be asked again: antimony_2024, nickel_2014, cobalt_2025.

A name is the mineral and the year at the end of the event's id; of several events of one name the first that struck all
buyers has it, and each is found by its own id too (chn_sb_2024). The size is the documented one, else the usual size of
its kind (see `sogdia.hindcast.size`); the market is that of the ordinary years before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.data import Store
from sogdia.data import events as history
from sogdia.data.events import RestrictionEvent
from sogdia.data.source_ids import split_ids
from sogdia.errors import NoAnswerError
from sogdia.hindcast.predict import OUTPUT_KINDS
from sogdia.hindcast.size import expected_size
from sogdia.market.events import Event, ExportLimit, OutputChange

YEAR = re.compile(r"(\d{4})$")


@dataclass(frozen=True, slots=True)
class DocumentedCase:
    """name: mineral and year; size: share of a year's exports (of output) lost, 0..1; why_not: why the store cannot
    answer, None where it can.
    """

    name: str
    event: RestrictionEvent
    size: float
    why_not: str | None

    @property
    def id(self) -> str:
        """The id of the event in small letters, which several minerals may share."""
        return self.event.event_id.lower()

    def happening(self) -> Event:
        """The event on a market; NoAnswerError where the store cannot answer."""
        event = self.event
        if self.why_not is not None:
            raise NoAnswerError(f"{self.name} ({event.event_id}): {self.why_not}")
        if event.kind in OUTPUT_KINDS:
            return OutputChange(event.country, 1.0 - self.size)
        return ExportLimit(event.country, share=self.size, destinations=event.destinations or ())

    def notes(self) -> tuple[str, ...]:
        """What is documented of it."""
        event = self.event
        size = "documented" if event.size is not None else "not documented: the usual size of its kind"
        told = [
            f"{event.event_id}: {event.kind.replace('_', ' ')} of {event.subject} by {event.country} from {event.start}"
        ]
        told[0] += f"; {self.size:.0%} of a year's {self.what} taken as lost ({size})."
        for label, text in (("Size", event.size_basis), ("Prices then", event.observed_price)):
            told += [f"{label}: {text}."] if text else []
        return tuple(told)

    @property
    def what(self) -> str:
        """What is lost."""
        return "output" if self.event.kind in OUTPUT_KINDS else "exports"

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Where the event is documented."""
        return split_ids(self.event.source_id) if self.event.source_id else ()


def documented_cases(store: Store) -> tuple[DocumentedCase, ...]:
    """Every event of the store, in the order of its table, each mineral that it struck a case of its own."""
    events = history.restriction_events(store)
    taken: dict[str, RestrictionEvent] = {}
    for event in sorted(events, key=lambda event: event.destinations is not None):
        taken.setdefault(_name(event), event)
    return tuple(
        DocumentedCase(
            _name(event) if taken[_name(event)] is event else f"{event.event_id.lower()}:{event.mineral}",
            event, expected_size(event, events), unanswerable(event, store),
        )
        for event in events
    )  # fmt: skip


def unanswerable(event: RestrictionEvent, store: Store) -> str | None:
    """Why the store cannot answer what the event would do; None where it can. Years after it are not needed."""
    if event.mineral is None:
        return f"{event.subject} is no mineral of this store."
    if event.size == 0:
        return "nothing was withheld, so that there is nothing to put on a market."
    mapped = [code for code in store.minerals[event.mineral].codes if code.hs6 in event.hs6]
    if not mapped:
        return (
            f"none of its codes ({', '.join(event.hs6)}) is mapped to {event.mineral} in this store. "
            "`sogdia data add` with a full trade release brings them."
        )
    years = history.base_years(event, store)
    if not years:
        return f"no year before {event.first_year} is in the store."
    usable = [code.hs6 for code in mapped if all(code.in_use(year) for year in years)]
    if not usable:
        ended = "; ".join(f"{code.hs6} ended in {code.last_year}" for code in mapped if code.last_year)
        return f"no code was in use before the event ({ended or 'not in use yet'})."
    exports = store.trade(usable, years).filter(pl.col("exporter") == event.country)
    if exports.head(1).collect().is_empty():
        return f"no exports of {', '.join(usable)} by {event.country} are recorded in the years before."
    return None


def stage_of(store: Store, case: DocumentedCase) -> str | None:
    """The stage of its codes, None where they are of several."""
    codes = store.minerals[str(case.event.mineral)].codes
    stages = {code.stage for code in codes if code.hs6 in case.event.hs6}
    return stages.pop() if len(stages) == 1 else None


def base_years_of_case(store: Store, case: DocumentedCase) -> Sequence[int]:
    """The ordinary years before the event in which a code was in use."""
    return history.base_years(case.event, store)


def _name(event: RestrictionEvent) -> str:
    year = YEAR.search(event.event_id)
    subject = event.mineral or re.sub(r"\W+", "_", event.subject.lower())
    return f"{subject}_{year[1] if year else event.first_year}"
