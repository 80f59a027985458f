"""The great-circle distance between two places, which no link of the network may undercut."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, IUGG 1980."""


def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine formula).

    d = 2 R asin sqrt( sin^2((lat_b - lat_a)/2) + cos lat_a cos lat_b sin^2((lon_b - lon_a)/2) )

    >>> round(great_circle_km(0.0, 0.0, 0.0, 180.0))  # half the equator
    20015
    """
    half_lat = radians(lat_b - lat_a) / 2
    half_lon = radians(lon_b - lon_a) / 2
    h = sin(half_lat) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
