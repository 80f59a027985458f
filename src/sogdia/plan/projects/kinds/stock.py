"""A stockpile of the importer, by days of its use."""

from __future__ import annotations

from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.record import Project
from sogdia.scenarios.stream import YEAR_DAYS


def effect(project: Project, facts: MarketFacts) -> MarketEffect:
    """Tonnes of so many days."""
    tonnes = (project.cover_days or 0.0) / YEAR_DAYS * facts.used_t
    return MarketEffect(project.project_id, facts.importer, stock_t=tonnes)


KIND = ProjectKind(
    "stock", "A stock of the importer of cover_days of its use, released where supplies are lost.", 30,
    ("market", "cover_days"), effect, needs_market=True,
    example={
        "project_id": "my_stock", "name": "A stock of ours", "market": "graphite", "cover_days": "60",
    },
)  # fmt: skip
