"""Chances that are computed are those that sampling comes to."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.codes import Region
from sogdia.market import Draws, TradedMarket
from sogdia.plan.choice import PlanCase
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase
from sogdia.plan.markets.realised import TouchingProject, chances
from sogdia.plan.markets.single_events import SingleStates, single_events
from sogdia.plan.markets.table import BuiltTable, market_table
from sogdia.plan.markets.years import with_states
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import parts_of
from sogdia.scenarios.problem import Slot, WayChange, market_problem
from sogdia.scenarios.sample import SampledYears, sampled_years
from sogdia.scenarios.sampling import timetable
from sogdia.scenarios.setup import EnsembleMarket, EnsembleSetup
from sogdia.scenarios.stream import EventStream, Hit, HitKind, Possibility
from sogdia.uncertain import Range

YEARS = 100_000
JAPAN = Region("JPN", "Japan", ("JPN",))
SHORT = Draws(np.array([4.0]), np.array([0.6]), np.array([0.4]))
LONG = Draws(np.array([6.0]), np.array([1.2]), np.array([1.5]))
SLOTS = (Slot(SlotKind.EXPORTS, "CHN"), Slot(SlotKind.OUTPUT, "CHN"), Slot(SlotKind.OUTPUT, "KAZ"))
WAY = Slot(SlotKind.WAY, "transit")


def hit(kind: HitKind, target: str, days: Range, share: Range) -> Hit:
    return Hit(kind, target, None, days, share)


def stream(name: str, rate: float, *hits: Hit) -> EventStream:
    return EventStream(name, name, name, (Possibility(rate, hits),), "assumed", ())


STREAMS = (
    stream("restriction", 0.05, hit("exports", "CHN", Range(100, 500, 1500), Range(0.1, 0.4, 1.0))),
    stream("strike", 0.3, hit("output", "KAZ", Range(5, 30, 120), Range(0.2, 0.5, 1.0))),
    stream("quake", 0.02, hit("output", "KAZ", Range(20, 60, 300), Range(0.5, 0.8, 1.0)),
           hit("output", "CHN", Range(5, 20, 60), Range(0.1, 0.2, 0.3))),
    stream("closing", 0.1, hit("way", "transit", Range(10, 40, 400), Range(1, 1, 1))),
)  # fmt: skip


def setup() -> tuple[EnsembleSetup, TradedMarket]:
    """One market of two makers, three of whose slots and one way are hit by four streams."""
    flows = np.array([[80.0, 300.0], [20.0, 50.0]])
    market = TradedMarket(
        "graphite", None, (2022,), "all", ("CHN", "KAZ"), ("JPN", "USA"), flows, np.full((2, 2), 2.0), ()
    )
    slots = (*SLOTS, WAY)
    problem = market_problem(market, SHORT, JAPAN, slots, [WayChange("transit", {}, {"KAZ": 0.0})])
    own = EnsembleMarket("graphite", problem, market.producers, slots, {"transit": "transit"}, 1.0, ())
    return EnsembleSetup(JAPAN, 2022, (own,), STREAMS, (), (), ()), market


@pytest.fixture(scope="module")
def drawn() -> tuple[EnsembleSetup, SampledYears, TradedMarket]:
    made, market = setup()
    return made, sampled_years(made, YEARS, 3), market


def test_states_of_one_event_come_as_often_as_they_are_sampled(
    drawn: tuple[EnsembleSetup, SampledYears, TradedMarket],
) -> None:
    made, sample, _ = drawn
    (known,) = single_events(made, [timetable(stream) for stream in made.streams])
    codes, number = with_states(sample.states[0].states, known.codes)
    assert (codes[number] == np.pad(known.codes, ((0, 0), (0, codes.shape[1] - known.codes.shape[1])),
                                    constant_values=-1)).all()  # fmt: skip
    weight, few = sample.weight / sample.weight.sum(), sample.events[0] < 2
    sampled = np.bincount(sample.states[0].of_year[few], weights=weight[few], minlength=len(codes))[number]
    error = np.sqrt(known.chance / YEARS) + 1e-9
    assert (np.abs(sampled - known.chance) < 4.5 * error + 0.02 * known.chance).all()
    assert known.several == pytest.approx(weight[~few].sum(), rel=0.05)
    assert known.chance.sum() + known.several == pytest.approx(1.0)


def table_of(made: EnsembleSetup, sample: SampledYears, market: TradedMarket, *, computed: bool) -> BuiltTable:
    (known,) = single_events(made, [timetable(stream) for stream in made.streams])
    codes, number = with_states(sample.states[0].states, known.codes)
    part = parts_of(made.markets[0].problem, codes)
    case = MarketCase(
        market, JAPAN, (*SLOTS, WAY), (WayChange("transit", {}, {"KAZ": 0.0}),), part, np.ones(len(part)), SHORT, LONG
    )
    projects = [
        TouchingProject(0, MarketEffect("mine", "KAZ", 20.0, 10.0), 0.6, 0.3),
        TouchingProject(1, MarketEffect("stock", "JPN", stock_t=10.0), 1.0, 0.0),
    ]
    single = SingleStates(number, known.chance, known.several, sample.events[0] > 1)
    return market_table(
        case, sample.states[0].of_year.astype(np.int64), projects, 1, single=single if computed else None
    )


def test_an_expected_loss_that_is_computed_lies_within_the_error_of_the_sampled_one(
    drawn: tuple[EnsembleSetup, SampledYears, TradedMarket],
) -> None:
    made, sample, market = drawn
    known, plain = (table_of(made, sample, market, computed=computed) for computed in (True, False))
    assert (known.table.loss == plain.table.loss).all()
    case = PlanCase(("mine", "stock"), np.zeros(2), (known.table,), sample.weight)
    sampled = case.expected(plain.table)
    by_year = known.table.loss[known.table.of_year]
    error = np.sqrt(case.years**2 @ (by_year - sampled) ** 2)
    assert (np.abs(case.expected(known.table) - sampled) < 4.0 * error).all()
    dearer, saved, lasting = known.means(sample.weight)
    assert dearer - saved + lasting == pytest.approx(case.expected(known.table))
    dearer, saved, lasting = plain.means(sample.weight)
    assert dearer - saved + lasting == pytest.approx(sampled)


def test_a_computed_expectation_differs_less_between_seeds_than_a_sampled_one() -> None:
    made, market = setup()
    spread = []
    for computed in (True, False):
        means = []
        for seed in range(5):
            sample = sampled_years(made, 300, seed)
            built = table_of(made, sample, market, computed=computed)
            case = PlanCase(("mine", "stock"), np.zeros(2), (built.table,), sample.weight)
            means.append(case.expected(built.table))
        spread.append(np.std(means, axis=0))
    assert (spread[0] < 0.5 * spread[1]).all()


def test_what_may_become_of_projects_adds_up_to_certainty() -> None:
    projects = [
        TouchingProject(0, MarketEffect("mine", "KAZ", 20.0), 0.6, 0.3),
        TouchingProject(1, MarketEffect("stock", "JPN", stock_t=1.0), 1.0, 0.0),
    ]
    outcomes, chance = chances(projects)
    assert chance.sum() == pytest.approx(1.0)
    assert dict(zip(map(tuple, outcomes.tolist()), chance.round(9).tolist(), strict=True)) == {
        (0, 1): 0.4, (1, 1): 0.3, (2, 1): 0.3,
    }  # fmt: skip


def test_a_project_that_changes_events_adds_its_sampled_change_to_what_is_computed(
    drawn: tuple[EnsembleSetup, SampledYears, TradedMarket],
) -> None:
    made, sample, market = drawn
    (known,) = single_events(made, [timetable(stream) for stream in made.streams])
    codes, number = with_states(sample.states[0].states, known.codes)
    part = parts_of(made.markets[0].problem, codes)
    ways = (WayChange("transit", {}, {"KAZ": 0.0}),)
    case = MarketCase(market, JAPAN, (*SLOTS, WAY), ways, part, np.ones(len(part)), SHORT, LONG)
    before = sample.states[0].of_year.astype(np.int64)
    calmer = np.where(np.arange(YEARS) % 2 == 0, 0, before)
    projects = [
        TouchingProject(0, MarketEffect("stock", "JPN", stock_t=10.0), 1.0, 0.0),
        TouchingProject(1, MarketEffect("watch", "KAZ"), 0.8, 0.2, bit=0),
    ]
    single = SingleStates(number, known.chance, known.several, sample.events[0] > 1)
    built = market_table(case, np.stack([before, calmer], axis=1), projects, 1, single=single)
    plan = PlanCase(("stock", "watch"), np.zeros(2), (built.table,), sample.weight)
    by_year = built.table.loss[built.table.of_year]
    sampled = plan.years @ by_year
    error = np.sqrt(plan.years**2 @ (by_year - sampled) ** 2)
    computed = plan.expected(built.table)
    assert (np.abs(computed - sampled) < 4.0 * error).all()
    none, watched = (
        int(np.flatnonzero((built.table.holds == [False, watch]).all(axis=1))[0]) for watch in (False, True)
    )
    assert computed[watched] < 0.75 * computed[none]
    dearer, saved, lasting = built.means(sample.weight)
    assert dearer - saved + lasting == pytest.approx(computed)
    alone = market_table(case, before, projects[:1], 1, single=single)
    plain = PlanCase(("stock",), np.zeros(1), (alone.table,), sample.weight).expected(alone.table)
    assert built.table.computed is not None
    assert alone.table.computed is not None
    assert built.table.computed.known[none] == pytest.approx(alone.table.computed.known[0])
    assert computed[none] == pytest.approx(plain[0] + float(plan.years @ (by_year[:, none] - _plain(built)[:, none])))


def _plain(built: BuiltTable) -> np.ndarray:
    """Loss of each year without the project that changes events."""
    assert built.table.computed is not None
    assert built.table.computed.plain is not None
    return np.asarray(built.table.computed.plain[built.table.of_year])
