"""The lake of a window at the full resolution of its scene: its pixels, and the uncertainty of its area."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sogdia.hazards.radar.find import RadarWindow
from sogdia.hazards.radar.scene import RadarScene, ScenePart
from sogdia.hazards.radar.shore import (
    area_sigma,
    half_power,
    largest_body,
    shore_band,
    shore_pixels,
    threshold_sigma,
    with_shore,
)
from sogdia.hazards.radar.water import MARGIN, Water, around

Mask = NDArray[np.bool_]

TILE = 1024
"""Side of what is read again together [pixels]."""
PAD = 2
FINE_SIDE = 5
"""Side of the window that decides on a pixel of the shore where the shore was sought in blocks: half of it is PAD."""


@dataclass(frozen=True, slots=True)
class FoundLake:
    """A lake in the pixels of its scene. mask: (rows, columns) from row `top` and column `left`; sigma: standard
    deviation of its area [pixels].
    """

    mask: Mask = field(repr=False)
    top: int
    left: int
    sigma: float

    @property
    def pixels(self) -> int:
        """Its area [pixels]."""
        return int(np.count_nonzero(self.mask))


def refined(scene: RadarScene, window: RadarWindow, water: Water, unsure_share: float) -> FoundLake:
    """The lake with its shore decided pixel by pixel. unsure_share: of the lake that may be water or not."""
    scale, picture = window.scale, window.picture
    half = half_power(picture.db, water.mask)
    box = around(water.mask, MARGIN)
    body = water.mask[box]
    band = shore_band(body)
    top, left = window.part.top + box[0].start * scale, window.part.left + box[1].start * scale
    if scale == 1:
        mask = with_shore(window.power[box], body, band, half)
    else:
        mask = in_tiles(scene, (top, left), enlarged(body, scale), enlarged(band, scale), half)
    lake = largest_body(mask)
    threshold = threshold_sigma(picture, water) * scale**2
    sigma = area_sigma(shore_pixels(lake), threshold, unsure_share * int(np.count_nonzero(lake)))
    return FoundLake(lake, top, left, sigma)


def enlarged(mask: Mask, scale: int) -> Mask:
    """Every pixel as scale x scale pixels."""
    return np.repeat(np.repeat(mask, scale, axis=0), scale, axis=1)


def in_tiles(scene: RadarScene, corner: tuple[int, int], body: Mask, band: Mask, half: float) -> Mask:
    """The lake with the pixels of its band decided, tile by tile; `body` is changed in place.

    corner: row and column of the scene where body and band begin; both are of its full resolution.
    """
    for row in range(0, body.shape[0], TILE):
        for column in range(0, body.shape[1], TILE):
            tile = (slice(row, row + TILE), slice(column, column + TILE))
            if band[tile].any():
                body[tile] = decided(scene, (corner[0] + row, corner[1] + column), body[tile], band[tile], half)
    return body


def decided(scene: RadarScene, corner: tuple[int, int], body: Mask, band: Mask, half: float) -> Mask:
    """One tile. Its power is read with a pad as far as the scene goes, so that tiles leave no seam."""
    top, left = max(corner[0] - PAD, 0), max(corner[1] - PAD, 0)
    bottom = min(corner[0] + body.shape[0] + PAD, scene.rows)
    right = min(corner[1] + body.shape[1] + PAD, scene.columns)
    (rows, columns), (above, before) = body.shape, (corner[0] - top, corner[1] - left)
    pads = (above, bottom - corner[0] - rows), (before, right - corner[1] - columns)
    power = scene.power(ScenePart(top, left, bottom - top, right - left))
    whole = with_shore(power, np.pad(body, pads), np.pad(band, pads), half, FINE_SIDE)
    return whole[above : above + rows, before : before + columns]
