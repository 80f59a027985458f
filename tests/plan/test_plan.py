"""A plan over real markets: its shape, its ledgers, and what it says of each project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sogdia import Study
from sogdia.cli.plan_tables import print_full, print_plan
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.plan.agreement import worth
from sogdia.plan.answer import Plan
from sogdia.plan.choice import Limit, perfect_information
from sogdia.plan.compare import comparison_of, side_of
from sogdia.plan.frontier import frontier_of
from sogdia.plan.kept import Effort
from sogdia.plan.ledger import main_suppliers
from sogdia.plan.partners import added_chance, base_price
from sogdia.plan.periods import Staging, horizon_of, must_be_staging
from sogdia.plan.projects import embedded_projects
from sogdia.plan.run import make_plan, must_be_account, must_be_budget, must_be_share, plan_of
from sogdia.plan.terms import terms_of
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
    assert partner["fiscal_revenue_musd"] > 0
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


@pytest.fixture(scope="module")
def forced(plan: Plan) -> Plan:
    """The plan with a mine and a stock in it, whatever they are worth."""
    return again(plan, must=["sarytogan_stage_1a", "stock_graphite"])


def again(plan: Plan, **asked: Any) -> Plan:
    return plan_of(plan.tables, plan.budget, 0.5, 0.95, 2022, 1, terms=terms_of(**asked))


def test_each_side_of_a_ledger_adds_up_to_the_cent_by_source(forced: Plan) -> None:
    ledger = forced.to_dict()
    by_market = ledger["importer"]["by_market"]
    for name in ("price", "insurance", "transfer"):
        whole = sum(parts[name] for parts in by_market.values())
        assert ledger["importer"]["avoided_loss_musd"][name] == pytest.approx(whole, abs=1e-8)
    for partner in ledger["partners"]:
        for name in ("output", "capital"):
            whole = sum(own[name] for own in partner["by_project"].values())
            assert partner[f"{name}_musd"] == pytest.approx(whole, abs=1e-8)
    others = ledger["others"]
    assert others["total_musd"] == pytest.approx(others["ordinary_years_musd"] + others["bad_years_musd"], abs=1e-8)


def test_the_partner_sells_at_the_price_by_which_the_importer_gains(forced: Plan) -> None:
    """Output over chance, tonnes and base price is the price of the importer's ordinary year."""
    (built,) = (built for built in forced.tables.tables if built.table.name == "graphite")
    row = (forced.case.rows(forced.choice.chosen) or [])[forced.tables.tables.index(built)]
    record = forced.tables.projects[forced.case.names.index("sarytogan_stage_1a")]
    (partner,) = forced.partners
    chance, base = added_chance(record), base_price(forced.tables, record)
    tonnes = float(record.tonnes or 0.0)
    output = float(partner.by_project["sarytogan_stage_1a"]["output"] or 0.0)
    assert output * 1e6 / (chance * tonnes * base) == pytest.approx(built.sides.price[row])
    assert built.sides.price[row] < built.sides.price[0]


def test_days_of_cover_and_the_main_supplier_move_with_the_plan(forced: Plan) -> None:
    importer = forced.to_dict()["importer"]
    (cover,) = importer["days_of_cover"]
    assert cover["market"] == "graphite"
    assert cover["after"] == pytest.approx(cover["before"] + 60.0)
    (share,) = (share for share in importer["shares"] if share["market"] == "graphite")
    assert share["top_supplier"] == "CHN"
    assert share["after"] < share["before"]


def test_a_floor_holds_in_the_ledger_and_is_refused_where_it_cannot(plan: Plan) -> None:
    held = again(plan, floors={"KAZ": 3.0})
    (partner,) = held.partners
    assert float(partner.figures["value_added_low"] or 0.0) >= 3.0 - 1e-6
    with pytest.raises(NoAnswerError, match="value added in KAZ") as told:
        again(plan, floors={"KAZ": 5000.0})
    assert "MUSD a year" in str(told.value)


