"""`sogdia plan`: which projects to support, what they save, and who gains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sogdia.cli import options, setup, show
from sogdia.cli import plan_terms as terms
from sogdia.cli.plan_tables import print_full, print_plan, print_why
from sogdia.cli.plan_terms import amounts, ids, shares

if TYPE_CHECKING:
    from sogdia.plan.answer import Plan

TEMPLATE = "template"
OPTIONS = {
    **{n: f"--{n}" for n in ("budget", "risk", "years", "seed", "account", "dependence", "jobs", "water", "energy")},
    **{n: f"--{n}" for n in ("workers", "periods", "draws")}, "period_budget": "--period-budget",
    "yearly_budget": "--yearly-budget", "financiers": "--financier", "floors": "--floor", "projects": "PROJECTS",
}  # fmt: skip


def command(
    projects: terms.Projects = None,
    importer: terms.Importer = "JPN",
    budget: terms.Budget = None,
    risk: terms.Risk = 0.5,
    years: options.DrawnYears = 10_000,
    seed: options.Seed = 1,
    account: terms.CountedCost = "support",
    yearly_budget: terms.YearlyBudget = None,
    financier: terms.Financiers = None,
    dependence: terms.Dependence = None,
    floor: terms.Floors = None,
    jobs: terms.Jobs = None,
    water: terms.Water = None,
    energy: terms.Energy = None,
    must: terms.Must = None,
    without: terms.Without = None,
    periods: terms.Periods = None,
    period_budget: terms.PeriodBudget = None,
    draws: terms.DrawsOfElasticities = None,
    workers: terms.Workers = 2,
    no_cache: terms.NoCache = False,
    why: terms.Why = None,
    full: terms.Full = False,
    wide: options.Wide = False,
    year: options.Year = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    regions: options.RegionFile = None,
    store: options.StoreFolder = None,
) -> None:
    """Draw years, solve the markets under each combination of projects, and choose the best within the budget."""
    if projects == TEMPLATE:
        from sogdia.plan.projects.template import template

        print(template(), end="")
        return
    study = setup.study(importer, store=store, regions=regions)
    steps = show.Steps()
    with options.named(OPTIONS):
        answer = study.plan(
            None if projects is None else Path(projects), budget=budget, risk=risk, years=years, seed=seed,
            account=account, year=year, yearly_budget=yearly_budget, financiers=amounts("financiers", financier),
            dependence=shares("dependence", dependence), floors=amounts("floors", floor), jobs=amounts("jobs", jobs),
            water=amounts("water", water), energy=amounts("energy", energy), must=ids(must), without=ids(without),
            periods=periods, period_budget=period_budget, draws=draws, workers=workers, cached=not no_cache,
            progress=steps,
        )  # fmt: skip
        steps.close()
        told = None if why is None else answer.why(why)
    if told is not None:
        if as_json:
            show.print_json({name: value for name, value in told.items() if name != "lines"})
        else:
            print_why(told)
    elif not show.for_programs(answer, as_json, as_csv):
        _print(answer, full, wide)


def _print(answer: Plan, full: bool, wide: bool) -> None:
    print_plan(answer, wide=wide)
    if full:
        print_full(answer, wide=wide)
