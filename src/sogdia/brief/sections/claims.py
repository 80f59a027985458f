"""What articles claim about the importer and the region, and what the data say of it."""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.claims import Claims
from sogdia.claims.claim import FAILS, HOLDS, OPEN, UNDER, Finding
from sogdia.render.blocks import Column, Section, Table
from sogdia.render.formats import amount, year
from sogdia.render.wording import counted

SHOWN_FIRST = ("C06", "C01", "C15")
"""The claims on top: the trade in question, the reserves, and the one that is far off."""
YEAR = "year"
SCHEMA: dict[str, Any] = {
    "claim": pl.String, "statement": pl.String, "said": pl.String, "found": pl.String, "stated": pl.Float64,
    "unit": pl.String, "ours": pl.Float64, "ours_unit": pl.String, "verdict": pl.String, "definition": pl.String,
    "year": pl.String, "evidence": pl.String,
}  # fmt: skip


def section(report: Report) -> Section | None:
    """The table of claims; None where no claim is about the importer, or the report is on some minerals alone."""
    if report.claims is None:
        return None
    return PART.section(_lead(report.claims), (_table(report.claims),))


def _lead(claims: Claims) -> str:
    counts = claims.counts()
    return (
        f"Of {counted(len(claims.findings), 'claim')} that articles make about Japan and Central Asia, {counts[HOLDS]} "
        f"hold as they stand, {counts[UNDER]} under one definition and not another, {counts[FAILS]} do not hold, and "
        f"{counts[OPEN]} cannot be checked."
    )


def _table(claims: Claims) -> Table:
    first = {claim_id: place for place, claim_id in enumerate(SHOWN_FIRST)}
    ordered = sorted(claims.findings, key=lambda finding: first.get(finding.claim.claim_id, len(first)))
    return Table(
        key="claims",
        frame=pl.DataFrame([_row(finding) for finding in ordered], schema=SCHEMA),
        columns=(
            Column("claim", "Claim", "text"),
            Column("statement", "Statement", "text"),
            Column("said", "Stated", "text"),
            Column("found", "Ours", "text", "", "the figure that agrees best, else the first that differs"),
            Column("stated", "Stated figure", "amount", shown=False),
            Column("unit", "Unit", "text", shown=False),
            Column("ours", "Our figure", "amount", shown=False),
            Column("ours_unit", "Unit of ours", "text", shown=False),
            Column("verdict", "Verdict", "text"),
            Column("definition", "Definition of ours", "text"),
            Column("year", "Years of ours", "text", shown=False),
            Column("evidence", "Evidence", "text", "", "of ours: seen, derived or assumed"),
        ),
        caption="Claims of articles, each with the figure of the data that speaks to it.",
        source_ids=claims.sources(),
    )


def _row(finding: Finding) -> dict[str, Any]:
    claim, ours = finding.claim, finding.shown
    return {
        "claim": claim.claim_id, "statement": claim.statement,
        "said": _words(claim.value, claim.unit, claim.qualifier),
        "found": _words(ours.value, ours.unit) if ours else None, "stated": claim.value, "unit": claim.unit,
        "ours": ours.value if ours else None, "ours_unit": ours.unit if ours else None, "verdict": finding.verdict,
        "definition": ours.definition if ours else None, "year": ours.year if ours else None,
        "evidence": ours.evidence if ours else None,
    }  # fmt: skip


def _words(value: float | None, unit: str | None, qualifier: str | None = None) -> str | None:
    """A figure with its unit; a year stands alone."""
    if value is None:
        return None
    figure = year(value) if unit == YEAR else f"{amount(value)} {unit}"
    return f"{qualifier} {figure}" if qualifier else figure


PART = Part("claims", "Claims of articles", 85, section, lambda report: (report.claims,) if report.claims else ())
