"""Places, closures, states and upgrades are found by the name that a person types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.errors import UnknownNameError
from sogdia.network import Corridors, Network, closure_named, embedded_corridors, embedded_network, place_named
from sogdia.network.naming import listed_with_places


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
        ("KAZ:Ust-Kamenogorsk", "KAZ:UstKamenogorsk"),
        ("kaz: ulba", "KAZ:UstKamenogorsk"),
        ("Oyu Tolgoi", "MNG:OyuTolgoi"),
        ("MNG:Tolgoi", "MNG:OyuTolgoi"),
        ("UZB:Ulba", None),
    ],
)
def test_a_name_without_country_case_or_accents_is_understood(network: Network, text: str, found: str | None) -> None:
    if found is None:
        with pytest.raises(UnknownNameError, match=r"Did you mean \w+:\w+"):
            place_named(network, text)
    else:
        assert place_named(network, text).id == found


def test_a_name_of_two_places_is_no_answer(network: Network) -> None:
    first = network.place("KAZ:Khromtau")
    twice = replace(network, places=(*network.places, replace(first, id="UZB:Khromtau", country="UZB")))
    with pytest.raises(UnknownNameError, match=r"UZB:Khromtau or KAZ:Khromtau"):
        place_named(twice, "khromtau")


@pytest.fixture(scope="module")
def corridors() -> Corridors:
    return embedded_corridors()


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("China", "CHN"),
        ("chn", "CHN"),
        ("Suez Canal", "suez"),
        ("Lianyungang, China", "CHN:Lianyungang"),
        ("Almalyk \u2013 Tashkent (rail)", "UZB:Almalyk--UZB:Tashkent:rail"),
        ("khromtau", "KAZ:Khromtau"),
        ("Dostyk-Alashankou", "dostyk_alashankou"),
        ("CHINA_DISPUTE", "china_dispute"),
        ("kaz:dostyk--chn:alashankou:rail", "KAZ:Dostyk--CHN:Alashankou:rail"),
    ],
)
def test_a_closure_is_found_by_id_or_name_in_any_case(corridors: Corridors, text: str, closed: str) -> None:
    assert closure_named(corridors, text) == closed


def test_every_closure_is_found_by_its_own_id(corridors: Corridors) -> None:
    ids = [state.id for state in corridors.states] + [border.id for border in corridors.network.borders]
    ids += [place.id for place in corridors.network.places] + ["CHN", "suez", "caspian"]
    assert [closure_named(corridors, name) for name in ids] == ids


@pytest.mark.parametrize("text", ["Brazil", "suezz", ""])
def test_what_the_network_does_not_have_cannot_be_closed(corridors: Corridors, text: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown closure"):
        closure_named(corridors, text)


def test_states_and_upgrades_are_found_by_name(corridors: Corridors) -> None:
    for state in corridors.states:
        assert corridors.state(state.name.upper()) is state
    for upgrade in corridors.upgrades:
        assert corridors.upgrade(upgrade.name.lower()) is upgrade


def test_a_place_written_with_its_country_is_one_name_of_a_list(network: Network) -> None:
    texts = ["suez, Lianyungang, China, Ust-Kamenogorsk, Kazakhstan", "China", "Poti, Georgia,CHN", "Khorgos,CHN"]
    assert listed_with_places(network, texts) == (
        "suez", "Lianyungang, China", "Ust-Kamenogorsk, Kazakhstan", "China", "Poti, Georgia", "CHN", "Khorgos", "CHN",
    )  # fmt: skip
    assert listed_with_places(network, "China,suez") == ("China", "suez")
