"""An importer takes delivery at every port it has, and at the border that the exporter's trains reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia import Study
from sogdia.codes.regions import economy
from sogdia.corridors import cargo_of, deliveries, lanes, main_port, route, route_between
from sogdia.corridors.request import shipped_stage
from sogdia.data import Store
from sogdia.errors import NoAnswerError
from sogdia.network import Corridors
from sogdia.network.blocs import CargoLimit

TODAY = [(None, None)]


def test_all_ports_are_places_of_delivery_and_the_main_one_is_the_first(embedded: Corridors) -> None:
    japan = deliveries(embedded.network, ["JPN"])
    assert japan[0] == main_port(embedded.network, ["JPN"])
    assert set(japan) == {p.id for p in embedded.network.places if p.country == "JPN" and p.kind == "destination"}


def test_a_land_neighbour_takes_delivery_at_its_border_too_and_who_has_no_port_there_alone(embedded: Corridors) -> None:
    near, far = (deliveries(embedded.network, ["CHN"], exporter) for exporter in ("KAZ", "UZB"))
    assert {"CHN:Alashankou", "CHN:Khorgos"} <= set(near) - set(far)
    inland = [embedded.network.place(name) for name in deliveries(embedded.network, ["UZB"])]
    assert inland
    assert {place.country for place in inland} == {"UZB"}
    assert deliveries(embedded.network, ["CHE"]) == ()


def test_a_lane_ends_at_the_place_of_least_cost_of_each_origin_and_case(embedded: Corridors) -> None:
    cargo, ports = cargo_of(embedded.rates, "chromium", "alloy"), deliveries(embedded.network, ["JPN"])
    asked = {"origins": {"KAZ": ["KAZ:Aktobe"], "ZAF": ["ZAF:Rustenburg"]}, "cases": [*TODAY, ("china_dispute", None)]}
    whole = lanes(embedded, {"JPN": ports}, [cargo], **asked)
    alone = [lanes(embedded, [port], [cargo], **asked)["cost_usd_per_t"].to_list() for port in ports]
    assert whole["destination"].unique().to_list() == ["JPN"]
    np.testing.assert_allclose(whole["cost_usd_per_t"].to_numpy(), np.min(alone, axis=0))


def test_ports_of_countries_with_other_rules_are_tried_one_by_one(embedded: Corridors) -> None:
    cargo = cargo_of(embedded.rates, "copper", "metal")
    asked = {"origins": {"KAZ": ["KAZ:Balkhash"]}, "cases": TODAY}
    both = lanes(embedded, {"either": ["JPN:Yokohama", "CHN:Alashankou"]}, [cargo], **asked)
    border = lanes(embedded, ["CHN:Alashankou"], [cargo], **asked)
    assert both["cost_usd_per_t"].to_list() == border["cost_usd_per_t"].to_list()


def test_what_is_closed_to_a_shipment_is_closed_to_its_lane(small: Corridors) -> None:
    cargo = [cargo_of(small.rates, "tin", "ore")]
    limited = replace(small, limits=(CargoLimit("tin", "CCC", "it glows", (), "assumed", ""),))
    usual, without = (lanes(each, ["DDD:Port"], cargo, cases=TODAY) for each in (small, limited))
    assert without["cost_usd_per_t"][0] > usual["cost_usd_per_t"][0]
    assert without["cost_usd_per_t"][0] == pytest.approx(
        route(limited, "AAA:Mine", "DDD:Port", "tin", stage="ore").best.route.cost_usd_per_t.central
    )


def test_a_lane_to_a_land_neighbour_never_sails_round_a_continent(embedded: Corridors) -> None:
    cargo, origins = cargo_of(embedded.rates, "chromium", "alloy"), {"KAZ": ["KAZ:Aktobe"]}
    shut = ("china_dispute", None)
    china = lanes(embedded, ["CHN:Shanghai"], [cargo], origins=origins, cases=[shut])
    korea = lanes(embedded, ["KOR:Busan"], [cargo], origins=origins, cases=[shut])
    assert (china["status"].to_list(), korea["status"].to_list()) == (["no route"], ["route"])


def test_an_importer_without_a_port_gets_a_route_to_its_border_and_one_at_home_is_asked_for_a_place(
    store: Store,
) -> None:
    assert Study(importer="UZB", store=store).route("KAZ:Aktobe", mineral="chromium").destination.startswith("UZB:")
    with pytest.raises(NoAnswerError, match="KAZ:Aktobe lies in Kazakhstan"):
        Study(importer="KAZ", store=store).route("KAZ:Aktobe", mineral="chromium")
    with pytest.raises(NoAnswerError, match="no port of Switzerland"):
        Study(importer="CHE", store=store).route("KAZ:Aktobe", mineral="chromium")


def test_a_plant_ships_what_it_makes_unless_another_stage_is_asked_for(embedded: Corridors, store: Store) -> None:
    asked = {"destination": "JPN:Yokohama", "mineral": "chromium", "k": 1}
    stages = [
        route_between(embedded, store, economy("JPN"), "KAZ:Aktobe", **asked, **stage).cargo.stage
        for stage in ({}, {"stage": "ore"})
    ]
    assert stages == ["alloy", "ore"]
    assert shipped_stage(embedded.rates, "KAZ:Khromtau", "chromium") == "ore"
    assert shipped_stage(embedded.rates, "KAZ:Khromtau", "copper") is None


def test_a_record_of_transit_to_the_sea_is_not_told_to_a_land_neighbour(embedded: Corridors) -> None:
    told = {
        goal: [way.year for way in route(embedded, "KAZ:Aktobe", goal, "chromium", stage="alloy", k=1).on_record]
        for goal in ("CHN:Alashankou", "DEU:Bremerhaven")
    }
    assert told == {"CHN:Alashankou": ["2024"], "DEU:Bremerhaven": ["2025"]}
