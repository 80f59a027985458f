"""The lines and points that a map of routes draws: one frame for the chart, from the routes themselves.

Rows of `what` = "line" are bends of a line (piece, order, lon, lat) of an alternative; those of `what` = "place" are
places and straits, with a name where the map should write one.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.corridor_names import numbered_names, short_name, strait_name
from sogdia.corridors import Alternative, Routes
from sogdia.corridors.geojson import cut_at_antimeridian
from sogdia.render.charts.routes import END, INDEPENDENT, LINE, OTHER, PLACE, PORT, STRAIT
from sogdia.render.formats import amount
from sogdia.render.map_view import MapView, fitted

HALF_TURN = 180.0
# A point on the edge itself has two places on the map: it is drawn just inside.
INSIDE = 1.0 - 1e-9
FRAME = {
    "what": pl.String, "kind": pl.String, "corridor": pl.String, "piece": pl.String,
    "order": pl.Int64, "lon": pl.Float64, "lat": pl.Float64, "name": pl.String, "tooltip": pl.String,
}  # fmt: skip


def route_frame(routes: Routes) -> tuple[pl.DataFrame, MapView]:
    """Lines and places of a shipment, and a view that holds the independent routes; others may leave it."""
    frame = pl.DataFrame([*_lines(routes), *_places(routes)], schema=FRAME)
    in_view = frame.filter(pl.col("kind") != OTHER)
    view = fitted(in_view["lon"].to_list(), in_view["lat"].to_list())
    return cut_at_edge(frame, view.centre), view


def cut_at_edge(frame: pl.DataFrame, centre: float) -> pl.DataFrame:
    """The frame with every line cut where it leaves the map on one side and comes in on the other.

    centre: the central meridian; the edge lies half a turn away from it.
    """
    lines = frame.filter(pl.col("what") == LINE)
    rows: list[dict[str, Any]] = []
    for line in lines.partition_by("piece", maintain_order=True):
        first = line.row(0, named=True)
        turned = [((lon - centre + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN, lat) for lon, lat in _points(line)]
        for number, part in enumerate(cut_at_antimeridian(turned)):
            piece = {**first, "piece": f"{first['piece']} {number}"}
            rows += [
                {**piece, "order": order, "lon": centre + INSIDE * lon, "lat": lat}
                for order, (lon, lat) in enumerate(part)
            ]
    return pl.concat([pl.DataFrame(rows, schema=FRAME), frame.filter(pl.col("what") != LINE)])


def _points(line: pl.DataFrame) -> list[tuple[float, float]]:
    return list(zip(line["lon"].to_list(), line["lat"].to_list(), strict=True))


def _lines(routes: Routes) -> list[dict[str, Any]]:
    names = numbered_names(routes)
    rows: list[dict[str, Any]] = []
    features: Any = routes.geojson()["features"]
    for feature in features:
        if feature["geometry"]["type"] == "Point":
            continue
        properties = feature["properties"]
        place = properties["alternative"] - 1
        other = routes.alternatives[place]
        for number, line in enumerate(feature["geometry"]["coordinates"]):
            rows += [
                {
                    "what": LINE,
                    "kind": INDEPENDENT if other.independent else OTHER,
                    "corridor": names[place],
                    "piece": f"{place} {properties['link']} {number}",
                    "order": order,
                    "lon": lon,
                    "lat": lat,
                    "tooltip": _cost_and_time(other),
                }
                for order, (lon, lat) in enumerate(line)
            ]
    return rows


def _cost_and_time(other: Alternative) -> str:
    route = other.route
    return f"{amount(route.cost_usd_per_t.central)} USD/t, {amount(route.days.central)} days"


def _places(routes: Routes) -> list[dict[str, Any]]:
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
        {"what": PLACE, "kind": kind, "lon": lon, "lat": lat, "name": name, "tooltip": name}
        for kind, lon, lat, name in rows
    ]
