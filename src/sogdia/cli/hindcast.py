"""`sogdia hindcast`: the model against what really happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, setup, show


def command(
    events: Annotated[
        Path | None,
        typer.Option(help="Your own table: event, mineral or codes, country, first year, and a size, in words or not."),
    ] = None,
    min_share: Annotated[
        float | None, typer.Option(help="Share of world imports from which an importer is scored.")
    ] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """Predict every documented event that the data can judge, and compare with what the trade data show."""
    study = setup.study("JPN", store=store)
    steps = show.Steps()
    try:
        with options.named({"min_share_of_world": "--min-share"}):
            result = study.hindcast(events=events, min_share_of_world=min_share, progress=steps)
    finally:
        steps.close()
    if not show.for_programs(result, as_json, as_csv):
        from sogdia.cli.hindcast_tables import print_hindcast

        print_hindcast(result)
