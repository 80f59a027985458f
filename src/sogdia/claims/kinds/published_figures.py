"""Check: what others published on the subject, each figure with its own definition, year and address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sogdia.claims.agreement import agrees
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimKind, ClaimQuestion
from sogdia.claims.settings import published


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """A reading for each published figure of the claim."""
    for figure in published().get(question.claim.claim_id, ()):
        made = question.reading(
            figure.value, figure.unit, figure.year, figure.source_ids, definition=figure.definition,
            low=figure.low, high=figure.high, evidence=figure.evidence, note=figure.note,
        )  # fmt: skip
        judged = agrees(question.claim, figure.value, figure.unit, question.row.tolerance or 0.0, figure.relation)
        yield replace(made, relation=figure.relation, agrees=judged)


KIND = ClaimKind("published_figures", "Published figures, each compared with the stated one.", read)
