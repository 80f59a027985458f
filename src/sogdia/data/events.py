"""The export restrictions and output losses on record, and which of them the trade data can judge.

The table `restriction_events` has one row for each event and mineral. A user's own file of the same shape is read by
`sogdia.data.event_file`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.data.store import Store
from sogdia.errors import DataError

KINDS = (
    "export_quota",
    "export_ban",
    "export_duty",
    "licensing",
    "embargo",
    "output_loss",
    "corridor_closure",
    "risk_premium",
    "unspecified",
)
BASE_YEARS = 3
FEWEST_BASE_YEARS = 2
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class RestrictionEvent:
    """One event as it struck one mineral.

    size, size_low, size_high: documented share of a year's exports lost, 0..1, None where not documented.
    destinations: ISO alpha-3 of the importers cut off, None for all. first_year, last_year: calendar years whose
    annual trade can show it; last_year is None while it is in force. mineral is None where the store has none.
    """

    event_id: str
    mineral: str | None
    subject: str
    hs6: tuple[str, ...]
    country: str
    start: str
    end: str | None
    first_year: int
    last_year: int | None
    kind: str
    size_low: float | None
    size: float | None
    size_high: float | None
    size_basis: str | None
    destinations: tuple[str, ...] | None
    base_first_year: int | None
    base_last_year: int | None
    observed_price: str | None
    observed_effect: str | None
    source_id: str | None
    locator: str | None
    evidence: str
    size_evidence: str | None
    note: str | None


def restriction_events(store: Store) -> tuple[RestrictionEvent, ...]:
    """The events of the store, in the order of the table."""
    return tuple(event_of(row) for row in store.scan("restriction_events").collect().iter_rows(named=True))


def event_of(row: dict[str, Any]) -> RestrictionEvent:
    """An event from a row of the table: the lists of codes and destinations are cut apart."""
    destinations = row["destinations"]
    lists = {
        "hs6": tuple(row["hs6"].split(SEPARATOR)),
        "destinations": tuple(destinations.split(SEPARATOR)) if destinations else None,
    }
    return RestrictionEvent(**{**row, **lists})


def base_years(event: RestrictionEvent, store: Store) -> tuple[int, ...]:
    """The ordinary years before the event that the store holds: those named, else the three before `first_year`."""
    if event.base_first_year is not None and event.base_last_year is not None:
        wanted = range(event.base_first_year, event.base_last_year + 1)
    else:
        wanted = range(event.first_year - BASE_YEARS, event.first_year)
    return tuple(year for year in wanted if year in store.years)


def codes(event: RestrictionEvent, store: Store) -> tuple[str, ...]:
    """The event's codes that are mapped to its mineral and in use in its first year and in all its base years."""
    if event.mineral is None:
        return ()
    years = (*base_years(event, store), event.first_year)
    mapped = store.minerals[event.mineral].codes
    return tuple(c.hs6 for c in mapped if c.hs6 in event.hs6 and all(c.in_use(year) for year in years))


def testable(event: RestrictionEvent, store: Store) -> str | None:
    """Why the store's trade data cannot judge the event: a sentence, or None when they can.

    They can when its mineral and at least one of its codes are mapped, trade is known for its first year and for two
    ordinary years before it, the code was in use in all of them, the country exported it before, and something was
    withheld at all.
    """
    if event.mineral is None:
        return f"{event.subject}: no mineral of this store."
    if event.mineral not in store.minerals:
        raise DataError(f"event {event.event_id!r} is about {event.mineral!r}, which is no mineral of the store.")
    if (event.size if event.size_high is None else event.size_high) == 0:
        return "Nothing was withheld: a price that moves without a quantity says nothing about the market."
    mapped = [c for c in store.minerals[event.mineral].codes if c.hs6 in event.hs6]
    if not mapped:
        return f"None of its codes ({', '.join(event.hs6)}) is mapped to {event.mineral} in this store."
    if event.first_year not in store.years:
        return f"No trade for {event.first_year}: the store holds {store.years[0]}-{store.years[-1]}."
    if len(base_years(event, store)) < FEWEST_BASE_YEARS:
        return f"Fewer than {FEWEST_BASE_YEARS} ordinary years before {event.first_year} are in the store."
    usable = codes(event, store)
    if not usable:
        ended = "; ".join(f"{c.hs6} ended in {c.last_year}" for c in mapped if c.last_year)
        return f"No code was in use before and during the event ({ended or 'not in use yet'})."
    exports = store.trade(usable, base_years(event, store)).filter(pl.col("exporter") == event.country)
    if exports.head(1).collect().is_empty():
        return f"No exports of {', '.join(usable)} by {event.country} are recorded in the years before."
    return None
