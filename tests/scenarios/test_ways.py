"""Closings change the ways of sellers that use what is closed, as the lane table of the corridors says."""

from __future__ import annotations

import pytest

from sogdia import Study
from sogdia.corridors import deliveries, lanes
from sogdia.corridors.standing import closed
from sogdia.market import calibrate
from sogdia.network import embedded_corridors, embedded_shipments
from sogdia.scenarios.setup import imports_t
from sogdia.scenarios.ways import Closing, sellers, touched_links, way_changes, way_network


@pytest.fixture(scope="module")
def ways():
    """Ways of copper to Germany."""
    study = Study("DEU")
    corridors = embedded_corridors()
    mineral = study.store.mineral("copper")
    market = calibrate(study.store, mineral, [2024])
    sold = dict(zip(market.producers, imports_t(market, study.importer).tolist(), strict=True))
    near = way_network(corridors, study.importer, [c for c, t in sold.items() if t > 0])
    return near, sellers(near, market, mineral, study.importer, embedded_shipments(), 0.001), sold


def changes(ways, *closings):
    near, started, sold = ways
    return {way.name: way for way in way_changes(near, started, closings, touched_links(near, closings), sold)}


def test_ways_agree_with_the_lane_table(ways):
    near, started, _ = ways
    states = [near.corridors.state(name) for name in ("red_sea", "suez_war", "russia_sanctions")]
    found = changes(ways, *(Closing(state.id, state.effects) for state in states))
    compared = 0
    for origins in started:
        table = lanes(
            near.corridors, {"DEU": deliveries(near.corridors.network, ("DEU",), origins.exporter)}, [origins.cargo],
            origins={origins.exporter: origins.places},
            cases=[(state.id, None) for state in states],
        )  # fmt: skip
        for row in table.iter_rows(named=True):
            way = found.get(row["state"])
            factor = way.cost_factor.get(origins.exporter, 1.0) if way else 1.0
            if row["status"] == "route":
                assert factor == pytest.approx(row["tau"], abs=1.1e-3)
                compared += 1
    assert compared >= 3


def test_a_closed_mine_road_lets_nothing_pass(ways):
    _, started, _ = ways
    origins = started[0]
    place = origins.places[0]
    found = changes(ways, Closing("shut", (closed("place", place),)))
    assert found["shut"].passes[origins.exporter] < 1.0


def test_what_no_way_uses_changes_nothing(ways):
    assert changes(ways, Closing("shut", (closed("border", "khunjerab"),))) == {}


def test_stopped_supply_does_not_pass(ways):
    _, _, sold = ways
    seller = max(sold, key=lambda country: sold[country])
    assert changes(ways, Closing("dispute", (), (seller,)))["dispute"].passes == {seller: 0.0}
