"""Accidents at the mines and plants of one mineral, and strikes that stop all mines of a country at once."""

from __future__ import annotations

from collections.abc import Iterable

from sogdia.answer import each_once
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.stream import EventStream, Hit, Possibility

ACCIDENT, STRIKE = "accident", "strike"


def accidents(pairs: Iterable[tuple[str, str]]) -> tuple[EventStream, ...]:
    """One stream for each (producer, mineral)."""
    return tuple(
        _stream(ACCIDENT, f"{ACCIDENT}:{producer}:{mineral}", f"accident in {producer}", producer, mineral)
        for producer, mineral in pairs
    )


def strikes(producers: Iterable[str]) -> tuple[EventStream, ...]:
    """One stream for each country; a strike takes part of all that its mines make."""
    return tuple(_stream(STRIKE, f"{STRIKE}:{c}", f"miners' strike in {c}", c, None) for c in producers)


def _stream(hazard: str, name: str, cause: str, country: str, mineral: str | None) -> EventStream:
    rate, days, share = (annual_rate(f"{hazard}_{what}") for what in ("rate", "days", "share"))
    hit = Hit("output", country, mineral, days.value, share.value)
    sources = each_once(rate.source_ids, days.source_ids, share.source_ids)
    return EventStream(name, hazard, cause, (Possibility(rate.value.central, (hit,)),), "assumed", sources)
