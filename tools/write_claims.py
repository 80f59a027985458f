"""Write the tables of docs/claims.md, each between its two marks, from the embedded data.

    python tools/write_claims.py

What stands outside the marks is written by hand and stays. A test compares the page with `tables`.
"""

from __future__ import annotations

from pathlib import Path

from sogdia.claims import Claims, claims, kinds
from sogdia.claims.claim import ClaimReading, Finding
from sogdia.data import Store, open_store
from sogdia.files import write_text
from write_hindcast import filled
from write_stakes import table

PAGE = Path(__file__).parents[1] / "docs" / "claims.md"
MARKS = {True: "agrees", False: "differs", None: "beside"}


def main() -> None:
    """Write the page."""
    write_text(PAGE, filled(PAGE.read_text(encoding="utf-8"), tables(open_store())))


def tables(store: Store) -> dict[str, list[str]]:
    """Name of a table -> its lines."""
    answer = claims(store)
    return {"verdicts": verdicts(answer), "readings": readings(answer), "kinds": kinds_of_checks()}


def verdicts(answer: Claims) -> list[str]:
    """Every claim with its verdict."""
    rows = (
        (finding.claim.claim_id, finding.claim.statement, _stated(finding), _ours(finding.shown), finding.verdict,
         (finding.definition or "") if finding.shown and finding.shown.agrees else "")
        for finding in answer.findings
    )  # fmt: skip
    heads = ("claim", "statement", "stated", "ours", "verdict", "by this definition")
    return [f"{answer.title}.", "", *table(heads, rows)]


def readings(answer: Claims) -> list[str]:
    """Every reading behind the verdicts."""
    rows = (
        (finding.claim.claim_id, _ours(reading), "not known" if reading.value is None else MARKS[reading.agrees],
         reading.definition, reading.year, reading.evidence, ", ".join(reading.source_ids) if _few(reading) else
         f"{len(reading.source_ids)} sources")
        for finding in answer.findings
        for reading in finding.readings
    )  # fmt: skip
    return table(("claim", "ours", "", "definition", "year", "evidence", "sources"), rows)


def kinds_of_checks() -> list[str]:
    """Every kind of check and how it computes."""
    return table(("check", "how it computes"), ((kind.name, kind.method) for kind in kinds().values()))


def _few(reading: ClaimReading) -> bool:
    return len(reading.source_ids) <= len(MARKS)


def _stated(finding: Finding) -> str:
    claim = finding.claim
    return "" if claim.value is None else f"{claim.qualifier or ''} {claim.value:g} {claim.unit}".strip()


def _ours(reading: ClaimReading | None) -> str:
    if reading is None or reading.value is None:
        return ""
    ends = "" if reading.low is None or reading.high is None else f" ({reading.low:.3g} to {reading.high:.3g})"
    figure = f"{reading.value:.0f}" if reading.unit in {"year", "jobs"} else f"{float(f'{reading.value:.3g}'):g}"
    return f"{figure} {reading.unit}{ends}"


if __name__ == "__main__":
    main()
