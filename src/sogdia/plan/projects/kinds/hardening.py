"""Seismic hardening of sites and links: the same earthquakes damage them less, or not at all.

The states of damage before and after are coupled by rank: the part v of a site's outages that is reached more often
than state s comes to the state that the hardened site has at the same rank, or to none. Each site's rates are then
those of the high code level exactly, and no outage is longer than it was.
"""

from __future__ import annotations

from functools import cache

from sogdia.hazards import HazardOptions
from sogdia.hazards.registry import hazards
from sogdia.network import embedded_network
from sogdia.plan.markets.effects import EventChange, EventOutcome
from sogdia.plan.projects.kind import EventFacts, ProjectKind
from sogdia.plan.projects.record import Project

HAZARD = "earthquake"
ACTION = "hardening"


@cache
def sites() -> tuple[str, ...]:
    """Ids of the places and links that may be hardened."""
    network = embedded_network()
    return (*(place.id for place in network.places), *(link.id for link in network.links))


def changes(project: Project, facts: EventFacts) -> tuple[EventChange, ...]:
    """For each site and state of damage, what hardening makes of it."""
    (kind,) = (kind for kind in hazards() if kind.name == HAZARD)
    if kind.of_targets is None:
        return ()
    network, wanted = facts.network, frozenset(project.acts_on)
    before, after = (
        kind.of_targets(network, facts.store, HazardOptions(actions=actions), wanted) for actions in ((), (ACTION,))
    )
    made = []
    for target in project.acts_on:
        was, then = (
            [(o.days.central, o.rate_per_year.central) for o in found if o.target == target]
            for found in (before, after)
        )
        for days, outcomes in coupled(was, then).items():
            made.append(EventChange(HAZARD, outcomes, targets=(target,), days=days, together=False))
    return tuple(made)


def coupled(
    before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> dict[float, tuple[EventOutcome, ...]]:
    """The outcomes of each length before, from (days, rate) of both, the longest first.

    >>> coupled([(10.0, 0.3), (100.0, 0.1)], [(10.0, 0.1), (100.0, 0.05)])[100.0]
    (EventOutcome(chance=0.5, days_factor=1.0), EventOutcome(chance=0.5, days_factor=0.1))
    """
    then, found = _spans(after), dict[float, tuple[EventOutcome, ...]]()
    for days, low, high in _spans(before):
        outcomes = []
        for new, start, end in then:
            part = min(high, end) - max(low, start)
            if part > 0:
                outcomes.append(EventOutcome(part / (high - low), min(new / days, 1.0)))
        found[days] = tuple(outcomes)
    return found


def _spans(rates: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """(days, start, end) of each length on the axis of rates, the longest first."""
    spans, at = [], 0.0
    for days, rate in sorted(rates, reverse=True):
        if rate > 0 and days > 0:
            spans.append((days, at, at + rate))
            at += rate
    return spans


KIND = ProjectKind(
    "hardening", "Sites and links built to the high code level (acts_on: their ids): fewer and shorter outages.", 60,
    ("acts_on", "capex_musd"), names=sites, events=changes,
    example={
        "project_id": "my_hardening", "name": "Bridges that stand", "acts_on": "KAZ:Almaty", "capex_musd_central": "10",
        "build_years": "3",
    },
)  # fmt: skip
