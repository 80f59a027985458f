"""The water around a point: from a filtered image in decibel to the pixels of one lake, or the reason why not.

Edge-Otsu finds the threshold in a band along the shore, where water and land are equally many, and moves the shore
until both agree. It starts from Otsu thresholds of squares of several sizes around the point, since the lake may fill
most of the image or a thousandth of it; the start whose histogram has the clearest valley wins. Otsu stops there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from sogdia.hazards.radar.parameters import rule
from sogdia.hazards.radar.threshold import BIN_DB, histogram, otsu, valley_per_peak

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Point = tuple[int, int]
Method = Literal["edge-otsu", "otsu"]

BAND_PIXELS = 3
"""On either side of the shore."""
NEAREST_PIXELS = 3.0
SMALLEST_SQUARE = 12
"""Half the side of the smallest square around the point [pixels]; the next ones are twice as large."""
FEWEST_VALUES = 50
STEPS = 8
MARGIN = 6
"""Around a lake, for what is measured along its shore [pixels]."""
HEAPS_APART_DB, LEAST_HEAP = 3.0, 0.05
SHORE_FROM, SHORE_TO = 2, 5
"""Land along the shore: so many pixels from it."""


@dataclass(frozen=True, slots=True)
class Water:
    """The pixels of one lake. mask: (rows, columns); separability: valley per peak around it, 0 clear, 1 none;
    weak_shore: share of the land along the shore that is hardly brighter than the threshold.
    """

    mask: Mask = field(repr=False)
    threshold_db: float
    separability: float
    weak_shore: float


@dataclass(frozen=True, slots=True)
class WaterPicture:
    """A filtered image and the point in it. db: (rows, columns), NaN is missing; reach: how far from the point water
    may begin [pixels].
    """

    db: Floats = field(repr=False)
    point: Point
    reach: float

    def body(self, threshold_db: float) -> Mask | None:
        """The pixels below a threshold that hang together near the point, with small holes filled; None without any.

        A body lies within reach and no farther off than the radius of a disc of its size, 3 pixels at least. Bridges of
        one pixel are cut. Of several bodies that with the most pixels over squared distance counts.
        """
        dark = ndimage.binary_opening(self.db < threshold_db, np.ones((2, 2)))
        labels, _ = ndimage.label(dark)
        sizes = np.bincount(labels.ravel())
        distance = self._distances(labels, sizes.size)
        own = np.maximum(np.sqrt(sizes / np.pi), NEAREST_PIXELS)
        fit = (sizes >= rule("smallest_lake_px")) & (distance <= np.minimum(own, self.reach))
        fit[0] = False
        if not fit.any():
            return None
        weight = np.where(fit, sizes / (1.0 + np.where(fit, distance, 0.0)) ** 2, -1.0)
        return filled(labels == int(weight.argmax()), np.isfinite(self.db))

    def _distances(self, labels: NDArray[np.int32], count: int) -> Floats:
        """Distance of each body from the point, (labels,) [pixels]; infinite where it is beyond reach."""
        (row, column), far = self.point, int(self.reach) + 1
        top, left = max(row - far, 0), max(column - far, 0)
        near = labels[top : row + far + 1, left : column + far + 1]
        rows, columns = np.indices(near.shape)
        apart = np.hypot(rows + top - row, columns + left - column)
        nearest = np.full(count, np.inf)
        np.minimum.at(nearest, near.ravel(), apart.ravel())
        return nearest


def filled(body: Mask, known: Mask) -> Mask:
    """The body with its holes filled, but islands: known pixels, more than 2 % of the body and 20 pixels together."""
    box = around(body, 1)
    inner = body[box]
    labels, count = ndimage.label(ndimage.binary_fill_holes(inner) & ~inner)
    if not count:
        return body
    islands = ndimage.sum_labels(known[box], labels, np.arange(1, count + 1))
    small = max(rule("smallest_lake_px"), rule("filled_hole_share") * np.count_nonzero(inner))
    fill = np.concatenate([[False], islands <= small])
    whole = body.copy()
    whole[box] |= fill[labels]
    return whole


def around(mask: Mask, margin: int) -> tuple[slice, slice]:
    """The rows and columns that hold all of a mask, with a margin [pixels]."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return tuple(  # type: ignore[return-value]
        slice(max(int(at[0]) - margin, 0), min(int(at[-1]) + margin + 1, size))
        for at, size in zip((rows, columns), mask.shape, strict=True)
    )


def find_water(picture: WaterPicture, method: Method) -> Water | None:
    """The lake at the point with the clearest valley in its histogram; None where nothing near it is dark."""
    candidates: dict[float, Water] = {}
    settled: dict[float, float | None] = {}
    for start in starts(picture):
        threshold = edge_threshold(picture, start, settled) if method == "edge-otsu" else start
        if threshold is None or threshold in candidates:
            continue
        water = measured(picture, threshold)
        if water is not None:
            candidates[threshold] = water
    if not candidates:
        return None
    best = min(candidates.values(), key=lambda water: water.separability)
    if method == "edge-otsu" and best.weak_shore > rule("weak_shore_warning"):
        return clearer_shore(picture, best)
    return best


