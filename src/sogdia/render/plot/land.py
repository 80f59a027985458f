"""Outlines of countries as paths: rings of longitudes and latitudes put onto a map by its projection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from sogdia.render.plot.marks import Point, outline

Projection = Callable[[float, float], Point]
Turned = Callable[[float], float]
FULL_TURN, HALF_TURN = 360.0, 180.0
LEAST_PIXELS = 2.5
"""Bends that are nearer to the one before are left out, and so are rings that are smaller both ways."""


def land(
    features: Iterable[dict[str, Any]], turned: Turned, project: Projection, size: tuple[float, float]
) -> Iterator[tuple[str, str]]:
    """The country of each outline with its path; outlines that lie outside of the picture are left out.

    turned: degrees east of the map's centre; project: the pixel of them and a latitude; size: of the picture.
    """
    for feature in features:
        paths = []
        for ring in _rings(feature["geometry"]):
            for copy in _copies(ring, turned):
                points = _thinned([project(lon, lat) for lon, lat in copy])
                if _seen(points, size):
                    paths.append(f"{outline(points)}Z")
        if paths:
            yield str(feature["properties"]["iso3"]), "".join(paths)


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[Point]]:
    """The rings of a polygon or of several."""
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in several:
        yield from polygon


def _copies(ring: Sequence[Point], turned: Turned) -> Iterator[list[Point]]:
    """The ring in one piece, and once more on the other side of the map where it reaches over the edge."""
    whole = [(turned(ring[0][0]), ring[0][1])]
    for (before, _), (lon, lat) in pairwise(ring):
        step = (lon - before + HALF_TURN) % FULL_TURN - HALF_TURN
        whole.append((whole[-1][0] + step, lat))
    yield whole
    if max(lon for lon, _ in whole) > HALF_TURN:
        yield [(lon - FULL_TURN, lat) for lon, lat in whole]
    if min(lon for lon, _ in whole) < -HALF_TURN:
        yield [(lon + FULL_TURN, lat) for lon, lat in whole]


def _thinned(points: list[Point]) -> list[Point]:
    """The points to whole pixels, without those that lie close to the one before."""
    kept: list[Point] = []
    for x, y in points:
        point = (float(round(x)), float(round(y)))
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= LEAST_PIXELS:
            kept.append(point)
    return kept


def _seen(points: Sequence[Point], size: tuple[float, float]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    inside = max(xs) > 0 and min(xs) < size[0] and max(ys) > 0 and min(ys) < size[1]
    return inside and len(points) > 2 and (max(xs) - min(xs) > LEAST_PIXELS or max(ys) - min(ys) > LEAST_PIXELS)
