"""The drawn courses of voyages keep to the sea, and to the lanes that they were measured on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sogdia.basemap import outlines
from sogdia.network import (
    Network,
    embedded_network,
    embedded_sea_paths,
    embedded_sea_rules,
    great_circle_km,
    link_id,
    voyage,
)
from support.programs import TOOLS, loaded

Points = NDArray[np.float64]

CANALS = {"Suez": (32.4, 30.3), "Panama": (-79.7, 9.1), "Corinth and its gulf": (22.2, 38.1), "Kiel": (9.7, 54.3)}
RIVERS = {"St Lawrence": (-71.8, 46.6)}
"""Where ships do cross land, lon and lat."""
NEAR_KM = 130.0
"""Harbours lie in bays and rivers, and canals in land: not looked at within this distance."""
COARSE_KM = 30.0
"""The outlines of the map leave out islands, bays and capes of about this size."""
ROUNDING_KM = 8.0
"""Half the diagonal of a tenth of a degree."""


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with loaded(TOOLS / "build_sea_legs.py") as program:
        yield program


def rings() -> list[Points]:
    """Outer rings of all countries, (lon, lat); those that reach round the antimeridian are left out."""
    found = []
    for feature in outlines():
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        found += [np.array(polygon[0], dtype=np.float64) for polygon in polygons]
    return [ring for ring in found if np.ptp(ring[:, 0]) < 180]


def within(points: Points, ring: Points) -> NDArray[np.bool_]:
    """Which points a ring holds: an odd number of its edges lies east of them."""
    (x, y), (x2, y2) = ring[:-1].T, ring[1:].T
    odd = np.zeros(len(points), dtype=bool)
    for ax, ay, bx, by in zip(x, y, x2, y2, strict=True):
        if ay != by:
            lon, lat = points.T
            odd ^= ((ay > lat) != (by > lat)) & (lon < (bx - ax) * (lat - ay) / (by - ay) + ax)
    return odd


def depth_km(point: Points, ring: Points) -> float:
    """How far a point lies from the nearest edge of a ring."""
    scale = 111.2 * np.array([np.cos(np.radians(point[1])), 1.0])
    a, b = (ring[:-1] - point) * scale, (ring[1:] - point) * scale
    d = b - a
    t = np.clip(-(a * d).sum(1) / np.maximum((d * d).sum(1), 1e-12), 0, 1)
    return float(np.hypot(*(a + t[:, None] * d).T).min())


def test_no_voyage_is_drawn_over_land(network: Network) -> None:
    chords = {tuple(sorted(ends)) for path in embedded_sea_paths().values() for ends in pairwise(path)}
    steps = np.linspace(0, 1, 9)[:, None]
    points = np.vstack([
        np.array(a) + steps * (np.array(b) - np.array(a)) for a, b in chords if abs(a[0] - b[0]) < 180
    ])  # fmt: skip
    spared = [
        *CANALS.values(),
        *RIVERS.values(),
        *((place.lon, place.lat) for place in network.places if "ocean" in place.kind),
    ]
    spared += [(place.lon, place.lat) for place in network.places if place.kind == "destination"]
    ashore = {}
    for ring in rings():
        boxed = points[((points >= ring.min(0)) & (points <= ring.max(0))).all(1)]
        for point in boxed[within(boxed, ring)]:
            near = min(great_circle_km(point[1], point[0], lat, lon) for lon, lat in spared)
            if near > NEAR_KM and (depth := depth_km(point, ring)) > COARSE_KM:
                ashore[tuple(point.round(1).tolist())] = depth
    assert ashore == {}


@pytest.mark.parametrize(
    ("start", "end", "closed"),
    [
        ("GEO:Poti", "JPN:Yokohama", ()),
        ("GEO:Poti", "JPN:Yokohama", ("suez",)),
        ("CHN:Lianyungang", "JPN:Yokohama", ()),
        ("IRN:BandarAbbas", "JPN:Kobe", ()),
        ("RUS:StPetersburg", "USA:LosAngeles", ()),
    ],
)
def test_the_drawn_course_keeps_to_the_measured_lane(
    network: Network, tool: ModuleType, start: str, end: str, closed: tuple[str, ...]
) -> None:
    leg = voyage(network.place(start), network.place(end), embedded_sea_rules(), closed)
    drawn = embedded_sea_paths()[link_id(start, end, "sea", leg.chokepoints)]
    for point in leg.path:
        off = min(tool.off_chord_km(point, a, b) for a, b in pairwise(drawn))
        assert off <= tool.DRAWING_TOLERANCE_KM + ROUNDING_KM, point


DEGREES = st.tuples(st.floats(-179, 179), st.floats(-75, 75))


@given(path=st.lists(DEGREES, min_size=2, max_size=30, unique=True))
def test_no_dropped_bend_is_farther_from_the_course_than_the_tolerance(tool: ModuleType, path: list[object]) -> None:
    kept = tool.simplified(path)
    assert (kept[0], kept[-1]) == (path[0], path[-1])
    places = [path.index(point) for point in kept]
    assert places == sorted(places)
    for first, last in pairwise(places):
        for point in path[first + 1 : last]:
            assert tool.off_chord_km(point, path[first], path[last]) <= tool.DRAWING_TOLERANCE_KM


def test_ports_of_one_country_are_joined_by_sea_and_so_are_neighbouring_importers(network: Network) -> None:
    ports = {place.id: place for place in network.places if place.kind in ("port_ocean", "destination")}
    joined = {frozenset((link.start, link.end)) for link in network.links if link.mode == "sea"}
    for a in ports.values():
        for b in ports.values():
            if a.id < b.id and a.country == b.country:
                assert {a.id, b.id} in joined
    assert {"KOR:Busan", "JPN:Kitakyushu"} in joined
    assert {"IRN:BandarAbbas", "CHN:Lianyungang"} in joined
    assert {"NLD:Rotterdam", "JPN:Yokohama"} not in joined
