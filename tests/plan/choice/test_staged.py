"""A choice in periods is the best of all starts, and one period is one ordinary year."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from sogdia.plan.choice import PlanCase, choose, figures_of
from sogdia.plan.choice.staged import StagedCase, Timing, spread, staged
from support.small_plans import small_case


def timing_of(case: PlanCase, seed: int, periods: int) -> Timing:
    rng = np.random.default_rng(seed)
    count = len(case.names)
    spent = rng.exponential(5.0, count)
    names = tuple(f"period {t}" for t in range(periods))
    return Timing(
        rng.integers(0, 3, count), rng.integers(1, 4, count), spent, names, spread(range(0, 3 * periods, 3), 0.06, 3),
        float(spent.sum() * 0.7), float(spent.sum() * 0.3),
    )  # fmt: skip


def allowed(whole: StagedCase, chosen: np.ndarray) -> bool:
    """Whether a choice keeps every limit of the staged choice."""
    return all(
        limit.low - 1e-9 <= limit.of_project @ chosen <= limit.high + 1e-9
        for limit in whole.case.limits
        if not limit.of_combination
    )


def best_start_by_trying(whole: StagedCase, timing: Timing) -> float:
    """The least value over every period of start of every project."""
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in whole.start]
    values = []
    for starts in itertools.product(*options):
        chosen = whole.plan_of(np.array(starts), timing)
        if allowed(whole, chosen):
            values.append(figures_of(whole.case, chosen).value)
    return min(values)


@pytest.mark.parametrize("seed", range(30))
def test_the_best_starts_equal_trying_every_one(seed: int) -> None:
    case = small_case(seed, most_projects=4, years=30)
    case = replace(case, limits=case.limits[1:])
    timing = timing_of(case, seed, periods=3)
    whole = staged(case, timing)
    found = choose(whole.case)
    assert found.figures.value == pytest.approx(best_start_by_trying(whole, timing), abs=1e-9, rel=0)
    assert found.gap < 1e-6
    assert (whole.plan_of(whole.starts(found.chosen), timing) == found.chosen).all()


@pytest.mark.parametrize("seed", range(10))
def test_one_period_is_one_ordinary_year(seed: int) -> None:
    case = small_case(seed)
    count = len(case.names)
    zero, one = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.int64)
    most = case.limits[0].high
    timing = Timing(zero, one, case.limits[0].of_project, ("now",), (1.0,), most)
    whole = staged(replace(case, limits=case.limits[1:]), timing)
    found, plain = choose(whole.case), choose(case)
    assert found.figures.value == pytest.approx(plain.figures.value, abs=1e-9)
    assert found.figures.expected == pytest.approx(plain.figures.expected, abs=1e-9)
    assert (whole.operating(found.chosen)[:, 0] == plain.chosen).all()


def test_nothing_operates_before_it_is_built_or_after_its_life() -> None:
    case = PlanCase(("mine",), np.array([-1.0]), (), np.ones(3))
    timing = Timing(np.array([1]), np.array([2]), np.array([4.0]), ("a", "b", "c", "d"), (0.25,) * 4)
    whole = staged(case, timing)
    found = choose(whole.case)
    start = int(whole.starts(found.chosen)[0])
    assert start in (0, 1)
    assert np.flatnonzero(whole.operating(found.chosen)[0]).tolist() == [start + 1, start + 2]
    assert whole.start[0].tolist() == [0, 1, 2, -1]


def test_what_is_spent_is_spread_over_building_and_held_to_the_budget_of_each_period() -> None:
    case = PlanCase(("mine", "plant"), np.array([-1.0, -1.0]), (), np.ones(3))
    timing = Timing(
        np.array([2, 1]), np.array([9, 9]), np.array([8.0, 4.0]), ("a", "b", "c", "d"), (0.4, 0.3, 0.2, 0.1), None, 4.0
    )  # fmt: skip
    whole = staged(case, timing)
    starts = whole.starts(choose(whole.case).chosen)
    assert starts.tolist() in ([0, 2], [1, 0])
