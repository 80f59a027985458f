"""Outlines of the countries for maps, keyed by ISO alpha-3, and the source they are from."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


def outlines() -> tuple[dict[str, Any], ...]:
    """GeoJSON features with the property iso3, "" where an outline has no country of its own here."""
    return tuple(_collection()["features"])


def outline_sources() -> tuple[str, ...]:
    """The id of the source that the outlines are from, as their file states it."""
    return (str(_collection()["source_id"]),)


@cache
def drawn() -> frozenset[str]:
    """The countries that have an outline at this scale; small ones (Singapore, Hong Kong) have none."""
    return frozenset(feature["properties"]["iso3"] for feature in outlines())


@cache
def _collection() -> dict[str, Any]:
    """The file: a GeoJSON collection with the member source_id."""
    text = resources.files(__package__).joinpath("countries.json").read_text(encoding="utf-8")
    collection: dict[str, Any] = json.loads(text)
    return collection
