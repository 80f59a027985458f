"""One lake in a scene of any size: a window around the point grows until it holds the lake, in bounded memory.

Large windows are read as means of blocks of pixels (more looks, fewer pixels); the strips along the shore are then
read again in full (see `refine`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError
from sogdia.hazards.radar.parameters import percent, rule
from sogdia.hazards.radar.scene import RadarScene, ScenePart
from sogdia.hazards.radar.shore import cut_share
from sogdia.hazards.radar.speckle import decibel, estimated_looks, lee, side_for
from sogdia.hazards.radar.threshold import UNIMODAL, histogram, otsu, valley_per_peak
from sogdia.hazards.radar.water import Method, Water, WaterPicture, doubtful_share, find_water, shore_land

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FIRST_HALF = 256
"""Half the side of the first window [pixels]."""
MOST_SIDE = 1024
"""Pixels along a side that are looked at together; a larger window is read in blocks."""
MOST_WINDOW_PIXELS = 160_000_000
BORDER = 2
"""A lake that comes so near to a side of the window may go on outside it [pixels]."""
NOT_DARK = "no dark water near the point"


class RadarWindow(NamedTuple):
    """A part of the scene as read: power of its blocks of scale x scale pixels, filtered, and where the point is."""

    part: ScenePart
    scale: int
    power: Floats
    picture: WaterPicture
    looks: float
    filter_side: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one window says.

    reason: why there is no decision, None where there is one; threshold_db, separability: of the lake, of all the
    window where there is none; open_end: the water may go on beyond the window; doubtful_share: of the lake that is
    unlike the rest of it; cut: share of the shore at missing pixels or outside the scene; at_edge: any is outside.
    """

    window: RadarWindow = field(repr=False)
    reason: str | None
    threshold_db: float | None
    separability: float
    water: Water | None = None
    open_end: bool = False
    contrast_db: float | None = None
    missing_share: float = 0.0
    doubtful_share: float = 0.0
    cut: float = 0.0
    at_edge: bool = False


def find_lake(scene: RadarScene, point: tuple[int, int], reach: float, method: Method, looks: float | None) -> Verdict:
    """The lake at a pixel of the scene, or why there is no decision.

    A window without a decision may lie within the lake: it grows, and the lake then found must hold most of it. Without
    any decision the first window, which is the nearest look, gives the reason.

    reach: how far from the point the water may begin [pixels]; looks: of the scene, by default estimated.
    """
    half, inner = FIRST_HALF, None
    first: Verdict | None = None
    while True:
        part = window_part(scene, point, half)
        verdict = judged(scene, read(scene, part, point, reach, looks), method, inner)
        if verdict.reason is None and not verdict.open_end:
            return verdict
        if verdict.reason is not None:
            first, inner = first or verdict, part
        half *= 2
        larger = window_part(scene, point, half)
        if larger == part or larger.rows * larger.columns > MOST_WINDOW_PIXELS:
            return first or replace(verdict, reason="the water goes on beyond the largest window")


def window_part(scene: RadarScene, point: tuple[int, int], half: int) -> ScenePart:
    """The square around a point as far as it lies in the scene."""
    top, left = max(point[0] - half, 0), max(point[1] - half, 0)
    rows = min(point[0] + half + 1, scene.rows) - top
    columns = min(point[1] + half + 1, scene.columns) - left
    return ScenePart(top, left, rows, columns)


