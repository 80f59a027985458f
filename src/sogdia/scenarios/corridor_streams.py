"""States of the corridors as streams: those of one common cause share one stream, which is in one of them at a time.

Left out, and said, are states whose rate nobody knows; those that begin about once a year or more, which the trade of
the base year holds; those that hold today since before the base year, for the importer or without it, likewise; and
those that are about the importer itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.network import Corridors, State
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.scenarios.ways import Closing

HAZARD = "corridor"
USUAL_RATE = 1.0
"""Times a year from which a state is part of any year."""


def sampled_states(
    corridors: Corridors, importer: Region, base_year: int
) -> tuple[tuple[State, ...], tuple[tuple[str, str], ...]]:
    """The states that are sampled, and (id, why not) of the others."""
    sampled, left = [], []
    for state in corridors.states:
        why = _why_not(corridors, state, importer, base_year)
        if why is None:
            sampled.append(state)
        else:
            left.append((state.id, why))
    return tuple(sampled), tuple(left)


def closing_of(state: State) -> Closing:
    """The state as a closing of ways."""
    return Closing(state.id, state.effects, state.supply_countries)


def corridor_streams(states: Iterable[State]) -> tuple[EventStream, ...]:
    """One stream for each common cause."""
    by_cause: dict[str, list[State]] = {}
    for state in states:
        by_cause.setdefault(state.common_cause, []).append(state)
    return tuple(
        EventStream(
            name=f"{HAZARD}:{cause}", hazard=HAZARD, cause="; ".join(state.name for state in together),
            possibilities=tuple(_possibility(state) for state in together),
            evidence="assumed", source_ids=each_once(*(state.source_ids for state in together)),
        )
        for cause, together in by_cause.items()
    )  # fmt: skip


def _possibility(state: State) -> Possibility:
    rate = 0.0 if state.events_per_year is None else state.events_per_year.central
    return Possibility(rate, (Hit("way", state.id, None, state.duration_days),), state.id)


def _why_not(corridors: Corridors, state: State, importer: Region, base_year: int) -> str | None:
    about = {e.target for e in state.effects if e.target_kind == "country" and e.attribute == "closed"}
    if set(importer.members) & (about | set(state.supply_countries)):
        return "it is about the importer itself"
    if state.events_per_year is None:
        return "how often it begins is unknown"
    if state.events_per_year.central >= USUAL_RATE:
        return "it comes about every year, so that the trade of the base year holds it"
    if state.holds_now in ("shut", "limited") and state.since is not None and int(state.since[:4]) <= base_year:
        spared = {corridors.bloc(member) for member in importer.members} <= set(state.usable_by)
        held = "it holds without this importer" if spared else "it holds"
        return f"{held} since {state.since}, so that the trade of the base year holds it"
    return None
