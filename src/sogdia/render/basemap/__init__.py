"""Where are the countries? Outlines for the world map, keyed by ISO alpha-3."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

SOURCE_ID = "NATURAL_EARTH"


@cache
def outlines() -> tuple[dict[str, Any], ...]:
    """GeoJSON features with the property iso3, "" where an outline has no country of its own here."""
    text = resources.files(__package__).joinpath("countries.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


@cache
def drawn() -> frozenset[str]:
    """The countries that have an outline at this scale; small ones (Singapore, Hong Kong) have none."""
    return frozenset(feature["properties"]["iso3"] for feature in outlines())
