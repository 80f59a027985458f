"""The choice is the best one, and says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sogdia.errors import InputError, NoAnswerError
from sogdia.plan.choice import (
    LossTable,
    PlanCase,
    at_least,
    at_most,
    budget,
    choose,
    combinations,
    figures_of,
    marginal,
    perfect_information,
    prerequisite,
    sample_gap,
    shapley,
    with_limits,
)
from sogdia.plan.choice.extensive import choose_extensive
from sogdia.plan.choice.tail import tail_loss
from support.small_plans import best_by_trying, small_case


def one_stock(cost: float, saved: float, chance: float, risk: float, tail: float, years: int = 1000) -> PlanCase:
    """One project, one state of some probability."""
    table = LossTable("m", np.array([0]), combinations(1), np.array([[0.0, 0.0], [saved, 0.0]]), np.zeros(0, dtype=int))
    hit = (np.arange(years) < round(chance * years)).astype(int)
    return PlanCase(("stock",), np.array([cost]), (replace(table, of_year=hit),), np.ones(years), (), risk, tail)


@pytest.mark.slow
def test_200_small_choices_equal_trying_every_one() -> None:
    for seed in range(200):
        case = small_case(seed)
        found = choose(case)
        assert found.figures.value == pytest.approx(best_by_trying(case), abs=1e-9, rel=0)
        assert found.bound <= found.figures.value
        assert found.gap < 1e-6


def test_20_choices_of_middle_size_equal_the_programme_written_out() -> None:
    for seed in range(20):
        case = small_case(1000 + seed, most_projects=12, years=200)
        assert choose(case).figures.value == pytest.approx(choose_extensive(case).figures.value, abs=1e-6)


@pytest.mark.parametrize("risk", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("chance", [0.01, 0.05, 0.2])
def test_a_stock_alone_is_bought_where_the_closed_form_says(risk: float, chance: float) -> None:
    threshold = ((1 - risk) * chance + risk * min(1.0, chance / 0.05)) * 100.0
    assert choose(one_stock(threshold * 0.999, 100.0, chance, risk, 0.95)).chosen.all()
    assert not choose(one_stock(threshold * 1.001, 100.0, chance, risk, 0.95)).chosen.any()


def test_a_higher_price_of_risk_never_widens_the_tail_and_never_lowers_cost_and_expected_loss() -> None:
    for seed in range(8):
        answers = [choose(replace(small_case(seed), risk=risk)).figures for risk in (0.0, 0.25, 0.5, 0.75, 1.0)]
        spread = [f.cvar - f.expected for f in answers]
        spent = [f.cost + f.expected for f in answers]
        assert all(b <= a + 1e-9 for a, b in pairwise(spread))
        assert all(b >= a - 1e-9 for a, b in pairwise(spent))


def test_a_larger_budget_never_hurts() -> None:
    for seed in range(8):
        case = small_case(seed)
        values = [
            choose(replace(case, limits=(budget(case.cost, most), *case.limits[1:]))).figures.value for most in range(5)
        ]
        assert all(b <= a + 1e-9 for a, b in pairwise(values))


def test_a_project_without_effect_is_never_chosen() -> None:
    for seed in range(8):
        case = small_case(seed)
        count = len(case.names)
        limits = tuple(replace(limit, of_project=np.append(limit.of_project, 0.0)) for limit in case.limits)
        more = replace(case, names=(*case.names, "idle"), cost=np.append(case.cost, 0.01), limits=limits)
        assert not choose(more).chosen[count]


def test_limits_that_clash_are_named_with_what_they_lack() -> None:
    case = PlanCase(("mine", "plant"), np.array([4.0, 6.0]), (), np.ones(3))
    clashing = with_limits(
        case,
        [
            budget(case.cost, 7.0),
            at_most(np.array([1.0, 1.0]), 5.0, "water", "Mt"),
            at_least(np.array([0.0, 500.0]), 400.0, "jobs of the partner", "jobs"),
            prerequisite(2, 1, 0, "plant needs mine"),
        ],
    )
    with pytest.raises(NoAnswerError) as told:
        choose(clashing)
    message = str(told.value)
    assert "budget" in message
    assert "jobs of the partner" in message
    assert "plant needs mine" in message
    assert "3 MUSD" in message or "400 jobs" in message or "1 projects" in message
    assert "water" not in message


def test_a_limit_may_bind_on_combinations() -> None:
    table = LossTable("m", np.array([0]), combinations(1), np.array([[9.0, 0.0]]), np.zeros(5, dtype=int))
    case = PlanCase(("mine",), np.array([1.0]), (table,), np.ones(5))
    assert choose(case).chosen.all()
    share = at_most(np.zeros(1), 0.5, "share of one country", "", {"m": np.array([0.4, 0.6])})
    assert not choose(with_limits(case, [share])).chosen.any()


def test_more_than_4096_combinations_of_a_market_are_refused() -> None:
    assert len(combinations(12)) == 4096
    with pytest.raises(InputError, match="8,192") as told:
        combinations(13, of="cobalt")
    assert "cobalt" in str(told.value)


def test_a_cost_or_loss_that_is_no_number_is_refused() -> None:
    table = LossTable("tin", np.array([0]), combinations(1), np.array([[np.nan, 0.0]]), np.zeros(1, dtype=int))
    with pytest.raises(InputError, match="tin") as told:
        PlanCase(("a",), np.array([np.nan]), (table,), np.ones(1))
    assert "costs are finite" in str(told.value)


def test_shapley_parts_add_up_to_what_the_plan_saves() -> None:
    for seed in range(10):
        case = small_case(seed)
        chosen = choose(case).chosen
        nothing = figures_of(case, np.zeros_like(chosen)).value
        parts = shapley(case, chosen)
        assert parts.sum() == pytest.approx(nothing - figures_of(case, chosen).value, abs=1e-9)
        assert (parts[~chosen] == 0).all()


def test_every_chosen_project_is_worth_having_where_only_a_budget_binds() -> None:
    for seed in range(10):
        case = small_case(seed)
        case = replace(case, limits=case.limits[:1])
        chosen = choose(case).chosen
        assert (marginal(case, chosen)[chosen] >= -1e-9).all()


def test_the_gap_of_sampling_is_zero_where_all_years_are_alike_and_positive_where_few_are_bad() -> None:
    case = one_stock(1.0, 100.0, 0.05, 0.5, 0.95)
    alike = replace(case, tables=(replace(case.tables[0], of_year=np.ones(1000, dtype=int)),))
    assert sample_gap(alike, choose(alike).chosen).gap == 0.0
    few = sample_gap(case, choose(case).chosen)
    assert few.gap > 0
    assert few.most > few.gap


def test_a_tail_of_nothing_left_out_is_the_mean() -> None:
    loss, weight = np.array([1.0, 2.0, 6.0]), np.array([0.5, 0.25, 0.25])
    assert tail_loss(loss, weight, 0.0) == pytest.approx(2.5)
    assert tail_loss(loss, weight, 0.9) == pytest.approx(6.0)


def test_perfect_information_of_one_stock_has_a_closed_form() -> None:
    case = one_stock(2.0, 100.0, 0.02, 0.0, 0.95)
    assert choose(case).figures.value == pytest.approx(2.0)
    assert perfect_information(case, np.array([True])) == pytest.approx(2.0 - 0.02 * 2.0)
    assert perfect_information(case, np.array([False])) == pytest.approx(0.02 * (100.0 - 2.0))


def test_the_plans_of_the_parts_of_the_years_are_never_better_by_all_years() -> None:
    for seed in range(5):
        case = small_case(seed, years=200)
        chosen = choose(case).chosen
        found = sample_gap(case, chosen, 4)
        assert 0 <= found.worse <= found.worst
        assert max(found.taken, default=0) <= 4
