"""The markets of a plan solved under every combination of projects, before anything costs anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import NoAnswerError
from sogdia.plan.effects import event_projects, market_effects, touching_projects, upgrade_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase
from sogdia.plan.markets.named import NamedMarket, named_markets, used_t
from sogdia.plan.markets.realised import TouchingProject
from sogdia.plan.markets.table import BuiltTable, built_tables, posed_table
from sogdia.plan.markets.years import PlanYears, plan_years
from sogdia.plan.projects.record import Project
from sogdia.progress import Progress


@dataclass(frozen=True, slots=True, eq=False)
class SolvedMarkets:
    """projects: whose effect is known; left_out: id -> why not; effects: by market; tables: of each market, in the
    order of `years.cases`; held: stocks of the importer today, by market; seed: of what becomes of the projects.
    Neither costs nor budgets are part of it.
    """

    importer: Region
    projects: tuple[Project, ...]
    left_out: Mapping[str, str]
    markets: tuple[NamedMarket, ...]
    effects: Mapping[str, tuple[MarketEffect, ...]]
    years: PlanYears
    tables: tuple[BuiltTable, ...]
    held: Mapping[str, tuple[MarketEffect, ...]]
    seed: int


def solved_markets(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, years: int, seed: int,
    executor: Executor | None = None, progress: Progress = lambda _: None,
) -> SolvedMarkets:  # fmt: skip
    """Draw the years and solve them. NoAnswerError where no project can be chosen."""
    progress("markets")
    markets, without = named_markets(store, importer, [p.market for p in projects if p.market], year)
    by_name = {named.market.mineral: named for named in markets}
    chosen, left_out = _eligible(projects, by_name, without)
    if not chosen:
        raise NoAnswerError("no project can be chosen. " + "; ".join(f"{k}: {v}" for k, v in left_out.items()))
    effects = market_effects(chosen, by_name, importer)
    drawn = plan_years(
        store, importer, markets, effects, year, years, seed, progress,
        events=event_projects(chosen, store), upgrades=upgrade_effects(chosen),
    )  # fmt: skip
    effects = {name: (*effects[name], *ways) for name, ways in zip(by_name, drawn.ways, strict=True)}
    held = _held(store, importer, markets)
    progress("losses")
    tables = market_tables(chosen, markets, effects, drawn, drawn.cases, held, seed, executor)
    return SolvedMarkets(importer, tuple(chosen), left_out, markets, effects, drawn, tables, held, seed)


def market_tables(
    chosen: Sequence[Project], markets: Sequence[NamedMarket], effects: Mapping[str, Sequence[MarketEffect]],
    years: PlanYears, cases: Sequence[MarketCase], held: Mapping[str, tuple[MarketEffect, ...]], seed: int,
    executor: Executor | None = None,
) -> tuple[BuiltTable, ...]:  # fmt: skip
    """The tables of all markets. cases: of the years, or the same with other elasticities."""
    posed = []
    for named, case, variants, single in zip(markets, cases, years.variants, years.single, strict=True):
        name = named.market.mineral
        touching = touching_projects(chosen, effects[name], variants)
        apart = _apart(chosen, touching)
        weight = years.sample.weight
        posed.append(posed_table(case, variants.of_year, touching, seed, held.get(name, ()), apart, single, weight))
    return built_tables(posed, executor)


def with_needs(projects: Sequence[Project], kept: Sequence[int], left_out: dict[str, str]) -> list[int]:
    """The projects of which all that they need is kept too; why the others are left out is added."""
    found = list(kept)
    while True:
        names = {projects[number].project_id for number in found}
        lacking = {n: [o for o in projects[n].needs if o not in names] for n in found}
        for number, others in lacking.items():
            if others:
                left_out[projects[number].project_id] = f"it needs {', '.join(others)}, which cannot be chosen"
        if not any(lacking.values()):
            return found
        found = [number for number in found if not lacking[number]]


def _eligible(
    projects: Sequence[Project], markets: Mapping[str, NamedMarket], without: Mapping[str, str]
) -> tuple[list[Project], dict[str, str]]:
    """The projects with enough figures and a market, and why the others are left out."""
    known, left_out = list[int](), dict[str, str]()
    for number, project in enumerate(projects):
        if project.missing:
            left_out[project.project_id] = f"not enough is known: {', '.join(project.missing)}"
        elif project.market is not None and project.market not in markets:
            why = without.get(project.market, "no such market")
            left_out[project.project_id] = f"its market cannot be told: {why}"
        else:
            known.append(number)
    return [projects[number] for number in with_needs(projects, known, left_out)], left_out


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
