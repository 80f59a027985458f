"""The view of a map that holds some points: Mercator's projection, turned and scaled.

It is turned so that its edge lies in the widest gap between the points (a route across the Pacific stays in one piece)
and as large as they fit:

    x = W / 2 + k (lon - lon0),    y = y0 - k ln tan(pi/4 + lat/2),    k = min(W / width, H / height) in radians
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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


def fitted(lons: Sequence[float], lats: Sequence[float], width: float = WIDTH) -> MapView:
    """The view that holds all points.

    >>> fitted([170.0, -170.0], [-10.0, 10.0]).centre
    180.0
    """
    west, span = widest_gap(lons)
    low, high = _mercator(min(lats)), _mercator(max(lats))
    across, upright = math.radians(max(span, 1.0)) * (1 + 2 * MARGIN), max(high - low, 0.02) * (1 + 2 * MARGIN)
    height = float(round(min(max(width * upright / across, LEAST * width), TALLEST * width)))
    scale = min(width / across, height / upright)
    return MapView(west + span / 2, scale, height / 2 + scale * (low + high) / 2, width, height)


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def widest_gap(lons: Sequence[float]) -> tuple[float, float]:
    """The longitude east of the widest gap, and how far the points reach from there."""
    # A tiny negative longitude is a full turn after one modulo, and zero after two.
    around = sorted({lon % FULL_TURN % FULL_TURN for lon in lons})
    gaps = [
        (after - before) % FULL_TURN or FULL_TURN
        for before, after in zip(around, [*around[1:], around[0]], strict=True)
    ]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return around[(widest + 1) % len(around)], FULL_TURN - gaps[widest]
