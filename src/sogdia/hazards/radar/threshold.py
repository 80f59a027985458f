"""The threshold between dark water and bright land in decibel by Otsu's rule, and how well a histogram parts the two.

A threshold lies on the edge of a bin, so that equal images give equal thresholds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Floats = NDArray[np.float64]
BIN_DB, LOWEST_DB, HIGHEST_DB = 0.25, -60.0, 40.0
EDGES = np.arange(LOWEST_DB, HIGHEST_DB + BIN_DB / 2, BIN_DB)
CENTRES = (EDGES[:-1] + EDGES[1:]) / 2
SMOOTHING_BINS = 3.0
"""Standard deviation of the window that smooths a histogram before its peaks are sought: 0.75 dB."""
UNIMODAL = 1.0


def histogram(db: Floats) -> Floats:
    """Pixels by bin of 0.25 dB from -60 to 40 dB; missing ones and those outside are left out. db: any shape."""
    return np.histogram(db[np.isfinite(db)], EDGES)[0].astype(np.float64)


def otsu(counts: Floats) -> float | None:
    """The threshold that parts a histogram into two classes with the largest variance between them [dB].

    `(m w - s)^2 / (w (1 - w))` is largest, with `w` and `s` the share and the first moment below the threshold and `m`
    the mean. Where several are equal, as between two heaps, their middle. None where fewer than two bins have pixels.
    counts: (bins,) as by `histogram`. Otsu, N. (1979), IEEE Trans. Systems, Man, Cybernetics 9, 62-66.
    """
    total = counts.sum()
    if np.count_nonzero(counts) < 2:
        return None
    below = np.cumsum(counts)[:-1] / total
    moment = np.cumsum(counts * CENTRES)[:-1] / total
    mean = float((counts * CENTRES).sum() / total)
    spread = below * (1.0 - below)
    inside = spread > 0
    between = np.where(inside, (mean * below - moment) ** 2 / np.where(inside, spread, 1.0), -1.0)
    best = np.flatnonzero(between >= between.max() * (1 - 1e-12))
    return float(EDGES[1 + (best[0] + best[-1]) // 2])


def valley_per_peak(counts: Floats, threshold_db: float) -> float:
    """Height of the valley between the two peaks of a histogram over the lower one of them: 0 apart, 1 one heap only.

    The peaks are the highest smoothed bins below and above the threshold; the valley is the lowest bin between them.
    """
    smooth = ndimage.gaussian_filter1d(counts, SMOOTHING_BINS)
    at = int(np.searchsorted(EDGES, threshold_db))
    if at <= 0 or at >= smooth.size:
        return UNIMODAL
    water, land = int(smooth[:at].argmax()), at + int(smooth[at:].argmax())
    lower = min(smooth[water], smooth[land])
    return float(smooth[water : land + 1].min() / lower) if lower > 0 else UNIMODAL
