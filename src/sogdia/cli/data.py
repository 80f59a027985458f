"""`sogdia data`: what is in the store, whether it is whole, how good it is, and how one adds one's own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, show, written
from sogdia.cli.examples import epilog
from sogdia.cli.kinds import KindsCommand
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps
from sogdia.errors import NoAnswerError
from sogdia.text import escaped

if TYPE_CHECKING:
    from sogdia.data import Store
    from sogdia.data.store import InForce

app = typer.Typer(help="The data store: list, verify, check quality, add your own.", no_args_is_help=True)

WORST_SHOWN = 40
Folder = Annotated[Path | None, typer.Option("--store", help="Store folder to write to. Default: your own.")]


@app.command("list", epilog=epilog("data list"))
def list_tables(
    minerals: Annotated[bool, typer.Option("--minerals", help="List the minerals and their codes instead.")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """List the tables in force, with rows, years and source."""
    from sogdia.data import open_store

    opened = open_store(store)
    if minerals:
        _list_minerals(opened, as_json, as_csv)
        return
    files = sorted(opened.files, key=lambda f: (f.entry.table, f.entry.years))
    if as_json or as_csv:
        entries = [{**asdict(f.entry), "folder": str(f.folder), "years": _years(f)} for f in files]
        show.records("tables", entries, as_csv)
        return
    rows = [
        [
            f.entry.table,
            f"{f.entry.rows:,}",
            f"{min(_years(f))}-{max(_years(f))}" if _years(f) else "",
            ", ".join(f.entry.source_ids[:3]) + (" ..." if len(f.entry.source_ids) > 3 else ""),
            f.entry.file,
        ]
        for f in files
    ]
    headings = (("Table", "left"), ("Rows", "right"), ("Years", "left"), ("Source", "left"), ("File", "left"))
    show.table("Tables in the store", headings, rows)


def _years(file: InForce) -> tuple[int, ...]:
    return file.years or file.entry.years


def _list_minerals(store: Store, as_json: bool, as_csv: bool) -> None:
    """Every mineral by its key, the name to give to any verb."""
    listed = [store.minerals[key] for key in sorted(store.minerals)]
    if as_json or as_csv:
        names = ("key", "name", "group", "stages")
        show.records("minerals", [{n: getattr(m, n) for n in names} | {"hs6": m.hs6()} for m in listed], as_csv)
        return
    rows = [[m.key, m.name, m.group, ", ".join(m.stages), " ".join(m.hs6())] for m in listed]
    headings = (("Key", "left"), ("Name", "left"), ("Group", "left"), ("Stages", "left"), ("HS codes", "left"))
    show.table("Minerals", headings, rows)


@app.command(epilog=epilog("data verify"))
def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Remove what is damaged from your own store, after saying what is lost.")
    ] = False,
    wait: options.Wait = None,
    as_json: options.AsJson = False,
    store: options.StoreFolder = None,
) -> None:
    """Check every file of the store against its SHA-256, and the catalogue against its rules."""
    from sogdia.data import open_store, user_folder
    from sogdia.data.integrity import damage

    notes: dict[str, tuple[str, ...]] = {}
    if repair and (store is not None or user_folder().is_dir()):
        from sogdia.data.store_repair import repair as repair_store

        notes["notes"] = repair_store(store or user_folder(), wait=wait, tell=_note).notes
    opened = open_store(store)
    damaged = opened.damaged()
    if damaged:
        raise damage(damaged)
    if as_json:
        show.print_json({"files": len(opened.files), "damaged": [], **notes})
    else:
        typer.echo(f"{len(opened.files)} files, all as written.")


def _note(text: str) -> None:
    typer.echo(f"  {text}", err=True)


@app.command(epilog=epilog("data quality"))
def quality(
    mineral: options.Mineral = None,
    year: Annotated[int | None, typer.Option("--year", "-y", help="Calendar year. Default: every year.")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """List missing and absurd quantities by code and year, with the share of value they touch."""
    import polars as pl

    from sogdia.data import open_store
    from sogdia.data.repair import report

    opened = open_store(store)
    keys = [key for name in mineral or () for key in opened.mineral_names.meant(name).keys]
    codes = sorted({hs6 for key in keys for hs6 in opened.minerals[key].hs6()}) if mineral else None
    by_code = report(opened, codes, None if year is None else [opened.traded_year(year)])
    if by_code.is_empty():
        asked = f"{', '.join(mineral or ())}{'' if year is None else f' in {year}'}"
        raise NoAnswerError(f"no trade of {asked}: `sogdia data list --minerals` shows which codes there are.")
    if as_json or as_csv:
        show.records("quality", by_code.to_dicts(), as_csv)
        return
    faulty = pl.sum_horizontal("missing_flows", "absurd_flows", "spike_flows") > 0
    touched = by_code.filter(faulty)
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
    with AnswerSheet(full=full, wide=wide) as sheet:
        sheet.table(
            f"Repaired quantities, worst {len(rows)} of {touched.height} code-years",
            (*headings, ("absurd", "right"), ("of value", "right"), ("spikes", "right"), ("of value", "right")),
            rows,
            [
                "Missing and absurd weights are imputed from value at the median unit value of the code and year.",
                "Spikes jump for one year and back; they are replaced in completed weights only.",
            ],
        )


@app.command(cls=KindsCommand, epilog=epilog("data add"), short_help="Read your own data into the store.")
def add(
    path: Annotated[Path, typer.Argument(help="A file or folder of one of the kinds.")],
    kind: Annotated[str | None, typer.Option(help="Its kind, where its content does not say it.")] = None,
    append: Annotated[bool, typer.Option("--append", help="Keep all rows that are there, replace none.")] = False,
    wait: options.Wait = None,
    as_json: options.AsJson = False,
    store: Folder = None,
) -> None:
    """Read your own data into the store. The file is checked to its end, then written whole or not at all."""
    from sogdia.data import user_folder
    from sogdia.data.adding import add as add_file
    from sogdia.data.replaced import in_words

    with Steps() as steps:
        added = add_file(path, kind=kind, folder=store or user_folder(), append=append, wait=wait, progress=steps)
    if as_json:
        show.print_json(added.to_dict())
        return
    for note in (*added.repaired, *added.warnings):
        _note(f"repaired or noted: {note}")
    if added.replaced:
        _note(in_words(added.replaced))
    years = f", {min(added.years)}-{max(added.years)}" if added.years else ""
    typer.echo(f"{added.table}: {added.rows:,} rows{years}, now in {escaped(str(store or user_folder()))}")


@app.command(epilog=epilog("data get"))
def get(
    kind: Annotated[str, typer.Argument(help="What to get: baci.")],
    folder: Annotated[Path, typer.Option("--to", help="Folder for the file. Default: the current one.")] = Path(),
    release: Annotated[str | None, typer.Option(help="Release, such as 202501. Default: the newest known.")] = None,
    address: Annotated[str | None, typer.Option(help="Another place that holds the same file (https).")] = None,
    sha256: Annotated[str | None, typer.Option(help="SHA-256 that the file must have.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Get a publisher's release over the network, the only command that uses one. Run it again to go on after a cut."""
    from sogdia.cli.received import Received
    from sogdia.data.fetching.get import get as get_release

    received = Received()
    try:
        got = get_release(
            kind, folder, vintage=release, address=address, sha256=sha256, progress=received, tell=received.say
        )
    finally:
        received.close()
    if as_json:
        show.print_json(got.to_dict())
        return
    typer.echo(f"{escaped(str(got.path))}: {got.size:,} bytes, SHA-256 {got.sha256}")
    typer.echo(f"Add it to your store: sogdia data add {escaped(str(got.path))}")