def test_a_limit_on_dependence_holds_and_tells_what_can_be_reached(plan: Plan) -> None:
    held = again(plan, dependence={"graphite": 0.8})
    assert all(share.after <= 0.8 + 1e-9 for share in main_suppliers(held.tables, held.case, held.choice.chosen))
    assert "sarytogan_stage_1a" in held.chosen or "sarytogan_full" in held.chosen
    with pytest.raises(NoAnswerError, match="least that can be reached") as told:
        again(plan, dependence=0.2)
    assert "graphite from CHN" in str(told.value)


def test_limits_that_clash_and_names_that_do_not_exist_are_told(plan: Plan) -> None:
    with pytest.raises(NoAnswerError, match="must not be in the plan"):
        again(plan, must="stock_graphite", without="stock_graphite")
    with pytest.raises(NoAnswerError, match="not enough is known"):
        again(plan, must="boguty_phase_2")
    with pytest.raises(NoAnswerError, match="budget of a year"):
        again(plan, must="sarytogan_stage_1a", yearly_budget=0.1)
    for asked, near in (
        ({"must": "sarytogan_stage_1"}, "sarytogan_stage_1a"), ({"dependence": {"graphit": 0.5}}, "graphite"),
        ({"floors": {"Atlantis": 1.0}}, "Atlantis"),
    ):  # fmt: skip
        with pytest.raises(UnknownNameError, match=near):
            again(plan, **asked)


def test_a_project_that_must_not_be_there_is_not(plan: Plan, forced: Plan) -> None:
    assert {"sarytogan_stage_1a", "stock_graphite"} <= set(forced.chosen)
    assert "sarytogan_stage_1a" not in again(plan, without="sarytogan_stage_1a").chosen


def test_at_its_break_even_an_assumption_makes_cost_and_worth_equal(forced: Plan) -> None:
    """Of the price of risk and of the rate of interest, by working the figures out anew."""
    flips = {(flip.project, flip.assumption): flip for flip in forced.flips}
    found = flips["stock_graphite", "discount_rate"].flips_at
    assert found is not None
    value = forced.tables.costs[forced.case.names.index("stock_graphite")].spent
    handling = forced.tables.assumed.stock_handling.central
    assert value * (found + handling) == pytest.approx(forced.zones["stock_graphite"].high, rel=1e-6)
    for name in forced.case.names:
        at = flips[name, "price_of_risk"].flips_at
        if at is not None:
            case = replace(forced.case, risk=at)
            number = forced.case.names.index(name)
            assert worth(case, forced.choice.chosen, number) == pytest.approx(forced.zones[name].low, rel=1e-6)


def test_flips_stand_in_the_answer_with_their_range(forced: Plan) -> None:
    rows = forced.to_dict()["sensitivity"]
    assert {"assumption", "low", "central", "high", "project", "flips_at"} <= set(rows[0])
    assumptions = {row["assumption"] for row in rows}
    assert {
        "discount_rate", "price_of_risk", "capital", "prob_if_supported", "rate_of_events", "elasticities",
        "backstop_price",
    } <= assumptions  # fmt: skip


def test_ten_lines_of_eighty_letters_tell_why(forced: Plan) -> None:
    lines = forced.why("sarytogan_stage_1a")["lines"]
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    assert all(
        part in text for part in ("CHOSEN", "million USD", "Chance: 50%", "KAZ: value added", "Buyers elsewhere")
    )


def test_the_first_sentence_tells_what_to_support_and_both_sides(
    forced: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    print_plan(forced)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 14
    assert max(map(len, lines)) <= 80
    sentence = " ".join(lines[:5])
    assert "Japan: support" in sentence
    assert "Sarytogan" in sentence
    assert "expected loss" in sentence
    assert "Kazakhstan gains" in sentence


def test_a_full_print_has_both_ledgers(forced: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    print_full(forced)
    shown = capsys.readouterr().out
    assert all(
        part in shown for part in ("Avoided loss", "Days of cover", "Main supplier", "KAZ, a year", "sellers lose")
    )


def test_two_plans_stand_side_by_side(plan: Plan, forced: Plan) -> None:
    found = comparison_of([side_of(plan, str), side_of(forced, str)])  # type: ignore[arg-type]
    figures = {figure.name: figure for figure in found.leading()}
    assert figures["yearly_cost_musd"].differences[1] == pytest.approx(
        forced.choice.figures.cost - plan.choice.figures.cost
    )
