"""Substitution: tonnes that the importer's users no longer need.

To those who still use the product it is as if so many tonnes came from home at today's price.
"""

from __future__ import annotations

from sogdia.plan.projects.kind import ProjectKind
from sogdia.plan.projects.kinds.recycling import effect

KIND = ProjectKind(
    "substitution", "Tonnes a year that the importer's users no longer need.", 45,
    ("market", "capacity_t", "capex_musd"), effect, needs_market=True,
    example={
        "project_id": "my_substitute", "name": "Less of it in our products", "market": "graphite",
        "capacity_t_central": "200", "capex_musd_central": "5", "prob_if_supported_central": "0.5",
    },
)  # fmt: skip
