"""A plan: the best choice of projects, what it saves, what each project is worth, and who else gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, tidy
from sogdia.plan.content import content_of
from sogdia.plan.reasons import told_of
from sogdia.plan.sides import PlanSides

LONG = {
    "country": pl.String, "mineral": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String, "project": pl.String,
}  # fmt: skip
OF_A_PARTNER = {"output": "MUSD", "value_added_low": "MUSD", "value_added_high": "MUSD", "jobs": "jobs"}


@dataclass(frozen=True, eq=False, repr=False)
class Plan(PlanSides, Answer):
    """The figures of both sides as an answer."""

    @property
    def title(self) -> str:
        """Whose plan, out of how many projects, within which budget."""
        within = "no budget" if self.budget is None else f"at most {self.budget:,.0f} million USD"
        return (
            f"{self.tables.importer.name}: plan out of {len(self.case.names)} projects, {within}, "
            f"{len(self.case.weight):,} years, account {self.tables.account}"
        )

    def why(self, project: str) -> dict[str, Any]:
        """One project: whether it is chosen, and the figures behind that. UnknownNameError for one not in the table."""
        return told_of(self, project)

    def table(self) -> pl.DataFrame:
        """Tidy long table: figures of the plan (project null), of partners and others, and of each project."""
        everything = SEPARATOR.join(self.sources())
        rows = [*self._losses(everything), *self._sides(everything), *self._projects()]
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.tables.importer.key, year=str(self.year))

    def _losses(self, sources: str) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for stat, of in (("before", self.before), ("after", self.choice.figures)):
            rows.append((None, None, "expected_loss", "MUSD", stat, of.expected, sources, None))
            rows.append((None, None, "tail_loss", "MUSD", stat, of.cvar, sources, None))
        for market, parts in self.parts.items():
            rows += [
                (None, market, f"avoided_loss_{name}", "MUSD", "value", value, sources, None)
                for name, value in parts.items()
            ]
        return rows

    def _sides(self, sources: str) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for partner in self.partners:
            rows += [
                (partner.country, None, f"partner_{name}", unit, "value", partner.figures[name], sources, None)
                for name, unit in OF_A_PARTNER.items()
            ]
        for country, gain in self.others.buyers.items():
            rows.append((country, None, "buyers_gain", "MUSD", "ordinary years", gain.ordinary, sources, None))
            rows.append((country, None, "buyers_gain", "MUSD", "bad years", gain.bad, sources, None))
        for country, change in self.others.sellers.items():
            rows.append((country, None, "sellers_gain", "MUSD", "ordinary years", change, sources, None))
        return rows

    def _projects(self) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for record, cost in zip(self.tables.projects, self.tables.costs, strict=True):
            zone, ids = self.zones[record.project_id], SEPARATOR.join(record.source_ids)
            for name, value in (
                ("chosen", float(record.project_id in self.chosen)), ("cost", cost.spent), ("yearly_cost", zone.low),
                ("yearly_worth", zone.high),
            ):  # fmt: skip
                unit = "0/1" if name == "chosen" else "MUSD"
                rows.append((record.country, record.market, name, unit, "value", value, ids, record.project_id))
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Chosen and not chosen projects, bound, value, gaps, losses, both ledgers, others' gains, agreement."""
        return content_of(self)
