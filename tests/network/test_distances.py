"""Lengths and times along the network agree with published and independently computed ones."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest

from sogdia.network import Network, embedded_network, embedded_rates, operation_between

RAIL_KM = [
    ("KAZ:Almaty", "KAZ:Dostyk", 849),
    ("CHN:Alashankou", "CHN:Lianyungang", 3832),
    ("KAZ:Dostyk", "CHN:Lianyungang", 3843),
    ("CHN:Khorgos", "CHN:Lianyungang", 4058),
    ("CHN:Kashgar", "CHN:Lianyungang", 4545),
    ("KAZ:Balkhash", "CHN:Lianyungang", 4524),
    ("UZB:Tashkent", "IRN:BandarAbbas", 2836),
    ("KAZ:Almaty", "IRN:BandarAbbas", 3792),
    ("AZE:Alat", "GEO:Poti", 770),
    ("AZE:Alat", "GEO:Batumi", 805),
    ("KAZ:Uzen", "IRN:Gorgan", 925),
]
"""Lines measured on OpenStreetMap rails (scgraph_data 2.0.0) or by their operators, km."""

PLANNED_KM = [("CHN:Kashgar", "UZB:Andijan", 486), ("UZB:Termez", "PAK:Kharlachi", 647)]

SEA_KM = [
    ("CHN:Lianyungang", "JPN:Yokohama", (), 2074),
    ("CHN:Qingdao", "JPN:Yokohama", (), 2040),
    ("RUS:Vostochny", "JPN:Yokohama", (), 1581),
    ("RUS:Vladivostok", "JPN:Yokohama", (), 1788),
    ("GEO:Poti", "JPN:Yokohama", (), 17358),
    ("GEO:Poti", "JPN:Yokohama", ("suez",), 26957),
    ("GEO:Poti", "JPN:Yokohama", ("bab_el_mandeb",), 26957),
    ("IRN:BandarAbbas", "JPN:Yokohama", (), 11789),
    ("PAK:Karachi", "JPN:Yokohama", (), 10990),
]
"""Port to port, with these chokepoints closed (searoute 1.6.0), km."""


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


def shortest_km(network: Network, start: str, end: str, *, planned: bool = False) -> float:
    graph = networkx.Graph()
    for link in network.links:
        if link.mode == "rail" and (planned or link.status == "existing"):
            graph.add_edge(link.start, link.end, km=link.km)
    return float(networkx.shortest_path_length(graph, start, end, weight="km"))


@pytest.mark.parametrize(("start", "end", "km"), RAIL_KM)
def test_rail_distances_agree_with_measured_lines_within_10_percent(
    start: str, end: str, km: float, network: Network
) -> None:
    assert shortest_km(network, start, end) == pytest.approx(km, rel=0.1)


@pytest.mark.parametrize(("start", "end", "km"), PLANNED_KM)
def test_planned_lines_have_their_announced_length_within_10_percent(
    start: str, end: str, km: float, network: Network
) -> None:
    assert shortest_km(network, start, end, planned=True) == pytest.approx(km, rel=0.1)


def test_the_china_kyrgyzstan_uzbekistan_line_saves_thousands_of_km(network: Network) -> None:
    today = shortest_km(network, "CHN:Kashgar", "UZB:Andijan")
    assert today - shortest_km(network, "CHN:Kashgar", "UZB:Andijan", planned=True) > 2000


@pytest.mark.parametrize(("start", "end", "closed", "km"), SEA_KM)
def test_sea_distances_agree_with_known_ones_within_10_percent(
    start: str, end: str, closed: tuple[str, ...], km: float, network: Network
) -> None:
    open_legs = [
        link.km
        for link in network.links
        if link.mode == "sea" and (link.start, link.end) == (start, end) and not set(link.chokepoints) & set(closed)
    ]
    assert min(open_legs) == pytest.approx(km, rel=0.1)


def test_nothing_sails_from_bandar_abbas_when_hormuz_is_shut(network: Network) -> None:
    legs = [link for link in network.links if link.mode == "sea" and link.start == "IRN:BandarAbbas"]
    assert legs
    assert all("hormuz" in leg.chokepoints for leg in legs)


def test_nothing_leaves_the_black_sea_without_the_turkish_straits(network: Network) -> None:
    inside = {place.id for place in network.places if place.chokepoint == "bosporus"}
    legs = [link for link in network.links if link.mode == "sea" and inside & {link.start, link.end}]
    assert {"GEO:Poti", "GEO:Batumi", "RUS:Novorossiysk", "ROU:Constanta"} <= inside
    for leg in legs:
        assert ("bosporus" in leg.chokepoints) == (not {leg.start, leg.end} <= inside), leg.id


def test_tashkent_to_poti_takes_about_20_days(network: Network) -> None:
    """Daryo, 16 December 2024: 20 days by block train over Turkmenbashi; within a quarter of it."""
    route = [
        "UZB:Tashkent",
        "UZB:Sirdaryo",
        "UZB:Khavast",
        "UZB:Samarkand",
        "UZB:Navoi",
        "UZB:Bukhara",
        "UZB:Khodjadavlet",
        "TKM:Farap",
        "TKM:Turkmenabat",
        "TKM:Mary",
        "TKM:Tejen",
        "TKM:Ashgabat",
        "TKM:Bereket",
        "TKM:Balkanabat",
        "TKM:Turkmenbashi",
        "AZE:Alat",
        "AZE:Ganja",
        "AZE:BoyukKesik",
        "GEO:Gardabani",
        "GEO:Tbilisi",
        "GEO:Samtredia",
        "GEO:Poti",
    ]
    rates = embedded_rates()
    land = {frozenset((link.start, link.end)): link for link in network.links if link.mode != "sea"}
    links = [land[frozenset(pair)] for pair in pairwise(route)]
    hours = rates.handling("rail", "load", "container_concentrate").hours.central
    hours += rates.handling("port_ocean", "unload", "container_concentrate").hours.central
    for link in links:
        hours += link.hours + (network.border(link.border).hours.central if link.border else 0.0)
    for arriving, leaving, at in zip(links[:-1], links[1:], route[1:-1], strict=True):
        operation = operation_between(arriving, leaving)
        if operation is not None:
            kind = network.place(at).kind
            hours += rates.handling(kind, operation, "container_concentrate").hours.central
    assert hours / 24 == pytest.approx(20, rel=0.25)


def test_the_gauge_changes_in_alashankou_and_not_before(network: Network) -> None:
    before = network.link("KAZ:Aktogay--KAZ:Dostyk:rail")
    crossing = network.link("KAZ:Dostyk--CHN:Alashankou:rail")
    after = network.link("CHN:Alashankou--CHN:Jinghe:rail")
    assert operation_between(before, crossing) is None
    assert operation_between(crossing, after) == "gauge_change"


def test_changing_ships_or_modes_is_a_mode_change(network: Network) -> None:
    rail = network.link("CHN:Xuzhou--CHN:Lianyungang:rail")
    sea = network.link("CHN:Lianyungang--JPN:Yokohama:sea")
    other = network.link("CHN:Lianyungang--KOR:Busan:sea")
    assert operation_between(rail, sea) == operation_between(sea, rail) == "mode_change"
    assert operation_between(sea, other) == "mode_change"
