"""Monitoring and drainage of glacial lakes: fewer outbursts, or shorter outages after them."""

from __future__ import annotations

from functools import cache

from sogdia.hazards.outburst.basins import basin_links
from sogdia.plan.markets.effects import EventChange
from sogdia.plan.projects.kind import EventFacts, ProjectKind
from sogdia.plan.projects.kinds.security import outcome
from sogdia.plan.projects.record import Project

HAZARD = "outburst"


@cache
def basins() -> tuple[str, ...]:
    """Ids of the basins, in the order of their table."""
    return tuple(dict.fromkeys(row.basin for row in basin_links()))


def changes(project: Project, facts: EventFacts) -> tuple[EventChange, ...]:
    """A flood of one of the basins happens with what is left of its rate, and closes for what is left of its days."""
    names = {row.basin: row.name for row in basin_links()}
    causes = tuple(f"outburst of lakes of {names[basin]}" for basin in project.acts_on)
    return (EventChange(HAZARD, (outcome(project),), causes=causes),)


KIND = ProjectKind(
    "lakes", "Glacial lakes watched or lowered (acts_on: ids of basins): rate_factor, days_factor.", 65,
    ("acts_on", "capex_musd", "rate_factor"), names=basins, events=changes,
    example={
        "project_id": "my_lakes", "name": "Lakes lowered", "acts_on": "ala_archa", "capex_musd_central": "3",
        "rate_factor_low": "0.3", "rate_factor_central": "0.5", "rate_factor_high": "0.8", "build_years": "1",
    },
)  # fmt: skip
