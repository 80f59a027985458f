"""Questions on radar images of glacial lakes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.hazards.radar import LakeSeries


class RadarQuestions(StudyNames):
    """Lakes in the user's own scenes; importer and partners play no part."""

    def radar(
        self, scenes: Path | str | Sequence[Path | str], lake: str | tuple[float, float], *, unit: str | None = None,
        band: int | None = None, method: str = "edge-otsu", looks: float | None = None,
    ) -> LakeSeries:  # fmt: skip
        """The area of a lake in one radar scene or several, and the alarm (see `sogdia.hazards.radar.lake_series`).

        scenes: GeoTIFF files of backscatter; lake: latitude and longitude, as `lat,lon` or two numbers; unit: db,
        power or amplitude; band: its number where there are several; method: edge-otsu or otsu; looks: equivalent
        number of looks. Needs the extra `radar`.
        """
        from sogdia.hazards.radar import lake_series

        return lake_series(scenes, lake, unit=unit, band=band, method=method, looks=looks)
