"""A network drawn on a map is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sogdia.errors import InputError
from sogdia.network import embedded_network, great_circle_km, read_geojson

Feature = dict[str, Any]


def point(place_id: str, lon: float, lat: float, **properties: Any) -> Feature:
    country, name = place_id.split(":")
    known = {"id": place_id, "name": name, "country": country, "kind": "rail"}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {**known, **properties},
    }


def line(start: str, end: str, points: list[list[float]], **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": points},
        "properties": {"from": start, "to": end, "mode": "rail", "gauge_mm": 1520, **properties},
    }


ALPHA, BETA = point("KAZ:Alpha", 68.0, 48.0, kind="mine"), point("KAZ:Beta", 69.0, 49.0)
BEND = [[68.0, 48.0], [68.0, 49.0], [69.0, 49.0]]

Save = Callable[[Any], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def _save(document: Any) -> Path:
        path = tmp_path / "net.geojson"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return _save


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_line_is_measured_along_its_points(save: Save) -> None:
    network = read_geojson(save(collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Beta", BEND))))
    bend = great_circle_km(48, 68, 49, 68) + great_circle_km(49, 68, 49, 69)
    assert network.links[0].km == pytest.approx(bend)
    assert (network.places[0].lat, network.places[0].lon) == (48.0, 68.0)


def test_a_stated_length_wins_over_the_drawing(save: Save) -> None:
    network = read_geojson(save(collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Beta", BEND, km=250, stroke="red"))))
    assert network.links[0].km == 250


def test_a_drawing_can_be_joined_to_the_embedded_network(save: Save) -> None:
    base = embedded_network()
    drawn = line("KAZ:Alpha", "KAZ:Zhezkazgan", [[68.0, 48.0], [67.7, 47.8]])
    joined = read_geojson(save(collection(ALPHA, drawn)), base)
    assert joined.place("KAZ:Alpha").kind == "mine"
    assert len(joined.links) == len(base.links) + 1


def test_a_border_without_geometry_lets_a_line_cross(save: Save) -> None:
    ranges = {f"{stem}_{part}": 1 for stem in ("hours", "usd_per_t") for part in ("low", "central", "high")}
    border = {"geometry": None, "properties": {"id": "x", "name": "X", "country_a": "KAZ", "country_b": "KGZ"} | ranges}
    border["properties"]["mode"] = "rail"
    other = point("KGZ:Gamma", 74.6, 42.9)
    crossing = line("KAZ:Alpha", "KGZ:Gamma", [BEND[0], [74.6, 42.9]], border="x", chokepoints=[])
    assert read_geojson(save(collection(ALPHA, other, border, crossing))).borders[0].id == "x"


MALFORMED = {
    "not JSON": ("{", "JSON", None),
    "no features": ({"type": "FeatureCollection"}, "list of features", None),
    "empty list": (collection(), "list of features", None),
    "a list at the top": ([1, 2], "list of features", None),
    "polygon": (collection(ALPHA, {"geometry": {"type": "Polygon"}, "properties": {}}), "Polygon", 2),
    "no properties": (collection({"geometry": ALPHA["geometry"]}), "with properties", 1),
    "a number for a feature": (collection(7), "with properties", 1),
    "swapped coordinates": (collection(point("KAZ:Alpha", 48.0, 168.0)), "90 or less", 1),
    "text coordinates": (collection(point("KAZ:Alpha", "east", 48.0)), "longitude and latitude", 1),  # type: ignore[arg-type]
    "line of one point": (collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Beta", [[68.0, 48.0]])), "geometry", 3),
    "unknown place": (collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Betta", BEND)), "Did you mean KAZ:Beta", 3),
    "miles": (
        collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Beta", BEND, miles=90)),
        "1.609344 and name the column km",
        3,
    ),
    "misspelt property": (collection(ALPHA, BETA, line("KAZ:Alpha", "KAZ:Beta", BEND, houres=9)), "mean hours", 3),
    "hanging apart": (
        collection(ALPHA, BETA, point("KAZ:Far", 70.0, 50.0), line("KAZ:Alpha", "KAZ:Beta", BEND)),
        "Far",
        3,
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_drawing_is_refused_with_the_number_of_its_feature(name: str, save: Save) -> None:
    document, message, number = MALFORMED[name]
    with pytest.raises(InputError, match=message) as caught:
        read_geojson(save(document))
    assert number is None or number in {fault.row for fault in caught.value.faults}


def test_a_missing_drawing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.geojson"):
        read_geojson(tmp_path / "none.geojson")
