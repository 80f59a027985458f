"""The arrays say the same as the records."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.errors import UnknownNameError
from sogdia.network import Network, NetworkArrays, embedded_network, links_touched, to_arrays


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


@pytest.fixture(scope="module")
def arrays(network: Network) -> NetworkArrays:
    return to_arrays(network)


def test_positions_are_those_of_the_records(network: Network, arrays: NetworkArrays) -> None:
    assert arrays.place_ids == tuple(place.id for place in network.places)
    assert arrays.link_ids == tuple(link.id for link in network.links)
    for index, link in enumerate(network.links):
        assert (arrays.place_ids[arrays.start[index]], arrays.place_ids[arrays.end[index]]) == (link.start, link.end)
    np.testing.assert_array_equal(arrays.km, [link.km for link in network.links])
    np.testing.assert_array_equal(arrays.hours, [link.hours for link in network.links])


def test_every_link_is_two_opposite_arcs(arrays: NetworkArrays) -> None:
    half = len(arrays.link_ids)
    np.testing.assert_array_equal(arrays.tail[:half], arrays.head[half:])
    np.testing.assert_array_equal(arrays.head[:half], arrays.tail[half:])
    np.testing.assert_array_equal(arrays.arc_link[:half], arrays.arc_link[half:])


def test_unknown_capacity_is_not_a_number_and_never_zero(network: Network, arrays: NetworkArrays) -> None:
    unknown = [link.capacity_t_per_year is None for link in network.links]
    np.testing.assert_array_equal(np.isnan(arrays.capacity_t_per_year), unknown)
    assert np.nanmin(arrays.capacity_t_per_year) > 0


def test_planned_links_are_marked(network: Network, arrays: NetworkArrays) -> None:
    planned = {arrays.link_ids[index] for index in np.flatnonzero(arrays.planned)}
    assert planned == {link.id for link in network.links if link.status == "planned"}
    assert planned


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        ("border", "dostyk_alashankou", {"KAZ:Dostyk--CHN:Alashankou:rail"}),
        ("link", "KAZ:Khromtau--KAZ:Nikeltau:rail", {"KAZ:Khromtau--KAZ:Nikeltau:rail"}),
        ("place", "KAZ:Khromtau", {"KAZ:Khromtau--KAZ:Nikeltau:rail"}),
    ],
)
def test_a_target_touches_exactly_its_links(kind: str, target: str, expected: set[str], network: Network) -> None:
    touched = links_touched(network, kind, target)  # type: ignore[arg-type]
    assert {network.links[index].id for index in touched} == expected


def test_a_country_touches_the_links_on_its_soil_and_to_its_ports(network: Network) -> None:
    touched = {network.links[index].id for index in links_touched(network, "country", "CHN")}
    assert {"KAZ:Dostyk--CHN:Alashankou:rail", "CHN:Lianyungang--JPN:Yokohama:sea"} <= touched
    assert not any("RUS:Vostochny--JPN" in link_id for link_id in touched)


def test_a_target_that_touches_nothing_is_an_error(network: Network) -> None:
    with pytest.raises(UnknownNameError, match="suez"):
        links_touched(network, "chokepoint", "suezz")
