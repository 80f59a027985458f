"""A plan as plain values: the object that `sogdia plan --json` prints."""

from __future__ import annotations

from typing import Any

from sogdia.data.provenance import citations
from sogdia.plan.agreement import agreement_in_all
from sogdia.plan.choice import perfect_information, shapley
from sogdia.plan.choice.worth import MOST_SHARED
from sogdia.plan.ledger import days_of_cover, main_suppliers
from sogdia.plan.partners import PartnerGain, in_partner
from sogdia.plan.periods import timeline
from sogdia.plan.reasons import project_gain, reason
from sogdia.plan.sides import PlanSides
from sogdia.plan.words import first_sentence

PART_NAMES = ("price", "insurance", "transfer")
NAMED = 10
"""Countries of others that are named one by one."""


def content_of(plan: PlanSides, *, sensitivity: bool = True) -> dict[str, Any]:
    """All of the plan; money in MUSD a year unless a name says otherwise.

    sensitivity: with the values at which projects enter or leave, which take a second of solving; None without.
    """
    figures, choice, case, tables = plan.choice.figures, plan.choice, plan.case, plan.tables
    return {
        "summary": first_sentence(plan),
        "importer": {"key": tables.importer.key, **_importer(plan)},
        "base_year": plan.year, "years": len(case.weight), "seed": plan.seed, "budget_musd": plan.budget,
        "risk": case.risk, "tail": case.tail, "account": tables.account, "terms": plan.terms.to_dict(),
        "chosen": _chosen(plan), "not_chosen": _not_chosen(plan),
        "bound": choice.bound, "value": figures.value, "gap": choice.gap,
        "sample_gap": {
            "gap_musd": plan.sampling.gap, "se_musd": plan.sampling.error, "most_musd": plan.sampling.most,
            "batches": plan.sampling.batches, "same_plan": plan.sampling.same,
            "others_worse_musd": plan.sampling.worse, "others_worst_musd": plan.sampling.worst,
        },
        "expected_loss_musd": {"before": plan.before.expected, "after": figures.expected},
        "cvar_musd": {"before": plan.before.cvar, "after": figures.cvar},
        "yearly_cost_musd": figures.cost,
        "partners": [_partner(plan, gain) for gain in plan.partners],
        "others": _others(plan),
        "agreement": _agreement(plan),
        "agreement_in_all": agreement_in_all(plan.before, figures),
        "timeline": timeline(tables, choice.chosen, plan.horizon),
        "perfect_information_musd": perfect_information(case, choice.chosen),
        "draws": None if plan.drawn is None else plan.drawn.to_dict(),
        "periods": None if plan.horizon is None else plan.horizon.rows(),
        "sensitivity": [flip.to_dict() for flip in plan.flips] if sensitivity else None,
        "seconds": dict(plan.seconds), "notes": list(plan.notes), "sources": citations(plan.sources()),
    }  # fmt: skip


def _chosen(plan: PlanSides) -> list[dict[str, Any]]:
    """The chosen projects with what they cost and their Shapley part."""
    few = int(plan.choice.chosen.sum()) <= MOST_SHARED
    part = shapley(plan.case, plan.choice.chosen) if few else None
    return [
        {
            "project": record.project_id, "name": record.name, "effect": record.effect,
            "country": record.country or None, "market": record.market, "share": record.offtake_share or None,
            "cost_musd": cost.spent, "yearly_cost_musd": cost.yearly,
            "yearly_worth_musd": plan.zones[record.project_id].high,
            "shapley_musd": None if part is None else float(part[number]),
            "period": None if plan.horizon is None else plan.horizon.period_of(number),
        }
        for number, (record, cost) in enumerate(zip(plan.tables.projects, plan.tables.costs, strict=True))
        if plan.choice.chosen[number]
    ]  # fmt: skip


def _not_chosen(plan: PlanSides) -> list[dict[str, Any]]:
    return [
        *({"project": n, "why": reason(plan, n)} for n in plan.case.names if n not in plan.chosen),
        *({"project": n, "why": why} for n, why in plan.tables.left_out.items()),
    ]


