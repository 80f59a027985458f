"""`sogdia route`: the ways from a mine to a port, what they cost and share, and the premium of independence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet
from sogdia.files import must_be_writable, write_text

if TYPE_CHECKING:
    from sogdia.corridors import Routes
    from sogdia.render.blocks import Table

HEADINGS = (
    ("Corridor", "left"), ("USD/t", "right"), ("range", "right"), ("days", "right"), ("at borders, h", "right"),
    ("today", "left"), ("closes in 12 months", "right"), ("against best, USD/t", "right"), ("CO2, kg/t", "right"),
    ("capacity a year", "left"),
    ("straits and seas", "left"), ("indep.", "left"),
)  # fmt: skip
LEGEND = (
    "USD/t: freight, handling, borders, tolls, papers, and the cost of capital in goods under way; range: all rates, "
    "derived lengths and speeds at their cheap, and all at their dear figure.",
    "closes: chance within twelve months by the states whose rate is stated, with its range. against best: 5 to 95 % "
    "of draws of the rates that both share; level where that holds zero. capacity: for all cargo, of the narrowest "
    "link whose capacity is known. indep.: of a largest set of corridors that share no transit country and no strait "
    "at risk.",
)


def command(
    origin: Annotated[str, typer.Argument(help="Mine, plant or any place, as KAZ:Khromtau.")],
    mineral: Annotated[str, typer.Option("--mineral", "-m", help="What is carried.")],
    destination: Annotated[
        str | None, typer.Argument(help="Port or any place. Default: the importer's cheapest port, or border.")
    ] = None,
    stage: Annotated[
        str | None, typer.Option(help="Ore, compound, metal, alloy. Default: what the origin ships.")
    ] = None,
    close: Annotated[
        list[str] | None,
        typer.Option(
            callback=written.economies, help="Closed country, strait, border, port, link or state: RUS,hormuz."
        ),
    ] = None,
    upgrade: Annotated[
        list[str] | None, typer.Option(callback=written.names, help="Upgrade taken as built, or several.")
    ] = None,
    k: Annotated[int | None, typer.Option("--k", help="How many corridors at most, the best first.")] = None,
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose port, when none is named.")] = "JPN",
    network: Annotated[
        Path | None, typer.Option(help="Your own: folder with nodes.csv, links.csv and borders.csv, or a .geojson.")
    ] = None,
    links: Annotated[Path | None, typer.Option(help="Links to add to the network: CSV, or a .geojson.")] = None,
    places: Annotated[Path | None, typer.Option(help="CSV of places that your links need.")] = None,
    borders: Annotated[Path | None, typer.Option(help="CSV of border crossings that your links need.")] = None,
    formalities: Annotated[Path | None, typer.Option(help="CSV of export papers by country, in USD per t.")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    geojson: Annotated[Path | None, typer.Option(help="Write lines and places as GeoJSON.")] = None,
    map_file: Annotated[Path | None, typer.Option("--map", help="Write a map: .html (opens offline) or .svg.")] = None,
) -> None:
    """Show the ways from a mine to a port that can be used today: cost, time, what they share, what closures cost."""
    if map_file is not None:
        from sogdia.brief.route_map import map_kind

        map_kind(map_file)
    must_be_writable(*(path for path in (geojson, map_file) if path is not None))
    routes = setup.study(importer).route(
        origin, destination, mineral=mineral, stage=stage, close=close or (), upgrade=upgrade or (), k=k,
        network=network, links=links, places=places, borders=borders, formalities=formalities,
    )  # fmt: skip
    if geojson is not None:
        text = json.dumps(routes.geojson(), ensure_ascii=False, allow_nan=False)
        typer.echo(str(write_text(geojson, text + "\n")), err=True)
    if map_file is not None:
        from sogdia.brief.route_map import write_map

        typer.echo(str(write_map(routes, map_file)), err=True)
    if not show.for_programs(routes, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print(routes, sheet)


def _print(routes: Routes, sheet: AnswerSheet) -> None:
    from sogdia.brief import route_tables
    from sogdia.brief.corridor_names import capacity_phrase, percent, strait_list
    from sogdia.brief.route_map import conditions, summary

    table = route_tables.alternatives(routes, "alternatives")
    rows = [
        [
            name, show.number(way.cost_usd_per_t.central),
            f"{show.number(way.cost_usd_per_t.low)}-{show.number(way.cost_usd_per_t.high)}",
            f"{way.days.central:.0f}", show.number(way.hours["border"].central),
            other.status_now, "-" if other.closure is None else f"{percent(other.closure.central)} "
            f"({percent(other.closure.low)}-{percent(other.closure.high)})",
            "best" if other is routes.best else route_tables.difference_text(other),
            show.number(way.co2_kg_per_t.central),
            capacity_phrase(routes.corridors, way), strait_list(routes.corridors, way.chokepoints),
            "yes" if other.independent else "",
        ]
        for name, other in zip(table.frame["corridor"], routes.alternatives, strict=True)
        for way in [other.route]
    ]  # fmt: skip
    sheet.line(summary(routes), head=True)
    sheet.table(f"\n{' '.join((table.caption, *conditions(routes)))}", HEADINGS, rows)
    not_usable = route_tables.not_usable(routes, "not-usable")
    if not_usable is not None:
        _columns(sheet, not_usable, ("way", "cost_usd_per_t", "days", "reason"))
    _columns(
        sheet, route_tables.premium(routes, "premium"), ("closed", "kind", "extra_usd_per_t", "extra_days", "then")
    )
    shared = route_tables.shared(routes, "shared")
    notes = [*LEGEND, *routes.notes]
    _columns(sheet, shared, ("corridor", "countries", "straits", "ports"), notes)


def _columns(sheet: AnswerSheet, table: Table, names: Sequence[str], notes: Sequence[str] = ()) -> None:
    """Some columns of a table of the report."""
    columns = [next(column for column in table.columns if column.name == name) for name in names]
    headings = [
        (
            f"{column.label}, {column.unit}" if column.unit else column.label,
            "left" if column.format == "text" else "right",
        )
        for column in columns
    ]
    rows = [[show.number(row[name]) for name in names] for row in table.frame.iter_rows(named=True)]
    sheet.table(f"\n{table.caption}", headings, rows, notes)
