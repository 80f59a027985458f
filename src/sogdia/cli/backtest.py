"""`sogdia backtest`: the model against every large fall of a main supplier's exports in the trade data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps


def command(
    mineral: options.Mineral = None,
    code: Annotated[
        list[str] | None,
        typer.Option("--code", callback=written.names, help="A six-digit HS code, or several. Default: all."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--filter", help="Show one group only: all, makers, supply_falls, loss_20, ...")
    ] = None,
    chart: Annotated[Path | None, typer.Option(help="Write a chart of the gains (.svg or .png).")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """Predict every natural experiment of the store, and compare with what happened and with simple forecasts."""
    if chart is not None:
        from sogdia.brief.chart_file import must_be_a_picture

        with options.named({"chart": "--chart"}):
            must_be_a_picture(chart)
    study = setup.study("JPN", store=store)
    with options.named({"minerals": "--mineral", "codes": "--code", "only": "--filter"}), Steps() as steps:
        result = study.backtest(minerals=mineral, codes=code, only=only, progress=steps)
    if chart is not None:
        from sogdia.brief.backtest_chart import write_chart

        typer.echo(str(write_chart(result, chart)), err=True)
    if not show.for_programs(result, as_json, as_csv):
        from sogdia.cli.backtest_tables import print_backtest

        with AnswerSheet(full=full, wide=wide) as sheet:
            print_backtest(result, sheet)