def _importer(plan: PlanSides) -> dict[str, Any]:
    """The importer's ledger: avoided loss by part and market, what it spends, days of cover and main suppliers."""
    avoided = {name: float(sum(parts[name] for parts in plan.parts.values())) for name in PART_NAMES}
    covers = days_of_cover(plan.tables, plan.choice.chosen)
    return {
        "avoided_loss_musd": {**avoided, "total": float(sum(avoided.values()))},
        "by_market": {market: dict(parts) for market, parts in plan.parts.items()},
        "yearly_cost_musd": plan.choice.figures.cost,
        "spent_musd": spent(plan),
        "makers_of_today_musd": float(sum(plan.others.sellers.get(m, 0.0) for m in plan.tables.importer.members)),
        "days_of_cover": [
            {"market": c.market, "before": c.before, "after": c.after, "added": c.added} for c in covers
        ],
        "shares": [
            {
                "market": s.market, "top_supplier": s.top_supplier, "before": s.before, "after": s.after,
                "top_supplier_after": s.after_top,
            }
            for s in main_suppliers(plan.tables, plan.case, plan.choice.chosen)
        ],
    }  # fmt: skip


def spent(plan: PlanSides) -> float:
    """What the plan's backers spend, once [MUSD]."""
    taken = plan.choice.chosen.tolist()
    return float(sum(cost.spent for cost, some in zip(plan.tables.costs, taken, strict=True) if some))


def _partner(plan: PlanSides, gain: PartnerGain) -> dict[str, Any]:
    figures = gain.figures
    return {
        "country": gain.country, "by_project": {name: dict(own) for name, own in gain.by_project.items()},
        "output_musd": figures["output"],
        "exports_musd": figures["output"], "inputs_musd": figures["inputs"],
        "value_added_low_musd": figures["value_added_low"], "value_added_high_musd": figures["value_added_high"],
        "jobs": figures["jobs"], "jobs_building": figures["jobs_building"], "capital_musd": figures["capital"],
        "fiscal_revenue_musd": figures["fiscal_revenue"], "share_of_chain_at_home": dict(gain.chain),
        "water_m3": figures["water_m3"], "energy_kwh": figures["energy_kwh"], "co2_t": figures["co2_t"],
        "savings_musd": gain.savings,
        "makers_of_today_musd": plan.others.sellers.get(gain.country, 0.0),
    }  # fmt: skip


def _others(plan: PlanSides) -> dict[str, Any]:
    others, own = plan.others, sum(sum(parts.values()) for parts in plan.parts.values())
    total = others.ordinary + others.bad
    own_makers = plan.tables.importer.members
    losers = {c: gain for c, gain in others.sellers.items() if gain < 0 and c not in own_makers}
    return {
        "total_musd": total, "ordinary_years_musd": others.ordinary, "bad_years_musd": others.bad,
        "times_importers_gain": total / own if own > 0 else None,
        "by_country": _largest({country: gain.total for country, gain in others.buyers.items()}),
        "sellers_lose_musd": -float(sum(losers.values())), "losers": _largest(losers),
    }  # fmt: skip


def _largest(gains: dict[str, float]) -> dict[str, float]:
    """Those of the largest gains and losses, in their order."""
    kept = sorted(gains, key=lambda name: -abs(gains[name]))[:NAMED]
    return {name: gain for name, gain in gains.items() if name in kept}


def _agreement(plan: PlanSides) -> list[dict[str, Any]]:
    """What each project costs its backers and is worth to the importer, halfway, and what either side then gains."""
    found = []
    for record, zone in zip(plan.tables.projects, plan.zones.values(), strict=True):
        agreed = zone.nash is not None
        surplus = (zone.high - zone.low) / 2.0 if agreed else None
        gain = project_gain(plan, record) if in_partner(plan.tables, record) else {}
        found.append({
            "project": zone.project, "low": zone.low, "high": zone.high, "nash": zone.nash,
            "importer_surplus_musd": surplus, "backers_surplus_musd": surplus,
            "partner_value_added_low_musd": gain.get("value_added_low"),
            "partner_value_added_high_musd": gain.get("value_added_high"),
        })  # fmt: skip
    return found
