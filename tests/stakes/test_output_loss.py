"""The upper range of lost output: its limits, its published example, its range."""

from __future__ import annotations

from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.codes import economy
from sogdia.errors import InputError
from sogdia.stakes.exposed_part import parts_of
from sogdia.stakes.output_loss import SUBSTITUTION, lost_output, lost_share, with_stocks

SHARES, USES = st.floats(1e-6, 1.0), st.floats(0.01, 1.0)


def test_a_tenth_less_energy_costs_one_and_a_half_per_cent() -> None:
    assert lost_share(0.04, 0.9, 0.04) == pytest.approx(0.0157, abs=5e-5)


def test_the_second_order_form_is_far_off_where_the_exact_one_is_used() -> None:
    share, use, s = 1e-4, 0.5, 0.1
    second = share * -log(use) + 0.5 * share * (1 - share) * (1 / s - 1) * log(use) ** 2
    assert second == pytest.approx(0.0003, abs=3e-5)
    assert lost_share(share, use, s) == pytest.approx(0.0055, abs=1e-4)


@given(SHARES, USES)
def test_without_substitution_output_falls_with_the_mineral(share: float, use: float) -> None:
    assert lost_share(share, use, 0.0) == pytest.approx(1 - use)
    assert lost_share(share, use, 1e-5) == pytest.approx(1 - use, abs=1e-3)


@given(SHARES, USES)
def test_at_unit_substitution_hulten_holds(share: float, use: float) -> None:
    assert lost_share(share, use, 1.0) == pytest.approx(1 - use**share)
    assert lost_share(share, use, 1.0 + 1e-7) == pytest.approx(1 - use**share, rel=1e-4, abs=1e-9)


@given(SHARES, USES, st.floats(0.01, 3.0))
def test_output_is_never_gained_and_never_lost_twice(share: float, use: float, s: float) -> None:
    assert -1e-12 <= lost_share(share, use, s) <= 1 - use + 1e-9


@given(SHARES, USES)
def test_easier_substitution_never_loses_more(share: float, use: float) -> None:
    lost = [lost_share(share, use, s) for s in (0.05, 0.16, 0.5, 1.0, 2.0)]
    assert all(after <= before + 1e-12 for before, after in pairwise(lost))


def test_nothing_left_of_the_mineral_stops_what_cannot_do_without() -> None:
    assert lost_share(1e-4, 0.0, 0.1) == 1.0
    assert lost_share(0.25, 0.0, 2.0) == pytest.approx(1 - 0.75**2)


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(InputError, match="share of cost"):
        lost_share(1.2, 0.5, 0.1)


def test_stocks_help_the_year_through() -> None:
    assert with_stocks(0.5, 0.0) == 0.5
    assert with_stocks(0.5, 60.0) == pytest.approx(0.5 + 60 / 365)
    assert with_stocks(0.5, 400.0) == 1.0


def test_the_range_spans_orders_of_magnitude_and_rests_on_one_number() -> None:
    part = next(p for p in parts_of("rare_earths", economy("JPN")) if p.sector == "C29")
    lost = lost_output(part, 50.0, 400e3, 100e3, 0.5)
    assert lost is not None
    assert None not in (lost.low, lost.central, lost.high)
    assert lost.low < lost.central < lost.high
    assert lost.high > 100 * lost.low
    assert (SUBSTITUTION.low, SUBSTITUTION.high) == (0.05, 0.5)


def test_a_part_that_pays_more_than_it_makes_has_no_range() -> None:
    part = parts_of("rhodium", economy("JPN"))[0]
    assert lost_output(part, 1e6, 10.0, 5.0, 0.5) is None
