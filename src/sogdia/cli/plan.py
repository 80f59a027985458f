"""`sogdia plan`: which projects to support, what they save, and who gains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show

if TYPE_CHECKING:
    from sogdia.plan.answer import Plan

TEMPLATE = "template"
WORTH_SHOWN = 12
OPTIONS = {
    "period_budget": "--period-budget",
    **{name: f"--{name}" for name in ("budget", "risk", "years", "seed", "account", "workers", "periods", "draws")},
}


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
    why: Annotated[str | None, typer.Option("--why", help="One project: whether it is chosen, and why.")] = None,
    periods: Annotated[
        int | None, typer.Option(help="Periods of 2026-2040 in which projects start: 1, 3, 5 or 15. Default: no dates.")
    ] = None,
    period_budget: Annotated[
        float | None, typer.Option("--period-budget", help="What may be spent in each period [million USD].")
    ] = None,
    draws: Annotated[
        int | None, typer.Option(help="Draws of the elasticities, under which the plan is told too.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes that solve the markets at the same time.")] = 2,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Solve the markets again, and keep nothing of them.")
    ] = False,
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
    with options.named({**OPTIONS, "projects": "PROJECTS"}):
        answer = study.plan(
            None if projects is None else Path(projects), budget=budget, risk=risk, years=years, seed=seed,
            account=account, year=year, periods=periods, period_budget=period_budget, draws=draws,
            workers=workers, cached=not no_cache, progress=steps,
        )  # fmt: skip
        steps.close()
        told = None if why is None else answer.why(why)
    if told is not None:
        if as_json:
            show.print_json(told)
        else:
            _print_why(told)
    elif not show.for_programs(answer, as_json, as_csv):
        _print(answer)


def _print_why(told: dict[str, object]) -> None:
    for name, value in told.items():
        if name != "sources" and value not in (None, ""):
            shown = show.number(value) if isinstance(value, float) else str(value)
            show.line(f"{name.replace('_', ' ')}: {shown}")


def _print(answer: Plan) -> None:
    content = answer.to_dict()
    worth = sorted(answer.zones.values(), key=lambda zone: (zone.project not in answer.chosen, zone.low - zone.high))
    rows = [
        [
            "yes" if zone.project in answer.chosen else "", zone.project,
            show.number(answer.tables.costs[answer.case.names.index(zone.project)].spent), show.number(zone.low),
            show.number(zone.high),
        ]
        for zone in worth[: max(WORTH_SHOWN, len(answer.chosen))]
    ]  # fmt: skip
    headings = [
        ("Chosen", "left"), ("Project", "left"), ("Spent, MUSD", "right"), ("Cost a year", "right"),
        ("Saves a year", "right"),
    ]  # fmt: skip
    loss, tail = content["expected_loss_musd"], content["cvar_musd"]
    headline = (
        f"Expected loss {show.number(loss['before'])} without and {show.number(loss['after'])} million USD a year "
        f"with the plan, {show.number(tail['before'])} and {show.number(tail['after'])} in the worst "
        f"{show.percent(1 - answer.case.tail)} of years. Gap to the bound {show.number(content['gap'])}; by sampling "
        f"at most {show.number(content['sample_gap']['most_musd'])} million USD a year (95 %): "
        f"{answer.sampling.same} of {answer.sampling.batches} parts of the years give this very plan."
    )
    rest = len(answer.zones) - len(rows)
    more = f"{rest} more could be chosen, and {len(answer.tables.left_out)} lack figures: see --json or --why PROJECT."
    show.table(answer.title, headings, rows, (headline, more, *answer.notes))
