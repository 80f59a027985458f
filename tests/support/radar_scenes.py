"""Synthetic radar scenes: a dark lake on brighter land under gamma speckle, written as GeoTIFF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.warp import transform
from scipy.ndimage import gaussian_filter

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PIXEL_M = 20.0
CRS = "EPSG:32643"
LEFT, TOP = 500_000.0, 4_700_000.0
"""Corner of every scene: in the Tien Shan, 42.45 N 75 E."""
WATER_DB = -19.0


def lake_shape(side: int, radius: float, centre: tuple[float, float] | None = None) -> Mask:
    """A lake with bays, near the middle unless said otherwise."""
    row, column = centre or (side / 2, side / 2)
    rows, columns = np.indices((side, side))
    angle = np.arctan2(rows - row, columns - column)
    edge = radius * (1 + 0.15 * np.sin(3 * angle + 1) + 0.1 * np.sin(5 * angle + 2))
    return np.asarray(np.hypot(columns - column, 1.3 * (rows - row)) < edge)


def speckled(water: Mask, contrast_db: float, looks: float, seed: int) -> Floats:
    """Power of a scene: water of -19 dB, land brighter by the contrast, times gamma speckle of mean 1."""
    mean = np.where(water, 10 ** (WATER_DB / 10), 10 ** ((WATER_DB + contrast_db) / 10))
    return np.asarray(np.random.default_rng(seed).gamma(looks, 1 / looks, water.shape) * mean)


def write_scene(path: Path, values: Floats, *, dtype: str = "float32", crs: str | None = CRS, **profile: Any) -> Path:
    """Write one band (rows, columns) or several (bands, rows, columns) and return the path."""
    bands = values[np.newaxis] if values.ndim == 2 else values
    settings: dict[str, Any] = {"transform": Affine(PIXEL_M, 0, LEFT, 0, -PIXEL_M, TOP), **profile}
    with rasterio.open(
        path, "w", driver="GTiff", count=bands.shape[0], height=bands.shape[1], width=bands.shape[2], dtype=dtype,
        crs=crs, **settings,
    ) as out:  # fmt: skip
        out.write(bands.astype(dtype))
    return path


def position_of(row: float, column: float) -> tuple[float, float]:
    """Latitude and longitude of a pixel's middle."""
    lons, lats = transform(CRS, "EPSG:4326", [LEFT + (column + 0.5) * PIXEL_M], [TOP - (row + 0.5) * PIXEL_M])
    return float(lats[0]), float(lons[0])


def area_of(water: Mask) -> float:
    """Area of a lake on the grid [m2]."""
    return float(np.count_nonzero(water)) * PIXEL_M**2


def mountains(seed: int, lake: bool) -> tuple[Floats, Mask]:
    """Power of a scene among mountains, and its lake in the middle where it has one.

    Slopes of a fractal surface make the land bright or dark by some decibel, those turned away lie in shadow of -23 dB;
    the sensor blurs, and its speckle is smooth over neighbours.
    """
    rng = np.random.default_rng(seed)
    side = int(rng.integers(120, 320))
    frequency = np.fft.fftfreq(side)
    wave = np.hypot(frequency[:, np.newaxis], frequency)
    wave[0, 0] = 1
    height = np.real(np.fft.ifft2(np.fft.fft2(rng.normal(size=(side, side))) / wave**1.7))
    slope = np.gradient(gaussian_filter(height, 1.5), axis=1)
    slope /= slope.std()
    db = np.where(slope > 1.9, -23.0, np.clip(-8 + rng.uniform(1, 3.5) * slope, -14, 3))
    water = lake_shape(side, rng.uniform(12, min(45, side / 4)))
    if lake:
        db = np.where(water, rng.uniform(-21, -15), db)
    looks = rng.choice([3, 4.4, 8])
    speckle = gaussian_filter(rng.gamma(looks, 1 / looks, (side, side)), 0.5)
    return gaussian_filter(10 ** (db / 10), 0.6) * speckle, water
