"""Security measures: conflict in some countries shuts their sites, links and crossings less often, or for less long."""

from __future__ import annotations

from sogdia.codes import countries
from sogdia.plan.markets.effects import EventChange, EventOutcome
from sogdia.plan.projects.kind import EventFacts, ProjectKind
from sogdia.plan.projects.record import Project

HAZARD = "security"


def outcome(project: Project) -> EventOutcome:
    """What is left of the rate and of the days at the central figures, 1 where nothing is said."""
    rate, days = (1.0 if factor is None else factor.central for factor in (project.rate_factor, project.days_factor))
    return EventOutcome(rate, days)


def changes(project: Project, facts: EventFacts) -> tuple[EventChange, ...]:
    """One draw decides for all that a conflict would shut."""
    causes = tuple(f"armed conflict in {country}" for country in project.acts_on)
    return (EventChange(HAZARD, (outcome(project),), causes=causes),)


KIND = ProjectKind(
    "security", "Security measures in countries (acts_on: ISO codes): rate_factor, days_factor of conflict.", 70,
    ("acts_on", "capex_musd", "rate_factor"), names=lambda: tuple(countries()), events=changes,
    example={
        "project_id": "my_guards", "name": "Guards and barriers", "acts_on": "KGZ", "capex_musd_central": "5",
        "rate_factor_low": "0.6", "rate_factor_central": "0.8", "rate_factor_high": "1", "build_years": "1",
    },
)  # fmt: skip
