"""Is a place found by the name that a person types?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.errors import UnknownNameError
from sogdia.network import Network, embedded_network, place_named


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


def test_every_place_is_found_by_its_id_in_any_case(network: Network) -> None:
    for place in network.places:
        for text in (place.id, place.id.lower(), place.id.upper()):
            assert place_named(network, text) is place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khromtau", "KAZ:Khromtau"),
        ("Yokohama", "JPN:Yokohama"),
        ("bandar abbas", "IRN:BandarAbbas"),
        ("KAZ:Zhezqazghan", None),
        ("Zhézkazgan", "KAZ:Zhezkazgan"),
        ("Khorgos", "CHN:Khorgos"),
    ],
)
def test_a_name_without_country_case_or_accents_is_understood(network: Network, text: str, found: str | None) -> None:
    if found is None:
        with pytest.raises(UnknownNameError, match="KAZ:Zhezkazgan"):
            place_named(network, text)
    else:
        assert place_named(network, text).id == found


def test_a_name_of_two_places_is_no_answer(network: Network) -> None:
    first = network.place("KAZ:Khromtau")
    twice = replace(network, places=(*network.places, replace(first, id="UZB:Khromtau", country="UZB")))
    with pytest.raises(UnknownNameError, match=r"UZB:Khromtau or KAZ:Khromtau"):
        place_named(twice, "khromtau")
