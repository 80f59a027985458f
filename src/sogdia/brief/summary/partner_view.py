"""A partner's summary: the same two pages seen from the country that sells."""

from __future__ import annotations

from sogdia.brief.summary.cited import Wording, capital, own_names, text_of
from sogdia.brief.summary.compose import LABELS
from sogdia.brief.summary.kept import keeps_headline, keeps_line, ledger_table, needs_table
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.partner_plan import partner_headline, partner_projects, partner_together
from sogdia.brief.summary.parts import PageNumber, Sentences, Summary, SummaryBlock, SummaryLine, SummaryPart
from sogdia.brief.summary.sold import buyers_table, ladder, sales_headlines, sells_line
from sogdia.brief.summary.ways import way_blocks
from sogdia.render.languages import catalogue

TOPICS = ("headings", "ledger", "trade", "plan", "ways")


def compose_partner(evidence: PartnerEvidence, language: str = "en") -> Summary:
    """The partner's summary. UnknownNameError where there is no such language."""
    say = Wording(catalogue(language), own_names((evidence.importer, evidence.seller)))
    seller, importer = say.country(evidence.seller.key), say.country(evidence.importer.key)
    headlines = (
        *sales_headlines(evidence, say), keeps_headline(evidence, say), partner_headline(evidence, say)
    )  # fmt: skip
    return Summary(
        language=say.code,
        title=text_of(capital(say("partner.title", seller=seller, year=str(evidence.year)))),
        kicker=say.plain("partner.kicker", importer=importer),
        lines=(
            SummaryLine(say.plain("partner.line.sells"), sells_line(evidence, say)),
            SummaryLine(say.plain("partner.line.keeps"), keeps_line(evidence, say)),
            SummaryLine(say.plain("partner.line.together"), partner_together(evidence, say)),
        ),
        headlines=tuple(headline for headline in headlines if headline is not None),
        parts=_parts(evidence, say),
        labels={name: say.plain(f"summary.label.{name}") for name in LABELS},
        topics={name: say.plain(f"summary.topic.{name}") for name in TOPICS},
    )


def _parts(evidence: PartnerEvidence, say: Wording) -> tuple[SummaryPart, ...]:
    """The parts that have something to show."""
    plan = partner_projects(evidence, say)
    unplanned = Sentences("partner-plan", (say("partner.projects.unweighed"),))
    limits = tuple(say(f"partner.limits.{name}") for name in ("headings", "ledger", "needs"))
    made: tuple[tuple[str, PageNumber, tuple[SummaryBlock | None, ...]], ...] = (
        ("ladder", 1, (ladder(evidence, say),)),
        ("buyers", 1, (buyers_table(evidence, say),)),
        ("ledger", 1, (ledger_table(evidence, say),)),
        ("needs", 2, (needs_table(evidence, say),)),
        ("projects", 2, (plan or unplanned,)),
        ("ways", 2, way_blocks(evidence, say)),
        ("limits", 2, (Sentences("limits", limits, listed=True),)),
    )
    shown = ((key, page, tuple(block for block in blocks if block is not None)) for key, page, blocks in made)
    return tuple(
        SummaryPart(key, say.plain(f"partner.part.{key}"), page, blocks) for key, page, blocks in shown if blocks
    )
