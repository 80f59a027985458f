"""A kind of project is one file, and what it does follows from the figures of the other rooms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.data.provenance import sources
from sogdia.errors import InputError
from sogdia.hazards import HazardOptions
from sogdia.hazards.kinds.earthquake import of_targets
from sogdia.network import embedded_network, embedded_upgrades
from sogdia.plan.effects import event_projects, touching_projects, upgrade_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.variants import MarketVariants
from sogdia.plan.projects import embedded_projects, read_projects
from sogdia.plan.projects.financiers import embedded_financiers
from sogdia.plan.projects.kind import EventFacts, MarketFacts, ProjectKind
from sogdia.plan.projects.kinds.hardening import changes, coupled
from sogdia.plan.projects.kinds.saving import effect as saving
from sogdia.plan.projects.registry import kind_named, project_kinds, register
from sogdia.plan.projects.template import template
from sogdia.plan.projects.traps import unit_faults

ROOT = Path(__file__).parents[3]
HEAD = "project_id,name,effect,market,country,capacity_t_central,capex_musd_central"


def test_every_kind_of_the_issue_is_in_the_portfolio_or_the_template() -> None:
    used = {project.effect for project in embedded_projects()}
    wanted = {"supply", "offtake", "stock", "recycling", "corridor", "logistics", "hardening", "lakes", "security"}
    assert wanted | {"saving", "village"} <= used
    assert "substitution" in template()


def test_a_toy_kind_of_one_file_is_found_in_table_template_help_and_effects(tmp_path: Path) -> None:
    toy = ProjectKind(
        "toy", "Toys for the market.", 5, ("market", "capex_musd"), lambda p, f: MarketEffect(p.project_id, "KAZ", 7.0),
        needs_market=True,
        example={"project_id": "my_toy", "name": "A toy", "market": "graphite", "capex_musd_central": "1"},
    )  # fmt: skip
    file = tmp_path / "toys.csv"
    file.write_text(f"{HEAD}\na,A,toy,graphite,KAZ,1,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="toy"):
        read_projects(file, ["graphite"])
    with register(toy):
        assert "Toys for the market." in template()
        (project,) = read_projects(file, ["graphite"])
        assert project.missing == ()
        effect = kind_named("toy").market(project, MarketFacts(1.0, "JPN", 1.0, 1.0))
        assert effect is not None
        variants = MarketVariants(*_no_states())
        (touching,) = touching_projects([project], [effect], variants)
        assert touching.effect.quantity_t == 7.0
        with pytest.raises(InputError, match="name"), register(toy):
            pass
    assert "toy" not in {kind.name for kind in project_kinds()}


def _no_states() -> tuple[np.ndarray, tuple[str, ...], np.ndarray]:
    return np.zeros((1, 0), dtype=np.int32), (), np.zeros((1, 1), dtype=np.int64)


def test_hardening_leaves_the_rates_of_the_high_code_level_and_no_longer_outage(store: Store) -> None:
    network, site = embedded_network(), "KGZ:Kadamjay"
    project = next(p for p in embedded_projects() if p.project_id == "harden_kadamjay")
    made = changes(project, EventFacts(network, store))
    before = of_targets(network, store, HazardOptions(), frozenset({site}))
    after = of_targets(network, store, HazardOptions(actions=("hardening",)), frozenset({site}))
    left: dict[float, float] = {}
    for change in made:
        rate = sum(o.rate_per_year.central for o in before if o.days.central == change.days)
        for outcome in change.outcomes:
            days = round(float(change.days or 0.0) * outcome.days_factor, 6)
            left[days] = left.get(days, 0.0) + rate * outcome.chance
            assert outcome.days_factor <= 1.0
    wanted = {round(o.days.central, 6): o.rate_per_year.central for o in after if o.rate_per_year.central > 0}
    assert set(left) == set(wanted)
    assert all(left[days] == pytest.approx(rate) for days, rate in wanted.items())
    assert sum(left.values()) < sum(o.rate_per_year.central for o in before)


def test_coupled_outages_keep_their_rank() -> None:
    found = coupled([(10.0, 0.3), (100.0, 0.1)], [(10.0, 0.1), (100.0, 0.05)])
    assert sum(outcome.chance for outcome in found[100.0]) == pytest.approx(1.0)
    assert sum(outcome.chance for outcome in found[10.0]) == pytest.approx(0.05 / 0.3)


def test_events_and_upgrades_of_projects_are_found_by_their_kind(store: Store) -> None:
    projects = embedded_projects()
    against = {p.project: p for p in event_projects(projects, store)}
    assert {"harden_almalyk", "drain_talgar", "watch_lakes", "security_kgz"} <= set(against)
    assert against["security_kgz"].changes[0].causes == ("armed conflict in KGZ",)
    assert against["drain_talgar"].changes[0].outcomes[0].chance == 0.5
    assert against["watch_lakes"].changes[0].outcomes[0].days_factor == 0.9
    assert set(upgrade_effects(projects)) >= {"customs", "logistics_tashkent"}


def test_the_portfolio_repeats_capital_and_years_of_the_upgrades_of_the_network() -> None:
    projects = {project.project_id: project for project in embedded_projects()}
    for upgrade in embedded_upgrades():
        assert projects[upgrade.id].capex_musd == upgrade.cost_musd
        years = upgrade.build_years
        assert projects[upgrade.id].build_years == (None if years is None else years.central)


def test_a_works_that_runs_for_less_makes_more(tmp_path: Path) -> None:
    file = tmp_path / "saving.csv"
    columns = "opex_usd_per_t_central,price_usd_per_t_central,cost_factor_central"
    file.write_text(f"{HEAD},{columns}\na,A,saving,graphite,KAZ,100,1,500,1000,0.8\n", encoding="utf-8")
    (project,) = read_projects(file, ["graphite"])
    more = saving(project, MarketFacts(1.0, "JPN", 900.0, 2.0)).quantity_t
    assert more == pytest.approx(100.0 * (0.9**-2.0 - 1.0))
    assert kind_named("saving").running(project) == pytest.approx((0.0, 0.2 * 500 * 100 / 1e6))


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ("50,62", "capex_musd_central", "thousand tonnes"),
        ("50000,9300000", "capex_musd_central", "yen"),
        ("50000,0.062", "capex_musd_central", "million USD"),
        ("50000000,62000", "capacity_t_central", "tonnes"),
    ],
)
def test_figures_in_other_units_are_named_with_row_value_and_remedy(
    tmp_path: Path, cells: str, column: str, told: str
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEAD}\na,A,supply,graphite,KAZ,{cells}\n", encoding="utf-8")
    (project,) = read_projects(file, ["graphite"])
    (fault,) = unit_faults(project, 800.0, 1_800_000.0)
    assert (fault.row, fault.column) == (2, column)
    assert fault.file.endswith("mine.csv")
    assert fault.value
    assert told in f"{fault.rule} {fault.remedy}"


def test_a_price_in_yen_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEAD},price_usd_per_t_central\na,A,supply,graphite,KAZ,50000,62,118650\n", encoding="utf-8")
    (project,) = read_projects(file, ["graphite"])
    (fault,) = unit_faults(project, 800.0, 1_800_000.0)
    assert fault.column == "price_usd_per_t_central"
    assert "yen" in fault.remedy


def test_real_figures_are_in_no_trap() -> None:
    for project in embedded_projects():
        if project.price_usd_per_t is not None:
            assert list(unit_faults(project, project.price_usd_per_t.central, 1e7)) == []


def test_the_shares_of_financiers_come_from_their_table_with_sources() -> None:
    shares = {(row.name, row.share.central) for row in embedded_financiers()}
    used = {pair for project in embedded_projects() for pair in project.financiers.items()}
    assert used
    assert used <= shares
    assert {"JICA", "JBIC", "JOGMEC", "EBRD", "ADB"} <= {name for name, _ in used}
    assert all(set(row.source_ids) <= set(sources()) for row in embedded_financiers())


def test_every_kind_stands_in_the_page_on_plans() -> None:
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    assert all(f"`{kind.name}`" in page for kind in project_kinds())
