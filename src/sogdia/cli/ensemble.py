"""`sogdia ensemble`: thousands of years that may come, and what they cost an importer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps

if TYPE_CHECKING:
    from sogdia.scenarios.ensemble import Ensemble

Workers = Annotated[int, typer.Option(help="Processes that solve at the same time.")]
ExecutorAddress = Annotated[
    str | None, typer.Option("--executor", help="A Dask scheduler that solves instead: dask://HOST:PORT.")
]
OPTIONS = {
    name: f"--{name.replace('_', '-')}"
    for name in ("years", "seed", "workers", "executor", "odds_factor", "tail", "block")
}


def command(
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose losses to count.")] = "JPN",
    years: options.DrawnYears = 10_000,
    seed: options.Seed = 1,
    workers: Workers = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder that keeps the run, to be resumed or used further. Default: none.")
    ] = None,
    mineral: options.Mineral = None,
    year: options.Year = None,
    executor: ExecutorAddress = None,
    odds_factor: Annotated[
        float | None, typer.Option(help="How much more often rare events of wide effect are drawn; by default 2.")
    ] = None,
    tail: Annotated[
        float | None,
        typer.Option(
            parser=written.fraction,
            metavar="SHARE",
            help="Where the tail begins; by default 95%, the worst 5 % of years.",
        ),
    ] = None,
    with_demand: Annotated[
        bool, typer.Option("--with-demand", help="Surges of world demand are part of the years.")
    ] = False,
    block: Annotated[
        int | None, typer.Option(help="States solved together, a part of the run each; by default 256.")
    ] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    regions: options.RegionFile = None,
    store: options.StoreFolder = None,
) -> None:
    """Draw years, solve each distinct state of the markets once, and show expected and tail losses."""
    study = setup.study(importer, store=store, regions=regions)
    with options.named({**OPTIONS, "out": "--out"}), resumable(out), Steps() as steps:
        answer = study.ensemble(
            mineral, years=years, seed=seed, out=out, year=year, workers=workers, executor=executor,
            odds_factor=odds_factor, tail=tail, with_demand=with_demand, block=block, progress=steps,
        )  # fmt: skip
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            print_ensemble(answer, sheet)


@contextmanager
def resumable(folder: Path | None) -> Iterator[None]:
    """Inside, Ctrl-C and a request to end say how the run goes on."""
    try:
        yield
    except BaseException as why:
        if folder is not None and not isinstance(why, Exception):
            typer.echo(f"sogdia: stopped. What is finished is kept: go on with `sogdia resume {folder}`.", err=True)
        raise


def print_ensemble(answer: Ensemble, sheet: AnswerSheet) -> None:
    """The table of minerals, and the headline with its standard errors."""
    content = answer.to_dict()
    rows = [
        [
            row["mineral"], show.number(row["expected_loss_musd"]), show.number(row["expected_loss_se_musd"]),
            show.number(row["cvar_musd"]), show.number(row["cvar_se_musd"]),
        ]
        for row in content["by_mineral"]
    ]  # fmt: skip
    rows.sort(key=lambda row: -answer.by_mineral[row[0]].expected)
    whole = ["all together"] + [
        show.number(content[name])
        for name in ("expected_loss_musd", "expected_loss_se_musd", "cvar_musd", "cvar_se_musd")
    ]
    worst = show.percent(1 - content["tail"])
    columns = [
        ("mineral", "left"),
        ("MUSD a year", "right"),
        ("+-", "right"),
        (f"worst {worst}", "right"),
        ("+-", "right"),
    ]
    headline = (
        f"Expected loss {whole[1]} +- {whole[2]} million USD a year, {whole[3]} +- {whole[4]} in the worst {worst} of "
        f"years (standard errors; {content['effective_years']:,.0f} effective years). "
        f"{content['distinct_states']:,} distinct states, {show.percent(content['distinct_share'])} of all; "
        f"{content['failed']} without an answer; {content['seconds']:.1f} s; hash {content['hash'][:16]}."
    )
    sheet.line(headline, head=True)
    sheet.table(f"\n{answer.title}", columns, [whole, *rows], answer.notes)
