"""Between the pixels of a scene and the ground: positions in degrees, areas in square metres, outlines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError
from sogdia.hazards.radar.scene import rasterio_module

if TYPE_CHECKING:
    from sogdia.hazards.radar.scene import RadarScene

Floats = NDArray[np.float64]
DEGREES = "EPSG:4326"
EQUATOR_M, FLATTENING = 6_378_137.0, 1 / 298.257223563
"""Of the ellipsoid WGS 84."""


def pixel_of(scene: RadarScene, lat: float, lon: float) -> tuple[int, int]:
    """Row and column of a position; InputError where it lies outside the scene."""
    row, column = _fractional_pixel(scene, lat, lon)
    if _inside(scene, row, column):
        return math.floor(row), math.floor(column)
    hint = "Correct the position, or take the scene that covers it."
    if abs(lon) <= 90 and _inside(scene, *_fractional_pixel(scene, lon, lat)):
        hint = f"The two are swapped: latitude comes first, {lon:g},{lat:g}."
    lats, lons = _corners(scene)
    rule = f"the scene covers latitude {lats[0]:.4f} to {lats[1]:.4f} and longitude {lons[0]:.4f} to {lons[1]:.4f}"
    raise InputError([Fault(scene.name, rule, hint, value=f"lake at {lat:g},{lon:g}")])


def _inside(scene: RadarScene, row: float, column: float) -> bool:
    return 0 <= row < scene.rows and 0 <= column < scene.columns


def _fractional_pixel(scene: RadarScene, lat: float, lon: float) -> tuple[float, float]:
    warp = rasterio_module().warp
    try:
        xs, ys = warp.transform(DEGREES, scene.crs, [lon], [lat])
    except Exception as why:
        rule = f"positions can be converted to the coordinate system of a scene ({why})"
        raise InputError([Fault(scene.name, rule, "Write the scene in another one, e.g. UTM.")]) from why
    column, row = mapped(~scene.transform, xs[0], ys[0])
    return (row, column) if math.isfinite(row) and math.isfinite(column) else (-1.0, -1.0)


def mapped(transform: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """A point or arrays of them through an affine transform."""
    return transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f


def degrees_of(scene: RadarScene, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of positions in pixels; whole numbers are corners of pixels."""
    x, y = mapped(scene.transform, columns, rows)
    lons, lats = rasterio_module().warp.transform(scene.crs, DEGREES, np.ravel(x).tolist(), np.ravel(y).tolist())
    return np.asarray(lats), np.asarray(lons)


def _corners(scene: RadarScene) -> tuple[tuple[float, float], tuple[float, float]]:
    rows = np.array([0, 0, scene.rows, scene.rows], dtype=float)
    columns = np.array([0, scene.columns, 0, scene.columns], dtype=float)
    lats, lons = degrees_of(scene, rows, columns)
    return (lats.min(), lats.max()), (lons.min(), lons.max())


def pixel_area_m2(scene: RadarScene, row: float, column: float) -> float:
    """Ground area of a pixel on the ellipsoid WGS 84 [m2].

    The sides of a pixel are taken as `N cos(lat) dlon` east and `M dlat` north, with the radii of curvature `N` and `M`
    at its latitude, so that degrees, Web Mercator and UTM give the same area of a lake.
    """
    rows = np.array([row, row, row - 0.5, row + 0.5])
    columns = np.array([column - 0.5, column + 0.5, column, column])
    lats, lons = (np.radians(angle) for angle in degrees_of(scene, rows, columns))
    eccentric = FLATTENING * (2 - FLATTENING)
    w = 1 - eccentric * math.sin(float(lats.mean())) ** 2
    prime, meridian = EQUATOR_M / math.sqrt(w), EQUATOR_M * (1 - eccentric) / w**1.5
    turn = (np.diff(lons)[::2] + math.pi) % (2 * math.pi) - math.pi
    east = prime * math.cos(float(lats.mean())) * turn
    north = meridian * np.diff(lats)[::2]
    return abs(float(east[0] * north[1] - east[1] * north[0]))


def outline(scene: RadarScene, mask: NDArray[np.bool_], top: int, left: int) -> dict[str, Any]:
    """The lake as a GeoJSON geometry in degrees along the edges of its pixels (RFC 7946).

    mask: (rows, columns) whose first pixel is at row `top` and column `left` of the scene.
    """
    from rasterio.windows import Window, transform

    rasterio = rasterio_module()
    at = transform(Window(left, top, mask.shape[1], mask.shape[0]), scene.transform)
    shapes = rasterio.features.shapes(mask.astype(np.uint8), mask=mask, connectivity=8, transform=at)
    parts = [rasterio.warp.transform_geom(scene.crs, DEGREES, shape, precision=7) for shape, _ in shapes]
    polygons = [part["coordinates"] for part in parts if part["type"] == "Polygon"]
    polygons += [polygon for part in parts if part["type"] == "MultiPolygon" for polygon in part["coordinates"]]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}
