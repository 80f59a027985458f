"""What others see of a combination comes from the very answers that the importer's loss comes from."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.codes import Region
from sogdia.equilibrium.outcomes import consumer_surplus_change_kusd, producer_surplus_change_kusd
from sogdia.market import Draws, TradedMarket
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase
from sogdia.plan.markets.rebase import NewSupply, rebased
from sogdia.plan.markets.table import BuiltTable, TouchingProject, market_table
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.problem import Slot

JAPAN = Region("JPN", "Japan", ("JPN",))
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))
LONG = Draws(np.array([6.0]), np.array([1.2]), np.array([1.5]))
CALM, CHINA = [0.0], [0.5]


def market() -> TradedMarket:
    """China and Kazakhstan sell to Japan and the USA."""
    flows = np.array([[80.0, 300.0], [20.0, 50.0]])
    return TradedMarket(
        "graphite", None, (2022,), "all", ("CHN", "KAZ"), ("JPN", "USA"), flows, np.full((2, 2), 2.0), ()
    )


def table(projects: list[TouchingProject], years: int = 400) -> BuiltTable:
    """Half of the years are calm, in the others China exports half."""
    slots = (Slot(SlotKind.EXPORTS, "CHN"),)
    case = MarketCase(market(), JAPAN, slots, (), np.array([CALM, CHINA]), np.ones(2), SHORT, LONG)
    return market_table(case, np.arange(years) % 2, projects, seed=1)


def mine(chance: float) -> TouchingProject:
    return TouchingProject(0, MarketEffect("mine", "KAZ", 30.0, 10.0), chance, 0.0)


def test_a_sure_mine_gives_buyers_and_sellers_elsewhere_what_the_rebase_says() -> None:
    sides = table([mine(1.0)]).sides
    base = rebased(market(), [0], LONG, [NewSupply("KAZ", 30.0, 10.0)])
    usa = consumer_surplus_change_kusd(np.array([200.0, 700.0]), base.use_cost, LONG.eta)[1]
    china = producer_surplus_change_kusd(np.array([760.0, 140.0]), base.price, np.ones(2), LONG.eps)[0]
    assert sides.consumers == ("JPN", "USA")
    assert sides.ordinary[0] == pytest.approx(0.0)
    assert -sides.ordinary[1, 1] * 1000.0 == pytest.approx(usa)
    assert usa > 0 > china
    assert sides.sellers[1, 0] * 1000.0 == pytest.approx(china)
    assert sides.price[1] == pytest.approx(base.use_cost[0])
    assert sides.supplied_t[1].sum() == pytest.approx(base.market.flows[:, 0].sum())


def test_what_a_makers_few_buyers_cannot_take_goes_to_others_with_and_without_a_contract() -> None:
    flows = np.array([[80.0, 300.0, 0.0], [20.0, 50.0, 0.0], [0.0, 0.0, 1.0]])
    producers, consumers = ("CHN", "KAZ", "UZB"), ("JPN", "USA", "NLD")
    small = TradedMarket(
        "graphite", None, (2022,), "all", producers, consumers, flows, np.where(flows > 0, 2.0, np.nan), ()
    )
    made = []
    for contract in (0.0, 10.0):
        base = rebased(small, [0], LONG, [NewSupply("UZB", 40.0, contract)])
        sold = base.market.flows[2]
        assert sold.sum() == pytest.approx(40.0 + small.flows[2].sum(), rel=0.02)
        assert sold[2] < 0.9 + small.flows[2, 2]
        made.append(consumer_surplus_change_kusd(small.flows.sum(axis=0) * 2.0, base.use_cost, LONG.eta))
    without, contracted = made
    assert contracted[0] > without[0] > 0
    assert without[1] > contracted[1] > 0


def test_a_mine_that_comes_about_half_the_time_gives_half() -> None:
    sure, half = table([mine(1.0)], 20_000).sides, table([mine(0.5)], 20_000).sides
    assert half.ordinary[1, 1] == pytest.approx(0.5 * sure.ordinary[1, 1], rel=0.03)
    assert half.sellers[1, 0] == pytest.approx(0.5 * sure.sellers[1, 0], rel=0.03)
    assert 1.0 - half.price[1] == pytest.approx(0.5 * (1.0 - sure.price[1]), rel=0.03)


def test_the_importer_is_not_among_the_others() -> None:
    sides = table([mine(1.0)]).sides
    assert (sides.ordinary[:, 0] == 0).all()
    assert (sides.bad[:, 0] == 0).all()


def test_a_stock_of_the_importer_helps_others_in_bad_years_alone() -> None:
    stock = TouchingProject(0, MarketEffect("stock", "JPN", stock_t=20.0), 1.0, 0.0)
    sides = table([stock]).sides
    assert sides.ordinary == pytest.approx(0.0)
    assert sides.bad[0, 1] > sides.bad[1, 1] > 0
    assert sides.price == pytest.approx(1.0)


def test_new_supply_lowers_the_share_of_the_main_supplier() -> None:
    sides = table([mine(1.0)]).sides
    share = sides.supplied_t / sides.supplied_t.sum(axis=1, keepdims=True)
    assert share[0, 0] == pytest.approx(0.8)
    assert share[1, 0] < 0.75
