"""Recycling at home: new supply of the importer's own, which no restriction abroad takes away."""

from __future__ import annotations

from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.record import Project


def effect(project: Project, facts: MarketFacts) -> MarketEffect:
    """Tonnes from home, all for home use, at today's price."""
    tonnes = min(project.tonnes or 0.0, facts.used_t)
    return MarketEffect(project.project_id, facts.importer, tonnes, tonnes, project.contract_price)


KIND = ProjectKind(
    "recycling", "Tonnes from scrap and waste at the importer's home, in every year.", 40,
    ("market", "capacity_t", "capex_musd"), effect, needs_market=True,
    example={
        "project_id": "my_recycling", "name": "Recycling at home", "market": "graphite", "capacity_t_central": "500",
        "capex_musd_central": "5", "prob_if_supported_central": "0.8",
    },
)  # fmt: skip
