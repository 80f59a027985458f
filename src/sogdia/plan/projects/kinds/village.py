"""Village products: jobs, and no market of a mineral. Only a floor on the partner's benefit can choose it."""

from __future__ import annotations

from sogdia.plan.projects.kind import ProjectKind

KIND = ProjectKind(
    "village", "Village products (one village, one product): jobs alone, which a floor on them may ask for.", 90,
    ("country", "capex_musd", "jobs"),
    example={
        "project_id": "my_village", "name": "Felt and honey", "country": "KGZ", "capex_musd_central": "1",
        "jobs": "100",
    },
)  # fmt: skip
