"""A logistics centre: less time and cost where cargo changes trains, trucks or ships."""

from __future__ import annotations

from sogdia.plan.projects.kind import ProjectKind
from sogdia.plan.projects.kinds.corridor import upgrades

KIND = ProjectKind(
    "logistics", "A logistics centre (acts_on: ids of upgrades of the corridors).", 55,
    ("acts_on", "capex_musd"), upgrades=True, names=upgrades,
    example={
        "project_id": "my_dry_port", "name": "A dry port", "acts_on": "logistics_tashkent", "capex_musd_central": "50",
        "build_years": "2",
    },
)  # fmt: skip
