"""What projects do to a market, by closed forms and by what an analyst expects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.codes import Region
from sogdia.errors import InputError
from sogdia.market import Draws, TradedMarket
from sogdia.plan.agreement import worth
from sogdia.plan.choice import PlanCase
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, losses
from sogdia.plan.markets.realised import TouchingProject, realisations
from sogdia.plan.markets.rebase import NewSupply, rebased
from sogdia.plan.markets.table import market_table
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import solve_block
from sogdia.scenarios.problem import Slot, WayChange, market_problem
from sogdia.scenarios.states import CLASS_COUNT

JAPAN = Region("JPN", "Japan", ("JPN",))
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))
LONG = Draws(np.array([6.0]), np.array([1.2]), np.array([1.5]))
TOTAL_CUT = 5
"""Number of the class that takes the whole year."""


def market() -> TradedMarket:
    """Two makers and two buyers; China serves most of both."""
    flows = np.array([[80.0, 300.0], [20.0, 50.0]])
    return TradedMarket(
        "graphite", None, (2022,), "all", ("CHN", "KAZ"), ("JPN", "USA"), flows, np.full((2, 2), 2.0), ()
    )


def case(parts: list[list[float]], years: float = 1.0) -> MarketCase:
    """States of a Chinese restriction, a Kazakh restriction, and a closing of the Kazakh way."""
    slots = (Slot(SlotKind.EXPORTS, "CHN"), Slot(SlotKind.EXPORTS, "KAZ"), Slot(SlotKind.WAY, "transit"))
    ways = (WayChange("transit", {}, {"KAZ": 0.0}),)
    part = np.array(parts)
    return MarketCase(market(), JAPAN, slots, ways, part, np.full(len(part), years), SHORT, LONG)


CALM, CHINA, BOTH = [0.0, 0.0, 0.0], [0.5, 0.0, 0.0], [0.5, 0.0, 1.0]


def test_a_table_without_projects_equals_the_public_path_to_1e_12() -> None:
    asked = case([CALM, [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    problem = market_problem(asked.market, SHORT, JAPAN, asked.slots, asked.ways)
    codes = np.array([[-1], [0 * CLASS_COUNT + TOTAL_CUT], [2 * CLASS_COUNT + TOTAL_CUT]], dtype=np.int32)
    public = solve_block(problem, codes).loss_kusd
    assert losses(asked, []).loss == pytest.approx(public, abs=1e-12, rel=1e-12)


def test_a_contract_of_several_members_goes_to_each_as_it_uses_and_leaves_a_calm_year_calm() -> None:
    flows = np.array([[80.0, 8.0, 300.0], [20.0, 2.0, 50.0]])
    price = np.array([[2.0, 60.0, 2.0], [2.0, 60.0, 2.0]])
    both = TradedMarket("graphite", None, (2022,), "all", ("CHN", "KAZ"), ("DEU", "LUX", "USA"), flows, price, ())
    slots = (Slot(SlotKind.EXPORTS, "CHN"),)
    region = Region("EU27", "European Union", ("DEU", "LUX"))
    asked = MarketCase(both, region, slots, (), np.array([[0.0], [0.5]]), np.ones(2), SHORT, LONG)
    found = losses(asked, [MarketEffect("contract", "KAZ", offtake_t=19.0)])
    assert found.price[0] == pytest.approx(np.ones(3), abs=1e-8)
    assert found.price[1, 0] == pytest.approx(found.price[1, 1], rel=0.05)
    assert found.saved[0] == pytest.approx(0.0, abs=1e-5)


def test_lasting_supply_makes_a_new_ordinary_year_with_prices_of_1() -> None:
    effect = MarketEffect("mine", "KAZ", quantity_t=30.0)
    found = losses(case([CALM]), [effect])
    assert found.dearer == pytest.approx(0.0, abs=1e-8)
    assert found.lasting < 0


def test_new_supply_to_one_buyer_of_one_market_lowers_its_price_by_the_closed_form() -> None:
    alone = TradedMarket("m", None, (2022,), "all", ("A",), ("JPN",), np.array([[100.0]]), np.array([[1.0]]), ())
    after = rebased(alone, [0], LONG, [NewSupply("B", 10.0, 10.0)])
    price = after.use_cost[0]
    assert 100.0 * price**-1.2 == pytest.approx(100.0 * price**1.5 + 10.0)
    assert after.market.flows[:, 0].sum() == pytest.approx(100.0 * price**-1.2)
    assert after.market.producers == ("A", "B")


def test_tonnes_of_new_supply_are_all_sold() -> None:
    after = rebased(market(), [0], LONG, [NewSupply("KGZ", 12.0, 5.0)])
    assert after.market.flows[2].sum() == pytest.approx(12.0)
    assert after.market.flows[2, 0] >= 5.0


def test_a_project_through_a_closed_way_is_worth_little() -> None:
    effect = MarketEffect("mine", "KAZ", quantity_t=20.0, offtake_t=20.0)
    states = case([CHINA, BOTH])
    plain, helped = losses(states, []), losses(states, [effect])
    saved = (plain.dearer - plain.saved) - (helped.dearer - helped.saved)
    assert saved[0] > 0
    assert saved[1] < 0.2 * saved[0]


def test_a_contract_on_todays_output_is_a_transfer_where_its_tonnes_come_anyway() -> None:
    found = losses(case([CHINA]), [MarketEffect("contract", "KAZ", offtake_t=15.0)])
    plain = losses(case([CHINA]), [])
    assert found.saved[0] > 0
    assert found.lasting == 0.0
    saved = plain.loss[0] - found.loss[0]
    assert saved > 0
    assert found.saved[0] >= 0.9 * saved


def test_nothing_is_paid_or_saved_by_a_contract_in_an_ordinary_year() -> None:
    found = losses(case([CALM]), [MarketEffect("contract", "KAZ", offtake_t=15.0)])
    assert found.loss == pytest.approx(0.0, abs=1e-8)


def test_a_stock_helps_most_where_shocks_are_short() -> None:
    stock = [MarketEffect("stock", "JPN", stock_t=20.0)]
    saved = [
        float(losses(case([CHINA], years), []).loss[0] - losses(case([CHINA], years), stock).loss[0])
        for years in (1.0, 3.0)
    ]
    assert saved[0] > saved[1] > 0


def test_no_more_is_released_than_is_lost() -> None:
    found = losses(case([CALM, CHINA, BOTH]), [MarketEffect("stock", "JPN", stock_t=1000.0)])
    assert found.released_t[0] == 0.0
    assert found.released_t[1] == pytest.approx(0.5 * 80.0)
    assert found.released_t[2] == pytest.approx(0.5 * 80.0 + 20.0)


def test_a_loss_stops_at_the_backstop_price() -> None:
    tight = replace(SHORT, eta=np.array([0.05]), eps=np.array([0.02]))
    states = replace(case([[1.0, 1.0, 1.0]]), short_run=tight)
    top = market().rules.backstop_price
    highest = 200.0 * (top ** (1 - 0.05) - 1) / (1 - 0.05)
    assert losses(states, []).loss[0] == pytest.approx(highest)


def test_the_parts_of_a_table_add_up_and_nothing_without_support_is_lasting() -> None:
    projects = [
        TouchingProject(0, MarketEffect("mine", "KAZ", 20.0, 10.0), 0.6, 0.3),
        TouchingProject(1, MarketEffect("stock", "JPN", stock_t=10.0), 1.0, 0.0),
    ]
    built = market_table(case([CALM, CHINA]), np.arange(400) % 2, projects, seed=1)
    assert built.table.loss == pytest.approx(built.dearer - built.saved + built.lasting)
    assert (built.lasting[:, 0] == 0).all()
    assert built.table.loss.shape[1] == 4
    assert built.failed == 0


def test_what_becomes_of_a_project_is_its_own_and_follows_its_chances() -> None:
    one = realisations(1, "mine", 20_000, 0.6, 0.3)
    assert np.bincount(one) / 20_000 == pytest.approx([0.4, 0.3, 0.3], abs=0.02)
    assert (one == realisations(1, "mine", 20_000, 0.6, 0.3)).all()
    assert (one != realisations(1, "plant", 20_000, 0.6, 0.3)).any()


def test_thirteen_projects_of_one_market_are_refused() -> None:
    many = [TouchingProject(k, MarketEffect(str(k), "JPN", stock_t=1.0), 1.0, 0.0) for k in range(13)]
    with pytest.raises(InputError, match="8,192"):
        market_table(case([CALM]), np.zeros(3, dtype=np.int64), many, seed=1)


def test_combinations_of_projects_that_exclude_each_other_are_not_in_the_table() -> None:
    projects = [TouchingProject(k, MarketEffect(str(k), "JPN", stock_t=5.0 + k), 1.0, 0.0) for k in range(3)]
    whole = market_table(case([CALM, CHINA]), np.arange(100) % 2, projects, seed=1)
    built = market_table(case([CALM, CHINA]), np.arange(100) % 2, projects, seed=1, apart=[(0, 1)])
    assert built.table.loss.shape[1] == 6
    kept = ~(whole.table.holds[:, 0] & whole.table.holds[:, 1])
    assert built.table.loss == pytest.approx(whole.table.loss[:, kept])
    chosen = PlanCase(("a", "b", "c"), np.zeros(3), (built.table,), np.ones(100))
    assert worth(chosen, np.array([True, False, False]), 1) == pytest.approx(worth(chosen, np.zeros(3, dtype=bool), 1))
