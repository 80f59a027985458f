"""Corridor states and upgrades as events on a market."""

from __future__ import annotations

import pytest

from sogdia import Study
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.market import Scenario
from sogdia.market.events import ExportLimit, TransportChange


@pytest.fixture(scope="module")
def china(store):
    return Study(importer="CHN", store=store)


def test_a_closed_way_is_dearer_and_never_cheaper(store):
    found = Study(importer="CHN", store=store).corridor_events("lead", state="dostyk_works", year=2022)
    ways = [event for event in found.events if isinstance(event, TransportChange)]
    assert ways
    assert all(way.cost_factor >= 1 for way in ways)
    assert {way.country for way in ways} <= set(found.lanes["exporter"])


def test_an_upgrade_lowers_the_importers_price(china):
    found = china.corridor_events("lead", upgrade="customs", year=2022)
    assert all(way.cost_factor <= 1 for way in found.events)
    answer = china.shock("lead", scenario=Scenario("customs", found.events), year=2022, draws=1)
    price = answer.rows.filter((answer.rows["role"] == "importer") & (answer.rows["variable"] == "price"))
    assert price["central"].item() < 1


def test_an_export_dispute_stops_the_supply_with_the_transit(store):
    found = Study(store=store).corridor_events("rare_earths", state="china_dispute", year=2022)
    assert ExportLimit("CHN", share=1.0, destinations=("JPN",)) in found.events


def test_a_corridor_that_carries_nothing_sold_says_so(store):
    with pytest.raises(NoAnswerError, match="nothing that the corridor carries"):
        Study(store=store).corridor_events("zinc", state="red_sea", year=2022)


def test_unknown_states_and_upgrades_are_answered_with_the_nearest(store):
    with pytest.raises(UnknownNameError, match="china_dispute"):
        Study(store=store).corridor_events("lead", state="china_disputes", year=2022)
    with pytest.raises(UnknownNameError, match="customs"):
        Study(store=store).corridor_events("lead", upgrade="custom", year=2022)
