"""`sogdia`: the verbs together, and how errors end a command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import sogdia
from sogdia.cli import brief, completion, data, expose, hindcast, route, shock
from sogdia.cli.examples import epilog
from sogdia.errors import SogdiaError

EXIT_USER_ERROR = 2

app = typer.Typer(
    name="sogdia",
    help="Critical-mineral supply security and partnership planning, from real data.",
    epilog=epilog(""),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
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


for name, verb, summary in (
    ("expose", expose.command, "Who supplies what, how concentrated, how risky."),
    ("shock", shock.command, "What a restriction does to prices and volumes."),
    ("hindcast", hindcast.command, "The model against documented restrictions."),
    ("route", route.command, "Ways from a mine to a port: cost, time, risk."),
    ("brief", brief.command, "All of it as a report in one folder."),
):
    app.command(name, short_help=summary, epilog=epilog(name))(verb)
app.add_typer(data.app, name="data", epilog=epilog("data"))


REMEDIES: tuple[tuple[type[OSError], str], ...] = (
    (PermissionError, "Choose another place, or get permission to use this one."),
    (IsADirectoryError, "A folder stands there: name a file."),
    (NotADirectoryError, "A part of the path is a file and no folder: correct the path."),
    (FileExistsError, "Something else has this name: choose another one."),
    (FileNotFoundError, "Correct the path."),
)


def main() -> None:
    """Run the command line; an error the user can put right is printed, and the status is 2.

    Matrices are small here: threads of the linear algebra library wait for each other longer than they work. Whoever
    sets OPENBLAS_NUM_THREADS decides.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        completion.must_know_the_shell(sys.argv[1:])
        app(prog_name="sogdia")
    except SogdiaError as error:
        told = str(error)
    except OSError as error:
        told = refused(error)
    except Exception as error:
        if not unreadable_table(error):
            raise
        told = f"a table of the store is damaged ({error}). `sogdia data verify` names it: install or add it again."
    else:
        return
    typer.echo(f"sogdia: {told}", err=True)
    sys.exit(EXIT_USER_ERROR)


def unreadable_table(error: Exception) -> bool:
    """Whether Polars met broken content inside a Parquet file. It is not imported for this: that takes a while."""
    return type(error).__module__ == "polars.exceptions" and str(error).startswith("parquet:")


def refused(error: OSError) -> str:
    """Path, what is wrong and a remedy for something that the operating system refuses.

    >>> refused(PermissionError(13, "Permission denied", "t.csv"))
    't.csv: permission denied. Choose another place, or get permission to use this one.'
    """
    place = "the operating system refuses" if error.filename is None else str(error.filename)
    remedy = next(
        (text for kind, text in REMEDIES if isinstance(error, kind)), "Check the path, the disk and its space."
    )
    return f"{place}: {(error.strerror or str(error)).lower()}. {remedy}"
