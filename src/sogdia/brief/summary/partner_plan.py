"""The plan seen from the partner: what the importer's support brings, and what each project at home is worth to it."""

from __future__ import annotations

from typing import Any

from sogdia.brief.summary.cited import Wording, Written, capital
from sogdia.brief.summary.figures import money, money_band, number
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.brief.summary.project_words import short_project_name
from sogdia.brief.summary.ranked_plan import PLAN, plan_ids

SHOWN = 6
LEAST_WORTH = 1e-3
"""Worth to the importer from which a project is shown [MUSD a year]."""


def weighed(evidence: PartnerEvidence) -> list[dict[str, Any]]:
    """The projects in the partner's countries that were weighed, that of most worth for its cost first."""
    if evidence.plan is None:
        return []
    rows = [
        row for row in evidence.plan["agreement"] if row["project"] in evidence.names and row["high"] >= LEAST_WORTH
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["low"] - row["high"], row["project"]))


def partner_together(evidence: PartnerEvidence, say: Wording) -> Written:
    """The third line: what the importer backs here, or what comes nearest to it."""
    importer = say.country(evidence.importer.key)
    rows = weighed(evidence)
    plan = evidence.plan
    if plan is None or not rows:
        return capital(say("partner.together.none", importer=importer))
    own = [row for row in plan["chosen"] if row["project"] in evidence.names]
    name = short_name_of(evidence, say, (own or rows)[0]["project"])
    return capital(
        say("partner.together.backed" if own else "partner.together.nearest", importer=importer, project=name)
    )


def short_name_of(evidence: PartnerEvidence, say: Wording, project: str) -> Written:
    """A project's short name."""
    return short_project_name(say, project, evidence.names[project])


def partner_headline(evidence: PartnerEvidence, say: Wording) -> HeadlineFigure | None:
    """Output that the importer's plan adds here; None where it adds none."""
    plan = evidence.plan
    gains = [] if plan is None else [g for g in plan["partners"] if g["country"] in evidence.seller.members]
    if plan is None or not gains:
        return None
    ids, gain = plan_ids(plan), gains[0]
    low, high = gain["value_added_low_musd"], gain["value_added_high_musd"]
    meaning = (
        say("partner.headline.gain_unknown") if low is None or high is None
        else say("partner.headline.gain_meaning", added=money_band(say, low, high, ids, PLAN))
    )  # fmt: skip
    importer = say.country(evidence.importer.key)
    return HeadlineFigure(
        (money(say, gain["output_musd"], ids, PLAN),), say("partner.headline.gain", importer=importer), meaning
    )  # fmt: skip


def partner_projects(evidence: PartnerEvidence, say: Wording) -> SummaryTable | None:
    """The partner's projects: what backing costs, what it is worth to the importer, and the split of the gain."""
    rows = weighed(evidence)[:SHOWN]
    if evidence.plan is None or not rows:
        return None
    ids = plan_ids(evidence.plan)
    none = say.catalogue.numerals.number(None)
    cells = tuple(
        (
            short_name_of(evidence, say, row["project"]),
            (number(say, row["low"], ids, PLAN),),
            (number(say, row["high"], ids, PLAN),),
            (none,) if row["nash"] is None else (number(say, row["nash"], ids, PLAN),),
        )
        for row in rows
    )
    unit = say.plain("partner.projects.unit")
    columns = tuple(
        SummaryColumn(say.plain(f"partner.projects.{name}"), "" if name == "project" else unit, name != "project")
        for name in ("project", "cost", "worth", "split")
    )
    paying = sum(row["nash"] is not None for row in weighed(evidence))
    key = "partner.projects.some" if paying else "partner.projects.none"
    return SummaryTable(
        "partner-projects", capital(say(key, importer=say.country(evidence.importer.key))), columns, cells
    )
