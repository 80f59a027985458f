"""Speckle: how many looks a radar image has, and the Lee filter, which smooths even ground and keeps edges.

Speckle multiplies the backscattered power by noise of mean 1 and variance 1/looks. Power is linear, not decibel; NaN is
missing.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Floats = NDArray[np.float64]
WindowSide = Literal[3, 5, 7]
FEWEST_LOOKS, MOST_LOOKS = 1.0, 100.0
LOOKS_SIDE = 7
UPPER_QUARTILE_PER_LOOK = 1.2
"""Upper quartile of `mean^2 / variance` in windows of 7 x 7 pixels of pure speckle, per look (1.27 at 1 look)."""
SIDE_BY_LOOKS: tuple[tuple[float, WindowSide], ...] = ((6.0, 3), (2.0, 5), (0.0, 7))
"""The side of the Lee filter for at least so many looks: about 50 looks or more after it."""
LEAST_VALID = 0.5
"""Share of a window that must be known for its mean to stand."""


def box_mean(power: Floats, side: int) -> tuple[Floats, Floats]:
    """Mean of the known pixels in a square window, and the share of them; NaN where less than half is known.

    power: (rows, columns); side: of the window [pixels].
    """
    known = np.isfinite(power)
    share = ndimage.uniform_filter(known.astype(np.float64), side, mode="nearest")
    total = ndimage.uniform_filter(np.where(known, power, 0.0), side, mode="nearest")
    enough = share >= LEAST_VALID
    return np.where(enough, total / np.where(enough, share, 1.0), np.nan), share


def lee(power: Floats, looks: float, side: int) -> Floats:
    """Speckle filter of Lee (1980): `mean + W (power - mean)`, `W = (1 - C_u^2 / C_i^2) / (1 + C_u^2)` within 0..1.

    `C_u^2 = 1 / looks` is the variation that speckle alone makes, `C_i^2 = variance / mean^2` that of the window. Even
    ground has `W = 0` and gets the mean; an edge keeps its pixels. A missing pixel gets the mean of its window where
    more than half of that is known, else NaN. Lee, J.-S. (1980), IEEE Trans. Pattern Analysis 2, 165-168.
    """
    mean, share = box_mean(power, side)
    square = box_mean(power * power, side)[0]
    variance = np.maximum(square - mean * mean, 0.0)
    speckle = 1.0 / looks
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.clip((1.0 - speckle * mean * mean / variance) / (1.0 + speckle), 0.0, 1.0)
    weight = np.where(variance > 0, weight, 0.0)
    filtered = mean + weight * (np.where(np.isfinite(power), power, mean) - mean)
    return np.where(share >= LEAST_VALID, filtered, np.nan)


def estimated_looks(power: Floats) -> float:
    """Equivalent number of looks: the upper quartile of `mean^2 / variance` in windows of 7 x 7, over 1.2.

    Texture and edges only lower the ratio, so that the even quarter of the image decides. Within 1..100; 1 where
    nothing can be told.
    """
    mean, share = box_mean(power, LOOKS_SIDE)
    square = box_mean(power * power, LOOKS_SIDE)[0]
    pixels = LOOKS_SIDE**2
    variance = (square - mean * mean) * pixels / (pixels - 1)
    even = (share > 1 - 0.5 / pixels) & (variance > 0)
    if not even.any():
        return FEWEST_LOOKS
    quartile = float(np.quantile(mean[even] ** 2 / variance[even], 0.75))
    return min(max(quartile / UPPER_QUARTILE_PER_LOOK, FEWEST_LOOKS), MOST_LOOKS)


def side_for(looks: float) -> WindowSide:
    """The side of the Lee filter that leaves little speckle and loses little detail [pixels].

    >>> side_for(3), side_for(10), side_for(1)
    (5, 3, 7)
    """
    return next((side for least, side in SIDE_BY_LOOKS if looks >= least), get_args(WindowSide)[-1])


def decibel(power: Floats) -> Floats:
    """`10 log10(power)`; NaN where the power is missing or not above 0."""
    return 10.0 * np.log10(np.where(power > 0, power, np.nan))


def power_of(db: Floats) -> Floats:
    """`10^(dB / 10)`."""
    return np.asarray(10.0 ** (db / 10.0), dtype=np.float64)
