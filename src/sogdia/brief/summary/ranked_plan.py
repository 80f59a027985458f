"""A plan as the summary reads it: its sources, its projects by worth, and whether it pays on average."""

from __future__ import annotations

from sogdia.brief.summary.project_words import Row

PLAN = "plan"


def plan_ids(plan: Row) -> tuple[str, ...]:
    """The sources of the plan."""
    return tuple(plan["sources"])


def chosen(plan: Row) -> list[Row]:
    """The chosen projects, that of most worth beyond its cost first."""
    return sorted(plan["chosen"], key=lambda row: (row["yearly_cost_musd"] - row["yearly_worth_musd"], row["project"]))


def saves_more(plan: Row) -> bool:
    """Whether the plan saves more on average than it costs."""
    return bool(plan["importer"]["avoided_loss_musd"]["total"] >= plan["importer"]["yearly_cost_musd"])
