"""The basemap knows every country by its code and stays on the globe."""

from __future__ import annotations

from sogdia.basemap import drawn, outlines
from sogdia.codes import countries, regions


def test_every_outline_but_one_belongs_to_a_known_country() -> None:
    codes = [feature["properties"]["iso3"] for feature in outlines()]
    assert len(codes) == len(set(codes))
    assert set(codes) - {""} <= set(countries())
    assert codes.count("") == 1


def test_taiwan_kosovo_and_somalia_are_drawn() -> None:
    assert {"TWN", "XKX", "SOM"} <= drawn()


def test_the_default_partners_are_drawn() -> None:
    assert set(regions()["CENTRAL_ASIA"].members) <= drawn()


def test_outlines_are_closed_rings_on_the_globe() -> None:
    rings = [ring for f in outlines() for polygon in f["geometry"]["coordinates"] for ring in polygon]
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
