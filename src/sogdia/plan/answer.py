"""A plan: the best choice of projects, what it saves, what each project is worth, and who else gains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.data.provenance import citations
from sogdia.errors import unknown
from sogdia.plan.agreement import Zone, zones
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import Choice, Figures, PlanCase, SampleGap, figures_of, perfect_information, shapley
from sogdia.plan.choice.worth import MOST_SHARED
from sogdia.plan.draws import DrawnPlan
from sogdia.plan.ledger import importer_parts, others_gains, partner_gains
from sogdia.plan.periods import Horizon, timeline

OTHERS_NAMED = 5
LONG = {
    "country": pl.String, "mineral": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String, "project": pl.String,
}  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Plan(Answer):
    """tables, case, choice: what was chosen from and what; sampling: how far the plan may be from the best because
    years are drawn; budget: MUSD, None for none; seconds: that it
    took; horizon: the periods in which it is staged, None for one ordinary year; drawn: the
    plan under draws of the elasticities.
    """

    tables: PlanTables
    case: PlanCase
    choice: Choice
    sampling: SampleGap
    budget: float | None
    year: int
    seed: int
    seconds: Mapping[str, float]
    notes: tuple[str, ...]
    horizon: Horizon | None = None
    drawn: DrawnPlan | None = None

    @property
    def title(self) -> str:
        """Whose plan, out of how many projects, within which budget."""
        within = "no budget" if self.budget is None else f"at most {self.budget:,.0f} million USD"
        return (
            f"{self.tables.importer.name}: plan out of {len(self.case.names)} projects, {within}, "
            f"{len(self.case.weight):,} years, account {self.tables.account}"
        )

    @cached_property
    def before(self) -> Figures:
        """Expected and tail loss without any support."""
        return figures_of(self.case, np.zeros_like(self.choice.chosen))

    @cached_property
    def zones(self) -> Mapping[str, Zone]:
        """What each project costs and is worth, by id."""
        return {zone.project: zone for zone in zones(self.case, self.choice.chosen)}

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, float]]:
        """Avoided loss by market and part."""
        return importer_parts(self.tables, self.case, self.choice.chosen)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen projects."""
        return tuple(name for name, taken in zip(self.case.names, self.choice.chosen.tolist(), strict=True) if taken)

    def why(self, project: str) -> dict[str, Any]:
        """One project: whether it is chosen, and the figures behind that. UnknownNameError for one not in the table."""
        if project in self.tables.left_out:
            return {"project": project, "chosen": False, "why": self.tables.left_out[project]}
        if project not in self.case.names:
            raise unknown("project", project, [*self.case.names, *self.tables.left_out])
        number = self.case.names.index(project)
        record, zone = self.tables.projects[number], self.zones[project]
        return {
            "project": project, "name": record.name, "country": record.country,
            "chosen": project in self.chosen, "why": self._reason(project), "market": record.market,
            "cost_musd": self.tables.costs[number].spent, "yearly_cost_musd": zone.low, "yearly_worth_musd": zone.high,
            "prob_if_supported": record.prob_if_supported.central, "prob_anyway": record.prob_anyway.central,
            "offtake_share": record.offtake_share, "status": record.status, "evidence": record.evidence,
            "note": record.note, "sources": citations(record.source_ids),
        }  # fmt: skip

    def _reason(self, project: str) -> str:
        zone, taken = self.zones[project], project in self.chosen
        figures = f"it saves {zone.high:.3g} and costs {zone.low:.3g} million USD a year beside the plan"
        if taken:
            return figures
        record = self.tables.projects[self.case.names.index(project)]
        gain = record.prob_if_supported.central - record.prob_anyway.central
        if zone.high > zone.low:
            return f"{figures}: worth having, but other projects are worth more within the budget and limits"
        transfer = record.effect == "supply" and record.prob_anyway.central >= 0.7
        mostly = ": it mostly comes about anyway, and a contract with it is mostly a transfer" if transfer else ""
        small = f" (support adds {gain:.0%} to its chance)" if record.effect == "supply" else ""
        return f"{figures}{small}{mostly}"

    def table(self) -> pl.DataFrame:
        """Tidy long table: figures of the plan (project null), and cost and worth of each project."""
        figures, before = self.choice.figures, self.before
        rows: list[tuple[object, ...]] = []
        everything = SEPARATOR.join(self.sources())
        for stat, of in (("before", before), ("after", figures)):
            rows.append((None, None, "expected_loss", "MUSD", stat, of.expected, everything, None))
            rows.append((None, None, "tail_loss", "MUSD", stat, of.cvar, everything, None))
        for record, cost in zip(self.tables.projects, self.tables.costs, strict=True):
            zone, ids = self.zones[record.project_id], SEPARATOR.join(record.source_ids)
            for name, value in (
                ("chosen", float(record.project_id in self.chosen)), ("cost", cost.spent), ("yearly_cost", zone.low),
                ("yearly_worth", zone.high),
            ):  # fmt: skip
                unit = "0/1" if name == "chosen" else "MUSD"
                rows.append((record.country, record.market, name, unit, "value", value, ids, record.project_id))
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.tables.importer.key, year=str(self.year))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the projects, the markets and the years rest on."""
        return each_once(*(project.source_ids for project in self.tables.projects), self.tables.years.source_ids)

    def to_dict(self) -> dict[str, Any]:
        """Chosen and not chosen projects, bound, value, gaps, losses, both ledgers, others' gains, agreement."""
        figures, choice = self.choice.figures, self.choice
        others = others_gains(self.tables, choice.chosen)
        return {
            "importer": {"key": self.tables.importer.key, **self._importer()},
            "base_year": self.year, "years": len(self.case.weight), "seed": self.seed,
            "budget_musd": self.budget, "risk": self.case.risk, "tail": self.case.tail,
            "account": self.tables.account,
            "chosen": self._chosen(),
            "not_chosen": [
                *({"project": n, "why": self._reason(n)} for n in self.case.names if n not in self.chosen),
                *({"project": n, "why": why} for n, why in self.tables.left_out.items()),
            ],
            "bound": choice.bound, "value": figures.value, "gap": choice.gap,
            "sample_gap": {
                "gap_musd": self.sampling.gap, "se_musd": self.sampling.error, "most_musd": self.sampling.most,
                "batches": self.sampling.batches, "same_plan": self.sampling.same,
                "others_worse_musd": self.sampling.worse, "others_worst_musd": self.sampling.worst,
            },
            "expected_loss_musd": {"before": self.before.expected, "after": figures.expected},
            "cvar_musd": {"before": self.before.cvar, "after": figures.cvar},
            "yearly_cost_musd": figures.cost,
            "partners": self._partners(),
            "others": {
                "total_musd": float(sum(others.values())),
                "by_country": dict(list(others.items())[:OTHERS_NAMED]),
            },
            "agreement": [
                {"project": z.project, "low": z.low, "high": z.high, "nash": z.nash} for z in self.zones.values()
            ],
            "timeline": timeline(self.tables, self.choice.chosen, self.horizon),
            "perfect_information_musd": perfect_information(self.case, choice.chosen),
            "draws": None if self.drawn is None else self.drawn.to_dict(),
            "periods": None if self.horizon is None else self.horizon.rows(),
            "seconds": dict(self.seconds), "notes": list(self.notes), "sources": citations(self.sources()),
        }  # fmt: skip

    def _chosen(self) -> list[dict[str, Any]]:
        """The chosen projects with what they cost and their Shapley part."""
        few = int(self.choice.chosen.sum()) <= MOST_SHARED
        part = shapley(self.case, self.choice.chosen) if few else None
        return [
            {
                "project": record.project_id, "name": record.name, "country": record.country or None,
                "market": record.market, "share": record.offtake_share or None, "cost_musd": cost.spent,
                "yearly_cost_musd": cost.yearly, "yearly_worth_musd": self.zones[record.project_id].high,
                "shapley_musd": None if part is None else float(part[number]),
                "period": None if self.horizon is None else self.horizon.period_of(number),
            }
            for number, (record, cost) in enumerate(zip(self.tables.projects, self.tables.costs, strict=True))
            if self.choice.chosen[number]
        ]  # fmt: skip

    def _importer(self) -> dict[str, Any]:
        """The importer's ledger: avoided loss by part and market, and what it spends."""
        avoided = {name: float(sum(parts[name] for parts in self.parts.values())) for name in PART_NAMES}
        return {
            "avoided_loss_musd": {**avoided, "total": float(sum(avoided.values()))},
            "by_market": {market: dict(parts) for market, parts in self.parts.items()},
            "yearly_cost_musd": self.choice.figures.cost,
        }

    def _partners(self) -> list[dict[str, Any]]:
        return [
            {
                "country": gain.country, "output_musd": gain.output, "exports_musd": gain.output,
                "inputs_musd": gain.inputs, "value_added_low_musd": gain.value_added_low,
                "value_added_high_musd": gain.value_added_high, "jobs": gain.jobs, "capital_musd": gain.capital,
                "fiscal_revenue_musd": None, "water_m3": None, "energy_kwh": None, "co2_t": None,
            }
            for gain in partner_gains(self.tables, self.choice.chosen)
        ]  # fmt: skip


PART_NAMES = ("price", "insurance", "transfer")
