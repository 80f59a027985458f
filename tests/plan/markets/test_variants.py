"""Projects that make events rarer or shorter change the drawn years exactly, and no more of them than they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.codes import Region
from sogdia.errors import InputError
from sogdia.market import Draws, TradedMarket
from sogdia.plan.markets.effects import EventChange, EventOutcome, MarketEffect
from sogdia.plan.markets.loss_table import MarketCase
from sogdia.plan.markets.realised import TouchingProject
from sogdia.plan.markets.saved import output_saved, partner_savings
from sogdia.plan.markets.table import market_table
from sogdia.plan.markets.variants import EventProject, MarketVariants, market_variants
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import parts_of
from sogdia.scenarios.problem import Slot, market_problem
from sogdia.scenarios.sample import drawn_streams, years_of
from sogdia.scenarios.setup import EnsembleMarket, EnsembleSetup
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.uncertain import Range

YEARS = 40_000
JAPAN = Region("JPN", "Japan", ("JPN",))
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))
LONG = Draws(np.array([6.0]), np.array([1.2]), np.array([1.5]))
DAYS = Range(100.0, 100.0, 100.0)
SLOTS = (Slot(SlotKind.OUTPUT, "KAZ"), Slot(SlotKind.OUTPUT, "KGZ"))


def market() -> TradedMarket:
    flows = np.array([[80.0, 300.0], [20.0, 50.0]])
    return TradedMarket(
        "graphite", None, (2022,), "all", ("KAZ", "KGZ"), ("JPN", "USA"), flows, np.full((2, 2), 2.0), ()
    )


def setup() -> EnsembleSetup:
    """One stream of floods that take a works of both countries at once, and one of strikes."""
    floods = Possibility(
        0.05, (Hit("output", "KAZ", "graphite", DAYS, at="a"), Hit("output", "KGZ", "graphite", DAYS, at="b"))
    )
    strikes = Possibility(0.05, (Hit("output", "KAZ", "graphite", DAYS),))
    streams = (
        EventStream("outburst:one", "outburst", "one", (floods,), "assumed", ()),
        EventStream("strike:KAZ", "strike", "KAZ", (strikes,), "assumed", ()),
    )
    problem = market_problem(market(), SHORT, JAPAN, SLOTS, ())
    of = EnsembleMarket("graphite", problem, ("KAZ", "KGZ"), SLOTS, {}, 200.0, ())
    return EnsembleSetup(JAPAN, 2022, (of,), streams, (), (), ())


def project(name: str, *outcomes: EventOutcome, targets: tuple[str, ...] = (), together: bool = True) -> EventProject:
    return EventProject(name, (EventChange("outburst", outcomes, targets=targets, together=together),))


def variants(*projects: EventProject, years: int = YEARS) -> MarketVariants:
    whole = setup()
    streams = drawn_streams(whole, years, 1)
    (found,) = market_variants(whole, streams, years_of(whole, streams, years).states, projects, years, 1)
    return found


def parts(found: MarketVariants, column: int) -> np.ndarray:
    """Part of each year that each slot is hit, (years, slots)."""
    return parts_of(setup().markets[0].problem, found.states)[found.of_year[:, column]]


def test_half_of_the_events_are_left_and_the_others_are_as_they_were() -> None:
    found = variants(project("drain", EventOutcome(0.5)))
    before, after = (parts(found, column)[:, 1] > 0 for column in (0, 1))
    assert not (after & ~before).any()
    share = after.sum() / before.sum()
    assert share == pytest.approx(0.5, abs=3 * 0.5 / np.sqrt(before.sum()))


def test_an_event_that_does_not_happen_spares_all_that_it_would_take() -> None:
    found = variants(project("drain", EventOutcome(0.5)))
    spared = (parts(found, 0)[:, 1] > 0) & (parts(found, 1)[:, 1] == 0)
    assert (parts(found, 1)[spared, 0] <= parts(found, 0)[spared, 0]).all()
    assert (parts(found, 1)[spared, 0] == 0).mean() > 0.9


def test_each_site_that_is_hardened_alone_has_its_own_luck() -> None:
    found = variants(project("harden", EventOutcome(0.5), targets=("a",), together=False))
    assert (parts(found, 0)[:, 1] == parts(found, 1)[:, 1]).all()
    assert (parts(found, 1)[:, 0] > 0).sum() < (parts(found, 0)[:, 0] > 0).sum()


def test_two_projects_together_leave_the_product_of_what_each_leaves() -> None:
    found = variants(project("drain", EventOutcome(0.5)), project("dam", EventOutcome(0.6)))
    held = [float((parts(found, column)[:, 1] > 0).mean()) for column in range(4)]
    assert held[3] / held[0] == pytest.approx(0.3, abs=0.03)
    both = (parts(found, 1)[:, 1] > 0) & (parts(found, 2)[:, 1] > 0)
    assert not ((parts(found, 3)[:, 1] > 0) & ~both).any()


def test_shorter_events_take_no_more_of_any_year() -> None:
    found = variants(project("warn", EventOutcome(1.0, 0.3)))
    before, after = parts(found, 0), parts(found, 1)
    assert (after <= before).all()
    assert 0.2 < after[:, 1].mean() / before[:, 1].mean() < 0.5


def test_a_project_against_what_never_hits_the_market_does_not_touch_it() -> None:
    elsewhere = EventProject("guards", (EventChange("security", (EventOutcome(0.0),)),))
    found = variants(elsewhere)
    assert found.projects == ()
    assert found.of_year.shape == (YEARS, 1)


def test_years_without_any_event_are_read_too() -> None:
    assert variants(project("drain", EventOutcome(0.5)), years=3).of_year.shape[0] == 3


def test_seven_projects_against_the_events_of_one_market_are_refused() -> None:
    with pytest.raises(InputError, match="at most 6"):
        variants(*(project(f"p{k}", EventOutcome(0.5)) for k in range(7)))


def case(found: MarketVariants) -> MarketCase:
    part = parts_of(setup().markets[0].problem, found.states)
    return MarketCase(market(), JAPAN, SLOTS, (), part, np.ones(len(part)), SHORT, LONG)


def test_a_table_with_drainage_is_that_of_fewer_floods_and_needs_no_market_again() -> None:
    found = variants(project("drain", EventOutcome(0.5)), years=4000)
    drain = TouchingProject(0, MarketEffect("drain", "KGZ"), 1.0, 0.0, bit=0)
    built = market_table(case(found), found.of_year, [drain], seed=1)
    assert built.solved == len(found.states)
    plain = market_table(case(found), found.of_year[:, 0], [], seed=1)
    fewer = market_table(case(found), found.of_year[:, 1], [], seed=1)
    by_year = built.table.loss[built.table.of_year]
    assert by_year[:, 0] == pytest.approx(plain.table.loss[plain.table.of_year, 0])
    assert by_year[:, 1] == pytest.approx(fewer.table.loss[fewer.table.of_year, 0])
    assert by_year[:, 1].mean() < by_year[:, 0].mean()


def test_what_comes_about_anyway_is_there_without_support() -> None:
    found = variants(project("drain", EventOutcome(0.5)), years=4000)
    drain = TouchingProject(0, MarketEffect("drain", "KGZ"), 1.0, 1.0, bit=0)
    built = market_table(case(found), found.of_year, [drain], seed=1)
    assert (built.table.loss[:, 0] == built.table.loss[:, 1]).all()


def test_a_mine_and_drainage_make_a_table_of_four_columns_that_agrees_with_each_alone() -> None:
    found = variants(project("drain", EventOutcome(0.5)), years=4000)
    drain = TouchingProject(0, MarketEffect("drain", "KGZ"), 0.8, 0.2, bit=0)
    mine = TouchingProject(1, MarketEffect("mine", "KGZ", 10.0, 5.0), 0.7, 0.1)
    both = market_table(case(found), found.of_year, [drain, mine], seed=1)
    alone = market_table(case(found), found.of_year, [drain, replace(mine, if_supported=0.1)], seed=1)
    assert both.table.loss.shape[1] == 4
    rows = both.table.loss[both.table.of_year][:, :2]
    assert rows == pytest.approx(alone.table.loss[alone.table.of_year][:, :2])


def test_rarer_floods_save_the_country_its_output_of_the_years_that_they_take() -> None:
    whole, found = setup(), variants(project("drain", EventOutcome(0.5)))
    (effect,) = output_saved(market(), whole.markets[0], found, np.ones(YEARS))
    lost = parts(found, 0)[:, 1].mean() - parts(found, 1)[:, 1].mean()
    assert effect.output_saved_musd["KGZ"] == pytest.approx(lost * 70.0 * 2.0 / 1000.0)
    assert partner_savings({"graphite": [effect], "zinc": [effect]})["drain"]["KGZ"] == pytest.approx(
        2 * effect.output_saved_musd["KGZ"]
    )
    assert not effect.changes_market