def starts(picture: WaterPicture) -> Iterator[float]:
    """Otsu thresholds of squares around the point, and of the darker class in each, where it has two again."""
    half = SMALLEST_SQUARE
    row, column = picture.point
    given: set[float] = set()
    while True:
        square = picture.db[max(row - half, 0) : row + half + 1, max(column - half, 0) : column + half + 1]
        values = square[np.isfinite(square)]
        for _ in range(2):
            threshold = otsu(histogram(values)) if values.size >= FEWEST_VALUES else None
            if threshold is None:
                break
            if threshold not in given:
                given.add(threshold)
                yield threshold
            values = values[values < threshold]
        if half >= max(picture.db.shape):
            return
        half *= 2


def edge_threshold(picture: WaterPicture, start: float, settled: dict[float, float | None]) -> float | None:
    """The threshold that the band along its own shore gives again, from a start [dB]; None where the water ends.

    settled: what earlier starts came to, by threshold; it grows here.
    """
    way: list[float] = []
    now: float | None = start
    while now is not None and now not in settled and now not in way and len(way) < STEPS:
        way.append(now)
        body = picture.body(now)
        now = None if body is None else otsu(histogram(band(picture.db, body)))
    end = settled.get(now, now) if now is not None else None
    settled.update(dict.fromkeys(way, end))
    return end


def band(db: Floats, body: Mask) -> Floats:
    """The values of the pixels at most 3 from the shore, on either side."""
    box = around(body, MARGIN)
    inner = body[box]
    near = ndimage.binary_dilation(inner, iterations=BAND_PIXELS)
    near &= ~ndimage.binary_erosion(inner, iterations=BAND_PIXELS, border_value=1)
    return np.asarray(db[box][near])


def measured(picture: WaterPicture, threshold_db: float) -> Water | None:
    """The lake at a threshold with its separability and its weak shore; None without a lake."""
    body = picture.body(threshold_db)
    if body is None:
        return None
    separability = valley_per_peak(histogram(picture.db[body | nearest_land(body, picture.db)]), threshold_db)
    land = shore_land(picture.db, body)
    weak = float((land < threshold_db + rule("weak_shore_margin_db")).mean()) if land.size else 1.0
    return Water(body, threshold_db, separability, weak)


def nearest_land(body: Mask, db: Floats) -> Mask:
    """As many known pixels of land as the lake has, those nearest to it; all there are where they are fewer."""
    pixels = int(np.count_nonzero(body))
    reach = int(np.sqrt(pixels)) + 1
    box = around(body, reach)
    land = ~body[box] & np.isfinite(db[box])
    distance = ndimage.distance_transform_edt(~body[box])[land]
    chosen = np.zeros_like(body)
    if distance.size > pixels:
        land[land] = distance <= np.partition(distance, pixels - 1)[pixels - 1]
    chosen[box] = land
    return chosen


def shore_land(db: Floats, body: Mask) -> Floats:
    """The known values of the land 2 to 5 pixels from the shore."""
    box = around(body, MARGIN)
    inner = body[box]
    land = ndimage.binary_dilation(inner, iterations=SHORE_TO - 1)
    land &= ~ndimage.binary_dilation(inner, iterations=SHORE_FROM - 1)
    values = db[box][land]
    return np.asarray(values[np.isfinite(values)])


def doubtful_share(db: Floats, body: Mask) -> float:
    """Share of the lake that is unlike the rest, where its histogram has two heaps 3 dB apart: shadow, wind or ice.

    0 where the lake is one heap, or where the smaller one has less than a twentieth of it.
    """
    values = db[body & np.isfinite(db)]
    counts = histogram(values)
    threshold = otsu(counts)
    if threshold is None or valley_per_peak(counts, threshold) > rule("largest_valley_per_peak"):
        return 0.0
    dark, bright = values[values < threshold], values[values >= threshold]
    share = min(dark.size, bright.size) / values.size
    return share if share >= LEAST_HEAP and np.median(bright) - np.median(dark) >= HEAPS_APART_DB else 0.0


def clearer_shore(picture: WaterPicture, water: Water) -> Water:
    """The lake at the lower threshold whose shore is clearest, where dark land has been taken for water.

    Thresholds go down to the median of the lake by half a decibel. One is taken where the histogram around its lake has
    a valley and its weak shore is half of what it was at most.
    """
    middle = float(np.nanmedian(picture.db[water.mask]))
    lower = (measured(picture, float(at)) for at in np.arange(water.threshold_db - 2 * BIN_DB, middle, -2 * BIN_DB))
    most, half = rule("largest_valley_per_peak"), water.weak_shore / 2
    clear = [other for other in lower if other is not None and other.separability <= most and other.weak_shore <= half]
    return min(clear, key=lambda other: other.weak_shore, default=water)
