"""The check that a place lies in its country, against the outlines of the countries.

The outlines are coarse and leave out small islands and small countries, so that only positions far from the country
are faults: those inside another country, those far out at sea, and 0, 0, which is what an empty cell becomes.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sogdia.basemap import outlines
from sogdia.codes import countries
from sogdia.network.geometry import EARTH_RADIUS_KM
from sogdia.network.records import Place

NEAR_KM = 120.0
"""Allowance for coarse outlines, at a border or a coast."""
AT_SEA_KM = 1_500.0
"""Islands that the outlines leave out lie nearer to their country."""
STEP_DEGREES = 0.5
SWAPPED = "latitude and longitude may be swapped, or a sign lost"
Ring = NDArray[np.float64]


def position_problem(place: Place) -> tuple[str, str] | None:
    """(rule broken, remedy) where a place lies outside its country; None where it lies inside or that is not known."""
    known = countries().get(place.country)
    name = known.name if known else place.country
    if place.lat == 0.0 and place.lon == 0.0:
        return (
            f"the position 0, 0 lies in the Atlantic, outside {name}",
            "Write the latitude and longitude of the place.",
        )
    own = _rings().get(place.country)
    if own is None or _inside(own, place.lon, place.lat):
        return None
    away = _distance_km(place)
    if away <= NEAR_KM:
        return None
    other = _country_at(place.lon, place.lat)
    if other is None and away <= AT_SEA_KM:
        return None
    where = f"in {countries()[other].name}" if other else "at sea"
    return f"the position lies outside {name}, {where}, {away:,.0f} km away", f"Correct it: {SWAPPED}."


@cache
def _rings() -> dict[str, tuple[Ring, ...]]:
    """Rings of each outline, shape (points, 2) as longitude and latitude; holes are rings too."""
    rings: dict[str, tuple[Ring, ...]] = {}
    for feature in outlines():
        parts = feature["geometry"]["coordinates"]
        iso3 = feature["properties"]["iso3"]
        if iso3:
            rings[iso3] = tuple(np.array(ring, dtype=float) for polygon in parts for ring in polygon)
    return rings


def _inside(rings: tuple[Ring, ...], lon: float, lat: float) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times."""
    crossings = 0
    for ring in rings:
        x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
        spans = (y1 > lat) != (y2 > lat)
        slope = np.divide(x2 - x1, y2 - y1, out=np.zeros_like(x1), where=spans)
        crossings += int(np.sum(spans & (lon < x1 + slope * (lat - y1))))
    return crossings % 2 == 1


def _country_at(lon: float, lat: float) -> str | None:
    """The first country whose outline holds a position: the same count, for the edges of all countries at once."""
    country, edges = _edges()
    spans = np.flatnonzero((edges[1] > lat) != (edges[3] > lat))
    x1, y1, x2, y2 = edges[:, spans]
    crossed = country[spans][lon < x1 + (x2 - x1) / (y2 - y1) * (lat - y1)]
    inside = np.flatnonzero(np.bincount(crossed, minlength=1) % 2)
    return tuple(_rings())[inside[0]] if inside.size else None


@cache
def _edges() -> tuple[NDArray[np.intp], Ring]:
    """Of every edge of every outline: the number of its country, (n,), and its x1, y1, x2, y2 in degrees, (4, n)."""
    pieces = [(number, ring) for number, rings in enumerate(_rings().values()) for ring in rings]
    country = np.concatenate([np.full(len(ring) - 1, number) for number, ring in pieces])
    return country, np.concatenate([np.hstack([ring[:-1], ring[1:]]).T for _, ring in pieces], axis=1)


def _distance_km(place: Place) -> float:
    """Kilometres from the nearest point of the country's outline, along great circles."""
    toward = _directions(np.array([[place.lon, place.lat]]))[0]
    return float(EARTH_RADIUS_KM * np.arccos(np.clip((_points(place.country) @ toward).max(), -1.0, 1.0)))


@cache
def _points(iso3: str) -> Ring:
    """Points every STEP_DEGREES along the edges of an outline, as directions from the centre of the earth, (n, 3)."""
    taken = []
    for ring in _rings()[iso3]:
        for start, end in pairwise(ring):
            taken.append(np.linspace(start, end, max(int(np.ceil(np.abs(end - start).max() / STEP_DEGREES)), 1) + 1))
    return _directions(np.concatenate(taken))


def _directions(degrees: Ring) -> Ring:
    """Unit vectors of longitudes and latitudes in degrees, (n, 3)."""
    lon, lat = np.radians(degrees).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
