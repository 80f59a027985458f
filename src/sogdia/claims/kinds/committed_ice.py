"""Check: which share of its glaciers a region loses at a level of warming, at equilibrium or after some years."""

from __future__ import annotations

from collections.abc import Iterator

from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimKind, ClaimQuestion
from sogdia.hazards.climate import MARKED_SHARES, OF_FIGURES, committed_loss, reached_by
from sogdia.hazards.packaged import figures
from sogdia.tabular.evidence import weakest


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The loss, percent: what is committed, or the part of it that is reached after the years of the row."""
    row, warming = question.row, question.figure("warming_c")
    loss = committed_loss(OF_FIGURES, warming)
    if loss is None:
        return
    low, central, high = loss.value.low, loss.value.central, loss.value.high
    evidence, sources = loss.evidence, loss.source_ids
    if row.years is not None:
        response = figures()["response_years"]
        reached = [reached_by(row.years, marked) for marked in MARKED_SHARES]
        low, high = low * reached[0].low, high * reached[1].high
        central *= (reached[0].central + reached[1].central) / len(reached)
        evidence, sources = weakest("derived", evidence, response.evidence), (*sources, *response.source_ids)
    year = "at equilibrium" if row.years is None else str(question.claim.year)
    yield question.reading(central, "percent", year, (*sources, *row.source_ids), low=low, high=high, evidence=evidence)


KIND = ClaimKind(
    "committed_ice",
    "Committed loss of the mass of glaciers at the warming named, of the hazard tables; by a year, times the share "
    "reached by then, 1 - (1 - marked)^(years / response).",
    read,
)
