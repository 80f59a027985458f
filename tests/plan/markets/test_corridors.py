"""Cheaper ways change ordinary years and closings as the model says."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.codes import Region
from sogdia.market import Draws, TradedMarket
from sogdia.plan.markets.corridors import lane_cost, ways_with
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, losses
from sogdia.plan.markets.rebase import NewSupply, rebased
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.problem import Slot, WayChange

JAPAN = Region("JPN", "Japan", ("JPN",))
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))
LONG = Draws(np.array([6.0]), np.array([1.2]), np.array([1.5]))


def market() -> TradedMarket:
    flows = np.array([[80.0, 300.0], [20.0, 50.0]])
    return TradedMarket(
        "graphite", None, (2022,), "all", ("CHN", "KAZ"), ("JPN", "USA"), flows, np.full((2, 2), 2.0), ()
    )


def upgrade(name: str = "line", **changes: object) -> MarketEffect:
    return MarketEffect(name, "", **changes)  # type: ignore[arg-type]


def test_a_cheaper_way_lowers_the_importers_price_and_raises_its_purchases_from_there() -> None:
    after = rebased(market(), [0], LONG, [], {"KAZ": 0.9})
    assert after.use_cost[0] < 1.0
    assert after.market.flows[1, 0] > 20.0
    assert after.price[1] > 1.0
    assert after.price[0] < 1.0


def test_most_of_a_cheaper_way_goes_to_the_seller_where_its_supply_is_short() -> None:
    tight = Draws(np.array([6.0]), np.array([1.2]), np.array([0.01]))
    alone = TradedMarket("m", None, (2022,), "all", ("A",), ("JPN",), np.array([[100.0]]), np.array([[1.0]]), ())
    after = rebased(alone, [0], tight, [], {"A": 0.9})
    price = 0.9 ** (-1.2 / (1.2 + 0.01))
    assert after.price[0] == pytest.approx(price, rel=1e-6)
    assert after.use_cost[0] == pytest.approx(0.9 * price, rel=1e-6)


def test_a_way_to_a_country_that_sells_nothing_changes_nothing() -> None:
    after = rebased(market(), [0], LONG, [], {"UZB": 0.5})
    assert (after.use_cost == 1.0).all()
    assert (after.market.flows == market().flows).all()


def test_lane_costs_of_two_upgrades_are_multiplied() -> None:
    both = [upgrade(lane_cost={"KAZ": 0.9}), upgrade(lane_cost={"KAZ": 0.8, "UZB": 0.7})]
    assert lane_cost(both) == pytest.approx({"KAZ": 0.72, "UZB": 0.7})


def test_one_upgrade_makes_a_closing_just_as_it_says_and_two_act_one_by_one() -> None:
    closing = WayChange("transit", {"KAZ": 1.4}, {"KAZ": 0.5})
    one = upgrade(ways={"transit": WayChange("transit", {"KAZ": 1.2}, {"KAZ": 0.8})})
    other = upgrade(ways={"transit": WayChange("transit", {"KAZ": 1.3}, {"KAZ": 0.6})})
    (single,) = ways_with([closing], [one])
    assert single.cost_factor["KAZ"] == pytest.approx(1.2)
    assert single.passes["KAZ"] == 0.8
    (double,) = ways_with([closing], [one, other])
    assert double.cost_factor["KAZ"] == pytest.approx(1.2 * 1.3 / 1.4)
    assert double.passes["KAZ"] == 0.8


def test_a_closed_way_is_less_closed_and_costs_the_importer_less() -> None:
    slots = (Slot(SlotKind.WAY, "transit"),)
    ways = (WayChange("transit", {}, {"KAZ": 0.0}),)
    states = MarketCase(market(), JAPAN, slots, ways, np.array([[1.0]]), np.ones(1), SHORT, LONG)
    eased = upgrade(ways={"transit": WayChange("transit", {"KAZ": 1.1}, {"KAZ": 1.0})})
    assert 0 < losses(states, [eased]).loss[0] < losses(states, []).loss[0]


def test_what_is_sold_already_goes_to_its_buyer() -> None:
    free = rebased(market(), [0], LONG, [NewSupply("KGZ", 12.0, 2.0)])
    bound = rebased(market(), [0], LONG, [NewSupply("KGZ", 12.0, 2.0, 10.0, "USA")])
    assert bound.market.flows[2] == pytest.approx([2.0, 10.0])
    assert free.market.flows[2].sum() == pytest.approx(12.0)
    assert free.market.flows[2, 0] > 2.0


def test_tonnes_recycled_at_home_are_worth_most_while_others_are_cut_off() -> None:
    slots = (Slot(SlotKind.EXPORTS, "CHN"),)
    states = MarketCase(market(), JAPAN, slots, (), np.array([[0.0], [1.0]]), np.ones(2), SHORT, LONG)
    helped = losses(states, [MarketEffect("scrap", "JPN", 15.0, 15.0)])
    saved = losses(states, []).loss - helped.loss
    assert 0 < saved[0] < saved[1]
