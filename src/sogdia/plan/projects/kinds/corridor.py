"""A corridor or its customs: cheaper and faster ways, in every year and while others are closed."""

from __future__ import annotations

from functools import cache

from sogdia.network import embedded_upgrades
from sogdia.plan.projects.kind import ProjectKind


@cache
def upgrades() -> tuple[str, ...]:
    """Ids of the upgrades of the corridors, in the order of their table."""
    return tuple(upgrade.id for upgrade in embedded_upgrades())


KIND = ProjectKind(
    "corridor", "Upgrades of the corridors (acts_on: their ids): a line, a terminal, customs, a port.", 50,
    ("acts_on", "capex_musd"), upgrades=True, names=upgrades,
    example={
        "project_id": "my_customs", "name": "Customs without paper", "acts_on": "customs", "capex_musd_central": "100",
        "build_years": "3", "prob_if_supported_central": "0.7", "prob_anyway_central": "0.3",
    },
)  # fmt: skip
