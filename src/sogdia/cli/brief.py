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
    lang: Annotated[str, typer.Option("--lang", help="Language: en, ja, or ru (of the summary alone).")] = "en",
    annex: Annotated[bool, typer.Option("--annex/--no-annex", help="Write the annex beside the summary.")] = True,
    partner_view: Annotated[
        str | None, typer.Option("--partner-view", help="Tell a partner's side instead: KAZ, UZB, ... (no annex).")
    ] = None,
    slides: Annotated[bool, typer.Option("--slides", help="Write the summary as slides too (extra pptx).")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the files with their counts as JSON.")] = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
    wait: options.Wait = None,
) -> None:
    """Write the report: a summary of two pages (HTML and PDF), and an annex with tables, figures and data."""
    study = setup.study(importer, partners=partner, store=store, regions=regions)
    steps = show.Steps()
    try:
        with options.named({"language": "--lang", "partner_view": "--partner-view"}):
            files = study.brief_files(
                out, minerals=mineral, year=year, language=lang, annex=annex, slides=slides,
                partner_view=partner_view, progress=steps, wait=wait,
            )  # fmt: skip
    finally:
        steps.close()
    if as_json:
        show.print_json(files.to_dict())
        return
    for path in (files.summary, files.pdf, files.slides, files.annex):
        if path is not None:
            typer.echo(f"{path}")
