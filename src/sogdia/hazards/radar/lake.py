"""What a radar image says of the area of a lake: a decision, the area with its uncertainty, and how it was reached."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from sogdia import arguments
from sogdia.errors import wrong_argument
from sogdia.hazards.radar import ground
from sogdia.hazards.radar.find import Verdict, find_lake
from sogdia.hazards.radar.parameters import percent, rule
from sogdia.hazards.radar.refine import FoundLake, refined
from sogdia.hazards.radar.scene import RadarScene, opened
from sogdia.hazards.radar.water import Method

Decision = Literal["lake", "no decision"]
POSITION = "A position is two numbers, latitude and longitude in degrees, e.g. 27.898,86.925"


@dataclass(frozen=True, slots=True)
class LakeImage:
    """What one image says of a lake. Figures of a lake are None where there is no decision.

    reason: why there is none; threshold_db, separability: of the lake and its land, or of the window around the point
    where there is no dark water (separability is valley per peak of the histogram, 0 clear, 1 none); complete: the
    lake does not run out of the scene; outline: a GeoJSON geometry in degrees; unit_told_by: option, metadata, values.
    """

    scene: str
    date: datetime | None
    decision: Decision
    reason: str | None
    area_m2: float | None
    area_sigma_m2: float | None
    threshold_db: float | None
    separability: float
    contrast_db: float | None
    complete: bool | None
    method: Method
    looks: float
    looks_told_by: str
    filter_pixels: int
    block_pixels: int
    pixel_m: float
    unit: str
    unit_told_by: str
    notes: tuple[str, ...]
    outline: Mapping[str, Any] | None = field(repr=False)

    @property
    def accepted(self) -> bool:
        """Whether the area may be compared with that of other images."""
        return self.area_m2 is not None and bool(self.complete)

    @property
    def when(self) -> str | None:
        """Its date, with the time where that is known; None where it is not."""
        if self.date is None:
            return None
        return self.date.isoformat() if any(self.date.timetuple()[3:6]) else self.date.date().isoformat()

    def to_dict(self) -> dict[str, Any]:
        """Plain values, without the outline."""
        names = (name for name in self.__dataclass_fields__ if name not in ("outline", "notes", "date"))
        return {"date": self.when, **{name: getattr(self, name) for name in names}, "notes": list(self.notes)}


def position(lake: object) -> tuple[float, float]:
    """Latitude and longitude of a text `lat,lon` or of two numbers; InputError where they are not.

    >>> position("27.898, 86.925")
    (27.898, 86.925)
    """
    parts = lake.split(",") if isinstance(lake, str) else lake
    try:
        lat, lon = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise wrong_argument("lake", POSITION, "Give both, latitude first.", lake) from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        remedy = "Latitude comes first." if abs(lat) <= 180 and abs(lon) <= 90 else "Give degrees."
        raise wrong_argument("lake", "latitude lies within 90 and longitude within 180 degrees", remedy, lake)
    return lat, lon


def lake_area(
    scene: Path | str, lake: str | tuple[float, float], *, unit: str | None = None, band: int | None = None,
    method: str = "edge-otsu", looks: float | None = None,
) -> LakeImage:  # fmt: skip
    """The area of a lake in a radar scene, or "no decision".

    scene: a GeoTIFF of backscatter (sigma or gamma nought), terrain-corrected; lake: latitude and longitude of a point
    in it or within 300 m; unit: db, power or amplitude, by default what the file or its values tell; band: its number
    where there are several; method: edge-otsu or otsu; looks: equivalent number of looks, by default estimated.

    Raises InputError for a scene that cannot be used: no GeoTIFF, no coordinate system, no unit, several bands,
    complex values, a lake outside it or without values; SogdiaError where rasterio is missing.
    """
    path, (lat, lon), chosen = arguments.path("scene", scene), position(lake), method_of(method)
    if looks is not None and not 0 < arguments.number("looks", looks, 4.4) < math.inf:
        raise wrong_argument("looks", "a number of looks is above 0", "Leave it out, and it is estimated.", looks)
    wanted = None if band is None else arguments.whole_number("band", band, 1)
    with opened(path, unit, wanted) as open_scene:
        row, column = ground.pixel_of(open_scene, lat, lon)
        pixel_m2 = ground.pixel_area_m2(open_scene, row + 0.5, column + 0.5)
        reach = max(rule("reach_m") / math.sqrt(pixel_m2), 2.0)
        verdict = find_lake(open_scene, (row, column), reach, chosen, looks)
        found = None
        if verdict.reason is None and verdict.water is not None:
            found = refined(open_scene, verdict.window, verdict.water, verdict.missing_share + verdict.doubtful_share)
            pixel_m2 = ground.pixel_area_m2(
                open_scene, found.top + found.mask.shape[0] / 2, found.left + found.mask.shape[1] / 2
            )
        return _image(open_scene, verdict, found, pixel_m2, (row, column), chosen, looks)


def method_of(method: str) -> Method:
    """The method of a name; InputError where there is none."""
    for known in get_args(Method):
        if method == known:
            return known  # type: ignore[no-any-return]
    raise wrong_argument("method", f"a method is {' or '.join(get_args(Method))}", "Name one of them.", method)


def _image(
    scene: RadarScene, verdict: Verdict, lake: FoundLake | None, pixel_m2: float, point: tuple[int, int],
    method: Method, looks: float | None,
) -> LakeImage:  # fmt: skip
    window = verdict.window
    return LakeImage(
        scene=scene.name, date=scene.date, decision="no decision" if lake is None else "lake",
        reason=verdict.reason,
        area_m2=None if lake is None else lake.pixels * pixel_m2,
        area_sigma_m2=None if lake is None else lake.sigma * pixel_m2,
        threshold_db=verdict.threshold_db, separability=verdict.separability,
        contrast_db=verdict.contrast_db, complete=None if lake is None else not verdict.at_edge,
        method=method, looks=window.looks, looks_told_by="estimate" if looks is None else "option",
        filter_pixels=window.filter_side, block_pixels=window.scale, pixel_m=math.sqrt(pixel_m2),
        unit=scene.unit.unit, unit_told_by=scene.unit.told_by,
        notes=tuple(_notes(scene, verdict, lake, point)),
        outline=None if lake is None else ground.outline(scene, lake.mask, lake.top, lake.left),
    )  # fmt: skip


def _notes(scene: RadarScene, verdict: Verdict, lake: FoundLake | None, point: tuple[int, int]) -> list[str]:
    """What a reader has to know of this image."""
    notes = []
    if scene.unit.told_by == "values":
        notes.append(f"The values are taken for {scene.unit.unit}, as they look; say it with a unit to be sure.")
    if scene.date_told_by not in (None, "its name"):
        notes.append(f"The date is from {scene.date_told_by}.")
    if lake is not None:
        row, column = point[0] - lake.top, point[1] - lake.left
        inside = 0 <= row < lake.mask.shape[0] and 0 <= column < lake.mask.shape[1] and bool(lake.mask[row, column])
        if not inside:
            notes.append("The point is not in the water found: this is the body of water next to it.")
    if lake is not None and verdict.at_edge:
        notes.append("The lake runs out of the scene: its area is that of the part within.")
    if lake is not None and verdict.missing_share >= 0.005:
        notes.append(f"{percent(verdict.missing_share)} of the lake are missing pixels, which count as water.")
    if lake is not None and verdict.doubtful_share > 0:
        notes.append(f"{percent(verdict.doubtful_share)} of the lake are unlike the rest: shadow, wind or ice.")
    if verdict.water is not None and lake is not None and verdict.water.weak_shore > rule("weak_shore_warning"):
        notes.append(
            f"{percent(verdict.water.weak_shore)} of the land along the shore are hardly brighter than the water."
        )
    return notes
