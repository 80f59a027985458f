"""Surges of world demand for a mineral: part of the years only on request, and shown apart from losses of supply."""

from __future__ import annotations

from collections.abc import Iterable

from sogdia.answer import each_once
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.stream import EventStream, Hit, Possibility

HAZARD = "demand_surge"


def demand_surges(minerals: Iterable[str]) -> tuple[EventStream, ...]:
    """One stream for each mineral."""
    rate, days, share = (annual_rate(f"{HAZARD}_{what}") for what in ("rate", "days", "share"))
    sources = each_once(rate.source_ids, days.source_ids, share.source_ids)
    return tuple(
        EventStream(
            name=f"{HAZARD}:{mineral}", hazard=HAZARD, cause=f"surge of world demand for {mineral}",
            possibilities=(
                Possibility(rate.value.central, (Hit("demand", mineral, mineral, days.value, share.value),)),
            ),
            evidence="assumed", source_ids=sources,
        )
        for mineral in minerals
    )  # fmt: skip
