"""`sogdia brief`: the report as a folder that one can mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, setup, show


def command(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write; made if it does not exist.")] = Path(
        "brief"
    ),
    importer: Annotated[str, typer.Option("--importer", "-i", help="Importing country or region.")] = "JPN",
    partner: options.Partners = None,
    mineral: options.Mineral = None,
    year: options.Year = None,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
    wait: options.Wait = None,
) -> None:
    """Write the report: annex.html (opens offline), tables.xlsx, figures, data and a manifest."""
    study = setup.study(importer, partners=partner, store=store, regions=regions)
    steps = show.Steps()
    try:
        folder = study.brief(out, minerals=mineral, year=year, progress=steps, wait=wait)
    finally:
        steps.close()
    typer.echo(f"{folder / 'annex.html'}")
