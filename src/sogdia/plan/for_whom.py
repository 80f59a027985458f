"""For whom corridors and rarer events pay: the best project of either group, for the importer and for others."""

from __future__ import annotations

from collections.abc import Iterator

from sogdia.plan.agreement import worth
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans
from sogdia.plan.markets.saved import partner_savings
from sogdia.plan.projects.kind import ProjectKind, no_events
from sogdia.plan.projects.registry import kind_named

NAMED = 3
DIGITS = 6
"""Of million USD a year; less is rounding."""
CORRIDORS, EVENTS = "Corridors, customs and logistics centres", "Hardening, lakes and security"


def pays_for_whom(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Iterator[str]:
    """A sentence on each group that has projects."""
    saved = partner_savings(tables.effects)
    groups: dict[str, list[int]] = {}
    for number, project in enumerate(tables.projects):
        group = _group(kind_named(project.effect))
        if group is not None:
            groups.setdefault(group, []).append(number)
    for group, own in groups.items():
        worths = {number: worth(case, chosen, number) for number in own}
        best = max(own, key=lambda n: (round(worths[n], DIGITS), sum(saved.get(case.names[n], {}).values())))
        taken = [case.names[number] for number in own if chosen[number]]
        verdict = (
            f"pay for this importer: {', '.join(taken[:NAMED])}" if taken else "do not pay for this importer alone"
        )
        others = saved.get(case.names[best], {})
        whole, most = sum(others.values()), sorted(others, key=lambda name: -others[name])[:NAMED]
        whom = f" and others {whole:.2g} ({', '.join(most)})" if whole > 0 else ""
        yield (
            f"{group} {verdict}. The best for it, {case.names[best]}, costs {case.cost[best]:.2g} million USD a year "
            f"and saves it {max(round(worths[best], DIGITS), 0.0):.2g}{whom}."
        )


def _group(kind: ProjectKind) -> str | None:
    if kind.upgrades:
        return CORRIDORS
    return EVENTS if kind.events is not no_events else None
