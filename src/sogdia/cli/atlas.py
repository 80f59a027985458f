"""`sogdia atlas`: expected and tail losses a year by importer, mineral, supplier and cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.ensemble import ExecutorAddress, Workers
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps
from sogdia.text import first_of

if TYPE_CHECKING:
    from sogdia.scenarios.atlas import Atlas

SHOWN = 25
NAMED = 3
"""Minerals that the line on what is counted names."""


def command(
    importer: Annotated[
        list[str] | None,
        typer.Option("--importer", "-i", callback=written.economies, help="Whose losses: JPN,KOR,EU27. Default: JPN."),
    ] = None,
    years: options.DrawnYears = 10_000,
    seed: options.Seed = 1,
    workers: Workers = 1,
    mineral: options.Mineral = None,
    year: options.Year = None,
    executor: ExecutorAddress = None,
    chart: Annotated[Path | None, typer.Option(help="Write a heat map of the answer (.svg or .png).")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    regions: options.RegionFile = None,
    store: options.StoreFolder = None,
) -> None:
    """Show what a year costs in expectation and in the tail, and which cause matters most."""
    named = importer or ["JPN"]
    study = setup.study(named[0], store=store, regions=regions)
    names = {"years": "--years", "seed": "--seed", "workers": "--workers", "importers": "--importer"}
    with options.named(names), Steps() as steps:
        answer = study.atlas(
            named, mineral, years=years, seed=seed, year=year, workers=workers, executor=executor, progress=steps
        )
    if chart is not None:
        from sogdia.brief.atlas_chart import write_atlas_chart

        typer.echo(str(write_atlas_chart(answer, chart)), err=True)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            print_atlas(answer, sheet)


def print_atlas(answer: Atlas, sheet: AnswerSheet) -> None:
    """Headlines, sums by cause, and the dearest rows."""
    heads = [("importer", "left"), ("cause", "left"), ("expected, MUSD a year", "right"), ("in the tail", "right")]
    rows = [
        [row["importer"], row["hazard"], show.number(row["expected_loss_musd"]), show.number(row["tail_loss_musd"])]
        for row in answer.by("importer", "hazard").iter_rows(named=True)
    ]
    headlines = [
        f"{total['importer']}: expected loss {show.number(total['expected_loss_musd'])} +- "
        f"{show.number(total['expected_loss_se_musd'])} million USD a year, "
        f"{show.number(total['tail_loss_musd'])} +- {show.number(total['tail_loss_se_musd'])} in the worst years "
        f"(standard errors; {total['effective_years']:,.0f} effective of {total['years']:,} years)."
        for total in answer.totals
    ]
    for headline, total in zip(headlines, answer.totals, strict=True):
        sheet.line(headline, head=True)
        sheet.line(_counted(total), head=True)
    sheet.table(f"\n{answer.title}", heads, rows)
    heads = [("importer", "left"), ("mineral", "left"), ("supplier", "left"), ("cause", "left"), *heads[2:]]
    rows = [
        [
            row["importer"], row["mineral"], row["supplier"] or "-", row["cause"],
            show.number(row["expected_loss_musd"]), show.number(row["tail_loss_musd"]),
        ]
        for row in answer.rows.sort("expected_loss_musd", descending=True).head(SHOWN).iter_rows(named=True)
    ]  # fmt: skip
    sheet.table(f"\nThe dearest {len(rows)} of {answer.rows.height}", heads, rows)
    surges = [
        [row["importer"], row["mineral"], show.number(row["expected_loss_musd"])]
        for row in answer.surges.iter_rows(named=True)
    ]
    heads = [("importer", "left"), ("mineral", "left"), ("expected, MUSD a year", "right")]
    sheet.table("\nSurges of world demand alone, not part of the sums above", heads, surges, answer.notes)


def _counted(total: Mapping[str, Any]) -> str:
    """How many minerals the sums hold, or how many of them have no answer, and the first of them."""
    minerals, unanswered = total["minerals"], total["unanswered"]
    if unanswered:
        of_all, named = len(minerals) + len(unanswered), first_of(unanswered, NAMED)
        return f"Not answered, which is not zero: {len(unanswered)} of {of_all} minerals, {named}."
    plural, named = "" if len(minerals) == 1 else "s", first_of(minerals, NAMED)
    return f"Counted: {len(minerals)} mineral{plural}, {named}. -m asks for others."
