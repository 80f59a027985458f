"""From solved markets to a case of choice: costs by account, budgets, prerequisites and exclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import NoAnswerError
from sogdia.plan.assumptions import Assumptions, embedded_assumptions
from sogdia.plan.choice import Limit, PlanCase, budget, exclusion, prerequisite
from sogdia.plan.costs import Account, Cost, cost_of
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Floats
from sogdia.plan.markets.named import NamedMarket, price_usd_per_t, used_t
from sogdia.plan.markets.table import BuiltTable, only_with
from sogdia.plan.markets.years import PlanYears
from sogdia.plan.projects.record import Project
from sogdia.plan.solved import SolvedMarkets, solved_markets, with_needs
from sogdia.progress import Progress

LACKING = "opex_usd_per_t or price_usd_per_t"


@dataclass(frozen=True, slots=True, eq=False)
class PlanTables:
    """What can be chosen and what it does. projects: that can be chosen; costs: of each; left_out: id -> why not;
    effects: by market; tables: of each market, in the order of `years.cases`; held: stocks of the importer today;
    key: under which the solved markets are kept, None where they are not.
    """

    importer: Region
    account: Account
    projects: tuple[Project, ...]
    costs: tuple[Cost, ...]
    left_out: Mapping[str, str]
    markets: tuple[NamedMarket, ...]
    effects: Mapping[str, tuple[MarketEffect, ...]]
    years: PlanYears
    tables: tuple[BuiltTable, ...]
    assumed: Assumptions
    held: Mapping[str, tuple[MarketEffect, ...]]
    key: str | None = None

    def case(self, most_spent: float | None, risk: float, tail: float, further: Sequence[Limit] = ()) -> PlanCase:
        """The choice within a budget [MUSD], None for none, with prerequisites and exclusions."""
        spent = np.array([cost.spent for cost in self.costs])
        limits = [*([] if most_spent is None else [budget(spent, most_spent)]), *self._links(), *further]
        names = tuple(project.project_id for project in self.projects)
        yearly = np.array([cost.yearly for cost in self.costs])
        tables = tuple(replace(b.table, loss=np.nan_to_num(b.table.loss)) for b in self.tables)
        return PlanCase(names, yearly, tables, self.weight, tuple(limits), risk, tail)

    @property
    def weight(self) -> Floats:
        """Weight of each year, 0 where a market of it has no answer."""
        weight = self.years.sample.weight.copy()
        for built in self.tables:
            unknown = np.asarray(np.isnan(built.table.loss).any(axis=1))
            weight[unknown[built.table.of_year]] = 0.0
        return weight

    def _links(self) -> list[Limit]:
        number = {project.project_id: k for k, project in enumerate(self.projects)}
        count, links = len(self.projects), list[Limit]()
        for project in self.projects:
            own = number[project.project_id]
            links += [
                prerequisite(count, own, number[other], f"{project.project_id} needs {other}")
                for other in project.needs
                if other in number
            ]
            links += [
                exclusion(count, [own, number[other]], f"{project.project_id} or {other}")
                for other in project.excludes
                if other in number
                and (own < number[other] or project.project_id not in self.projects[number[other]].excludes)
            ]
        return links


def plan_tables(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, years: int, seed: int,
    account: Account = "support", assumed: Assumptions | None = None, executor: Executor | None = None,
    progress: Progress = lambda _: None,
) -> PlanTables:  # fmt: skip
    """Everything that a choice needs. NoAnswerError where no project can be chosen."""
    solved = solved_markets(
        store, importer, projects, year, years=years, seed=seed, executor=executor, progress=progress
    )  # fmt: skip
    return priced(solved, account, assumed)


def priced(solved: SolvedMarkets, account: Account, assumed: Assumptions | None = None) -> PlanTables:
    """Solved markets with what the projects cost by an account. Those without a cost in it cannot be chosen; they may
    still come about without support. NoAnswerError where no project can be chosen.
    """
    assumed = assumed or embedded_assumptions()
    by_name = {named.market.mineral: named for named in solved.markets}
    kept, costs, left_out = list[int](), list[Cost](), dict(solved.left_out)
    for number, project in enumerate(solved.projects):
        named = by_name.get(project.market or "")
        price = 0.0 if named is None else price_usd_per_t(named, solved.importer)
        used = 0.0 if named is None else used_t(named, solved.importer)
        cost = cost_of(project, account, assumed, price, used)
        if cost is None:
            left_out[project.project_id] = f"not enough is known for the account {account}: {LACKING}"
        else:
            kept.append(number)
            costs.append(cost)
    costs_of = dict(zip(kept, costs, strict=True))
    kept = with_needs(solved.projects, kept, left_out)
    if not kept:
        raise NoAnswerError("no project can be chosen. " + "; ".join(f"{k}: {v}" for k, v in left_out.items()))
    return PlanTables(
        solved.importer, account, tuple(solved.projects[k] for k in kept), tuple(costs_of[k] for k in kept), left_out,
        solved.markets, solved.effects, solved.years, tuple(only_with(table, kept) for table in solved.tables), assumed,
        solved.held,
    )  # fmt: skip
