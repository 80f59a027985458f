"""The claims of the articles against the data: every claim of the store with its finding, computed when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.claims.agreement import shown, verdict
from sogdia.claims.claim import FAILS, HOLDS, OPEN, UNDER, VERDICTS, Claim, ClaimReading, Finding
from sogdia.claims.kind import ClaimQuestion
from sogdia.claims.registry import kinds
from sogdia.claims.settings import checks
from sogdia.data import Store
from sogdia.data.provenance import citations
from sogdia.errors import unknown

DEFINITIONS = (
    "A figure bears a claim out if it lies within the tolerance of the check, a share of the stated figure, which is "
    "rounded.",
    "Holds under definition: some ways to measure it agree and others do not, or the figure that agrees means another "
    "thing than the words say.",
)
LONG = {
    "mineral": pl.String, "year": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String, "claim_id": pl.String, "definition": pl.String,
    "agrees": pl.Boolean, "verdict": pl.String, "evidence": pl.String,
}  # fmt: skip
IN_TITLE = {HOLDS: "hold", UNDER: "under one definition", FAILS: "do not hold", OPEN: "cannot be checked"}
STATED, OURS = "stated", "ours"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Claims(Answer):
    """findings: one for each claim asked for, in the order of the store."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = field(default=DEFINITIONS, repr=False)

    @property
    def title(self) -> str:
        """How many claims, and how many of each verdict."""
        counts = ", ".join(f"{count} {IN_TITLE[name]}" for name, count in self.counts().items() if count)
        return f"{len(self.findings)} claim{'' if len(self.findings) == 1 else 's'}: {counts}"

    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return {name: sum(f.verdict == name for f in self.findings) for name in VERDICTS}

    def table(self) -> pl.DataFrame:
        """One row for the stated figure of each claim and one for each reading; columns of `LONG` after the keys."""
        rows = [row for finding in self.findings for row in _rows(finding)]
        return tidy(pl.DataFrame(rows, schema=LONG))

    def sources(self) -> tuple[str, ...]:
        """Ids of every source behind a reading or a statement."""
        return each_once(*(finding.source_ids for finding in self.findings))

    def records(self) -> list[dict[str, Any]]:
        """The findings as plain values, one for each claim."""
        return [finding.to_dict() for finding in self.findings]

    def to_dict(self) -> dict[str, Any]:
        """The findings with counts, notes and sources as plain values."""
        return {
            "claims": self.records(), "counts": self.counts(), "notes": list(self.notes),
            "sources": citations(self.sources()),
        }  # fmt: skip


def claims(store: Store, wanted: Sequence[str] | None = None) -> Claims:
    """Every claim of the store, or those named by their id, each judged by its checks.

    A claim that no row of the checks names cannot be checked. UnknownNameError for an id that the store does not have.
    """
    known = {claim.claim_id: claim for claim in map(Claim.of_row, store.rows("claims").to_dicts())}
    ids = list(known) if wanted is None else [_named(text, known) for text in wanted]
    return Claims(tuple(found(store, known[claim_id]) for claim_id in dict.fromkeys(ids)))


def importers() -> frozenset[str]:
    """The countries whose imports the claims are about."""
    return frozenset(row.importer for rows in checks().values() for row in rows if row.importer is not None)


def found(store: Store, claim: Claim) -> Finding:
    """The finding on one claim."""
    known, readings, methods = kinds(), [], []
    for row in checks().get(claim.claim_id, ()):
        if row.check not in known:
            raise unknown("check of claims", row.check, known)
        kind = known[row.check]
        readings += list(kind.read(ClaimQuestion(claim, row, store)))
        methods.append(kind.method)
    judged = tuple(readings)
    return Finding(claim, verdict(judged), shown(claim, judged), judged, each_once(methods))


def _named(text: str, known: dict[str, Claim]) -> str:
    meant = text.strip().upper()
    if meant not in known:
        raise unknown("claim", text, known)
    return meant


def _rows(finding: Finding) -> list[dict[str, Any]]:
    claim = finding.claim
    both = {"mineral": claim.mineral, "claim_id": claim.claim_id, "verdict": finding.verdict, "stat": "value"}
    stated = {
        **both, "year": str(claim.year), "variable": STATED, "unit": claim.unit, "value": claim.value,
        "source_id": claim.source_id, "definition": claim.statement, "agrees": None, "evidence": None,
    }  # fmt: skip
    return [stated, *({**both, **_row(reading)} for reading in finding.readings)]


def _row(reading: ClaimReading) -> dict[str, Any]:
    return {
        "year": reading.year, "variable": OURS, "unit": reading.unit, "value": reading.value,
        "source_id": SEPARATOR.join(reading.source_ids), "definition": reading.definition,
        "agrees": reading.agrees, "evidence": reading.evidence,
    }  # fmt: skip
