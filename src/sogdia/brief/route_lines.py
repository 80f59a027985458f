"""Which lines and points does a map of routes draw? One frame for the chart, from the routes themselves.

Rows of `what` = "line" are bends of a line (piece, order, lon, lat) of an alternative; those of `what` = "place" are
places and straits, with a name where the map should write one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from sogdia.brief.formats import amount
from sogdia.brief.ways import short_name, strait_name, way_names
from sogdia.corridors import Alternative, Routes

LINE, PLACE = "line", "place"
INDEPENDENT, OTHER = "independent", "other"
END, PORT, STRAIT = "end", "port", "strait"
FRAME = {
    "shipment": pl.String, "what": pl.String, "kind": pl.String, "corridor": pl.String, "piece": pl.String,
    "order": pl.Int64, "lon": pl.Float64, "lat": pl.Float64, "name": pl.String, "told": pl.String,
}  # fmt: skip


def route_frame(shipments: Sequence[tuple[str, Routes]]) -> pl.DataFrame:
    """Lines and places of several shipments. shipments: the name a reader chooses by, and the routes."""
    rows: list[dict[str, Any]] = []
    for shipment, routes in shipments:
        rows += _lines(shipment, routes)
        rows += _places(shipment, routes)
    return pl.DataFrame(rows, schema=FRAME)


def in_view(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that a map must hold: those of independent routes and the places; others may leave it."""
    return frame.filter(pl.col("kind") != OTHER)


def corridor_names(routes: Routes) -> list[str]:
    """Numbered names of the alternatives, as the legend and the tables show them."""
    return [f"{number} {name}" for number, name in enumerate(way_names(routes), start=1)]


def _lines(shipment: str, routes: Routes) -> list[dict[str, Any]]:
    names = corridor_names(routes)
    rows: list[dict[str, Any]] = []
    features: Any = routes.geojson()["features"]
    for feature in features:
        if feature["geometry"]["type"] == "Point":
            continue
        told = feature["properties"]
        place = told["alternative"] - 1
        other = routes.alternatives[place]
        for number, line in enumerate(feature["geometry"]["coordinates"]):
            rows += [
                {
                    "shipment": shipment,
                    "what": LINE,
                    "kind": INDEPENDENT if other.independent else OTHER,
                    "corridor": names[place],
                    "piece": f"{shipment} {place} {told['link']} {number}",
                    "order": order,
                    "lon": lon,
                    "lat": lat,
                    "told": _told(other),
                }
                for order, (lon, lat) in enumerate(line)
            ]
    return rows


def _told(other: Alternative) -> str:
    route = other.route
    return f"{amount(route.cost_usd_per_t.central)} USD/t, {amount(route.days.central)} days"


def _places(shipment: str, routes: Routes) -> list[dict[str, Any]]:
    """Both ends, the ports, and the straits that independent routes pass; only those are named."""
    network, rates = routes.corridors.network, routes.corridors.rates
    apart = [other.route for other in routes.alternatives if other.independent]
    ends = (routes.origin, routes.destination)
    ports = [port for route in apart for port in route.ports if port not in ends]
    points = [(END, network.place(end)) for end in ends]
    points += [(PORT, network.place(port)) for port in dict.fromkeys(ports)]
    rows = [(kind, place.lon, place.lat, short_name(routes.corridors, place.id)) for kind, place in points]
    for strait in dict.fromkeys(name for route in apart for name in route.chokepoints):
        known = rates.chokepoint(strait)
        rows.append((STRAIT, known.lon, known.lat, strait_name(routes.corridors, strait)))
    return [
        {"shipment": shipment, "what": PLACE, "kind": kind, "lon": lon, "lat": lat, "name": name, "told": name}
        for kind, lon, lat, name in rows
    ]
