"""The thresholds of the panel, read from the table `settings.csv`, which gives the reason for each."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as an episode, which importers are judged, and where the filters cut; see `settings.csv`.

    base_years, market_years [years]; bootstraps [draws]; all others are fractions.
    """

    base_years: int
    market_years: int
    supplier_share: float
    fall: float
    importer_share: float
    dependence: float
    rivals_grew: float
    loss_10: float
    loss_20: float
    own_part: float
    re_export_share: float
    break_ratio: float
    typical_kept: float
    bootstraps: int


@cache
def settings() -> Settings:
    """The settings of the table."""
    text = resources.files("sogdia.hindcast.panel").joinpath("settings.csv").read_text("utf-8")
    values = {row["name"]: float(row["value"]) for row in csv.DictReader(text.splitlines())}
    whole = {field.name for field in fields(Settings) if field.type in (int, "int")}
    return Settings(**{name: int(value) if name in whole else value for name, value in values.items()})  # type: ignore[arg-type]
