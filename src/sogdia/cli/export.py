"""`sogdia export`: figures for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.errors import wrong_argument

HEADINGS = (("Format", "left"), ("What is in it", "left"), ("Read by", "left"))
LIST = "list"
MOST_YEARS = 100


def command(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="A format; `list` shows all.")],
    importer: Annotated[
        list[str] | None,
        typer.Option("--importer", "-i", callback=written.economies, help="An importer, or several: JPN,KOR,EU27."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write; made if it does not exist.")] = Path(
        "export"
    ),
    mineral: options.Mineral = None,
    years: Annotated[
        str | None, typer.Option("--years", "-y", help="A year, or several: 2020-2024. Default: the last complete one.")
    ] = None,
    partner: options.Partners = None,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Write figures in a format of other programs, each file with its sources and licences."""
    from sogdia.exports import formats

    if format_ == LIST:
        rows = [[one.key, one.title, ", ".join(one.readers)] for one in formats().values()]
        show.table("Formats of `sogdia export`", HEADINGS, rows)
        return
    wanted = importer or ["JPN"]
    study = setup.study(wanted[0], partners=partner, store=store, regions=regions)
    with options.named({"format": "FORMAT", "importers": "--importer", "minerals": "--mineral", "year": "--years"}):
        folder = study.export(format_, out, minerals=mineral, years=_years(years), importers=wanted)
    typer.echo(f"{folder}")


def _years(text: str | None) -> list[int] | None:
    """The years of "2024" or "2020-2024"; InputError else."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    try:
        span = range(int(first), int(last or first) + 1)
    except ValueError:
        span = range(0)
    if not 0 < len(span) <= MOST_YEARS:
        raise wrong_argument("--years", "years are a year, or the first and the last", "Give e.g. 2020-2024.", text)
    return list(span)
