"""A plan over real markets: its shape, its ledgers, and what it says of each project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sogdia import Study
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.plan.answer import Plan
from sogdia.plan.choice import Limit, perfect_information
from sogdia.plan.frontier import frontier_of
from sogdia.plan.kept import Effort
from sogdia.plan.periods import Staging, horizon_of, must_be_staging
from sogdia.plan.projects import embedded_projects
from sogdia.plan.run import make_plan, must_be_account, must_be_budget, must_be_share, plan_of
from sogdia.scenarios.problem import fingerprint

WANTED = ("sarytogan_stage_1a", "sarytogan_full", "stock_graphite", "boguty_phase_2", "kutessay_2", "kashka_separation")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan() -> Plan:
    study = Study("JPN")
    projects = [project for project in embedded_projects() if project.project_id in WANTED]
    return make_plan(study.store, study.importer, projects, 2022, budget=100.0, years=400, seed=1)


@pytest.fixture(scope="module")
def content(plan: Plan) -> dict[str, Any]:
    return plan.to_dict()


def test_it_has_the_shape_that_others_read(content: dict[str, Any]) -> None:
    wanted = {
        "chosen", "not_chosen", "bound", "value", "gap", "sample_gap", "expected_loss_musd", "cvar_musd", "importer",
        "partners", "others", "agreement", "seconds",
    }  # fmt: skip
    assert wanted <= set(content)
    assert {row["project"] for row in (*content["chosen"], *content["not_chosen"])} == set(WANTED)
    assert all(row["why"] for row in content["not_chosen"])


def test_the_value_is_never_below_the_bound(plan: Plan, content: dict[str, Any]) -> None:
    assert content["bound"] <= content["value"]
    assert content["gap"] == pytest.approx(0.0, abs=1e-6)
    assert plan.choice.figures.value <= plan.before.value + 1e-9


def test_the_ledger_of_the_importer_adds_up_to_the_loss_that_is_avoided(plan: Plan) -> None:
    chosen = np.ones_like(plan.choice.chosen)
    chosen[plan.case.names.index("sarytogan_full")] = False
    forced = replace(plan, choice=replace(plan.choice, chosen=chosen, figures=_figures(plan, chosen)))
    ledger = forced.to_dict()
    avoided = ledger["importer"]["avoided_loss_musd"]
    assert avoided["total"] == pytest.approx(forced.before.expected - forced.choice.figures.expected, abs=1e-9)
    assert avoided["total"] == pytest.approx(avoided["price"] + avoided["insurance"] + avoided["transfer"])
    (partner,) = ledger["partners"]
    assert partner["country"] == "KAZ"
    assert partner["output_musd"] > 0
    assert partner["fiscal_revenue_musd"] is None
    assert ledger["others"]["total_musd"] > 0


def _figures(plan: Plan, chosen: np.ndarray) -> Any:
    from sogdia.plan.choice import figures_of

    return figures_of(plan.case, chosen)


def test_a_project_says_why_it_is_not_chosen(plan: Plan) -> None:
    assert plan.why("boguty_phase_2")["why"] == "not enough is known: capacity_t"
    assert "kashka_separation" in plan.why("kutessay_2")["why"]
    assert "costs" in plan.why("sarytogan_full")["why"]
    with pytest.raises(UnknownNameError, match="sarytogan"):
        plan.why("sarytogan_1a")


def test_without_money_nothing_is_spent_and_a_frontier_never_worsens(plan: Plan) -> None:
    plans = [plan_of(plan.tables, budget, 0.5, 0.95, 2022, 1) for budget in (0.0, 20.0, 500.0)]
    assert plans[0].chosen == ()
    values = [row["value"] for row in frontier_of(plans).rows()]
    assert values == sorted(values, reverse=True)


def test_one_period_is_the_plan_of_one_ordinary_year(plan: Plan) -> None:
    staged = plan_of(plan.tables, plan.budget, 0.5, 0.95, 2022, 1, staging=Staging(1))
    assert staged.chosen == plan.chosen
    assert staged.choice.figures.value == pytest.approx(plan.choice.figures.value, abs=1e-9)
    assert staged.choice.figures.cvar == pytest.approx(plan.choice.figures.cvar, abs=1e-9)


def test_in_periods_what_is_chosen_starts_operates_and_is_paid_within_each_budget(plan: Plan) -> None:
    support = [Limit("must", np.eye(len(plan.case.names))[0], low=1.0)]
    case = plan.tables.case(None, 0.5, 0.95, support)
    horizon = horizon_of(plan.tables, case, Staging(5, 15.0), 100.0)
    content = replace(plan, choice=horizon.in_all(case), horizon=horizon).to_dict()
    assert content["bound"] <= content["value"] + 1e-9
    periods = content["periods"]
    assert sum(row["weight"] for row in periods) == pytest.approx(1.0)
    assert all(row["spent_musd"] <= 15.0 + 1e-6 for row in periods)
    value = sum(
        r["weight"] * (r["yearly_cost_musd"] + 0.5 * r["expected_loss_musd"]["after"] + 0.5 * r["cvar_musd"]["after"])
        for r in periods
    )
    assert value == pytest.approx(content["value"], abs=1e-9)
    rows = {row["project"]: row for row in content["timeline"]}
    assert set(rows) == {row["project"] for row in content["chosen"]}
    forced = rows[plan.case.names[0]]
    assert 2026 <= forced["start"] <= forced["operating_from"] <= forced["operating_to"] <= 2040
    assert plan.case.names[0] in periods[-1]["operating"]


def test_periods_that_do_not_fit_the_horizon_are_refused() -> None:
    for periods, budget in ((4, None), (0, None), (None, 5.0), (5, -1.0)):
        with pytest.raises(InputError, match="period"):
            must_be_staging(periods, budget)


def test_a_zone_of_agreement_lies_between_cost_and_worth(content: dict[str, Any]) -> None:
    for zone in content["agreement"]:
        if zone["nash"] is not None:
            assert zone["low"] < zone["nash"] < zone["high"]
        else:
            assert zone["high"] <= zone["low"]


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(InputError, match="budget"):
        must_be_budget(-1.0)
    with pytest.raises(InputError, match="risk"):
        must_be_share("risk", 2.0)
    with pytest.raises(UnknownNameError, match="support"):
        must_be_account("suport")


def test_a_plan_without_a_project_that_can_be_chosen_says_why() -> None:
    study = Study("JPN")
    projects = [project for project in embedded_projects() if project.project_id == "aksu_ferroalloys"]
    with pytest.raises(NoAnswerError):
        make_plan(study.store, study.importer, projects, 2022, years=50)


def test_under_draws_of_the_elasticities_no_plan_is_better_than_the_best(plan: Plan) -> None:
    study = Study("JPN")
    projects = [project for project in embedded_projects() if project.project_id in WANTED]
    asked = make_plan(
        study.store, study.importer, projects, 2022, budget=100.0, years=400, seed=1, draws=2,
        effort=Effort(cached=True),
    )  # fmt: skip
    assert asked.choice.figures.value == plan.choice.figures.value
    drawn = asked.drawn
    assert drawn is not None
    assert (drawn.regret >= 0).all()
    assert drawn.best.sum() == (drawn.regret < 1e-6).sum()
    told = asked.to_dict()["draws"]
    assert told["count"] == 2
    assert told["avoided_loss_musd"]["low"] <= told["avoided_loss_musd"]["high"]
    again = make_plan(
        study.store, study.importer, projects, 2022, budget=100.0, years=400, seed=1, draws=2,
        effort=Effort(cached=True),
    )  # fmt: skip
    assert again.to_dict()["draws"] == told


def test_to_know_each_year_is_worth_at_least_nothing_and_no_more_than_all_that_is_lost(plan: Plan) -> None:
    most = perfect_information(plan.case, plan.choice.chosen)
    assert 0 <= most <= plan.before.value


def test_workers_change_nothing_but_the_time(plan: Plan) -> None:
    study = Study("JPN")
    projects = [project for project in embedded_projects() if project.project_id in WANTED]
    hashes = {fingerprint([built.table for built in plan.tables.tables], plan.case.weight)}
    for workers in (2, 4):
        other = make_plan(
            study.store, study.importer, projects, 2022, budget=100.0, years=400, seed=1, effort=Effort(workers)
        )
        hashes.add(fingerprint([built.table for built in other.tables.tables], other.case.weight))
        assert other.choice.figures.value == plan.choice.figures.value
    assert len(hashes) == 1
