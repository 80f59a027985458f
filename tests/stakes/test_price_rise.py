"""Cost that is passed on: to whom, and that it returns whole."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.codes import economy
from sogdia.stakes.accounts import economy_account
from sogdia.stakes.price_rise import FOLLOWED, national_price_rises, price_rises


def test_cost_put_on_one_industry_returns_whole_over_final_demand_of_any_table() -> None:
    random = np.random.default_rng(1)
    inputs = random.uniform(0.0, 1.0, (8, 8))
    inputs *= 0.7 / inputs.sum(axis=0)
    final = random.uniform(1.0, 10.0, 8)
    output = np.linalg.solve(np.eye(8) - inputs, final)
    for industry in range(8):
        cost = np.zeros(8)
        cost[industry] = 0.03
        assert price_rises(cost, inputs) @ final == pytest.approx(cost @ output)


def test_no_price_rises_without_cost() -> None:
    assert set(national_price_rises(economy_account(economy("JPN")), {}).values()) == {0.0}


@pytest.mark.parametrize("sector", FOLLOWED)
def test_the_industry_that_bears_the_cost_rises_most(sector: str) -> None:
    japan = economy_account(economy("JPN"))
    rises = national_price_rises(japan, {sector: 100.0})
    assert max(rises, key=lambda code: rises[code]) == sector
    assert rises[sector] >= 100.0 / japan.industries[sector].gross_output_musd
    assert all(rise >= 0.0 for rise in rises.values())


def test_costs_of_two_industries_add_up() -> None:
    japan = economy_account(economy("JPN"))
    one, two = national_price_rises(japan, {"C27": 50.0}), national_price_rises(japan, {"C20": 70.0})
    both = national_price_rises(japan, {"C27": 50.0, "C20": 70.0})
    assert both == pytest.approx({code: one[code] + two[code] for code in both})


def test_a_sector_without_output_or_row_bears_nothing() -> None:
    assert set(national_price_rises(economy_account(economy("JPN")), {"J61": 5.0}).values()) == {0.0}
