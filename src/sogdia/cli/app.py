"""`sogdia`: the verbs together, and what happens when the user can put something right."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import sogdia
from sogdia.cli import brief, data, expose, hindcast, route, shock
from sogdia.errors import SogdiaError

EXIT_USER_ERROR = 2

app = typer.Typer(
    name="sogdia",
    help="Critical-mineral supply security and partnership planning, from real data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sogdia {sogdia.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Critical-mineral supply security and partnership planning, from real data."""


app.command("expose")(expose.command)
app.command("shock")(shock.command)
app.command("hindcast")(hindcast.command)
app.command("route")(route.command)
app.command("brief")(brief.command)
app.add_typer(data.app, name="data")


def main() -> None:
    """Run the command line; an error the user can put right is printed, and the status is 2."""
    try:
        app()
    except SogdiaError as error:
        typer.echo(f"sogdia: {error}", err=True)
        sys.exit(EXIT_USER_ERROR)
