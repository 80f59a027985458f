"""Tables of projects are read whole, and everything wrong in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.data.provenance import sources
from sogdia.errors import InputError
from sogdia.plan.assumptions import embedded_assumptions
from sogdia.plan.costs import cost_of
from sogdia.plan.projects import embedded_projects, read_projects
from sogdia.plan.projects.registry import project_kinds
from sogdia.plan.projects.template import template

MARKETS = ("graphite", "tungsten_metal")
HEAD = "project_id,name,effect,market,country,capacity_t_central,capex_musd_central,needs,prob_anyway_central"


def faults_of(tmp_path: Path, text: str) -> InputError:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_projects(file, MARKETS)
    return told.value


def test_the_packaged_portfolio_has_70_projects_with_enough_figures_and_sources_that_resolve() -> None:
    projects = embedded_projects()
    assert sum(not project.missing for project in projects) >= 70
    assert all(set(project.source_ids) <= set(sources()) for project in projects)
    assert all(project.evidence for project in projects)


def test_what_packaged_projects_act_on_is_known_by_its_id() -> None:
    acting = [project for project in embedded_projects() if project.acts_on]
    names = {kind.name: set(kind.names()) for kind in project_kinds()}
    assert acting
    assert all(set(project.acts_on) <= names[project.effect] for project in acting)


def test_a_project_without_enough_figures_says_what_is_missing() -> None:
    missing = {project.project_id: project.missing for project in embedded_projects()}
    assert missing["boguty_phase_2"] == ("capacity_t",)
    assert missing["uktmp_sponge"] == ("capex_musd",)
    assert missing["sarytogan_stage_1a"] == ()


def test_the_template_is_a_table_that_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text(template(), encoding="utf-8")
    projects = read_projects(file, MARKETS)
    assert all(project.missing == () for project in projects)
    assert {project.effect for project in projects} == {kind.name for kind in project_kinds() if kind.example}
    assert projects[0].prob_anyway.central == 0.2
    assert projects[0].financiers == {"JOGMEC": 0.5, "EBRD": 0.35}


@pytest.mark.parametrize(
    ("row", "column", "value", "told"),
    [
        ("a,A,supply,unobtanium,KAZ,1,1,,", "market", "unobtanium", "known"),
        ("a,A,supply,graphite,KZ,1,1,,", "country", "KZ", "ISO 3166"),
        ("a,A,supply,graphite,KAZ,1,-5,,", "capex_musd_central", "-5", "0 or more"),
        ("a,A,supply,graphite,KAZ,1,1,b,", "needs", "b", "stands in the table"),
        ("a,A,supply,graphite,KAZ,1,1,,1.5", "prob_anyway_central", "1.5", "0..1"),
        ("a,A,magic,graphite,KAZ,1,1,,", "effect", "magic", "known names"),
    ],
)
def test_a_wrong_cell_is_named_with_row_value_and_rule(
    tmp_path: Path, row: str, column: str, value: str, told: str
) -> None:
    (fault, *_) = faults_of(tmp_path, f"{HEAD}\n{row}\n").faults
    assert (fault.row, fault.column, fault.value) == (2, column, value)
    assert told in fault.rule
    assert fault.remedy


def test_prerequisites_in_a_circle_are_named(tmp_path: Path) -> None:
    rows = "a,A,supply,graphite,KAZ,1,1,b,\nb,B,supply,graphite,KAZ,1,1,a,\n"
    (fault,) = faults_of(tmp_path, f"{HEAD}\n{rows}").faults
    assert fault.column == "needs"
    assert "a needs b needs a" in fault.rule


@pytest.mark.parametrize(
    ("effect", "columns", "cells", "column", "told"),
    [
        ("corridor", "acts_on", "silk_road", "acts_on", "acts on what is known"),
        ("hardening", "acts_on", "KAZ:Nowhere", "acts_on", "acts on what is known"),
        ("security", "acts_on", "KZ", "acts_on", "acts on what is known"),
        ("lakes", "rate_factor_central", "1.5", "rate_factor_central", "0..1"),
        ("other", "committed_share", "0.2", "committed_buyer", "has a buyer"),
        ("other", "financiers", "JBIC:60", "financiers", "0..1"),
        ("other", "life_years", "0", "life_years", "above 0"),
        ("other", "capex_evidence", "guessed", "capex_evidence", "known names"),
        ("supply", "country", "KAZ", "market", "names its market"),
    ],
)
def test_a_wrong_cell_of_a_further_column_is_named(
    tmp_path: Path, effect: str, columns: str, cells: str, column: str, told: str
) -> None:
    (fault, *_) = faults_of(tmp_path, f"project_id,name,effect,{columns}\na,A,{effect},{cells}\n").faults
    assert (fault.row, fault.column) == (2, column)
    assert told in fault.rule
    assert fault.remedy


def test_no_more_than_the_whole_output_is_sold(tmp_path: Path) -> None:
    text = "project_id,name,effect,offtake_share,committed_share,committed_buyer\na,A,other,0.5,0.6,USA\n"
    (fault,) = faults_of(tmp_path, text).faults
    assert fault.column == "offtake_share"


@pytest.mark.parametrize("column", ["capacity_kt_central", "capex_mjpy_central", "capex_yen"])
def test_columns_in_other_units_are_not_taken_for_ours(tmp_path: Path, column: str) -> None:
    error = faults_of(tmp_path, f"project_id,name,effect,market,{column}\na,A,supply,graphite,5\n")
    assert column in str(error)


def test_a_toml_file_is_the_same_table(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = 'project_id = "a"\nname = "A"\neffect = "stock"\nmarket = "graphite"\ncover_days = 30\nneeds = []\n'
    file.write_text(f"[[project]]\n{text}", encoding="utf-8")
    (project,) = read_projects(file, MARKETS)
    assert (project.cover_days, project.missing) == (30.0, ())
    file.write_text(f"[[project]]\n{text}cover_day = 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="cover_day") as told:
        read_projects(file, MARKETS)
    assert told.value.faults[0].row == 1
    file.write_text("budget = 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="project"):
        read_projects(file, MARKETS)


def test_a_source_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    error = faults_of(tmp_path, "project_id,name,effect,market,source_id\na,A,supply,graphite,NOBODY_1999\n")
    assert error.faults[0].value == "NOBODY_1999"


def test_an_id_twice_is_refused(tmp_path: Path) -> None:
    rows = "a,A,supply,graphite,KAZ,1,1,,\na,B,supply,graphite,KAZ,1,1,,\n"
    (fault,) = faults_of(tmp_path, f"{HEAD}\n{rows}").faults
    assert (fault.row, fault.column) == (3, "project_id")


def test_accounts_count_different_costs() -> None:
    assumed = embedded_assumptions()
    stage = next(p for p in embedded_projects() if p.project_id == "sarytogan_stage_1a")
    costs = {account: cost_of(stage, account, assumed, 800.0, 40_000.0) for account in ("support", "net", "gross")}
    support, net, gross = (costs[account] for account in ("support", "net", "gross"))
    assert support is not None
    assert net is not None
    assert gross is not None
    assert support.spent < gross.spent == net.spent
    assert gross.yearly - net.yearly == pytest.approx(50_000 * 791 / 1e6)
    karamola = next(p for p in embedded_projects() if p.project_id == "karamola")
    assert cost_of(karamola, "net", assumed, 200.0, 1.0) is None
    assert cost_of(karamola, "support", assumed, 200.0, 1.0) is not None


def test_a_stock_costs_its_value_and_a_part_of_it_each_year() -> None:
    stock = next(p for p in embedded_projects() if p.project_id == "stock_graphite")
    cost = cost_of(stock, "support", embedded_assumptions(), 1000.0, 365_250.0)
    assert cost is not None
    assert cost.spent == pytest.approx(60.0)
    assert cost.yearly == pytest.approx(60.0 * 0.07)
