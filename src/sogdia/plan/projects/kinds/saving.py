"""Energy- and water-saving technology at a works: it runs for less, and so makes more at the same price.

    more output = capacity_t (cost_factor_part^-eps - 1),   cost_factor_part = 1 - (1 - cost_factor) opex / price

with eps the long-run elasticity of supply of the market. Without running costs the works keeps what it saves.
"""

from __future__ import annotations

from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.record import Project


def effect(project: Project, facts: MarketFacts) -> MarketEffect:
    """What the works makes more, which it sells as it does today."""
    if project.cost_factor is None or project.opex_usd_per_t is None or project.tonnes is None:
        return MarketEffect(project.project_id, project.country or "")
    price = facts.price_usd_per_t if project.price_usd_per_t is None else project.price_usd_per_t.central
    part = 1.0 - (1.0 - project.cost_factor.central) * min(project.opex_usd_per_t.central / price, 1.0)
    more = project.tonnes * (part**-facts.supply_elasticity - 1.0)
    return MarketEffect(project.project_id, project.country or "", more)


def running(project: Project) -> tuple[float | None, float | None]:
    """It costs nothing to run, and earns what it saves."""
    if project.cost_factor is None or project.opex_usd_per_t is None or project.tonnes is None:
        return 0.0, 0.0
    return 0.0, (1.0 - project.cost_factor.central) * project.opex_usd_per_t.central * project.tonnes / 1e6


KIND = ProjectKind(
    "saving", "Technology that saves energy, water or running costs (cost_factor) at a works of capacity_t a year.", 80,
    ("country", "capex_musd"), effect, running=running, saves=True,
    example={
        "project_id": "my_saving", "name": "Less energy for the mill", "market": "graphite", "country": "KAZ",
        "capacity_t_central": "50000", "capex_musd_central": "5", "opex_usd_per_t_central": "240",
        "cost_factor_low": "0.85", "cost_factor_central": "0.9", "cost_factor_high": "0.95", "build_years": "1",
    },
)  # fmt: skip
