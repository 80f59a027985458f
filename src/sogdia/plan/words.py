"""A plan in a sentence: what to support, what it saves and costs the importer, and what it brings the other side."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import country
from sogdia.plan.sides import PlanSides

NAMED = 3


def first_sentence(plan: PlanSides) -> str:
    """Read alone, it tells the plan."""
    who, figures = plan.tables.importer.name, plan.choice.figures
    saved = plan.before.expected - figures.expected
    if not plan.chosen:
        return (
            f"{who}: support none of the {len(plan.case.names)} projects: none saves {who} as much as it costs; "
            "partners gain and lose nothing."
        )
    tail = plan.before.cvar - figures.cvar
    return (
        f"{who}: support {_named(plan)}: this costs {_n(figures.cost)} million USD a year and saves {_n(saved)} of the "
        f"expected loss, {_n(tail)} in the worst {1 - plan.case.tail:.0%} of years; {_partners(plan)}."
    )


def _named(plan: PlanSides) -> str:
    """The projects, those of most worth first; stocks together."""
    order = sorted(plan.chosen, key=lambda name: -plan.zones[name].high)
    records = {project.project_id: project for project in plan.tables.projects}
    stocks = [str(records[n].market).replace("_", " ") for n in order if records[n].effect == "stock"]
    others = [_short(records[name].name) for name in order if records[name].effect != "stock"]
    stock = f"{'a stock' if len(stocks) == 1 else 'stocks'} of {_listed(stocks)}" if stocks else ""
    return f"{stock}{', and ' if stocks and others else ''}{_listed(others)}"


def _listed(names: Sequence[str]) -> str:
    """Some names as words.

    >>> _listed(["a", "b"]), _listed(["a", "b", "c", "d", "e"])
    ('a and b', 'a, b, c and 2 more')
    """
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _short(name: str) -> str:
    return name.split(" (", maxsplit=1)[0]


def _partners(plan: PlanSides) -> str:
    if not plan.partners:
        return "partners gain nothing, since nothing new is built there"
    said = []
    for gain in plan.partners:
        low, high = gain.figures["value_added_low"], gain.figures["value_added_high"]
        output, name = gain.figures["output"], country(gain.country).name
        if low is not None and high is not None and high > 0:
            said.append(f"{name} gains {_n(low)} to {_n(high)} million USD of value added a year")
        elif output:
            said.append(f"{name} gains {_n(output)} million USD of output a year")
        elif gain.savings:
            said.append(f"{name} saves {_n(gain.savings)} million USD a year of freight and lost output")
        elif gain.figures["jobs"]:
            said.append(f"{name} gains {_n(gain.figures['jobs'])} jobs")
    return " and ".join(said) or "what partners gain is not known"


def _n(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.2g}" if abs(value) < 100 else f"{value:,.0f}"
