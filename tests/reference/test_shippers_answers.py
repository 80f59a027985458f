"""Default answers for twenty origins and destinations as somebody who ships gives them, and none by a shut way."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sogdia.corridors import Routes, cargo_of, lanes, main_port, route
from sogdia.corridors.standing import closings, land_neighbours, touches
from sogdia.errors import NoAnswerError
from sogdia.network import embedded_corridors, embedded_shipments

EMBEDDED = embedded_corridors()
with (Path(__file__).parent / "shippers_answers.csv").open(encoding="utf-8", newline="") as _file:
    ASKED = list(csv.DictReader(_file))


def passes_what_is_shut(routes: Routes) -> list[str]:
    """The states that shut some alternative to the buyer today."""
    corridors = routes.corridors
    bloc = corridors.bloc(corridors.network.place(routes.destination).country)
    links = [corridors.network.link(name) for other in routes.alternatives for name in other.route.links]
    shut = [state for state in corridors.states if state.standing(bloc) == "shut"]
    return [s.id for s in shut if any(touches(effect, link) for effect in closings((s,)) for link in links)]


@pytest.mark.slow  # twenty searches over the whole network
@pytest.mark.parametrize("row", ASKED, ids=lambda row: f"{row['from']} {row['to']} {row['mineral']}")
def test_the_default_answer_is_the_way_that_a_shipper_takes(row: dict[str, str]) -> None:
    routes = route(EMBEDDED, row["from"], row["to"], row["mineral"], stage=row["stage"])
    best = routes.best.route
    assert passes_what_is_shut(routes) == []
    assert set(filter(None, (row["by"],))) <= set(best.countries)
    assert set(filter(None, (row["port"],))) <= set(best.ports)
    if row["next"]:
        assert row["next"] in routes.alternatives[1].route.ports
    if land_neighbours(EMBEDDED.network, row["from"][:3], row["to"][:3]):
        assert all("sea" not in other.route.km_by_mode for other in routes.alternatives)


def test_nobody_ships_to_a_land_neighbour_round_a_continent_even_while_all_rails_of_one_crossing_are_shut() -> None:
    routes = route(EMBEDDED, "KAZ:Aktobe", "CHN:Shanghai", "chromium", stage="alloy", close=["dostyk_alashankou"])
    assert all(other.route.km_by_mode.get("sea", 0.0) < 3000 for other in routes.alternatives)
    assert all("suez" not in other.route.chokepoints for other in routes.alternatives)


IMPORTERS = ("JPN", "KOR", "CHN", "IND", "USA", "DEU", "FRA", "GBR", "TUR", "ITA")
EXPORTERS = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "MNG", "COD", "ZMB", "ZAF", "AUS", "CHL", "PER")


@pytest.mark.slow  # a hundred and twenty pairs
@pytest.mark.parametrize("importer", IMPORTERS)
def test_every_exporter_reaches_every_importer_today(importer: str) -> None:
    first = {shipment.country: shipment for shipment in reversed(embedded_shipments())}
    port = main_port(EMBEDDED.network, [importer])
    assert port is not None
    cargo = cargo_of(EMBEDDED.rates, "copper", "metal")
    origins = {exporter: [first[exporter].place] for exporter in EXPORTERS}
    table = lanes(EMBEDDED, [port], [cargo], origins=origins, cases=[(None, None)])
    assert table["exporter"].to_list() == list(EXPORTERS)
    assert (table["status"] == "route").all()
    assert (table["cost_usd_per_t"] > 0).all()


def test_a_country_that_is_shut_to_the_buyer_is_told_with_the_state_and_its_date() -> None:
    with pytest.raises(NoAnswerError, match=r"can be used today.*Russia.*2022-02-28"):
        route(EMBEDDED, "RUS:Chelyabinsk", "JPN:Yokohama", "zinc", stage="metal")
