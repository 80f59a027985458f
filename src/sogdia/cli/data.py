"""`sogdia data`: what is in the store, is it whole, how good is it, and how does one add one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, show
from sogdia.errors import DataError

app = typer.Typer(help="The data store: list, verify, check quality, add your own.", no_args_is_help=True)

WORST_SHOWN = 40
Folder = Annotated[Path | None, typer.Option("--store", help="Store folder to write to. Default: your own.")]


@app.command("list")
def list_tables(store: options.StoreFolder = None) -> None:
    """List the tables in force, with rows, years and source."""
    from sogdia.data import open_store

    files = open_store(store).files
    rows = [
        [
            f.entry.table,
            f"{f.entry.rows:,}",
            f"{min(f.years or f.entry.years)}-{max(f.years or f.entry.years)}" if f.entry.years else "",
            ", ".join(f.entry.source_ids[:3]) + (" ..." if len(f.entry.source_ids) > 3 else ""),
            f.entry.file,
        ]
        for f in sorted(files, key=lambda f: (f.entry.table, f.entry.years))
    ]
    headings = (("Table", "left"), ("Rows", "right"), ("Years", "left"), ("Source", "left"), ("File", "left"))
    show.table("Tables in the store", headings, rows)


@app.command()
def verify(store: options.StoreFolder = None) -> None:
    """Check every file of the store against its SHA-256."""
    from sogdia.data import open_store

    opened = open_store(store)
    damaged = opened.damaged()
    if damaged:
        raise DataError("files of the store are damaged:\n  " + "\n  ".join(damaged) + "\nInstall or add them again.")
    typer.echo(f"{len(opened.files)} files, all as written.")


@app.command()
def quality(
    mineral: options.Mineral = None,
    year: options.Year = None,
    as_json: options.AsJson = False,
    store: options.StoreFolder = None,
) -> None:
    """List missing and absurd quantities by code and year, with the share of value they touch."""
    from sogdia.data import open_store
    from sogdia.data.quality import report

    opened = open_store(store)
    codes = sorted({hs6 for name in mineral for hs6 in opened.mineral(name).hs6()}) if mineral else None
    found = report(opened, codes, [year] if year else None)
    if as_json:
        show.as_json({"quality": found.to_dicts()})
        return
    touched = found.filter(found["missing_flows"] + found["absurd_flows"] + found["spike_flows"] > 0)
    worst = touched.sort("absurd_value_share", "spike_value_share", descending=True).head(WORST_SHOWN)
    rows = [
        [
            row["hs6"], str(row["year"]), f"{row['flows']:,}", f"{row['missing_flows']:,}",
            show.percent(row["missing_value_share"]), f"{row['absurd_flows']:,}",
            show.percent(row["absurd_value_share"]), f"{row['spike_flows']:,}", show.percent(row["spike_value_share"]),
        ]
        for row in worst.iter_rows(named=True)
    ]  # fmt: skip
    headings = (("HS code", "left"), ("Year", "left"), ("Flows", "right"), ("missing", "right"), ("of value", "right"))
    show.table(
        f"Repaired quantities, worst {len(rows)} of {touched.height} code-years",
        (*headings, ("absurd", "right"), ("of value", "right"), ("spikes", "right"), ("of value", "right")),
        rows,
        [
            "Missing and absurd weights are imputed from value at the median unit value of the code and year.",
            "Spikes leap for one year and back; they are replaced in completed weights only.",
        ],
    )


@app.command()
def add(
    path: Annotated[
        Path, typer.Argument(help="A CEPII BACI release, World Mining Data or WGI file, or your purchases.")
    ],
    kind: Annotated[str | None, typer.Option(help="What it is, when the content does not tell.")] = None,
    store: Folder = None,
) -> None:
    """Read your own data into the store: checked whole, written at once or not at all."""
    from sogdia.data import user_folder
    from sogdia.data.adding import add as add_file

    steps = show.Steps()
    try:
        added = add_file(path, kind=kind, folder=store or user_folder(), progress=steps)
    finally:
        steps.close()
    for note in (*added.repaired, *added.warnings):
        typer.echo(f"  repaired or noted: {note}", err=True)
    years = f", {min(added.years)}-{max(added.years)}" if added.years else ""
    typer.echo(f"{added.table}: {added.rows:,} rows{years}, now in {store or user_folder()}")


@app.command()
def template(
    path: Annotated[Path, typer.Argument(help="File to write, .xlsx or .csv.")] = Path("purchases.xlsx"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that stands there.")] = False,
) -> None:
    """Write the template for your own purchases."""
    from sogdia.data.template import write_template

    typer.echo(str(write_template(path, replace=force)))
