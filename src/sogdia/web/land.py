"""The map behind the routes, as GeoJSON: outlines of the countries, the links of the network, and its places."""

from __future__ import annotations

from typing import Any

from sogdia.basemap import outline_sources, outlines
from sogdia.corridors.geojson import cut_at_antimeridian
from sogdia.questions.registry import network

DECIMALS = 2
"""Of degrees: a kilometre, less than a pixel of any map of a continent."""


def map_features() -> dict[str, Any]:
    """A feature collection; `layer` of a feature is country, link or place."""
    corridors = network()
    net = corridors.network
    places = {place.id: place for place in net.places}
    features: list[dict[str, Any]] = [
        {**outline, "properties": {**outline["properties"], "layer": "country"}} for outline in outlines()
    ]
    for link in net.links:
        ends = [(places[end].lon, places[end].lat) for end in (link.start, link.end)]
        lane = corridors.sea_paths.get(link.id)
        course = ends if lane is None else [ends[0], *lane, ends[1]]
        lines = [
            [[round(part, DECIMALS) for part in point] for point in piece] for piece in cut_at_antimeridian(course)
        ]
        features.append(
            _feature(
                {"type": "MultiLineString", "coordinates": lines},
                layer="link", id=link.id, mode=link.mode, start=link.start, end=link.end, km=link.km,
                status=link.status, border=link.border, chokepoints=list(link.chokepoints),
            )
        )  # fmt: skip
    for place in net.places:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
        features.append(
            _feature(point, layer="place", id=place.id, name=place.name, country=place.country, kind=place.kind)
        )
    return {"type": "FeatureCollection", "sources": list(outline_sources()), "features": features}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
