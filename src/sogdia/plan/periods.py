"""A plan in periods of 2026-2040: when each project starts, operates and ends, and what each period costs and saves.

A project starts with a period and operates from the first period that begins when it is built, to the end of its life
or of the horizon; stocks are there at once. It is charged its yearly cost for as long as it operates, so that what
lasts beyond 2040 is neither lost nor given away. Figures are means over the horizon, later years discounted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sogdia import arguments
from sogdia.errors import wrong_argument
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import (
    Choice,
    PlanCase,
    SampleGap,
    StagedCase,
    Timing,
    choose,
    figures_of,
    sample_gap,
    spread,
    staged,
)  # fmt: skip
from sogdia.plan.choice.case import Booleans, Integers
from sogdia.plan.choice.limits import BUDGET
from sogdia.plan.projects.record import Project

FIRST_YEAR, LAST_YEAR = 2026, 2040
HORIZON = LAST_YEAR - FIRST_YEAR + 1
BATCHES = 5


@dataclass(frozen=True, slots=True)
class Staging:
    """periods: how many; budget: of each [MUSD], None for no limit."""

    periods: int
    budget: float | None = None

    @property
    def years(self) -> int:
        """Of a period."""
        return HORIZON // self.periods

    @property
    def names(self) -> tuple[str, ...]:
        """First and last year of each period."""
        firsts = range(FIRST_YEAR, LAST_YEAR + 1, self.years)
        return tuple(str(f) if self.years == 1 else f"{f}-{f + self.years - 1}" for f in firsts)


@dataclass(frozen=True, eq=False)
class Horizon:
    """tables; staging; timing; whole: the staged choice; choice: the best of it; starts: period in which each project
    starts, (projects,), -1 for never.
    """

    tables: PlanTables
    staging: Staging
    timing: Timing
    whole: StagedCase
    choice: Choice
    starts: Integers

    def in_all(self, case: PlanCase) -> Choice:
        """Which projects are ever started, with the figures of the horizon."""
        return replace(self.choice, chosen=self.starts >= 0)

    def sample_gap(self) -> SampleGap:
        """How far the staged plan may be from the best because years are drawn."""
        return sample_gap(self.whole.case, self.choice.chosen, BATCHES)

    def period_of(self, project: int) -> str | None:
        """The period in which a project starts."""
        start = int(self.starts[project])
        return None if start < 0 else self.timing.names[start]

    @cached_property
    def operating(self) -> Booleans:
        """What operates in each period, (projects, periods)."""
        return self.whole.operating(self.choice.chosen)

    def rows(self) -> list[dict[str, Any]]:
        """Of each period [MUSD a year]: losses before and after, yearly cost, what is spent in it, what operates."""
        found = []
        nothing = np.zeros(len(self.whole.case.names), dtype=bool)
        for t, name in enumerate(self.timing.names):
            alone = self._period(t)
            before, after = figures_of(alone, nothing), figures_of(alone, self.choice.chosen)
            spent = sum(
                float(self.timing.spent[p]) / max(int(self.timing.build[p]), 1)
                for p, start in enumerate(self.starts.tolist())
                if start >= 0 and start <= t < start + max(int(self.timing.build[p]), 1)
            )
            projects = [
                p.project_id for p, runs in zip(self.tables.projects, self.operating[:, t], strict=True) if runs
            ]
            found.append({
                "period": name, "weight": self.timing.weights[t], "spent_musd": spent,
                "yearly_cost_musd": after.cost / self.timing.weights[t],
                "expected_loss_musd": {"before": before.expected, "after": after.expected},
                "cvar_musd": {"before": before.cvar, "after": after.cvar}, "operating": projects,
            })  # fmt: skip
        return found

    def _period(self, t: int) -> PlanCase:
        """One period of the case alone, with the cost of what operates in it."""
        case = self.whole.case
        tables = tuple(replace(table, group=0) for table in case.tables if table.group == t)
        cost = np.zeros(len(case.names))
        cost[self.whole.operates[:, t]] = case.cost[self.whole.operates[:, t]]
        return replace(case, cost=cost, tables=tables, limits=(), groups=(1.0,))

    def notes(self) -> list[str]:
        """How periods are to be read."""
        long = [p.project_id for p, row in zip(self.tables.projects, self.whole.start, strict=True) if (row < 0).all()]
        notes = [
            f"In periods: losses and costs are means over {FIRST_YEAR}-{LAST_YEAR}, later years discounted; a project "
            "operates from the first period that begins when it is built. What comes about without support is there "
            "from the first period. What both sides gain is told for a year in which all that is chosen operates.",
        ]
        if long:
            notes.append(f"Not built within the horizon: {', '.join(long)}.")
        return notes


def must_be_staging(periods: int | None, budget: float | None) -> Staging | None:
    """The staging; InputError for a number of periods into which the horizon cannot be cut, or a budget without any."""
    if periods is None:
        if budget is not None:
            rule = "a budget of each period needs periods"
            raise wrong_argument("period_budget", rule, "Give the number of periods too, e.g. 5.", budget)
        return None
    count = arguments.whole_number("periods", periods, 5)
    if count < 1 or HORIZON % count:
        rule = f"{FIRST_YEAR}-{LAST_YEAR} is cut into 1, 3, 5 or 15 periods"
        raise wrong_argument("periods", rule, "Give e.g. 5, of three years each.", periods)
    if budget is not None and not 0 <= arguments.number("period_budget", budget, 200.0) < math.inf:
        rule = "a budget is a number of million USD, not negative"
        raise wrong_argument("period_budget", rule, "Give e.g. 200, or leave it out for none.", budget)
    return Staging(count, budget)


def horizon_of(tables: PlanTables, case: PlanCase, staging: Staging, most: float | None) -> Horizon:
    """The best start of every project. case: of one ordinary year, with all its limits."""
    timing = timing_of(tables, staging, most)
    limits = tuple(limit for limit in case.limits if limit.name != BUDGET)
    whole = staged(replace(case, limits=limits), timing)
    choice = choose(whole.case)
    return Horizon(tables, staging, timing, whole, choice, whole.starts(choice.chosen))


def timing_of(tables: PlanTables, staging: Staging, most: float | None) -> Timing:
    """Building and life in periods, what is spent, and the weight of each period."""
    projects = tables.projects
    build = [0 if staging.periods == 1 else math.ceil(built_in(p) / staging.years) for p in projects]
    life = [max(math.ceil(life_of(tables, p) / staging.years), 1) for p in projects]
    firsts = [float(t * staging.years) for t in range(staging.periods)]
    weights = spread(firsts, tables.assumed.discount_rate.central, staging.years)
    spent = np.array([cost.spent for cost in tables.costs])
    return Timing(
        np.array(build, dtype=np.int64), np.array(life, dtype=np.int64), spent, staging.names, weights, most,
        staging.budget,
    )  # fmt: skip


def built_in(project: Project) -> float:
    """Years from the start to operation; nothing is known to be there at once but a stock or a contract."""
    return project.build_years or 0.0


def life_of(tables: PlanTables, project: Project) -> float:
    """Years of operation; a stock is kept to the end."""
    if project.effect == "stock":
        return float(HORIZON)
    return tables.assumed.life_years.central if project.life_years is None else project.life_years


def timeline(tables: PlanTables, chosen: Booleans, horizon: Horizon | None) -> list[Mapping[str, Any]]:
    """Calendar years in which each chosen project starts and operates; without periods all start with the first."""
    rows = []
    for number in np.flatnonzero(chosen).tolist():
        project = tables.projects[number]
        if horizon is None:
            start, first = FIRST_YEAR, FIRST_YEAR + math.ceil(built_in(project))
        else:
            years, begun = horizon.staging.years, int(horizon.starts[number])
            start = FIRST_YEAR + begun * years
            first = start + int(horizon.timing.build[number]) * years
        last = min(first + math.ceil(life_of(tables, project)) - 1, LAST_YEAR)
        rows.append({
            "project": project.project_id, "name": project.name, "country": project.country or None, "start": start,
            "operating_from": first if first <= LAST_YEAR else None,
            "operating_to": last if first <= LAST_YEAR else None, "cost_musd": tables.costs[number].spent,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["start"], row["project"]))
