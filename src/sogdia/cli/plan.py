"""`sogdia plan`: which projects to support, what they save, and who gains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.plan_tables import print_full, print_plan, print_why
from sogdia.cli.plan_terms import amounts, shares

if TYPE_CHECKING:
    from sogdia.plan.answer import Plan

TEMPLATE = "template"
OPTIONS = {
    **{n: f"--{n}" for n in ("budget", "risk", "years", "seed", "account", "dependence", "jobs", "water", "energy")},
    "yearly_budget": "--yearly-budget", "financiers": "--financier", "floors": "--floor", "projects": "PROJECTS",
}  # fmt: skip
Names = list[str] | None


def command(
    projects: Annotated[
        str | None, typer.Argument(help="Your own projects (CSV, a workbook, TOML); `template` prints the form.")
    ] = None,
    importer: Annotated[str, typer.Option("--importer", "-i", help="Who plans.")] = "JPN",
    budget: Annotated[float | None, typer.Option(help="What may be spent [million USD]. Default: no limit.")] = None,
    risk: Annotated[float, typer.Option(help="Price of risk: 0 expected loss alone, 1 the worst years alone.")] = 0.5,
    years: options.DrawnYears = 10_000,
    seed: options.Seed = 1,
    account: Annotated[
        str, typer.Option(help="What counts as cost: support, net (less revenue) or gross.")
    ] = "support",
    yearly_budget: Annotated[
        float | None, typer.Option("--yearly-budget", help="Most that is spent in any one year [million USD].")
    ] = None,
    financier: Annotated[
        Names, typer.Option(help="Most that one brings, JOGMEC=200 [million USD]; may be repeated.")
    ] = None,
    dependence: Annotated[
        Names, typer.Option(help="Most of the supply from one country: 0.5, or graphite=0.8; may be repeated.")
    ] = None,
    floor: Annotated[
        Names, typer.Option(help="Least value added for a partner, KAZ=50 [million USD a year]; may be repeated.")
    ] = None,
    jobs: Annotated[Names, typer.Option(help="Least jobs in operation, KAZ=500; may be repeated.")] = None,
    water: Annotated[Names, typer.Option(help="Most water that projects use, KAZ=1e6 [m3 a year].")] = None,
    energy: Annotated[Names, typer.Option(help="Most energy that projects use, KAZ=1e9 [kWh a year].")] = None,
    must: Annotated[Names, typer.Option(help="A project that is in the plan; may be repeated.")] = None,
    without: Annotated[Names, typer.Option(help="A project that is not; may be repeated.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="One project: whether it is chosen, and why.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Both ledgers, others, what flips, all notes.")] = False,
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
            water=amounts("water", water), energy=amounts("energy", energy), must=must or (), without=without or (),
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
        _print(answer, full)


def _print(answer: Plan, full: bool) -> None:
    print_plan(answer)
    if full:
        print_full(answer)
