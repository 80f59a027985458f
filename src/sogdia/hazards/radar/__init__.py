"""Radar: the area of a glacial lake in Sentinel-1 images, changes that give an alarm, and what a warning is worth."""

from __future__ import annotations

from sogdia.hazards.radar.lake import LakeImage, lake_area
from sogdia.hazards.radar.series import AreaChange, LakeSeries, lake_series
from sogdia.hazards.radar.warning import WarningEffect, avoided_loss_musd, drainage_called, warning_effect

__all__ = [
    "AreaChange",
    "LakeImage",
    "LakeSeries",
    "WarningEffect",
    "avoided_loss_musd",
    "drainage_called",
    "lake_area",
    "lake_series",
    "warning_effect",
]
