"""`sogdia`: the verbs together, and how errors and signals end a command."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

import sogdia
from sogdia.cli import (
    atlas,
    backtest,
    brief,
    claims,
    compare,
    completion,
    data,
    ensemble,
    export,
    expose,
    frontier,
    hazard,
    hindcast,
    ledger,
    match,
    mcp,
    plan,
    radar,
    resume,
    route,
    scenarios,
    serve,
    shock,
    stakes,
)
from sogdia.cli.event_options import EventCommand
from sogdia.cli.examples import epilog
from sogdia.cli.hazard_kinds import HazardCommand
from sogdia.errors import Fault, InputError, SogdiaError, refusal, refused
from sogdia.text import unsafe_character

EXIT_USER_ERROR = 2
EXIT_SIGNAL = 128
ENDING = ("SIGTERM", "SIGHUP")

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


COMMANDS = {"shock": EventCommand, "stakes": EventCommand, "hazard": HazardCommand}
"""Verbs whose help lists what a registry holds."""

for name, verb, summary in (
    ("expose", expose.command, "Who supplies what, how concentrated, how risky."),
    ("match", match.command, "What a partner can offer that an importer needs."),
    ("shock", shock.command, "What a restriction does to prices and volumes."),
    ("scenarios", scenarios.command, "Scenarios that have a name, for shock --case."),
    ("ensemble", ensemble.command, "Thousands of years that may come, and what they cost."),
    ("resume", resume.command, "Go on with an ensemble that was stopped."),
    ("atlas", atlas.command, "Which supplier and which cause costs most a year."),
    ("stakes", stakes.command, "Industries, incomes and jobs behind a mineral."),
    ("ledger", ledger.command, "What processing leaves with a partner."),
    ("hindcast", hindcast.command, "The model against documented restrictions."),
    ("backtest", backtest.command, "The model against natural experiments in the data."),
    ("route", route.command, "Ways from a mine to a port: cost, time, risk."),
    ("hazard", hazard.command, "What can put a place or a link out of service."),
    ("radar", radar.command, "The area of a glacial lake in radar images, and an alarm."),
    ("plan", plan.command, "Which projects to support together, and who gains."),
    ("frontier", frontier.command, "Plans by budget and price of risk."),
    ("compare", compare.command, "Two importers, or two saved answers, side by side."),
    ("claims", claims.command, "Published claims against the data."),
    ("brief", brief.command, "All of it as a report in one folder."),
    ("export", export.command, "Figures for other programs: SDMX, IAMC, openLCA, ..."),
    ("serve", serve.command, "Pages and an API in the browser, on this machine."),
    ("mcp", mcp.command, "Five questions as tools of an assistant."),
):
    app.command(name, cls=COMMANDS.get(name), short_help=summary, epilog=epilog(name))(verb)
app.add_typer(data.app, name="data", epilog=epilog("data"))


class Stopped(BaseException):
    """The system asks the process to end. Whoever writes cleans up on the way out, as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, the first signal that asks the process to end raises Stopped, so that it cleans up on its way out."""
    asked = [number for name in ENDING if (number := getattr(signal, name, None)) is not None]
    if threading.current_thread() is not threading.main_thread():
        asked = []
    taken = [number for number in asked if signal.getsignal(number) is signal.SIG_DFL]

    def stop(number: int, _: object) -> None:
        for other in taken:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def main() -> None:
    """Run the command line; an error the user can put right is printed, and the status is 2.

    The linear algebra library gets one thread, whatever the environment says: with more of them the last bits of an
    answer differ, and equal commands promise equal bytes; for matrices as small as these it is faster too.
    """
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an output that cannot show a character shows its number
            stream.reconfigure(errors="backslashreplace")
    try:
        with stoppable():
            must_be_safe(sys.argv[1:])
            completion.must_know_the_shell(sys.argv[1:])
            app(prog_name="sogdia")
    except SogdiaError as error:
        text, status = str(error), EXIT_USER_ERROR
    except Stopped as stop:
        text = f"stopped ({stop}). Files are written whole or not at all; see what is there, and run the command again."
        status = EXIT_SIGNAL + stop.number
    except MemoryError:
        text = "the memory is used up. Adding a full trade release takes about 1.5 GB, everything else 1 GB at most."
        status = EXIT_USER_ERROR
    except Exception as error:
        cause = refusal(error)
        if cause is not None:
            text = refused(cause)
        elif unreadable_table(error):
            text = f"a table of the store is damaged ({error}). `sogdia data verify` names it: install or add it again."
        else:
            raise
        status = EXIT_USER_ERROR
    else:
        return
    bar_gone = "\r\x1b[K" if sys.stderr.isatty() else ""
    typer.echo(f"{bar_gone}sogdia: {text}", err=True)
    sys.exit(status)


def must_be_safe(words: Sequence[str]) -> None:
    """InputError for a word with a character that has no place in a name or path: a terminal would obey it."""
    for word in words:
        character = unsafe_character(word)
        if character:
            rule = f"arguments have no control characters, and this one has {character}"
            raise InputError([Fault("arguments", rule, "Remove the character, or rename the file.", value=word)])


def unreadable_table(error: Exception) -> bool:
    """Whether Polars met broken content inside a Parquet file. It is not imported for this: that takes a while."""
    return type(error).__module__ == "polars.exceptions" and str(error).startswith("parquet:")