@app.command(epilog=epilog("data remove"))
def remove(
    table: Annotated[str, typer.Argument(help="A table of your own: trade, production, governance, purchases.")],
    year: Annotated[
        list[str] | None, typer.Option("--year", "-y", callback=written.years, help="Only these years: 2020,2021.")
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", callback=written.names, help="Only these HS codes, minerals or companies."),
    ] = None,
    wait: options.Wait = None,
    as_json: options.AsJson = False,
    store: Folder = None,
) -> None:
    """Take data of your own out of the store; what lay under them is in force again."""
    from sogdia.data import user_folder
    from sogdia.data.removing import remove as remove_rows

    folder = store or user_folder()
    removed = remove_rows(
        table, folder=folder, years=[int(one) for one in year or ()], keys=key or (), wait=wait, tell=_note
    )
    if as_json:
        show.print_json(removed.to_dict())
        return
    for each in removed.removed[:WORST_SHOWN]:
        typer.echo(
            " ".join(part for part in (each.table, str(each.year or ""), each.key, f"{each.rows:,} rows") if part)
        )
    typer.echo(f"removed {sum(each.rows for each in removed.removed):,} rows of {table} from {escaped(str(folder))}")


@app.command(epilog=epilog("data history"))
def history(as_json: options.AsJson = False, as_csv: options.AsCsv = False, store: Folder = None) -> None:
    """List what was added to your own store and removed from it, and what it took the place of."""
    from sogdia.data import user_folder
    from sogdia.data.catalogue import history as changes_of

    changes = changes_of(store or user_folder())
    if as_json or as_csv:
        show.records("history", [asdict(change) for change in changes], as_csv)
        return
    rows = [
        [c.when, c.what, c.table, f"{c.rows:,}", f"{c.years[0]}-{c.years[-1]}" if c.years else "", c.origin, c.replaced]
        for c in changes
    ]
    headings = (("When (UTC)", "left"), ("What", "left"), ("Table", "left"), ("Rows", "right"), ("Years", "left"))
    show.table("History of the store", (*headings, ("File", "left"), ("Replaced", "left")), rows)


@app.command(epilog=epilog("data template"))
def template(
    path: Annotated[Path, typer.Argument(help="File to write, .xlsx or .csv.")] = Path("purchases.xlsx"),
    kind: Annotated[str | None, typer.Option(help="Which kind of data it is for. Default: purchases.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
) -> None:
    """Write the template for your own purchases."""
    from sogdia.data.template import write_template

    typer.echo(str(write_template(path, kind=kind, replace=force)))
