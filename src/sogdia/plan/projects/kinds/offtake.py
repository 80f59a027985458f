"""Offtake or equity: a contract of the importer on what a country makes today."""

from __future__ import annotations

from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.record import Project


def effect(project: Project, facts: MarketFacts) -> MarketEffect:
    """The importer's share of today's output, at the contract's price."""
    offtake = min(project.offtake_share * (project.tonnes or 0.0), facts.used_t)
    return MarketEffect(project.project_id, project.country or "", 0.0, offtake, project.contract_price)


KIND = ProjectKind(
    "offtake", "A contract on what is made today; it adds no supply, so that most of it is a transfer.", 20,
    ("market", "country", "capacity_t", "capex_musd"), effect, needs_market=True,
    example={
        "project_id": "my_contract", "name": "A contract on what is made", "market": "graphite", "country": "KAZ",
        "capacity_t_central": "1000", "capex_musd_central": "10", "offtake_share": "0.2", "contract_price": "1",
    },
)  # fmt: skip
