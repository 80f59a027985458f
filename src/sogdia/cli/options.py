"""Options that several verbs share, described once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sogdia.errors import InputError, renamed

Importer = Annotated[str, typer.Argument(help="Importing country or region: JPN, Japan, EU27, ...")]
Mineral = Annotated[list[str] | None, typer.Option("--mineral", "-m", help="A mineral; may be repeated. Default: all.")]
Year = Annotated[int | None, typer.Option("--year", "-y", help="Calendar year. Default: the last complete one.")]
StoreFolder = Annotated[Path | None, typer.Option("--store", help="A store folder instead of your own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Partners = Annotated[
    list[str] | None, typer.Option("--partner", "-p", help="A partner country or region; may be repeated.")
]
RegionFile = Annotated[
    Path | None, typer.Option("--regions", help='TOML file of your own regions: NAME = ["ISO", ...].')
]
Wait = Annotated[
    float | None,
    typer.Option("--wait", min=0, help="Seconds to wait for another sogdia that writes. Default: until it has ended."),
]


@contextmanager
def named(names: Mapping[str, str]) -> Iterator[None]:
    """Inside, a fault of a keyword is told as that of the option that stands for it."""
    try:
        yield
    except InputError as error:
        raise renamed(error, names) from None
