"""Upgrades of the network, on the way of Kazakh graphite to Japan."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia import Study
from sogdia.data import Mineral
from sogdia.market import Draws, TradedMarket
from sogdia.network import embedded_corridors
from sogdia.plan.markets.corridor_ways import Works, corridor_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.problem import Slot, WayChange, market_problem
from sogdia.scenarios.setup import AskedMarket, EnsembleMarket, EnsembleSetup
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.uncertain import Range

SHUT = "china_dispute"
SLOTS = (Slot(SlotKind.WAY, SHUT),)
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))


def effects_of(*upgrades: str, rate: float = 2.0) -> dict[str, MarketEffect]:
    """Of 100,000 t a year at 800 USD, while China is closed for half a year at some rate."""
    study = Study("JPN")
    mineral: Mineral = study.store.mineral("graphite")
    flows = np.array([[100_000.0, 200_000.0], [0.0, 500_000.0]])
    market = TradedMarket(
        "graphite", None, (2022,), "all", ("KAZ", "CHN"), ("JPN", "USA"), flows, np.full((2, 2), 0.8), ()
    )
    problem = market_problem(market, SHORT, study.importer, SLOTS, [WayChange(SHUT, {"KAZ": 1.3}, {})])
    of = EnsembleMarket("graphite", problem, market.producers, SLOTS, {SHUT: SHUT}, 80_000.0, ())
    days = Range(180.0, 180.0, 180.0)
    stream = EventStream("x", "corridor", "x", (Possibility(rate, (Hit("way", SHUT, None, days),)),), "assumed", ())
    setup = EnsembleSetup(study.importer, 2022, (of,), (stream,), (), (), ())
    asked = AskedMarket(mineral, market, study.store)  # type: ignore[arg-type]
    known = {upgrade.id: upgrade.effects for upgrade in embedded_corridors().upgrades}
    wanted = {name: Works(known[name]) for name in upgrades}
    (found,) = corridor_effects(study.importer, [asked], [market], setup, wanted)
    return {effect.project: effect for effect in found}


@pytest.fixture(scope="module")
def each() -> dict[str, MarketEffect]:
    return effects_of("customs", "logistics_poti", "customs_caspian", "trans_afghan")


def test_customs_make_the_way_a_little_cheaper_and_the_seller_keeps_what_a_contract_fixes(
    each: dict[str, MarketEffect],
) -> None:
    customs = each["customs"]
    assert 0.99 < customs.lane_cost["KAZ"] < 1.0
    assert customs.way_saved_musd["KAZ"] == pytest.approx(80.0 * (1.0 - customs.lane_cost["KAZ"]))


def test_a_port_that_no_way_uses_today_helps_while_china_is_closed(each: dict[str, MarketEffect]) -> None:
    poti = each["logistics_poti"]
    assert poti.lane_cost == {}
    assert poti.way_saved_musd == {}
    assert poti.ways[SHUT].passes["KAZ"] == 1.0


def test_an_upgrade_that_no_way_uses_is_not_among_the_effects(each: dict[str, MarketEffect]) -> None:
    assert "trans_afghan" not in each


def test_what_is_too_rare_to_matter_is_left_out() -> None:
    assert "logistics_poti" not in effects_of("logistics_poti", rate=1e-5)
