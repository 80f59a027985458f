"""The ground of a small map: Mercator's projection of a window, and the land in it as one path.

    x = W / 2 + k (lon - lon0),   y = y0 - k ln tan(pi / 4 + lat / 2),   lon, lat in radians

The window's central meridian lies opposite the widest gap between the points, so that a way across the Pacific stays in
one piece; land is drawn once more a full turn to the left and right, and the picture's edge cuts what lies outside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sogdia.basemap import outlines
from sogdia.render.map_view import FULL_TURN, widest_gap
from sogdia.render.plot.land import rings

Point = tuple[float, float]
MARGIN = 0.09
LEAST_STEP = 0.8
"""Bends of a coast closer than this are left out [pixels]."""
LOWEST, HIGHEST = -80.0, 83.0
"""Latitudes that the projection can show."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A window. centre: longitude; scale: pixels per radian; middle: y of the equator."""

    width: float
    height: float
    centre: float
    scale: float
    middle: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a point lies [pixels]; the longitude is taken as it is, also beyond half a turn."""
        return self.width / 2 + self.scale * math.radians(lon - self.centre), self.middle - self.scale * _upright(lat)

    def courses(self, line: Sequence[Sequence[float]]) -> Iterator[list[Point]]:
        """A line or the edge of an area, in each turn of the earth in which it touches the window."""
        unrolled = list(_unrolled(line))
        for turn in (-FULL_TURN, 0.0, FULL_TURN):
            course = [self.at(lon + turn, lat) for lon, lat in unrolled]
            xs, ys = [x for x, _ in course], [y for _, y in course]
            if max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height:
                yield course


def window(points: Sequence[Point], width: float, tallest: float, least: float) -> Ground:
    """The window that holds all points (longitude, latitude), no taller than `tallest`.

    >>> window([(170.0, -10.0), (-170.0, 10.0)], 600.0, 300.0, 100.0).centre
    180.0
    """
    west, span = widest_gap([lon for lon, _ in points])
    centre = west + span / 2
    low, high = _upright(min(lat for _, lat in points)), _upright(max(lat for _, lat in points))
    across = math.radians(max(span, 1.0)) * (1 + 2 * MARGIN)
    tall = max(high - low, 0.02) * (1 + 2 * MARGIN)
    height = min(max(width * tall / across, least), tallest)
    scale = min(width / across, height / tall)
    return Ground(width, height, centre, scale, height / 2 + scale * (low + high) / 2)


def land(ground: Ground) -> str:
    """The letters of a path of all land that touches the window."""
    parts: list[str] = []
    for feature in outlines():
        for ring in rings(feature["geometry"]):
            parts += [path(thinned(course), closed=True) for course in ground.courses(ring)]
    return "".join(parts)


def path(points: Iterable[Point], *, closed: bool = False) -> str:
    """The letters of a path through points, to a tenth of a pixel."""
    letters = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{letters}{'Z' if closed else ''}" if letters else ""


def thinned(course: Sequence[Point]) -> list[Point]:
    """The course without bends that lie closer to the last one than LEAST_STEP."""
    kept = [course[0]]
    for x, y in course[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= LEAST_STEP:
            kept.append((x, y))
    return [*kept, course[-1]]


def _unrolled(line: Sequence[Sequence[float]]) -> Iterator[Point]:
    """Points whose longitudes never jump: each is given the turn that is nearest to the point before."""
    before = float(line[0][0])
    for lon, lat in ((float(point[0]), float(point[1])) for point in line):
        near = lon + FULL_TURN * round((before - lon) / FULL_TURN)
        yield near, lat
        before = near


def _upright(lat: float) -> float:
    inside = min(max(lat, LOWEST), HIGHEST)
    return math.log(math.tan(math.pi / 4 + math.radians(inside) / 2))
