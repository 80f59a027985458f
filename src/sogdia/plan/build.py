"""From projects to a case of choice: markets, years, loss tables, costs and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import NoAnswerError
from sogdia.plan.assumptions import Assumptions, embedded_assumptions
from sogdia.plan.choice import Limit, PlanCase, budget, exclusion, prerequisite
from sogdia.plan.costs import Account, Cost, cost_of
from sogdia.plan.effects import event_projects, market_effects, touching_projects, upgrade_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Floats
from sogdia.plan.markets.named import NamedMarket, named_markets, price_usd_per_t, used_t
from sogdia.plan.markets.table import BuiltTable, TouchingProject, market_table
from sogdia.plan.markets.years import PlanYears, plan_years
from sogdia.plan.projects.record import Project

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class PlanTables:
    """What can be chosen and what it does. projects: that can be chosen; costs: of each; left_out: id -> why not;
    effects: by market; tables: of each market, in the order of `years.cases`; held: stocks of the importer today.
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
    account: Account = "support", assumed: Assumptions | None = None, progress: Progress = lambda _: None,
) -> PlanTables:  # fmt: skip
    """Everything that a choice needs. NoAnswerError where no project can be chosen."""
    assumed = assumed or embedded_assumptions()
    progress("markets")
    markets, without = named_markets(store, importer, [p.market for p in projects if p.market], year)
    by_name = {named.market.mineral: named for named in markets}
    chosen, costs, left_out = _eligible(projects, by_name, without, importer, account, assumed)
    if not chosen:
        raise NoAnswerError("no project can be chosen. " + "; ".join(f"{k}: {v}" for k, v in left_out.items()))
    effects = market_effects(chosen, by_name, importer)
    drawn = plan_years(
        store, importer, markets, effects, year, years, seed, progress,
        events=event_projects(chosen, store), upgrades=upgrade_effects(chosen),
    )  # fmt: skip
    effects = {name: (*effects[name], *ways) for name, ways in zip(by_name, drawn.ways, strict=True)}
    held = _held(store, importer, markets)
    tables = []
    for named, case, variants in zip(markets, drawn.cases, drawn.variants, strict=True):
        name = named.market.mineral
        progress(f"losses of {name}")
        touching = touching_projects(chosen, effects[name], variants)
        tables.append(
            market_table(
                case,
                variants.of_year,
                touching,
                seed,
                held.get(name, ()),
                _apart(chosen, touching),
                drawn.sample.weight,
            )
        )
    return PlanTables(
        importer, account, tuple(chosen), tuple(costs), left_out, markets, effects, drawn, tuple(tables), assumed, held
    )


def _eligible(
    projects: Sequence[Project], markets: Mapping[str, NamedMarket], without: Mapping[str, str], importer: Region,
    account: Account, assumed: Assumptions,
) -> tuple[list[Project], list[Cost], dict[str, str]]:  # fmt: skip
    """The projects with enough figures and a market, their costs, and why the others are left out."""
    chosen, costs, left_out = [], [], dict[str, str]()
    for project in projects:
        if project.missing:
            left_out[project.project_id] = f"not enough is known: {', '.join(project.missing)}"
        elif project.market is not None and project.market not in markets:
            why = without.get(project.market, "no such market")
            left_out[project.project_id] = f"its market cannot be told: {why}"
        else:
            named = markets.get(project.market or "")
            price = 0.0 if named is None else price_usd_per_t(named, importer)
            used = 0.0 if named is None else used_t(named, importer)
            cost = cost_of(project, account, assumed, price, used)
            if cost is None:
                left_out[project.project_id] = (
                    f"not enough is known for the account {account}: opex_usd_per_t or price_usd_per_t"
                )
            else:
                chosen.append(project)
                costs.append(cost)
    kept = {project.project_id for project in chosen}
    for project, cost in list(zip(chosen, costs, strict=True)):
        lacking = [other for other in project.needs if other not in kept]
        if lacking:
            left_out[project.project_id] = f"it needs {', '.join(lacking)}, which cannot be chosen"
            chosen.remove(project)
            costs.remove(cost)
    return chosen, costs, left_out


def _apart(projects: Sequence[Project], touching: Sequence[TouchingProject]) -> list[tuple[int, int]]:
    """Pairs among the projects of a market that exclude each other."""
    own = [projects[one.number] for one in touching]
    return [
        (i, j)
        for i, one in enumerate(own)
        for j, other in enumerate(own)
        if i < j and (other.project_id in one.excludes or one.project_id in other.excludes)
    ]


def _held(store: Store, importer: Region, markets: Sequence[NamedMarket]) -> dict[str, tuple[MarketEffect, ...]]:
    """Stocks that the importer holds today, at their central days."""
    rows = store.rows("stocks").select("mineral", "country", "stock_days").drop_nulls()
    days = {mineral: float(d) for mineral, country, d in rows.iter_rows() if country == importer.key}
    held = dict[str, tuple[MarketEffect, ...]]()
    for named in markets:
        own = days.get(named.parent or named.market.mineral)
        if own:
            tonnes = own / 365.25 * used_t(named, importer)
            held[named.market.mineral] = (MarketEffect("held", importer.members[0], stock_t=tonnes),)
    return held
