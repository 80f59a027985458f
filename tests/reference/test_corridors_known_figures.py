"""Distances, times and independence of the packaged network against figures known from elsewhere.

Distances: lengths of lines on OpenStreetMap and sea routes of searoute, as published with the network; Tashkent-Poti:
the first block train took 20 days (Daryo, 16 December 2024).
"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.corridors.compare import pair
from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import cargo_of, price
from sogdia.corridors.platforms import platforms
from sogdia.corridors.search import route
from sogdia.errors import NoAnswerError
from sogdia.network.closures import effects_of_closing
from sogdia.network.corridors import embedded_corridors
from sogdia.routing import shortest_path

EMBEDDED = embedded_corridors()
CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
MINES = [p.id for p in EMBEDDED.network.places if p.kind in ("mine", "plant") and p.country in CENTRAL_ASIA][::3]


def shortest_km(start: str, end: str, *, closed: tuple[str, ...] = (), modes: tuple[str, ...] = ("rail",)) -> float:
    """The shortest way by km over links of these modes."""
    network = EMBEDDED.network
    split, now = platforms(network), conditions(network, effects_of_closing(network, closed))
    priced = price(network, EMBEDDED.rates, cargo_of(EMBEDDED.rates, "copper"), now, split)
    km = [link.km if link.mode in modes else float("inf") for link in network.links] + [0.0]
    ids = [place.id for place in network.places]
    weight = priced.closed_as_infinite(np.array(km)[split.arc_link])
    return shortest_path(split.graph, weight, split.entry(ids.index(start)), split.exit(ids.index(end))).cost


@pytest.mark.parametrize(
    ("start", "end", "km", "options"),
    [
        ("KAZ:Almaty", "KAZ:Dostyk", 849, {}),
        ("KAZ:Dostyk", "CHN:Lianyungang", 11 + 3832, {}),
        ("UZB:Tashkent", "IRN:BandarAbbas", 2836, {}),
        ("CHN:Lianyungang", "JPN:Yokohama", 2074, {"modes": ("sea",)}),
        ("RUS:Vostochny", "JPN:Yokohama", 1581, {"modes": ("sea",)}),
        ("IRN:BandarAbbas", "JPN:Yokohama", 11789, {"modes": ("sea",)}),
        ("GEO:Poti", "JPN:Yokohama", 17358, {"modes": ("sea",)}),
        ("GEO:Poti", "JPN:Yokohama", 26957, {"modes": ("sea",), "closed": ("suez",)}),
    ],
)
def test_known_distances_are_met_within_ten_percent(start, end, km, options):
    assert shortest_km(start, end, **options) == pytest.approx(km, rel=0.1)


def test_a_shut_hormuz_leaves_no_sea_way_from_bandar_abbas():
    assert shortest_km("IRN:BandarAbbas", "JPN:Yokohama", modes=("sea",), closed=("hormuz",)) == float("inf")


def test_tashkent_to_poti_by_the_caspian_takes_about_twenty_days():
    way = pair(EMBEDDED, "UZB:Tashkent", "GEO:Poti", cargo_of(EMBEDDED.rates, "copper"))
    closed = effects_of_closing(EMBEDDED.network, ["IRN", "RUS", "KAZ", "AFG"])
    found = way.best(closed)
    assert "TKM:Turkmenbashi" in found.ports
    assert found.days.low < 20 < found.days.high
    assert found.days.central == pytest.approx(20, rel=0.1)


@pytest.mark.parametrize("mine", MINES)
def test_every_mine_reaches_yokohama_by_two_independent_corridors_or_the_answer_says_what_it_hangs_on(mine):
    routes = route(EMBEDDED, mine, "JPN:Yokohama", "copper", k=2)
    assert routes.independent_corridors >= 2 or any(kind in ("country", "chokepoint") for kind, _ in routes.hangs_on)
    assert all(other.route.km > 0 for other in routes.alternatives)


@pytest.mark.parametrize("mine", MINES)
def test_closing_china_leaves_every_mine_a_route_at_a_premium(mine):
    asked = pair(EMBEDDED, mine, "JPN:Yokohama", cargo_of(EMBEDDED.rates, "copper"))
    without = asked.best(effects_of_closing(EMBEDDED.network, ["CHN"]))
    assert without.cost_usd_per_t.central >= asked.today().cost_usd_per_t.central
    assert "CHN" not in without.countries


def test_closing_every_neighbour_of_kazakhstan_leaves_no_route():
    neighbours = ["CHN", "RUS", "UZB", "KGZ", "TKM", "caspian"]
    with pytest.raises(NoAnswerError, match="no route from KAZ:Khromtau to JPN:Yokohama"):
        route(EMBEDDED, "KAZ:Khromtau", "JPN:Yokohama", "chromium", close=neighbours)
