"""The ledger of a partner subtracts what technology saves."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from sogdia.codes import Region
from sogdia.plan.assumptions import embedded_assumptions
from sogdia.plan.partners import figures_of_project, in_partner
from sogdia.plan.projects import Project, embedded_projects
from sogdia.plan.projects.kind import MarketFacts
from sogdia.plan.projects.registry import kind_named
from sogdia.plan.term_limits import limits_of
from sogdia.plan.terms import terms_of
from sogdia.uncertain import Range


def known(figure: float) -> Range:
    return Range(figure, figure, figure)


def rolls(**figures: Any) -> Project:
    """The rolls of a works, made likelier by 0.4."""
    (project,) = (p for p in embedded_projects() if p.project_id == "yoshlik_rolls")
    return replace(project, **figures)


def tables(project: Project) -> Any:
    """Tables of a plan with this project alone."""
    facts = MarketFacts(1e5, "JPN", 2000.0, 1.0)
    effect = kind_named("saving").market(project, facts)
    market = SimpleNamespace(
        market=SimpleNamespace(mineral="copper", consumers=("JPN",), flows=_one(1e5), unit_value=_one(2.0))
    )
    return SimpleNamespace(
        importer=Region("JPN", "Japan", ("JPN",)), projects=(project,), assumed=embedded_assumptions(), tables=(),
        effects={"copper": (effect,)}, markets=(market,),
    )  # fmt: skip


def _one(value: float) -> Any:
    import numpy as np

    return np.array([[value]])


def test_what_technology_saves_at_a_works_is_subtracted_and_what_is_not_known_stays_so() -> None:
    project = rolls(capacity_t=known(1000.0), energy_kwh_per_t=known(155.0), water_m3_per_t=None)
    figures = figures_of_project(tables(project), project, 1.0)
    assert in_partner(tables(project), project)
    assert figures["energy_kwh"] == pytest.approx(-0.4 * 155.0 * 1000.0)
    assert figures["water_m3"] is None
    assert figures["output"] == 0.0
    assert figures["inputs"] is None
    assert figures["fiscal_revenue"] is None


def test_lower_running_costs_are_less_inputs_beside_those_of_the_output_that_is_added() -> None:
    project = rolls(capacity_t=known(1000.0), opex_usd_per_t=known(500.0), cost_factor=known(0.8))
    figures = figures_of_project(tables(project), project, 1.0)
    more = 1000.0 * (0.95**-1.0 - 1.0)
    assert figures["output"] == pytest.approx(0.4 * more * 2000.0 / 1e6)
    assert figures["inputs"] == pytest.approx(0.4 * 500.0 * (0.8 * (1000.0 + more) - 1000.0) / 1e6)
    assert figures["inputs"] is not None
    assert figures["inputs"] < 0.0


def test_savings_make_room_below_a_limit_and_savings_that_nobody_knows_keep_nothing_out() -> None:
    project = rolls(capacity_t=known(1000.0), energy_kwh_per_t=known(155.0), water_m3_per_t=None)
    water, energy = limits_of(tables(project), terms_of(water={"UZB": 10.0}, energy={"UZB": 10.0}))
    assert water.of_project.tolist() == [0.0]
    assert energy.of_project == pytest.approx([-0.4 * 155.0 * 1000.0])
