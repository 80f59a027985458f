"""Routes as a GeoJSON feature collection (RFC 7946): a line per step, a point per place.

Land and ferry links are drawn straight between their ends; sea legs follow the sea lanes where the network
knows their course. Lines that cross the antimeridian are cut there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.measure import RouteStep
from sogdia.network import Corridors, Place

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

HALF_TURN = 180.0


def routes_geojson(corridors: Corridors, alternatives: Sequence[Alternative]) -> dict[str, object]:
    """The alternatives as features: lines with alternative, doing, link, km and hours; points with id and kind."""
    network = corridors.network
    places = {place.id: place for place in network.places}
    features: list[dict[str, object]] = []
    met: dict[str, Place] = {}
    for number, other in enumerate(alternatives, start=1):
        for step in other.route.steps:
            met |= {end: places[end] for end in (step.start, step.end)}
            if step.link is not None:
                lines = cut_at_antimeridian(_course(corridors, step, places))
                properties = {
                    "alternative": number, "via": other.route.via, "doing": step.doing, "link": step.link,
                    "from": step.start, "to": step.end, "km": step.km, "hours": step.hours.central,
                }  # fmt: skip
                features.append(_feature("MultiLineString", [[list(p) for p in line] for line in lines], properties))
    for place in met.values():
        properties = {"id": place.id, "name": place.name, "country": place.country, "kind": place.kind}
        features.append(_feature("Point", [place.lon, place.lat], properties))
    return {"type": "FeatureCollection", "features": features}


def cut_at_antimeridian(course: list[Point]) -> list[list[Point]]:
    """The pieces of a line that lie on one side of 180 degrees, each ending on it.

    >>> cut_at_antimeridian([(170.0, 0.0), (-170.0, 10.0)])
    [[(170.0, 0.0), (180.0, 5.0)], [(-180.0, 5.0), (-170.0, 10.0)]]
    """
    pieces = [[course[0]]]
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(course):
        if abs(lon_b - lon_a) > HALF_TURN:
            side = HALF_TURN if lon_a > 0 else -HALF_TURN
            total = 2 * HALF_TURN - abs(lon_b - lon_a)
            lat = lat_a + (lat_b - lat_a) * (abs(side - lon_a) / total if total else 0.0)
            pieces[-1].append((side, lat))
            pieces.append([(-side, lat)])
        pieces[-1].append((lon_b, lat_b))
    return pieces


def _course(corridors: Corridors, step: RouteStep, places: dict[str, Place]) -> list[Point]:
    """The line of one step, in the direction of travel."""
    ends = [(places[end].lon, places[end].lat) for end in (step.start, step.end)]
    lane = corridors.sea_paths.get(step.link or "")
    if lane is None:
        return ends
    forwards = corridors.network.link(step.link or "").start == step.start
    return [ends[0], *(lane if forwards else lane[::-1]), ends[1]]


def _feature(kind: str, coordinates: object, properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }
