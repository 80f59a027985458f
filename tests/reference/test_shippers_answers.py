"""Default answers for twenty origins and destinations as somebody who ships gives them, and none by a shut way."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sogdia.corridors import Routes, route
from sogdia.corridors.standing import closings, land_neighbours, touches
from sogdia.network import embedded_corridors

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
