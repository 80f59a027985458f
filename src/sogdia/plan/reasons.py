"""Why a project is in a plan or not, in figures and in ten lines."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from sogdia.data.provenance import citations
from sogdia.errors import unknown
from sogdia.plan.agreement import beside
from sogdia.plan.alone import others_change, saved_parts
from sogdia.plan.choice import figures_of
from sogdia.plan.markets.saved import partner_savings
from sogdia.plan.partners import figures_of_project, in_partner, table_of
from sogdia.plan.projects.record import Project
from sogdia.plan.sides import PlanSides

WIDTH = 80
ANYWAY = 0.7
"""Chance from which on a project is said to come about anyway; a judgement."""
NOTHING = 1e-6
"""MUSD a year that nobody notices."""
CALLED = {
    "discount_rate": "interest", "life_years": "life", "support_share": "part of the capital that backers bring",
    "stock_handling": "handling of the stock", "capital": "capital, times", "price_of_risk": "price of risk",
    "prob_if_supported": "chance with support", "prob_anyway": "chance without support",
    "rate_of_events": "events, times as often", "elasticities": "elasticity of demand",
    "backstop_price": "backstop price",
}  # fmt: skip


def reason(plan: PlanSides, project: str) -> str:
    """Why in one sentence."""
    zone, record = plan.zones[project], _record(plan, project)
    figures = f"it saves {zone.high:.3g} and costs {zone.low:.3g} million USD a year beside the plan"
    if project in plan.chosen:
        if project in plan.terms.must and zone.high < zone.low:
            return f"{figures}: it is there because it must be"
        return figures
    if project in plan.terms.without:
        return f"{figures}: it is left out because it must be"
    gain = record.prob_if_supported.central - record.prob_anyway.central
    if abs(zone.high) < NOTHING and not record.market:
        whom = _for_whom(plan, record)
        return f"it costs {zone.low:.3g} million USD a year and changes nothing this importer loses: {whom}"
    if zone.high > zone.low:
        return f"{figures}: worth having, but other projects are worth more within the budget and limits"
    transfer = record.effect == "supply" and record.prob_anyway.central >= ANYWAY
    mostly = ": it mostly comes about anyway, and a contract with it is mostly a transfer" if transfer else ""
    small = f" (support adds {gain:.0%} to its chance)" if record.effect == "supply" else ""
    return f"{figures}{small}{mostly}"


def _for_whom(plan: PlanSides, record: Project) -> str:
    """Who gains by a project that does not help the importer."""
    saved = partner_savings(plan.tables.effects).get(record.project_id, {})
    if saved:
        return f"what it saves is others' ({', '.join(sorted(saved, key=lambda c: -saved[c])[:3])})"
    if record.jobs:
        return f"it brings {record.country} {record.jobs:,.0f} jobs, which a floor may ask for"
    return "what it changes is not on the way of this importer's purchases"


def told_of(plan: PlanSides, project: str) -> dict[str, Any]:
    """One project with all that is told of it, and `lines` for reading."""
    if project in plan.tables.left_out:
        why = plan.tables.left_out[project]
        return {"project": project, "chosen": False, "why": why, "lines": [f"{project}: not chosen", f"Why: {why}."]}
    if project not in plan.case.names:
        raise unknown("project", project, [*plan.case.names, *plan.tables.left_out])
    record, zone = _record(plan, project), plan.zones[project]
    number = plan.case.names.index(project)
    held, without = beside(plan.case, plan.choice.chosen, number)
    most, least = figures_of(plan.case, held), figures_of(plan.case, without)
    buyers, makers = others_change(plan.tables, plan.case, held, without)
    told = {
        "project": project, "name": record.name, "country": record.country, "chosen": project in plan.chosen,
        "why": reason(plan, project), "market": record.market, "cost_musd": plan.tables.costs[number].spent,
        "yearly_cost_musd": zone.low, "yearly_worth_musd": zone.high, "nash_musd": zone.nash,
        "expected_saved_musd": least.expected - most.expected, "tail_saved_musd": least.cvar - most.cvar,
        "parts_musd": saved_parts(plan.tables, plan.case, held, without), "others_gain_musd": buyers,
        "makers_gain_musd": makers,
        "prob_if_supported": record.prob_if_supported.central, "prob_anyway": record.prob_anyway.central,
        "offtake_share": record.offtake_share,
        "partner": project_gain(plan, record) if in_partner(plan.tables, record) else None,
        "savings_musd": dict(partner_savings(plan.tables.effects).get(project, {})),
        "flips": [flip.to_dict() for flip in plan.flips if flip.project == project],
        "status": record.status, "evidence": record.evidence, "note": record.note,
        "sources": citations(record.source_ids),
    }  # fmt: skip
    return {**told, "lines": lines_of(plan, told)}


def project_gain(plan: PlanSides, record: Project) -> dict[str, float | None]:
    """What a project brings its country, at the price of the plan with it."""
    number = plan.case.names.index(record.project_id)
    held, _ = beside(plan.case, plan.choice.chosen, number)
    built, rows = table_of(plan.tables, record.market), plan.case.rows(held)
    price = 1.0
    if built is not None and rows is not None:
        price = float(built.sides.price[rows[plan.tables.tables.index(built)]])
    return figures_of_project(plan.tables, record, price)


def lines_of(plan: PlanSides, told: dict[str, Any]) -> list[str]:
    """Ten lines of at most 80 letters."""
    who = plan.tables.importer.name
    lines = [
        f"{told['project']}: {'CHOSEN' if told['chosen'] else 'not chosen'}", f"{told['name']}",
        f"Costs {_n(told['cost_musd'])} million USD once, "
        f"{_n(told['yearly_cost_musd'])} a year; all below in MUSD a year.",
        f"Saves {who} {_n(told['yearly_worth_musd'])} at price of risk {plan.case.risk:g}: "
        f"expected loss {_n(told['expected_saved_musd'])}, worst years {_n(told['tail_saved_musd'])}.",
        "Of the expected: " + ", ".join(f"{name} {_n(value)}" for name, value in told["parts_musd"].items()) + ".",
        f"Chance: {told['prob_if_supported']:.0%} with support, {told['prob_anyway']:.0%} without"
        f"{_transfer(told)}.",
        _partner_line(told), _others_line(told), _zone_line(told),
        _flip_line(told),
    ]  # fmt: skip
    return [shorten(line, WIDTH, placeholder=" ...") for line in lines]


def _transfer(told: dict[str, Any]) -> str:
    parts = told["parts_musd"]
    whole = sum(parts.values())
    if told["prob_anyway"] >= 0.5 and told["offtake_share"] and whole > 0 and parts["transfer"] > 0.5 * whole:
        return ": its contract is a transfer"
    return ""


def _partner_line(told: dict[str, Any]) -> str:
    gain, saved = told["partner"], told["savings_musd"]
    if saved:
        most = sorted(saved.items(), key=lambda item: -item[1])[:4]
        return "Saves others than the importer: " + ", ".join(f"{c} {_n(v)}" for c, v in most) + "."
    if gain is None:
        return "Partners: nothing new is made in a partner country."
    low, high, jobs = gain["value_added_low"], gain["value_added_high"], gain["jobs"]
    added = "not known" if low is None or high is None else f"{_n(low)} to {_n(high)}"
    spared = [(gain["energy_kwh"], "kWh"), (gain["water_m3"], "m3 of water"), (gain["co2_t"], "t of CO2")]
    told_of_savings = [f"{_n(-amount)} {unit}" for amount, unit in spared if amount is not None and amount < 0]
    if told_of_savings:
        return f"{told['country']}: saves {', '.join(told_of_savings)} a year."
    if told["prob_if_supported"] == told["prob_anyway"]:
        return f"{told['country']}: support adds nothing, since it comes about as surely without."
    if not gain["output"]:
        return f"{told['country']}: no mineral is made, jobs {_n(jobs)}."
    return f"{told['country']}: value added {added}, exports {_n(gain['output'])}, jobs {_n(jobs)}."


def _others_line(told: dict[str, Any]) -> str:
    line = f"Buyers elsewhere gain {_n(told['others_gain_musd'])}"
    if told["parts_musd"]["price"] and told["prob_if_supported"] == told["prob_anyway"]:
        return f"{line}, makers {_n(told['makers_gain_musd'])}: tonnes move, none are added."
    return f"{line}."


def _zone_line(told: dict[str, Any]) -> str:
    if told["nash_musd"] is None:
        return "No zone of agreement: it costs more than it is worth to this importer alone."
    return (
        f"Agreement: between {_n(told['yearly_cost_musd'])} and {_n(told['yearly_worth_musd'])}, "
        f"halfway {_n(told['nash_musd'])}."
    )


def _flip_line(told: dict[str, Any]) -> str:
    flips = sorted(
        (flip for flip in told["flips"] if flip["flips_at"] is not None), key=lambda flip: not flip["within_range"]
    )
    some = ", ".join(f"{CALLED[flip['assumption']]} {_n(flip['flips_at'])}" for flip in flips)
    return f"{'Leaves' if told['chosen'] else 'Enters'} the plan at: {some or 'no single value'}."


def _record(plan: PlanSides, project: str) -> Project:
    return plan.tables.projects[plan.case.names.index(project)]


def _n(value: float | None) -> str:
    if value is None:
        return "not known"
    if abs(value) < NOTHING:
        return "0"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
