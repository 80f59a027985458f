"""`sogdia claims`: what articles claim, against what the data say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet

if TYPE_CHECKING:
    from sogdia.claims import ClaimReading, Claims, Finding

HEADINGS = (("Claim", "left"), ("Subject", "left"), ("Stated", "right"), ("Ours", "right"), ("Verdict", "left"))
MARKS = {True: "agrees", False: "differs", None: "beside"}
UNKNOWN = "not known"
SHORT = {"percent": "%", "million USD": "M USD", "degrees C": "C", "year": "", "times": "x"}
"""Units in the table of all claims."""


def command(
    claim: Annotated[
        list[str] | None,
        typer.Argument(callback=written.names, help="Ids of claims, to see how each was checked. Default: all."),
    ] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """Check claims of articles on Central Asia and Japan against the data: the figure, the definition, the verdict."""
    with options.named({"claim": "CLAIM"}):
        answer = setup.study("JPN", store=store).claims(claim or None)
    if as_json:
        show.print_json(answer.records())
    if as_csv:
        print(answer.table().write_csv(), end="")
    if not as_json and not as_csv:
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print_one_by_one(answer, sheet) if claim else _print_all(answer, sheet)


def _print_all(answer: Claims, sheet: AnswerSheet) -> None:
    rows = []
    for finding in answer.findings:
        claim, shown = finding.claim, finding.shown
        rows.append([
            claim.claim_id, claim.subject.replace("_", " "),
            _figure(claim.value, claim.unit, claim.qualifier),
            _figure(shown.value if shown else None, shown.unit if shown else None), finding.verdict,
        ])  # fmt: skip
    sheet.table(answer.title, HEADINGS, rows)
    for note in (*answer.notes, "`sogdia claims C06` shows what was claimed, every definition, method and source."):
        sheet.line(note)


def _print_one_by_one(answer: Claims, sheet: AnswerSheet) -> None:
    for number, finding in enumerate(answer.findings):
        if number:
            sheet.line("")
        _print_finding(finding, sheet)


def _print_finding(finding: Finding, sheet: AnswerSheet) -> None:
    claim = finding.claim
    stated = _figure(claim.value, claim.unit, claim.qualifier)
    sheet.line(f"{claim.claim_id} {claim.subject.replace('_', ' ')}: {claim.statement} ({claim.year}).", head=True)
    sheet.line(f"Stated: {stated}. Verdict: {finding.verdict}{_under(finding)}.", head=True)
    for reading in finding.readings:
        sheet.line(_line(reading), indent="  ")
    for label, text in (
        ("Note", finding.note), ("Method", " ".join(finding.methods)), ("Sources", ", ".join(finding.source_ids)),
    ):  # fmt: skip
        if text:
            sheet.line(f"{label}: {text}")


def _under(finding: Finding) -> str:
    judged = finding.shown is not None and finding.shown.agrees
    return f" ({finding.definition})" if judged else ""


def _line(reading: ClaimReading) -> str:
    """One reading: whether it agrees, the figure with its range, the definition, year and evidence."""
    if reading.value is None:
        return f"{UNKNOWN}: {reading.definition} [{reading.year}]"
    known = reading.low is not None and reading.high is not None
    ends = f" ({show.number(reading.low)} to {show.number(reading.high)})" if known else ""
    figure = f"{_figure(reading.value, reading.unit)}{ends}"
    return f"{MARKS[reading.agrees]}: {figure}: {reading.definition} [{reading.year}; {reading.evidence}]"


def _figure(value: float | None, unit: str | None, qualifier: str | None = None) -> str:
    """A figure with its unit and what stands before it; a year without commas."""
    if value is None:
        return "-"
    text = f"{value:.0f}" if unit == "year" else show.number(value)
    words = [qualifier or "", text, SHORT.get(unit or "", unit or "")]
    return " ".join(word for word in words if word)
