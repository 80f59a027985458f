"""Planted falls are found, with their size and their cause; what is no fall is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.data import Code
from sogdia.hindcast.panel.episodes import Fall, falls
from sogdia.hindcast.panel.settings import settings
from sogdia.hindcast.panel.two_way import exporter_effects, supply_part
from support.planted_trade import code_trade

LIMITS = settings()
CODE = Code("260300", "ore", "main", 1.0, None, None, "", "", 1995, None)


def exports(*years: tuple[float, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """One importer buys these from each exporter."""
    return np.array(years)[:, :, np.newaxis]


def test_a_fall_is_counted_from_its_first_year() -> None:
    trade = code_trade(exports((60, 40), (60, 40), (60, 40), (20, 40), (10, 40), (60, 40)))
    assert falls(trade, LIMITS) == (Fall(0, 2003, 1), Fall(0, 2004, 2))


@pytest.mark.parametrize(
    ("last", "supplier_share"), [((46.0, 40.0), 0.15), ((20.0, 40.0), 0.7)], ids=["too shallow", "too small"]
)
def test_a_shallow_fall_and_a_small_supplier_are_no_episode(last: tuple[float, ...], supplier_share: float) -> None:
    trade = code_trade(exports((60, 40), (60, 40), (60, 40), last))
    assert falls(trade, replace(LIMITS, supplier_share=supplier_share)) == ()


def test_a_year_without_any_record_is_no_fall() -> None:
    trade = code_trade(exports((60, 40), (60, 40), (60, 40), (0, 0), (60, 40), (60, 40), (10, 40)))
    assert falls(trade, LIMITS) == (), "the year in the base has no record either"


def test_a_code_that_has_ended_has_no_fall() -> None:
    trade = code_trade(exports((60, 40), (60, 40), (60, 40), (10, 40)))
    assert falls(trade, LIMITS, replace(CODE, last_year=2002)) == ()
    assert falls(trade, LIMITS, replace(CODE, first_year=2001)) == ()
    assert len(falls(trade, LIMITS, CODE)) == 1


def test_two_way_effects_recover_what_was_planted() -> None:
    """Growth of every flow is an exporter's and an importer's part: both are found apart, up to the median exporter."""
    generator = np.random.Generator(np.random.Philox(key=1))
    before = generator.uniform(1.0, 10.0, (7, 9))
    supply, demand = generator.uniform(-0.5, 0.2, 7), generator.uniform(-0.4, 0.4, 9)
    growth = supply[:, np.newaxis] + demand
    after = before * (2.0 + growth) / (2.0 - growth)
    effects = exporter_effects(before, after)
    np.testing.assert_allclose(effects - effects[0], supply - supply[0], atol=1e-6)
    assert np.sum(np.abs(effects) < 1e-12) == 1, "the weighted median exporter has no effect"


def test_a_fall_of_demand_is_none_of_supply() -> None:
    """The main buyer of E0 buys half of everybody; E1 and E2 sell mostly elsewhere."""
    before = np.array([[90.0, 10.0], [10.0, 90.0], [10.0, 90.0]])
    demand_fell = before * np.array([0.5, 1.0])
    supply_fell = before * np.array([[0.5], [1.0], [1.0]])
    assert supply_part(before, demand_fell, 0, exporter_effects(before, demand_fell)) == pytest.approx(0.0, abs=1e-6)
    assert supply_part(before, supply_fell, 0, exporter_effects(before, supply_fell)) == pytest.approx(1.0, abs=1e-6)


def test_traders_that_share_no_partner_are_solved_all_the_same() -> None:
    before = np.array([[5.0, 0.0], [0.0, 5.0]])
    assert np.isfinite(exporter_effects(before, before * 0.5)).all()
