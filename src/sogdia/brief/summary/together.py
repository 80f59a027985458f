"""What to do together: what the plan costs and saves, its projects, and what partners and others gain.

Figures are those of `Plan.to_dict()`. A plan that costs more a year than it saves on average pays as insurance alone,
and the words say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.brief.summary.cited import Cited, Wording, Written, capital, joined
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import count, money, money_band, number
from sogdia.brief.summary.parts import HeadlineFigure, Sentences, SummaryColumn, SummaryTable
from sogdia.brief.summary.project_words import Row, at_home, project_words
from sogdia.brief.summary.ranked_plan import PLAN, chosen, plan_ids, saves_more
from sogdia.plan.for_report import UNANSWERED

SHOWN = 6


def loss_headline(evidence: SummaryEvidence, say: Wording) -> HeadlineFigure | None:
    """The expected loss without the plan, and that of the worst years; None without a plan."""
    plan = evidence.plan
    if plan is None:
        return None
    ids = plan_ids(plan)
    return HeadlineFigure(
        (money(say, plan["expected_loss_musd"]["before"], ids, PLAN),),
        say("summary.headline.expected"),
        say("summary.headline.expected_meaning", tail=money(say, plan["cvar_musd"]["before"], ids, PLAN)),
    )


def plan_headline(evidence: SummaryEvidence, say: Wording) -> HeadlineFigure | None:
    """What the plan costs a year and what it saves; None without a plan or where it chooses nothing."""
    plan = evidence.plan
    if plan is None or not plan["chosen"]:
        return None
    ids = plan_ids(plan)
    cut = plan["cvar_musd"]["before"] - plan["cvar_musd"]["after"]
    return HeadlineFigure(
        (money(say, plan["importer"]["yearly_cost_musd"], ids, PLAN),),
        say("summary.headline.plan"),
        say(
            "summary.headline.plan_meaning",
            saved=money(say, plan["importer"]["avoided_loss_musd"]["total"], ids, PLAN),
            cut=money(say, cut, ids, PLAN),
        ),
    )


def project_table(evidence: SummaryEvidence, say: Wording) -> SummaryTable | None:
    """The chosen projects with what each side gains; None where there is no plan or nothing is chosen."""
    plan = evidence.plan
    if plan is None or not plan["chosen"]:
        return None
    ids = plan_ids(plan)
    rows = chosen(plan)[:SHOWN]
    cells = tuple(
        (
            project_words(say, row),
            (_where(evidence, say, row),),
            (number(say, row["cost_musd"], ids, PLAN),),
            (number(say, row["yearly_cost_musd"], ids, PLAN),),
            (number(say, row["yearly_worth_musd"], ids, PLAN),),
            _partner_gain(evidence, plan, row, say),
        )
        for row in rows
    )
    names = ("project", "where", "spent", "cost", "saves", "partner")
    units = {name: say.plain("summary.unit.musd") for name in ("spent", "cost", "saves", "partner")}
    columns = tuple(
        SummaryColumn(
            say.plain(f"summary.plan.{name}"), units.get(name, ""), name not in ("project", "where")
        )
        for name in names
    )  # fmt: skip
    return SummaryTable("plan", _caption(evidence, say, plan, ids), columns, cells)


def _where(evidence: SummaryEvidence, say: Wording, row: Row) -> str:
    """The country; "at home" in the importer itself, but a member of a region by its name."""
    single = evidence.importer.members == (row["country"],)
    return say.country_cell(row["country"]) if row["country"] and not single else say.plain("summary.plan.at_home")


def _partner_gain(evidence: SummaryEvidence, plan: Row, row: Row, say: Wording) -> Written:
    """Output that a project adds in its country: known where it is the only one chosen there."""
    alike = [other for other in plan["chosen"] if other["country"] == row["country"]]
    own = [gain for gain in plan["partners"] if gain["country"] == row["country"]]
    if at_home(row, evidence.importer.members) or len(alike) != 1 or not own:
        return (say.catalogue.numerals.number(None),)
    return (number(say, own[0]["output_musd"], plan_ids(plan), PLAN),)


def _caption(evidence: SummaryEvidence, say: Wording, plan: Row, ids: tuple[str, ...]) -> Written:
    importer = say.country(evidence.importer.key)
    parts = plan["importer"]["avoided_loss_musd"]
    key = "summary.plan.pays" if saves_more(plan) else "summary.plan.insures"
    return capital(
        say(
            key, importer=importer, cost=money(say, plan["importer"]["yearly_cost_musd"], ids, PLAN),
            saved=money(say, parts["total"], ids, PLAN),
        )
    )  # fmt: skip


def plan_words(evidence: SummaryEvidence, say: Wording) -> Sentences:
    """What the partners and others gain, what is left out, and how sure the choice is; or why there is no plan."""
    plan = evidence.plan
    if plan is None:
        return Sentences("plan-words", (say(f"summary.plan.{evidence.no_plan or UNANSWERED}"),))
    ids = plan_ids(plan)
    said = [_gains(gain, say, ids) for gain in plan["partners"]]
    others = plan["others"]["total_musd"]
    if others > 0:
        said.append(say("summary.plan.others", total=money(say, others, ids, PLAN)))
    if not plan["partners"]:
        abroad = any(not at_home(row, evidence.importer.members) for row in plan["chosen"])
        nobody = "nobody_else" if evidence.weighed_abroad else "nobody_weighed"
        said.append(say(f"summary.plan.{'no_output' if abroad else nobody}"))
    said += _left_out(plan, say, ids)
    gap = plan["sample_gap"]
    said.append(
        say("summary.plan.steadiness", same=_part(say, gap["same_plan"], ids), batches=_part(say, gap["batches"], ids))
    )
    return Sentences("plan-words", (joined(_spaced(said, say.gap)),))


def _part(say: Wording, value: int, ids: tuple[str, ...]) -> Cited:
    return Cited(say.catalogue.numerals.count(value), ids, PLAN)


def _spaced(sentences: Sequence[Written], gap: str) -> list[Written]:
    """Sentences with what stands between two of them."""
    return [part for at, one in enumerate(sentences) for part in (() if at == 0 else (gap,), one)]


def _gains(gain: Row, say: Wording, ids: tuple[str, ...]) -> Written:
    """What one partner gains: output, of it value added, and jobs where they are known."""
    country = say.country(gain["country"])
    output = money(say, gain["output_musd"], ids, PLAN)
    low, high, jobs = gain["value_added_low_musd"], gain["value_added_high_musd"], gain["jobs"]
    added = None if low is None or high is None else money_band(say, low, high, ids, PLAN)
    if added is not None and jobs is not None:
        jobs_figure = count(say, round(jobs), ids, PLAN)
        return capital(say("summary.plan.gain_jobs", country=country, output=output, added=added, n=jobs_figure))
    if added is not None:
        return capital(say("summary.plan.gain_added", country=country, output=output, added=added))
    return capital(say("summary.plan.gain", country=country, output=output))


def _left_out(plan: Row, say: Wording, ids: tuple[str, ...]) -> list[Written]:
    """How many projects were not chosen because they save less than they cost, and how many cannot be judged."""
    zones = {zone["project"] for zone in plan["agreement"]}
    weighed = sum(row["project"] in zones for row in plan["not_chosen"])
    unjudged = len(plan["not_chosen"]) - weighed
    return [
        say("summary.plan.not_chosen", n=count(say, weighed, ids, PLAN), unjudged=_part(say, unjudged, ids))
    ]  # fmt: skip
