"""Options that several verbs share, described once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import written
from sogdia.errors import InputError, renamed, wrong_argument


def _one_format(context: typer.Context, asked: bool) -> bool:
    """InputError where JSON and CSV are both asked for."""
    if asked and (context.params.get("as_json") or context.params.get("as_csv")):
        raise wrong_argument("--csv", "--json and --csv exclude each other", "Keep one of them.")
    return asked


Importer = Annotated[str, typer.Argument(help="Importing country or region: JPN, Japan, EU27, ...")]
Mineral = Annotated[
    list[str] | None,
    typer.Option(
        "--mineral", "-m", callback=written.minerals, help="A mineral, or several: copper,zinc. Default: all."
    ),
]
Year = Annotated[int | None, typer.Option("--year", "-y", help="Calendar year. Default: the last complete one.")]
StoreFolder = Annotated[Path | None, typer.Option("--store", help="A store folder instead of your own.")]
AsJson = Annotated[bool, typer.Option("--json", callback=_one_format, help="Print JSON instead of a table.")]
AsCsv = Annotated[
    bool, typer.Option("--csv", callback=_one_format, help="Print CSV instead of a table: one row for each figure.")
]
Wide = Annotated[bool, typer.Option("--wide", help="All columns, however narrow the terminal is.")]
Full = Annotated[bool, typer.Option("--full", help="All rows, tables and notes instead of ten lines.")]
Partners = Annotated[
    list[str] | None,
    typer.Option("--partner", "-p", callback=written.economies, help="A partner, or several: KAZ,UZB."),
]
RegionFile = Annotated[
    Path | None, typer.Option("--regions", help='TOML file of your own regions: NAME = ["ISO", ...].')
]
BaseYears = Annotated[str | None, typer.Option(help="Mean of several base years, e.g. 2006-2008.")]
Stage = Annotated[str | None, typer.Option(help="One stage only: ore, compound, metal or alloy.")]
CorridorState = Annotated[
    str | None, typer.Option(help="A corridor state put on the market: china_dispute, red_sea, ...")
]
CorridorDays = Annotated[
    float | None, typer.Option(help="Days that the corridor state holds; by default its central duration.")
]
CorridorUpgrade = Annotated[str | None, typer.Option(help="A corridor upgrade taken as built: customs, ...")]
Horizon = Annotated[float | None, typer.Option(help="Years that buyers and sellers have to adjust; by default 1.")]
ContractedShare = Annotated[
    float | None,
    typer.Option(parser=written.fraction, metavar="SHARE", help="Share of every flow under contract: 0.4 or 40%."),
]
StockDays = Annotated[list[str] | None, typer.Option(help="Days of use held in stock, drawn first: JPN=60,KOR=30.")]
ThroughHubs = Annotated[bool, typer.Option("--through-hubs", help="Give re-exports to their makers.")]
OreOnly = Annotated[
    bool, typer.Option("--ore-only", help="Insist on the forms that the trade codes see, where they are a fringe.")
]
AssumeHome = Annotated[
    bool, typer.Option("--assume-home", help="Take what is made and not exported on record for home sales.")
]
DrawnYears = Annotated[int, typer.Option(help="How many years to draw.")]
Seed = Annotated[int, typer.Option(help="Of the random numbers: equal seeds give equal years.")]
Wait = Annotated[
    float | None,
    typer.Option("--wait", min=0, help="Seconds to wait for another sogdia that writes. Default: until it has ended."),
]


@contextmanager
def named(names: Mapping[str, str]) -> Iterator[None]:
    """Inside, a fault of a keyword is shown as one of the option that stands for it."""
    try:
        yield
    except InputError as error:
        raise renamed(error, names) from None
