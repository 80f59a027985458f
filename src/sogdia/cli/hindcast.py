"""`sogdia hindcast`: the model against what really happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps


def command(
    events: Annotated[
        Path | None,
        typer.Option(help="Your own table: event, mineral or codes, country, first year, and a size, in words or not."),
    ] = None,
    min_share: Annotated[
        float | None,
        typer.Option(
            parser=written.fraction,
            metavar="SHARE",
            help="Share of world imports from which an importer is scored: 2%.",
        ),
    ] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """Predict every documented event that the data can judge, and compare with what the trade data show."""
    study = setup.study("JPN", store=store)
    with options.named({"min_share_of_world": "--min-share"}), Steps() as steps:
        result = study.hindcast(events=events, min_share_of_world=min_share, progress=steps)
    if not show.for_programs(result, as_json, as_csv):
        from sogdia.cli.hindcast_tables import print_hindcast

        with AnswerSheet(full=full, wide=wide) as sheet:
            print_hindcast(result, sheet)
