"""Several images of one lake in the order of time, and the alarm: how far the area changes between accepted images."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, plain_rows, tidy
from sogdia.errors import Fault, InputError, wrong_argument
from sogdia.files import write_text
from sogdia.hazards.radar.lake import LakeImage, lake_area, position
from sogdia.hazards.radar.parameters import figures, percent, rule

FIGURES = {"area_m2": "m2", "area_sigma_m2": "m2", "threshold_db": "dB", "separability": "1", "contrast_db": "dB"}
"""Variables of the table, with their units."""


@dataclass(frozen=True, slots=True)
class AreaChange:
    """The change of a lake between two accepted images. share: of the area before; sigma: its standard deviation, from
    the uncertainties of the two areas; alarm: the area changed by a tenth or more, up or down.
    """

    before: str
    after: str
    share: float
    sigma: float
    alarm: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain values; distinct: the change is more than twice its standard deviation."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**values, "distinct": abs(self.share) > 2 * self.sigma}


@dataclass(frozen=True, slots=True, repr=False)
class LakeSeries(Answer):
    """Images of one lake, the oldest first, with the changes between those that are accepted."""

    lake: tuple[float, float]
    images: tuple[LakeImage, ...]
    changes: tuple[AreaChange, ...]
    notes: tuple[str, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """Where the lake is and how many images there are."""
        lat, lon = self.lake
        return f"Lake at {lat:g},{lon:g} in {len(self.images)} radar image{'s' if len(self.images) > 1 else ''}"

    @property
    def latest(self) -> LakeImage:
        """The last image."""
        return self.images[-1]

    @property
    def alarm(self) -> bool | None:
        """Whether any change gives an alarm; None where no two images can be compared."""
        return any(change.alarm for change in self.changes) if self.changes else None

    def sources(self) -> tuple[str, ...]:
        """Those of the rules of the chain; the images are the user's own."""
        return tuple(dict.fromkeys(i for figure in figures("parameters").values() for i in figure.source_ids))

    def table(self) -> pl.DataFrame:
        """A row for each figure of each image, with the columns image, date and decision; and for each change."""
        rows = [
            {
                "variable": name, "unit": unit, "value": getattr(image, name), "image": image.scene,
                "date": image.when, "decision": image.decision,
                "year": None if image.date is None else str(image.date.year),
            }
            for image in self.images
            for name, unit in FIGURES.items()
        ]  # fmt: skip
        rows += [{"variable": "area_change", "unit": "1", "value": c.share, "image": c.after} for c in self.changes]
        kinds = dict.fromkeys(("variable", "unit", "image", "date", "decision", "year"), pl.String)
        frame = pl.DataFrame(rows, schema={**kinds, "value": pl.Float64})
        return tidy(frame, source_id=SEPARATOR.join(self.sources()))

    def to_dict(self) -> dict[str, Any]:
        """The figures of the last image at the top, then all images, changes and the alarm."""
        lat, lon = self.lake
        rows = [{key: value for key, value in image.to_dict().items() if key != "notes"} for image in self.images]
        frame_rows = plain_rows(pl.DataFrame(rows, infer_schema_length=None))
        return {
            "lake": {"lat": lat, "lon": lon}, **frame_rows[-1], "images": frame_rows,
            "changes": [change.to_dict() for change in self.changes], "alarm": self.alarm,
            "notes": list(self.notes), "sources": list(self.sources()),
        }  # fmt: skip

    def geojson(self) -> dict[str, Any]:
        """The outlines of the lake as a feature collection (RFC 7946), a feature for each image with a decision."""
        features = []
        for image in self.images:
            if image.outline is not None:
                properties = {key: value for key, value in image.to_dict().items() if key != "notes"}
                features.append({"type": "Feature", "geometry": image.outline, "properties": properties})
        return {"type": "FeatureCollection", "features": features}

    def write(self, path: Path | str) -> Path:
        """Write the outlines as GeoJSON, atomically."""
        return write_text(Path(path), json.dumps(self.geojson(), ensure_ascii=False, allow_nan=False) + "\n")


def lake_series(
    scenes: Path | str | Sequence[Path | str], lake: str | tuple[float, float], *, unit: str | None = None,
    band: int | None = None, method: str = "edge-otsu", looks: float | None = None,
) -> LakeSeries:  # fmt: skip
    """The area of a lake in one scene or several, and the alarm; arguments as for `lake_area`.

    Scenes are put in the order of their dates where all are known, else they stay as given. An image is accepted where
    it has a decision and holds the whole lake. Raises InputError with the faults of all scenes.
    """
    paths = [scenes] if isinstance(scenes, str | Path) else list(scenes)
    if not paths:
        raise wrong_argument("scenes", "there is at least one scene", "Name a GeoTIFF.")
    where = position(lake)
    images, faults = list[LakeImage](), list[Fault]()
    for path in paths:
        try:
            images.append(lake_area(path, where, unit=unit, band=band, method=method, looks=looks))
        except InputError as error:
            faults += [fault for fault in error.faults if fault not in faults]
    if faults:
        raise InputError(faults)
    dates = [image.date for image in images if image.date is not None]
    dated = len(dates) == len(images)
    if dated:
        images.sort(key=lambda image: image.date or datetime.min)
    return LakeSeries(where, tuple(images), changes_of(images), tuple(_notes(images, dated)))


def changes_of(images: Sequence[LakeImage]) -> tuple[AreaChange, ...]:
    """The changes between accepted images that follow each other.

    `share = A2 / A1 - 1`, its standard deviation `A2 / A1 sqrt((s1 / A1)^2 + (s2 / A2)^2)`.
    """
    changes = []
    for before, after in pairwise(image for image in images if image.accepted):
        area_1, area_2 = before.area_m2 or 0.0, after.area_m2 or 0.0
        ratio = area_2 / area_1
        spread = math.hypot((before.area_sigma_m2 or 0.0) / area_1, (after.area_sigma_m2 or 0.0) / area_2)
        alarm = abs(ratio - 1) >= rule("alarm_change")
        changes.append(AreaChange(_label(before), _label(after), ratio - 1, ratio * spread, alarm))
    return tuple(changes)


def _label(image: LakeImage) -> str:
    """The date of an image, its name where that is not known."""
    return image.when or image.scene


def _notes(images: Sequence[LakeImage], dated: bool) -> list[str]:
    notes = [f"{image.scene}: {image.reason}." for image in images if image.reason is not None]
    said: dict[str, list[str]] = {}
    for image in images:
        for note in image.notes:
            said.setdefault(note, []).append(image.scene)
    for note, scenes in said.items():
        notes.append(note if len(scenes) == len(images) else f"{', '.join(scenes)}: {note}")
    if len(images) > 1 and not dated:
        notes.append("Not every date is known: the images stay in the order given.")
    if len(images) > 1:
        accepted = sum(image.accepted for image in images)
        notes.append(
            f"{accepted} of {len(images)} images are accepted; a change of {percent(rule('alarm_change'))} is alarm."
        )
    return notes
