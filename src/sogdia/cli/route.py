"""`sogdia route`: the ways from a mine to a port, what they cost and share, and the premium of independence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show
from sogdia.errors import Fault, InputError
from sogdia.files import must_be_writable, write_text

if TYPE_CHECKING:
    from sogdia.corridors import Corridors, Routes
    from sogdia.render.blocks import Table

HEADINGS = (
    ("Corridor", "left"), ("USD/t", "right"), ("range", "right"), ("days", "right"), ("at borders, h", "right"),
    ("shut, days a year", "right"), ("CO2, kg/t", "right"), ("capacity a year", "left"),
    ("straits and seas", "left"), ("indep.", "left"),
)  # fmt: skip
GEOJSON_ENDINGS = (".geojson", ".json")
FORMALITIES = "formalities.csv"
LEGEND = (
    "USD/t: freight, handling, borders, tolls, papers, and the cost of capital in goods under way; range: all rates, "
    "derived lengths and speeds at their cheap, and all at their dear figure.",
    "shut: expected days, by the states whose probability is stated. capacity: for all cargo, of the narrowest link "
    "whose capacity is known. indep.: of a largest set of corridors that share no country between and no strait at "
    "risk.",
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
    k: Annotated[int | None, typer.Option("--k", help="How many corridors at most, the cheapest first.")] = None,
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose port, when none is named.")] = "JPN",
    network: Annotated[
        Path | None, typer.Option(help="Your own: folder with nodes.csv, links.csv and borders.csv, or a .geojson.")
    ] = None,
    links: Annotated[Path | None, typer.Option(help="Links to add to the network: CSV, or a .geojson.")] = None,
    places: Annotated[Path | None, typer.Option(help="CSV of places that your links need.")] = None,
    borders: Annotated[Path | None, typer.Option(help="CSV of border crossings that your links need.")] = None,
    formalities: Annotated[Path | None, typer.Option(help="CSV of export papers by country, in USD per t.")] = None,
    as_json: options.AsJson = False,
    geojson: Annotated[Path | None, typer.Option(help="Write lines and places as GeoJSON.")] = None,
    map_file: Annotated[Path | None, typer.Option("--map", help="Write a map: .html (opens offline) or .svg.")] = None,
) -> None:
    """Show the ways from a mine to a port: cost, time, what they share, and what closures would cost."""
    from sogdia.network import place_named

    if map_file is not None:
        from sogdia.brief.route_map import map_kind

        map_kind(map_file)
    must_be_writable(*(path for path in (geojson, map_file) if path is not None))
    study = setup.study(importer)
    used = _corridors(network, links, places, borders, formalities)
    routes = study.route(
        place_named(used.network, origin).id,
        None if destination is None else place_named(used.network, destination).id,
        mineral=mineral,
        stage=stage,
        close=_split(close),
        upgrade=_split(upgrade),
        k=k,
        corridors=used,
    )
    if geojson is not None:
        text = json.dumps(routes.geojson(), ensure_ascii=False, allow_nan=False)
        typer.echo(str(write_text(geojson, text + "\n")), err=True)
    if map_file is not None:
        from sogdia.brief.route_map import write_map

        typer.echo(str(write_map(routes, map_file)), err=True)
    if as_json:
        show.print_json(content(routes))
    else:
        _print(routes)


def _split(names: list[str] | None) -> list[str]:
    """Names from repeated options, or from one with commas."""
    return [name.strip() for text in names or [] for name in text.split(",") if name.strip()]


def _corridors(
    network: Path | None, links: Path | None, places: Path | None, borders: Path | None, formalities: Path | None
) -> Corridors:
    """The embedded network, or the user's own, with the user's links and export papers."""
    from dataclasses import replace

    from sogdia.corridors import embedded_corridors, on_network
    from sogdia.network import add_links, read_formalities, read_geojson, read_network, with_formalities

    if (places or borders) and (links is None or _is_geojson(links)):
        rule, remedy = "places and borders come with a CSV of links", "Give --links; a .geojson brings its own."
        raise InputError([Fault("options", rule, remedy, column="--links")])
    base = embedded_corridors()
    if network is not None:
        base = on_network(base, read_geojson(network) if _is_geojson(network) else read_network(network))
    if links is not None:
        joined = _is_geojson(links)
        added = read_geojson(links, base.network) if joined else add_links(base.network, links, places, borders)
        base = on_network(base, added)
    in_folder = None if network is None else network / FORMALITIES
    papers = formalities or (in_folder if in_folder is not None and in_folder.exists() else None)
    return base if papers is None else replace(base, rates=with_formalities(base.rates, read_formalities(papers)))


def _is_geojson(path: Path) -> bool:
    return path.suffix.lower() in GEOJSON_ENDINGS


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
        "notes": list(_notes(routes)),
    }


def _print(routes: Routes) -> None:
    from sogdia.brief import route_tables
    from sogdia.brief.corridor_names import capacity_told, straits
    from sogdia.brief.route_map import conditions, told
    from sogdia.corridors.risk import DAYS_PER_YEAR

    table = route_tables.alternatives(routes, "alternatives")
    rows = [
        [
            name, show.number(way.cost_usd_per_t.central),
            f"{show.number(way.cost_usd_per_t.low)}-{show.number(way.cost_usd_per_t.high)}",
            f"{way.days.central:.0f}", show.number(way.hours["border"].central),
            show.number(other.shut_share * DAYS_PER_YEAR), show.number(way.co2_kg_per_t.central),
            capacity_told(routes.corridors, way), straits(routes.corridors, way.chokepoints),
            "yes" if other.independent else "",
        ]
        for name, other in zip(table.frame["corridor"], routes.alternatives, strict=True)
        for way in [other.route]
    ]  # fmt: skip
    show.table(" ".join((table.caption, *conditions(routes))), HEADINGS, rows)
    _columns(route_tables.premium(routes, "premium"), ("closed", "kind", "extra_usd_per_t", "extra_days", "then"))
    shared = route_tables.shared(routes, "shared")
    notes = [told(routes), *LEGEND, _evidence(routes), *_notes(routes)]
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


def _notes(routes: Routes) -> tuple[str, ...]:
    """What the answer had to assume because the tables do not know the country of origin."""
    from sogdia.network import DEFAULT_FORMALITY_NOTE

    country = routes.corridors.network.place(routes.origin).country
    papers = routes.corridors.rates.formality(country)
    if papers.note != DEFAULT_FORMALITY_NOTE:
        return ()
    cost = papers.usd_per_t
    return (
        f"Nobody surveyed the export papers of {country}: USD {show.number(cost.central)} a tonne is assumed "
        f"({show.number(cost.low)}-{show.number(cost.high)}). Give your own figures with --formalities.",
    )


def _evidence(routes: Routes) -> str:
    """How many of the figures are assumptions."""
    counts = dict(routes.sources()["evidence"].value_counts().iter_rows())
    kinds = ("seen", "derived", "assumed")
    return f"Figures behind this answer: {', '.join(f'{counts.get(kind, 0)} {kind}' for kind in kinds)}."
