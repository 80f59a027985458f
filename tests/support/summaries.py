"""Summaries for tests: the whole report of Japan with a small plan that is written down here, not computed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.gather import evidence_of
from sogdia.data import Store
from sogdia.plan.for_report import PlanFound
from support.whole_report import whole_report

SOURCES = {"SOGDIA_ASSUMPTION": "assumed", "CEPII_BACI": "trade"}


def project(name: str, country: str | None, market: str, cost: float, worth: float) -> dict[str, Any]:
    """A chosen project."""
    return {
        "project": name, "name": f"{name.title()} works (old name)", "country": country, "market": market,
        "share": None, "cost_musd": 10 * cost, "yearly_cost_musd": cost, "yearly_worth_musd": worth,
        "shapley_musd": None,
    }  # fmt: skip


MINE = project("mine", "KAZ", "graphite", 3.0, 4.0)
STOCK = project("stock", None, "lithium_hydroxide", 7.0, 9.0)


def plan_of(*chosen: dict[str, Any], saved: float = 5.0, cost: float = 10.0) -> dict[str, Any]:
    """A plan as `Plan.to_dict()` gives it, with these projects chosen."""
    countries = sorted({row["country"] for row in chosen if row["country"]})
    return {
        "chosen": list(chosen),
        "not_chosen": [{"project": "other", "why": "it costs more"}, {"project": "unknown", "why": "no figures"}],
        "agreement": [
            *({"project": row["project"], "low": 1.0, "high": 2.0, "nash": 1.5} for row in chosen),
            {"project": "other", "low": 2.0, "high": 1.0, "nash": None},
        ],
        "importer": {
            "avoided_loss_musd": {"price": 1.0, "insurance": saved - 1.0, "transfer": 0.0, "total": saved},
            "yearly_cost_musd": cost,
        },
        "expected_loss_musd": {"before": 94.0, "after": 89.0}, "cvar_musd": {"before": 750.0, "after": 730.0},
        "partners": [
            {"country": country, "output_musd": 4.0, "value_added_low_musd": 1.0, "value_added_high_musd": 3.0,
             "jobs": 120.4}
            for country in countries
        ],
        "others": {"total_musd": 2.0, "by_country": {}},
        "sample_gap": {"same_plan": 7, "batches": 10},
        "timeline": [
            {"project": row["project"], "name": row["name"], "country": row["country"], "start": 2026,
             "operating_from": 2028 if row["country"] else 2026, "operating_to": 2040, "cost_musd": 1.0}
            for row in chosen
        ],
        "sources": SOURCES,
    }  # fmt: skip


def japan_evidence(factory: pytest.TempPathFactory, store: Store) -> SummaryEvidence:
    """Japan and Central Asia with a mine and a stock."""
    return evidence_of(whole_report(factory, store), PlanFound(plan_of(MINE, STOCK), "", 9))


def with_plan(
    evidence: SummaryEvidence, plan: dict[str, Any] | None, weighed: int = 9, why: str = ""
) -> SummaryEvidence:
    """The same with another plan."""
    return replace(evidence, plan=plan, weighed_abroad=weighed, no_plan=why)
