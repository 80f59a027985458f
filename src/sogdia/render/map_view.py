"""The view of a map that holds some points: Mercator's projection, turned and scaled.

It is turned so that its edge lies in the widest gap between the points (a route across the Pacific stays in one piece)
and as large as they fit:

    x = W / 2 + k (lon - lon0),    y = y0 - k ln tan(pi/4 + lat/2),    k = min(W / width, H / height) in radians
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sogdia.render.plot.picture import WIDE

WIDTH = WIDE
TALLEST, LEAST = 0.62, 0.36
"""Height of a map as a part of its width."""
MARGIN = 0.1
FULL_TURN, HALF_TURN = 360.0, 180.0
POLE = 85.0
"""Latitude beyond which Mercator's map is not drawn."""


@dataclass(frozen=True, slots=True)
class MapView:
    """Where the map looks. centre: its central meridian [degrees]; scale: pixels per radian; middle: the pixel of the
    equator from above.
    """

    centre: float
    scale: float
    middle: float
    width: float
    height: float

    def turned(self, lon: float) -> float:
        """Degrees east of the central meridian, from -180 to 180.

        >>> MapView(170.0, 1.0, 0.0, 1.0, 1.0).turned(-170.0)
        20.0
        """
        return (lon - self.centre + HALF_TURN) % FULL_TURN - HALF_TURN

    def place(self, turned: float, lat: float) -> tuple[float, float]:
        """The pixel of a point. turned: degrees east of the central meridian."""
        y = self.middle - self.scale * _mercator(min(max(lat, -POLE), POLE))
        return self.width / 2 + self.scale * math.radians(turned), y

    def courses(self, line: Sequence[Sequence[float]]) -> Iterator[list[tuple[float, float]]]:
        """The pixels of a line, in each turn of the earth in which it touches the picture."""
        unrolled = list(_unrolled(line))
        for turn in (-FULL_TURN, 0.0, FULL_TURN):
            course = [self.place(lon + turn - self.centre, lat) for lon, lat in unrolled]
            xs, ys = [x for x, _ in course], [y for _, y in course]
            if max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height:
                yield course


def fitted(
    lons: Sequence[float], lats: Sequence[float], width: float = WIDTH, heights: tuple[float, float] | None = None
) -> MapView:
    """The view that holds all points. heights: the least and the most pixels from above to below.

    >>> fitted([170.0, -170.0], [-10.0, 10.0]).centre
    180.0
    """
    west, span = _widest_gap(lons)
    low, high = _mercator(min(lats)), _mercator(max(lats))
    across, upright = math.radians(max(span, 1.0)) * (1 + 2 * MARGIN), max(high - low, 0.02) * (1 + 2 * MARGIN)
    least, tallest = heights or (LEAST * width, TALLEST * width)
    height = float(round(min(max(width * upright / across, least), tallest)))
    scale = min(width / across, height / upright)
    return MapView(west + span / 2, scale, height / 2 + scale * (low + high) / 2, width, height)


def path(points: Iterable[tuple[float, float]]) -> str:
    """The letters of an open path through points, to a tenth of a pixel.

    >>> path([(0.0, 1.0), (2.0, 3.04)])
    'M0.0 1.0L2.0 3.0'
    """
    letters = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{letters}" if letters else ""


def _unrolled(line: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    """Points whose longitudes never jump: each is given the turn that is nearest to the point before."""
    before = float(line[0][0])
    for lon, lat in ((float(point[0]), float(point[1])) for point in line):
        near = lon + FULL_TURN * round((before - lon) / FULL_TURN)
        yield near, lat
        before = near


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _widest_gap(lons: Sequence[float]) -> tuple[float, float]:
    """The longitude east of the widest gap, and how far the points reach from there."""
    # A tiny negative longitude is a full turn after one modulo, and zero after two.
    around = sorted({lon % FULL_TURN % FULL_TURN for lon in lons})
    gaps = [
        (after - before) % FULL_TURN or FULL_TURN
        for before, after in zip(around, [*around[1:], around[0]], strict=True)
    ]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return around[(widest + 1) % len(around)], FULL_TURN - gaps[widest]
