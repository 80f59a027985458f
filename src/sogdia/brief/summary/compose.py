"""A summary composed of its parts, in one language."""

from __future__ import annotations

from sogdia.brief.summary.checked import claims_table
from sogdia.brief.summary.cited import Wording, capital, own_names, text_of
from sogdia.brief.summary.costs import cost_line, loss_table
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.exposed import concentration_headline, exposed_line, exposure_table
from sogdia.brief.summary.limits import limits
from sogdia.brief.summary.parts import HeadlineFigure, PageNumber, Summary, SummaryBlock, SummaryLine, SummaryPart
from sogdia.brief.summary.risk_picture import risk_picture
from sogdia.brief.summary.supplied import supply_headline
from sogdia.brief.summary.third_line import together_line
from sogdia.brief.summary.timeline import time_line
from sogdia.brief.summary.together import loss_headline, plan_headline, plan_words, project_table
from sogdia.brief.summary.ways import way_blocks
from sogdia.render.languages import catalogue

TOPICS = ("trade", "risk", "losses", "headings", "plan", "ways", "claims")
LABELS = ("source", "sources", "and_more", "print_note", "skip")


def compose(evidence: SummaryEvidence, language: str = "en") -> Summary:
    """The importer's summary. UnknownNameError where there is no such language."""
    say = Wording(catalogue(language), own_names((evidence.importer, *evidence.partners)))
    place = say.country(evidence.importer.key)
    partners = say.listed(say.country(partner.key) for partner in evidence.partners)
    return Summary(
        language=say.code,
        title=text_of(capital(say("summary.title", importer=place, year=str(evidence.year)))),
        kicker=say.plain("summary.kicker_partners", partners=partners) if partners else say.plain("summary.kicker"),
        lines=(
            SummaryLine(say.plain("summary.line.exposed"), exposed_line(evidence, say)),
            SummaryLine(say.plain("summary.line.cost"), cost_line(evidence, say)),
            SummaryLine(say.plain("summary.line.together"), together_line(evidence, say)),
        ),
        headlines=_headlines(evidence, say),
        parts=_parts(evidence, say),
        labels={name: say.plain(f"summary.label.{name}") for name in LABELS},
        topics={name: say.plain(f"summary.topic.{name}") for name in TOPICS},
    )


def _headlines(evidence: SummaryEvidence, say: Wording) -> tuple[HeadlineFigure, ...]:
    made = (
        concentration_headline(evidence, say), loss_headline(evidence, say), supply_headline(evidence, say),
        plan_headline(evidence, say),
    )  # fmt: skip
    return tuple(headline for headline in made if headline is not None)


def _parts(evidence: SummaryEvidence, say: Wording) -> tuple[SummaryPart, ...]:
    """The parts that have something to show."""
    made: tuple[tuple[str, PageNumber, tuple[SummaryBlock | None, ...]], ...] = (
        ("picture", 1, (risk_picture(evidence, say),)),
        ("exposures", 1, (exposure_table(evidence, say),)),
        ("losses", 1, (loss_table(evidence, say),)),
        ("plan", 2, (project_table(evidence, say), time_line(evidence, say), plan_words(evidence, say))),
        ("ways", 2, way_blocks(evidence, say)),
        ("claims", 2, (claims_table(evidence, say),)),
        ("limits", 2, (limits(evidence, say),)),
    )
    shown = ((key, page, tuple(block for block in blocks if block is not None)) for key, page, blocks in made)
    return tuple(
        SummaryPart(key, say.plain(f"summary.part.{key}"), page, blocks) for key, page, blocks in shown if blocks
    )
