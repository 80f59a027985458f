"""`sogdia compare`: two answers to one question side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from sogdia.cli import options, setup, show


def command(
    sides: Annotated[list[str], typer.Argument(help="Two or more importers (JPN KOR), or JSON files of `--json`.")],
    mineral: Annotated[
        str | None, typer.Option("--mineral", "-m", help="Compare the exposure to it instead of the plan.")
    ] = None,
    budget: Annotated[float | None, typer.Option(help="Of the plans [million USD]. Default: no limit.")] = None,
    risk: Annotated[float, typer.Option(help="Price of risk of the plans, 0..1.")] = 0.5,
    years: options.DrawnYears = 2_000,
    seed: options.Seed = 1,
    full: options.Full = False,
    wide: options.Wide = False,
    year: options.Year = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    regions: options.RegionFile = None,
    store: options.StoreFolder = None,
) -> None:
    """Figures of two or more importers, or of saved answers, with their differences from the first."""
    study = setup.study("JPN", store=store, regions=regions)
    steps = show.Steps()
    asked = {"year": year} if mineral else {"budget": budget, "risk": risk, "years": years, "seed": seed, "year": year}
    with options.named({"sides": "SIDES", "budget": "--budget", "risk": "--risk", "years": "--years"}):
        answer = study.compare(*sides, mineral=mineral, progress=steps, **asked)
    steps.close()
    if show.for_programs(answer, as_json, as_csv):
        return
    names = [side.name for side in answer.sides]
    first = () if full else answer.leading()
    figures = (*first, *(figure for figure in answer.figures if figure not in first))
    rows = [
        [str(figure.label), *map(show.number, figure.values), *map(show.number, figure.differences[1:])]
        for figure in figures
    ]
    headings = [
        ("Figure", "left"), *((name, "right") for name in names), *((f"{n} more", "right") for n in names[1:]),
    ]  # fmt: skip
    notes = [
        f"Chosen by {name}: {', '.join(held) or 'none'}."
        for name, held in zip(names, answer.lists().get("chosen", ()), strict=False)
    ]
    with show.AnswerSheet(full=full, wide=wide) as sheet:
        sheet.table(answer.title, headings, rows, [*notes, *answer.notes])
