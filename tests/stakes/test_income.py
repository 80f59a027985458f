"""The loss of users: its formula, its parts, its split."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.codes import economy
from sogdia.errors import InputError
from sogdia.stakes.end_use import default_groups
from sogdia.stakes.income import national_loss, split, transfer, users_loss
from sogdia.uncertain import Band

PRICES, ELASTICITIES = st.floats(0.05, 20.0), st.floats(0.0, 5.0)


@given(PRICES, ELASTICITIES)
def test_the_loss_is_the_area_left_of_demand(price: float, elasticity: float) -> None:
    count = 4000
    width = log(price) / count
    # Midpoints in ln p: dp = p d(ln p), so that the integrand is p^(1-e).
    area = sum(width * 2.718281828459045 ** ((1 - elasticity) * (at + 0.5) * width) for at in range(count))
    assert users_loss(1.0, price, elasticity) == pytest.approx(area, rel=1e-4, abs=1e-9)


@given(PRICES)
def test_the_loss_at_unit_elasticity_is_the_limit(price: float) -> None:
    assert users_loss(1.0, price, 1.0) == pytest.approx(log(price))
    assert users_loss(1.0, price, 1.0 + 1e-9) == pytest.approx(log(price), rel=1e-6, abs=1e-12)


@given(PRICES, ELASTICITIES)
def test_the_loss_is_the_transfer_and_what_is_forgone(price: float, elasticity: float) -> None:
    paid = transfer(1.0, price, price**-elasticity)
    assert users_loss(1.0, price, elasticity) >= paid - 1e-9


def test_users_who_cannot_do_without_pay_the_whole_rise() -> None:
    assert users_loss(100.0, 1.5, 0.0) == pytest.approx(50.0)
    assert transfer(100.0, 1.5, 1.0) == pytest.approx(50.0)


@pytest.mark.parametrize(("price", "elasticity", "named"), [(0.0, 0.5, "price"), (2.0, -0.1, "elasticity")])
def test_a_price_of_nothing_and_a_rising_demand_are_refused(price: float, elasticity: float, named: str) -> None:
    with pytest.raises(InputError) as refused:
        users_loss(1.0, price, elasticity)
    assert refused.value.faults[0].file == named


@pytest.mark.parametrize("name", ["rare_earths", "tungsten", "copper", "lithium"])
def test_the_parts_add_up_to_the_loss(name: str) -> None:
    uses = default_groups(economy("JPN"))[name].uses
    parts = split(Band(-10.0, 100.0, 400.0), uses)
    assert sum(part.central or 0.0 for part in parts) == pytest.approx(100.0, rel=2e-3)
    assert sum(part.high or 0.0 for part in parts) == pytest.approx(400.0, rel=2e-3)


def test_an_unknown_end_stays_unknown_in_every_part() -> None:
    uses = default_groups(economy("JPN"))["tungsten"].uses
    assert all(part == Band(None, None, None, beyond=True) for part in split(Band(None, None, None, True), uses))


def test_the_gain_of_own_producers_is_taken_off() -> None:
    assert national_loss(Band(1.0, 5.0, 9.0), Band(0.0, 0.0, 0.0)) == Band(1.0, 5.0, 9.0)
    assert national_loss(Band(1.0, 5.0, 9.0), Band(2.0, 3.0, 4.0)) == Band(-3.0, 2.0, 7.0)
