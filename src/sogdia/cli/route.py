"""`sogdia route`: the ways from a mine to a port, what they cost and share, and the premium of independence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show
from sogdia.errors import Fault, InputError

if TYPE_CHECKING:
    from sogdia.brief.blocks import Table
    from sogdia.corridors import Corridors, Routes

HEADINGS = (
    ("Corridor", "left"), ("USD/t", "right"), ("range", "right"), ("days", "right"), ("at borders, h", "right"),
    ("CO2, kg/t", "right"), ("t a year", "right"), ("straits and seas", "left"), ("indep.", "left"),
)  # fmt: skip
LEGEND = (
    "USD/t: freight, handling, borders, tolls, papers, and the cost of capital in goods under way; range: all rates at "
    "their low, and all at their high figure.",
    "t a year: capacity for all cargo of the narrowest link whose capacity is known. indep.: of a largest set of "
    "corridors that share no country between and no strait at risk.",
)


def command(
    origin: Annotated[str, typer.Argument(help="Mine, plant or any place, as KAZ:Khromtau.")],
    mineral: Annotated[str, typer.Option("--mineral", "-m", help="What is carried.")],
    destination: Annotated[
        str | None, typer.Argument(help="Port or any place. Default: the importer's main port.")
    ] = None,
    stage: Annotated[str | None, typer.Option(help="Ore, compound, metal or alloy. Default: the first known.")] = None,
    close: Annotated[
        list[str] | None, typer.Option(help="Closed country, strait, border, port, link or state; may be repeated.")
    ] = None,
    upgrade: Annotated[list[str] | None, typer.Option(help="Upgrade taken as built; may be repeated.")] = None,
    k: Annotated[int, typer.Option("--k", help="How many corridors by closure at most.")] = 6,
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose port, when none is named.")] = "JPN",
    network: Annotated[
        Path | None, typer.Option(help="Folder with your own nodes.csv, links.csv and borders.csv.")
    ] = None,
    links: Annotated[Path | None, typer.Option(help="CSV of links to add to the network.")] = None,
    places: Annotated[Path | None, typer.Option(help="CSV of places that your links need.")] = None,
    borders: Annotated[Path | None, typer.Option(help="CSV of border crossings that your links need.")] = None,
    as_json: options.AsJson = False,
    geojson: Annotated[Path | None, typer.Option(help="Write lines and places as GeoJSON.")] = None,
    map_file: Annotated[Path | None, typer.Option("--map", help="Write a map: .html (opens offline) or .svg.")] = None,
) -> None:
    """Show the ways from a mine to a port: cost, time, what they share, and what closures would cost."""
    if map_file is not None:
        from sogdia.brief.route_map import map_kind

        map_kind(map_file)
    study = setup.study(importer)
    routes = study.route(
        origin,
        destination,
        mineral=mineral,
        stage=stage,
        close=_split(close),
        upgrade=_split(upgrade),
        k=k,
        corridors=_corridors(network, links, places, borders),
    )
    if geojson is not None:
        from sogdia.files import write_text

        text = json.dumps(routes.geojson(), ensure_ascii=False, allow_nan=False)
        typer.echo(str(write_text(geojson, text + "\n")), err=True)
    if map_file is not None:
        from sogdia.brief.route_map import write_map

        typer.echo(str(write_map(routes, map_file)), err=True)
    if as_json:
        show.as_json(content(routes))
    else:
        _print(routes)


def _split(names: list[str] | None) -> list[str]:
    """Names from repeated options, or from one with commas."""
    return [name.strip() for text in names or [] for name in text.split(",") if name.strip()]


def _corridors(network: Path | None, links: Path | None, places: Path | None, borders: Path | None) -> Corridors | None:
    """The embedded network, or the user's own, with the user's links; None for the embedded one as it is."""
    from sogdia.corridors import embedded_corridors, on_network
    from sogdia.corridors.network import add_links, read_network

    if links is None and (places or borders):
        raise InputError([Fault("options", "places and borders come with links", "Give --links.", column="--links")])
    if network is None and links is None:
        return None
    base = embedded_corridors()
    if network is not None:
        base = on_network(base, read_network(network))
    return base if links is None else on_network(base, add_links(base.network, links, places, borders))


def content(routes: Routes) -> dict[str, Any]:
    """The answer as plain values; what is not known is null."""
    cargo = routes.cargo
    return {
        "origin": routes.origin,
        "destination": routes.destination,
        "cargo": {"mineral": cargo.mineral, "stage": cargo.stage, "type": cargo.cargo},
        "closed": list(routes.closed),
        "upgrades": list(routes.upgrades),
        "independent_corridors": routes.independent_corridors,
        "hangs_on": [{"kind": kind, "name": name} for kind, name in routes.hangs_on],
        "alternatives": routes.table().to_dicts(),
        "breakdown": routes.breakdown().to_dicts(),
        "legs": routes.legs().to_dicts(),
        "shared": routes.shared().to_dicts(),
        "premium": routes.premium().to_dicts(),
        "sources": routes.sources().to_dicts(),
    }


def _print(routes: Routes) -> None:
    from sogdia.brief import route_tables
    from sogdia.brief.route_map import conditions, told
    from sogdia.brief.ways import straits

    table = route_tables.alternatives(routes, "alternatives")
    rows = [
        [
            name, show.number(way.cost_usd_per_t.central),
            f"{show.number(way.cost_usd_per_t.low)}-{show.number(way.cost_usd_per_t.high)}",
            f"{way.days.central:.0f}", show.number(way.hours["border"].central),
            show.number(way.co2_kg_per_t.central), show.number(way.capacity_t_per_year),
            straits(routes.corridors, way.chokepoints), "yes" if other.independent else "",
        ]
        for name, other in zip(table.frame["corridor"], routes.alternatives, strict=True)
        for way in [other.route]
    ]  # fmt: skip
    show.table(" ".join((table.caption, *conditions(routes))), HEADINGS, rows)
    _columns(route_tables.premium(routes, "premium"), ("closed", "kind", "extra_usd_per_t", "extra_days", "then"))
    shared = route_tables.shared(routes, "shared")
    notes = [told(routes), *LEGEND, _evidence(routes)]
    _columns(shared, ("corridor", "countries", "straits", "ports"), notes)


def _columns(table: Table, names: Sequence[str], notes: Sequence[str] = ()) -> None:
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
    show.table(f"\n{table.caption}", headings, rows, notes)


def _evidence(routes: Routes) -> str:
    """How many of the figures are assumptions."""
    counts = dict(routes.sources()["evidence"].value_counts().iter_rows())
    kinds = ("seen", "derived", "assumed")
    return f"Figures behind this answer: {', '.join(f'{counts.get(kind, 0)} {kind}' for kind in kinds)}."
