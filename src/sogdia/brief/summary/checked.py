"""Three claims of articles against the data: one that fails, one that holds under a definition, one that holds.

Claims that name the importer come first, and of those the ones with a figure.
"""

from __future__ import annotations

from sogdia.brief.summary.cited import Cited, Wording, Written
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import count
from sogdia.brief.summary.parts import SummaryColumn, SummaryTable
from sogdia.claims.claim import FAILS, HOLDS, UNDER, Finding
from sogdia.render.wording import short

CLAIMS = "claims"
VERDICTS = (FAILS, UNDER, HOLDS)
KEYS = {FAILS: "fails", UNDER: "under", HOLDS: "holds"}
YEAR = "year"


def three_claims(evidence: SummaryEvidence) -> tuple[Finding, ...]:
    """At most one claim of each verdict, chosen by a fixed order."""
    if evidence.claims is None:
        return ()
    findings = [finding for finding in evidence.claims.findings if finding.shown and finding.claim.unit != YEAR]
    importer = short(evidence.importer)

    def order(finding: Finding) -> tuple[bool, bool]:
        return importer not in finding.claim.statement, not _comparable(finding)

    found = []
    for verdict in VERDICTS:
        alike = [finding for finding in findings if finding.verdict == verdict]
        found += sorted(alike, key=order)[:1]
    return tuple(found)


def _comparable(finding: Finding) -> bool:
    """Whether the stated figure and ours have one unit."""
    shown = finding.shown
    return shown is not None and finding.claim.value is not None and shown.unit == finding.claim.unit


def claims_table(evidence: SummaryEvidence, say: Wording) -> SummaryTable | None:
    """The claims with what is stated, what the data give, and the verdict; None where there are none."""
    findings = three_claims(evidence)
    if evidence.claims is None or not findings:
        return None
    columns = (
        SummaryColumn(say.plain("summary.claims.claim")),
        SummaryColumn(say.plain("summary.claims.stated"), "", True),
        SummaryColumn(say.plain("summary.claims.ours"), "", True),
        SummaryColumn(say.plain("summary.claims.verdict")),
    )
    rows = tuple(
        (
            (_statement(finding, say),),
            _figure(say, finding.claim.value, finding.claim.unit, (finding.claim.source_id,)),
            _ours(say, finding),
            (say.plain(f"summary.claims.{KEYS[finding.verdict]}"),),
        )
        for finding in findings
    )
    counts, ids = evidence.claims.counts(), evidence.claims.sources()
    caption = say(
        "summary.claims.caption",
        all=count(say, len(evidence.claims.findings), ids, CLAIMS), holds=_plain(say, counts[HOLDS], ids),
        under=_plain(say, counts[UNDER], ids), fails=_plain(say, counts[FAILS], ids),
    )  # fmt: skip
    return SummaryTable("claims", caption, columns, rows)


def _plain(say: Wording, value: int, ids: tuple[str, ...]) -> Cited:
    return Cited(say.catalogue.numerals.count(value), ids, CLAIMS)


def _statement(finding: Finding, say: Wording) -> str:
    """The claim in the language where the catalogue has it."""
    key = f"claim.{finding.claim.claim_id}"
    text = say.plain(key) if key in say.catalogue else finding.claim.statement
    return text[:1].upper() + text[1:]


def _ours(say: Wording, finding: Finding) -> Written:
    shown = finding.shown
    if shown is None:
        return (say.catalogue.numerals.number(None),)
    of_year = () if shown.year is None else (say.plain("summary.claims.of_year", year=shown.year),)
    return (*_figure(say, shown.value, shown.unit, shown.source_ids), *of_year)


def _figure(say: Wording, value: float | None, unit: str | None, ids: tuple[str, ...]) -> Written:
    """A figure with its unit; a dash where none is stated."""
    write = say.catalogue.numerals
    if value is None:
        return (write.number(None),)
    if unit == "percent":
        return (Cited(write.share(value / 100.0), ids, CLAIMS),)
    if unit == "million USD":
        return (Cited(write.money(value), ids, CLAIMS),)
    key = f"unit.{unit}"
    named = say.plain(key) if key in say.catalogue else str(unit)
    return (Cited(f"{write.number(value)} {named}", ids, CLAIMS),)
