"""A question for routes may be asked in a person's words, from Python and from the command line alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia import Study
from sogdia.corridors import cargo_of
from sogdia.corridors.request import cargo_mineral
from sogdia.data import Store
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.network import Corridors


@pytest.fixture(scope="module")
def study(store: Store) -> Study:
    return Study(store=store)


def test_places_minerals_stages_closures_and_upgrades_are_understood_by_name(study: Study) -> None:
    named = study.route(
        "khromtau", "Yokohama", mineral="Chromium", stage="ORE", close="China, Suez Canal", upgrade="CUSTOMS", k=2
    )
    by_id = study.route(
        "KAZ:Khromtau", "JPN:Yokohama", mineral="chromium", stage="ore", close=["CHN", "suez"], upgrade=["customs"], k=2
    )
    assert named.to_dict() == by_id.to_dict()


@pytest.mark.parametrize(
    ("changes", "kind", "nearest"),
    [
        ({"origin": "Kromtau"}, "place", "KAZ:Khromtau"),
        ({"destination": "JPN:Yokohoma"}, "place", "JPN:Yokohama"),
        ({"mineral": "chromum"}, "mineral", "chromium"),
        ({"stage": "mettal"}, "stage of chromium", "metal"),
        ({"close": "suezz"}, "closure", "suez"),
        ({"upgrade": "custom"}, "upgrade", "customs"),
    ],
)
def test_a_name_that_does_not_exist_is_answered_with_the_nearest(
    study: Study, changes: dict[str, str], kind: str, nearest: str
) -> None:
    asked = {"origin": "KAZ:Khromtau", "destination": "JPN:Yokohama", "mineral": "chromium"} | changes
    with pytest.raises(UnknownNameError, match=f"unknown {kind}.*{nearest}"):
        study.route(asked.pop("origin"), asked.pop("destination"), **asked)  # type: ignore[arg-type]


def test_every_cargo_of_the_table_is_found_by_its_key(embedded: Corridors, store: Store) -> None:
    for row in embedded.rates.cargo_values:
        assert cargo_mineral(embedded.rates, store, row.mineral) == row.mineral
        assert cargo_of(embedded.rates, row.mineral, row.stage.upper()) == row


def test_a_mineral_of_the_store_without_a_cargo_has_no_route(study: Study, embedded: Corridors, store: Store) -> None:
    carried = {row.mineral for row in embedded.rates.cargo_values}
    other = next(name for name in store.minerals if name not in carried)
    with pytest.raises(NoAnswerError, match="cargo table"):
        study.route("KAZ:Khromtau", mineral=other)


def test_links_of_ones_own_join_the_network_in_python_too(study: Study, tmp_path: Path) -> None:
    places, links = tmp_path / "places.csv", tmp_path / "links.csv"
    places.write_text("id,name,country,lat,lon,kind\nKAZ:NewMine,New mine,KAZ,49.5,73.9,mine\n", encoding="utf-8")
    links.write_text("from,to,mode\nKAZ:NewMine,KAZ:Karaganda,road\n", encoding="utf-8")
    routes = study.route("new mine", mineral="tungsten", links=str(links), places=places, k=1)
    assert routes.origin == "KAZ:NewMine"
    assert "OWN_NETWORK" in routes.sources()


@pytest.mark.parametrize("argument", ["places", "borders"])
def test_places_without_links_are_refused_by_the_name_of_the_argument(study: Study, argument: str) -> None:
    with pytest.raises(InputError) as caught:
        study.route("KAZ:Khromtau", mineral="chromium", **{argument: "some.csv"})  # type: ignore[arg-type]
    (fault,) = caught.value.faults
    assert (fault.file, fault.value) == (argument, "some.csv")
    assert "links" in fault.remedy