def read(scene: RadarScene, part: ScenePart, point: tuple[int, int], reach: float, looks: float | None) -> RadarWindow:
    """A window, filtered, in blocks as small as memory allows; InputError where nothing near the point is known."""
    scale = -(-max(part.rows, part.columns) // MOST_SIDE)
    power = scene.power(part, scale)
    used = estimated_looks(power) if looks is None else looks * scale**2
    side = side_for(used)
    row = min((point[0] - part.top) // scale, power.shape[0] - 1)
    column = min((point[1] - part.left) // scale, power.shape[1] - 1)
    near = max(int(reach / scale), 1)
    known = np.isfinite(power)
    at, around = (known[max(row - n, 0) : row + n + 1, max(column - n, 0) : column + n + 1] for n in (1, near))
    if not at.any() and 2 * np.count_nonzero(around) < around.size:
        missing = percent(1 - float(around.mean()))
        rule = f"a scene has values at the lake, and {missing} of the pixels around the point are missing"
        remedy = "Take a scene from another orbit: here the lake lies outside the image or in the shadow of the radar."
        raise InputError([Fault(scene.name, rule, remedy)])
    return RadarWindow(
        part, scale, power, WaterPicture(decibel(lee(power, used, side)), (row, column), near), used, side
    )


def judged(scene: RadarScene, window: RadarWindow, method: Method, inner: ScenePart | None) -> Verdict:
    """What one window says. inner: a smaller window without a decision, most of which the lake must hold."""
    water = find_water(window.picture, method)
    if water is None or (inner is not None and not holds(window, water.mask, inner)):
        return Verdict(window, NOT_DARK, *of_window(window.picture.db))
    known = np.isfinite(window.power)
    cut, at_edge = cut_share(water.mask, known)
    missing = float((~known[water.mask]).mean())
    doubtful = doubtful_share(window.picture.db, water.mask)
    land = shore_land(window.picture.db, water.mask)
    contrast = float(np.median(land) - np.nanmedian(window.picture.db[water.mask])) if land.size else None
    return Verdict(
        window, reason_against(water, cut, missing, doubtful), water.threshold_db, water.separability, water,
        open_end=goes_on(scene, window, water.mask), contrast_db=contrast, missing_share=missing,
        doubtful_share=doubtful, cut=cut, at_edge=at_edge,
    )  # fmt: skip


def of_window(db: Floats) -> tuple[float | None, float]:
    """Otsu's threshold of a whole window, and how well it parts the histogram."""
    counts = histogram(db)
    threshold = otsu(counts)
    return threshold, UNIMODAL if threshold is None else valley_per_peak(counts, threshold)


def reason_against(water: Water, cut: float, missing: float, doubtful: float) -> str | None:
    """Why the image gives no decision, None where it does."""
    most = rule("largest_valley_per_peak")
    if water.separability > most:
        return f"water and land are not separable: valley per peak is {water.separability:.2f}, {most:g} at most"
    if missing + doubtful > rule("largest_unsure_share"):
        return (
            f"{percent(missing)} of the lake are missing and {percent(doubtful)} unlike the rest: shadow, wind or ice"
        )
    if cut > rule("largest_cut_shore"):
        return f"the lake is cut: {percent(cut)} of its shore lie at the edge of the scene or at missing pixels"
    if water.weak_shore > rule("largest_weak_shore"):
        return f"the shore is not clear: {percent(water.weak_shore)} of the land along it are as dark as water"
    return None


def goes_on(scene: RadarScene, window: RadarWindow, mask: Mask) -> bool:
    """Whether the lake comes to a side of the window that is no side of the scene."""
    part = window.part
    sides = (
        (mask[:BORDER].any(), part.top > 0), (mask[-BORDER:].any(), part.top + part.rows < scene.rows),
        (mask[:, :BORDER].any(), part.left > 0), (mask[:, -BORDER:].any(), part.left + part.columns < scene.columns),
    )  # fmt: skip
    return any(bool(touched) and more for touched, more in sides)


def holds(window: RadarWindow, mask: Mask, inner: ScenePart) -> bool:
    """Whether the lake has more than half of a smaller window."""
    top, left = (inner.top - window.part.top) // window.scale, (inner.left - window.part.left) // window.scale
    rows, columns = (-(-size // window.scale) for size in (inner.rows, inner.columns))
    return bool(mask[top : top + rows, left : left + columns].mean() > 0.5)
