"""`sogdia frontier`: how the plan changes with the budget and the price of risk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.cli import plan_terms as terms

if TYPE_CHECKING:
    from sogdia.plan.frontier import Frontier

WIDTH = 80
BUDGETS, RISKS = (0.0, 50.0, 200.0, 1000.0), (0.0, 0.5, 1.0)


def command(
    projects: Annotated[Path | None, typer.Argument(help="Your own table of projects, CSV or a workbook.")] = None,
    importer: terms.Importer = "JPN",
    budget: Annotated[
        list[float] | None, typer.Option(help="What may be spent [million USD]; may be repeated.")
    ] = None,
    risk: Annotated[list[float] | None, typer.Option(help="Price of risk, 0..1; may be repeated.")] = None,
    years: options.DrawnYears = 10_000,
    seed: options.Seed = 1,
    account: terms.CountedCost = "support",
    full: options.Full = False,
    wide: options.Wide = False,
    year: options.Year = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    regions: options.RegionFile = None,
    store: options.StoreFolder = None,
) -> None:
    """Solve the markets once, and choose the best plan for each budget and price of risk."""
    study = setup.study(importer, store=store, regions=regions)
    steps = show.Steps()
    with options.named({"budgets": "--budget", "budget": "--budget", "risk": "--risk", "years": "--years"}):
        answer = study.frontier(
            projects, budgets=tuple(budget or BUDGETS), risks=tuple(risk or RISKS), years=years, seed=seed,
            account=account, year=year, progress=steps,
        )  # fmt: skip
    steps.close()
    if show.for_programs(answer, as_json, as_csv):
        return
    headings = [
        ("Budget", "right"), ("Risk", "right"), ("Spent", "right"), ("Cost/y", "right"), ("Expected loss", "right"),
        ("Worst years", "right"), ("Projects", "right"),
    ]  # fmt: skip
    rows = [
        [
            show.number(row["budget_musd"]), show.number(row["risk"]), show.number(row["spent_musd"]),
            show.number(row["yearly_cost_musd"]), show.number(row["expected_loss_musd"]), show.number(row["cvar_musd"]),
            str(len(row["chosen"])),
        ]
        for row in answer.rows()
    ]  # fmt: skip
    with show.AnswerSheet(full=full, wide=wide) as sheet:
        sheet.table(f"{answer.title}, million USD", headings, rows, [*_steps(answer), *answer.notes])


def _steps(answer: Frontier) -> Iterator[str]:
    """What comes and goes from one plan to the next, folded at the width of the table."""
    before: frozenset[str] = frozenset()
    for row in answer.rows():
        now = frozenset(row["chosen"])
        new, gone = sorted(now - before), sorted(before - now)
        if new or gone:
            said = [f"with {', '.join(new)}"] if new else []
            said += [f"without {', '.join(gone)}"] if gone else []
            text = f"Budget {show.number(row['budget_musd'])}, risk {show.number(row['risk'])}: {'; '.join(said)}."
            yield fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
        before = now
