"""New supply: a mine, the working of tailings, a concentrator or a plant for deep processing in a partner country."""

from __future__ import annotations

from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.record import Project


def effect(project: Project, facts: MarketFacts) -> MarketEffect:
    """Its output, of which the importer takes its share by contract, and others what they have agreed before."""
    tonnes = project.tonnes or 0.0
    offtake = min(project.offtake_share * tonnes, facts.used_t)
    committed = project.committed_share * tonnes if project.committed_buyer else 0.0
    return MarketEffect(
        project.project_id, project.country or "", tonnes, offtake, project.contract_price,
        committed_t=committed, committed_to=project.committed_buyer,
    )  # fmt: skip


KIND = ProjectKind(
    "supply", "New supply in a country; the importer takes offtake_share of it by contract.", 10,
    ("market", "country", "capacity_t", "capex_musd"), effect, in_partner=True, needs_market=True,
    example={
        "project_id": "my_mine", "name": "A mine of ours", "market": "graphite", "country": "KAZ",
        "capacity_t_low": "30000", "capacity_t_central": "40000", "capacity_t_high": "45000",
        "capex_musd_low": "50", "capex_musd_central": "62", "capex_musd_high": "90", "offtake_share": "0.5",
        "contract_price": "1", "prob_if_supported_central": "0.6", "prob_anyway_central": "0.2", "build_years": "2",
        "life_years": "20", "financiers": "JOGMEC:0.5;EBRD:0.35",
    },
)  # fmt: skip
