"""How the plan changes with the budget and the price of risk, from the same tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, tidy
from sogdia.data.provenance import citations
from sogdia.plan.answer import Plan
from sogdia.plan.content import spent

LONG = {
    "variable": pl.String, "unit": pl.String, "stat": pl.String, "value": pl.Float64, "source_id": pl.String,
    "budget_musd": pl.Float64, "risk": pl.Float64, "chosen": pl.String,
}  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Frontier(Answer):
    """plans: in the order of budgets, then prices of risk."""

    plans: tuple[Plan, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose plans."""
        first = self.plans[0]
        return f"{first.tables.importer.name}: {len(self.plans)} plans by budget and price of risk"

    def rows(self) -> list[dict[str, Any]]:
        """One row for each plan, MUSD a year but for the budget and what is spent."""
        return [
            {
                "budget_musd": plan.budget, "risk": plan.case.risk, "spent_musd": spent(plan),
                "yearly_cost_musd": plan.choice.figures.cost, "expected_loss_musd": plan.choice.figures.expected,
                "cvar_musd": plan.choice.figures.cvar, "value": plan.choice.figures.value, "bound": plan.choice.bound,
                "gap": plan.choice.gap, "chosen": list(plan.chosen),
            }
            for plan in self.plans
        ]  # fmt: skip

    def table(self) -> pl.DataFrame:
        """Tidy long table with the columns budget_musd, risk and chosen."""
        everything = SEPARATOR.join(self.sources())
        rows = [
            (
                name,
                "MUSD",
                "value",
                row[name],
                everything,
                row["budget_musd"],
                row["risk"],
                SEPARATOR.join(row["chosen"]),
            )
            for row in self.rows()
            for name in ("spent_musd", "yearly_cost_musd", "expected_loss_musd", "cvar_musd")
        ]
        first = self.plans[0]
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=first.tables.importer.key, year=str(first.year))

    def sources(self) -> tuple[str, ...]:
        """Those of the plans."""
        return self.plans[0].sources()

    def to_dict(self) -> dict[str, Any]:
        """The rows, notes and citations."""
        first = self.plans[0]
        return {
            "importer": first.tables.importer.key, "years": len(first.case.weight), "seed": first.seed,
            "account": first.tables.account, "frontier": self.rows(), "notes": list(self.notes),
            "sources": citations(self.sources()),
        }  # fmt: skip


def frontier_of(plans: Sequence[Plan]) -> Frontier:
    """The frontier of plans that share their tables, with the notes that hold for all of them."""
    shared = tuple(note for note in plans[0].notes if all(note in plan.notes for plan in plans))
    return Frontier(tuple(plans), shared)
