"""The shore of a lake: which pixels along it are half water at least, and how uncertain the area within it is."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from sogdia.hazards.radar.parameters import rule
from sogdia.hazards.radar.speckle import box_mean, power_of
from sogdia.hazards.radar.threshold import histogram, otsu
from sogdia.hazards.radar.water import Water, WaterPicture, nearest_land, shore_land

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SHORE_SIDE = 3
"""Of the window whose mean power decides on a pixel of the shore."""
CORE_PIXELS = 2
STRIP_ROWS = 512
LENGTH_PER_EDGE = math.pi / 4
"""Length of a smooth line per edge of the pixels along it, mean of all directions."""
UNIFORM = 1 / math.sqrt(12)
"""Standard deviation of what is uniform over one unit."""


def half_power(db: Floats, body: Mask) -> float:
    """The power of a pixel that is half water: the mean of the medians of the lake and of the land along its shore.

    Pixels mix power, not decibel: at 10 dB between water and land half water is 2.6 dB below the land, so that a
    threshold midway in decibel draws every lake too small.
    """
    core = ndimage.binary_erosion(body, iterations=CORE_PIXELS)
    inside = db[core if core.any() else body]
    land = shore_land(db, body)
    medians = [np.nanmedian(values) for values in (inside, land) if np.isfinite(values).any()]
    return float(np.mean(power_of(np.asarray(medians))))


def shore_band(body: Mask, pixels: int = 1) -> Mask:
    """The pixels next to the shore, on either side."""
    wide = ndimage.binary_dilation(body, iterations=pixels)
    return np.asarray(wide & ~ndimage.binary_erosion(body, iterations=pixels, border_value=1))


def with_shore(power: Floats, body: Mask, undecided: Mask, half: float, side: int = SHORE_SIDE) -> Mask:
    """The lake with its undecided pixels taken as water where the mean power around them is below `half`.

    A pixel without known power around it stays as it is. power, body, undecided: (rows, columns); side: of the window.
    """
    mean, _ = box_mean(power, side)
    known = undecided & np.isfinite(mean)
    return np.where(known, mean < half, body)


def largest_body(mask: Mask) -> Mask:
    """The largest body of pixels that touch by sides or corners."""
    labels, count = ndimage.label(mask, np.ones((3, 3)))
    if count <= 1:
        return mask
    sizes = np.zeros(count + 1, dtype=np.int64)
    for top in range(0, labels.shape[0], STRIP_ROWS):  # all at once, NumPy would copy the labels in eight bytes each
        sizes += np.bincount(labels[top : top + STRIP_ROWS].ravel(), minlength=count + 1)
    sizes[0] = 0
    return np.asarray(labels == int(sizes.argmax()))


def shore_pixels(body: Mask) -> float:
    """Length of the shore [pixels]: pi/4 times the edges between water and what is not.

    >>> disc = np.hypot(*(np.indices((101, 101)) - 50)) <= 40
    >>> round(shore_pixels(disc) / (2 * math.pi * 40), 2)
    1.01
    """
    edges = sum(int(np.count_nonzero(np.diff(body, axis=axis, prepend=False, append=False))) for axis in (0, 1))
    return LENGTH_PER_EDGE * edges


def threshold_sigma(picture: WaterPicture, water: Water) -> float:
    """How far the lake changes within the spread of its threshold [pixels]: half of `A(T + d) - A(T - d)`.

    `d` is half the difference between the threshold and that of Otsu over the lake and as much land, 0.5 dB at least.
    A threshold at which there is no lake counts as an area of 0.
    """
    whole = otsu(histogram(picture.db[water.mask | nearest_land(water.mask, picture.db)]))
    apart = 0.0 if whole is None else abs(whole - water.threshold_db) / 2
    spread = max(apart, rule("least_threshold_spread_db"))
    bodies = (picture.body(water.threshold_db + sign * spread) for sign in (1, -1))
    upper, lower = (0 if body is None else int(np.count_nonzero(body)) for body in bodies)
    return abs(upper - lower) / 2


def area_sigma(shore: float, threshold: float, unsure: float) -> float:
    """Standard deviation of a lake's area [pixels]: `sqrt((L^2 + N^2) / 12 + S^2)`.

    shore: its length `L`; the whole shore lies up to half a pixel inwards or outwards, all values alike; unsure: the
    pixels `N` within the lake that are missing or unlike the rest, any share of which may be water; threshold: `S` by
    `threshold_sigma`.

    >>> round(area_sigma(math.sqrt(12) * 3, 4, 0), 9)
    5.0
    """
    return math.hypot(shore * UNIFORM, unsure * UNIFORM, threshold)


def cut_share(body: Mask, known: Mask) -> tuple[float, bool]:
    """Share of the pixels around the lake that are missing or outside the image, and whether any is outside."""
    whole, seen = np.pad(body, 1), np.pad(known, 1)
    outside = np.ones_like(whole)
    outside[1:-1, 1:-1] = False
    ring = ndimage.binary_dilation(whole) & ~whole
    return float((~seen[ring]).mean()), bool((ring & outside).any())
