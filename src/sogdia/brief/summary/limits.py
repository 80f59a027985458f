"""What the two pages do not see, in three statements that a reader should keep in mind beside every figure."""

from __future__ import annotations

from sogdia.brief.summary.cited import Wording, Written
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.exposed import TRADE, VALUE, unseen
from sogdia.brief.summary.figures import count
from sogdia.brief.summary.parts import Sentences

NAMED = 4


def limits(evidence: SummaryEvidence, say: Wording) -> Sentences:
    """Minerals that the codes do not see, what a loss leaves out, and what the plan leaves out."""
    said: list[Written] = []
    hidden = unseen(evidence)
    if hidden:
        ids = evidence.exposure.measure_sources(VALUE)
        some = say.listed(say.mineral(key) for key in hidden[:NAMED])
        said.append(say("summary.limits.unseen", n=count(say, len(hidden), ids, TRADE), some=some))
    said.append(say("summary.limits.losses"))
    if evidence.plan is not None:
        said.append(say("summary.limits.plan"))
    if evidence.claims is None:
        said.append(say("summary.limits.claims", importer=say.country(evidence.importer.key)))
    return Sentences("limits", tuple(said), listed=True)
