"""A place lies in its country: swapped, unsigned and empty positions are faults, coarse outlines are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.network import embedded_network
from sogdia.network.whereabouts import position_problem


def test_every_place_of_the_embedded_network_lies_in_its_country() -> None:
    assert [place.id for place in embedded_network().places if position_problem(place)] == []


@pytest.mark.parametrize(
    ("country", "lat", "lon", "said"),
    [
        ("MNG", 0.0, 0.0, "0, 0 lies in the Atlantic, outside Mongolia"),
        ("GHA", 0.0, 0.0, "outside Ghana"),
        ("KGZ", 76.0, 42.0, "outside Kyrgyzstan"),
        ("UZB", 41.3, -69.2, "outside Uzbekistan"),
        ("AUS", 33.0, 151.0, "outside Australia"),
        ("CHL", -22.0, 68.0, "at sea"),
        ("KAZ", 39.9, 116.4, "in China"),
    ],
)
def test_a_position_elsewhere_is_a_fault_with_a_remedy(country: str, lat: float, lon: float, said: str) -> None:
    place = replace(embedded_network().places[0], country=country, lat=lat, lon=lon)
    rule, remedy = position_problem(place) or ("", "")
    assert said in rule
    assert remedy


@pytest.mark.parametrize(
    ("country", "lat", "lon"),
    [("KAZ", 48.0, 67.0), ("JPN", 24.3, 124.2), ("SGP", 1.3, 103.8), ("NLD", 51.95, 4.1), ("CHN", 49.6, 117.4)],
)
def test_islands_small_countries_and_coasts_are_no_faults(country: str, lat: float, lon: float) -> None:
    assert position_problem(replace(embedded_network().places[0], country=country, lat=lat, lon=lon)) is None
