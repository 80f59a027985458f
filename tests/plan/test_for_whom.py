"""A plan over real markets says for whom corridors and hardening pay, and takes a kind of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia import Study
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.saved import partner_savings
from sogdia.plan.projects import Project, embedded_projects, read_projects
from sogdia.plan.projects.kind import MarketFacts, ProjectKind
from sogdia.plan.projects.registry import register
from sogdia.plan.run import make_plan

pytestmark = pytest.mark.slow


def test_corridors_and_hardening_pay_or_not_and_for_whom_beside_a_kind_of_ones_own(tmp_path: Path) -> None:
    def makes(project: Project, facts: MarketFacts) -> MarketEffect:
        return MarketEffect(project.project_id, "KAZ", facts.used_t / 10, facts.used_t / 10)

    toy = ProjectKind("toy", "Toys.", 5, ("market", "capex_musd"), makes, needs_market=True)
    file = tmp_path / "toys.csv"
    file.write_text("project_id,name,effect,market,capex_musd_central\na,A,toy,graphite,0.01\n", encoding="utf-8")
    study = Study("JPN")
    wanted = ("almalyk_lead", "customs", "harden_almalyk", "drain_talgar", "ovop_kgz")
    with register(toy):
        projects = [project for project in embedded_projects() if project.project_id in wanted]
        projects += read_projects(file, ["graphite"])
        plan = make_plan(study.store, study.importer, projects, 2022, years=2000)
    saved = partner_savings(plan.tables.effects)
    assert plan.zones["harden_almalyk"].high < 0.01 * plan.zones["harden_almalyk"].low
    assert saved["harden_almalyk"]["UZB"] > plan.zones["harden_almalyk"].high
    assert saved["customs"]["UZB"] > plan.zones["customs"].high
    told = [note for note in plan.notes if "not pay for this importer alone" in note]
    assert [("customs" in note or "harden_almalyk" in note) and "others" in note for note in told] == [True, True]
    assert [plan.zones[p].high for p in ("drain_talgar", "ovop_kgz")] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert "a" in plan.chosen
    assert set(plan.chosen) <= {"a", "almalyk_lead"}
