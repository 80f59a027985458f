"""The view of a map that holds some points: Mercator's projection, turned and scaled.

It is turned so that its edge lies in the widest gap between the points (a route across the Pacific stays in one piece)
and as large as they fit:

    x = W / 2 + k (lon - lon0),    y = y0 - k ln tan(pi/4 + lat/2),    k = min(W / width, H / height) in radians
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, TALLEST, LEAST = 860, 560, 300
MARGIN = 0.1
FULL_TURN = 360.0


@dataclass(frozen=True, slots=True)
class MapView:
    """Where the map looks: its central meridian, the projection of Vega-Lite, and its height in pixels."""

    centre: float
    projection: dict[str, Any]
    height: int


def fitted(lons: Sequence[float], lats: Sequence[float], width: int = WIDTH) -> MapView:
    """The view that holds all points.

    >>> fitted([170.0, -170.0], [-10.0, 10.0]).centre
    180.0
    """
    west, span = _widest_gap(lons)
    centre = west + span / 2
    low, high = _mercator(min(lats)), _mercator(max(lats))
    across, upright = math.radians(max(span, 1.0)) * (1 + 2 * MARGIN), max(high - low, 0.02) * (1 + 2 * MARGIN)
    height = round(min(max(width * upright / across, LEAST), TALLEST))
    scale = min(width / across, height / upright)
    middle = height / 2 + scale * (low + high) / 2
    projection = {
        "type": "mercator",
        "scale": scale,
        "translate": (width / 2, middle),
        "rotate": (-centre, 0, 0),
        "clipExtent": [[0, 0], [width, height]],
    }
    return MapView(centre, projection, height)


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
