"""Check: how far a region warms at a level of warming of the world."""

from __future__ import annotations

from collections.abc import Iterator

from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimKind, ClaimQuestion
from sogdia.hazards.packaged import figures


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """Warming of the world times the regional amplification, with its range."""
    times, world = figures()["regional_amplification"], question.figure("warming_c")
    low, central, high = (world * end for end in (times.value.low, times.value.central, times.value.high))
    yield question.reading(
        central, "degrees C", str(question.claim.year), (*times.source_ids, *question.row.source_ids),
        low=low, high=high, evidence=times.evidence, note=f"Amplification: {times.note}.",
    )  # fmt: skip


KIND = ClaimKind(
    "regional_warming", "Warming of the world times the regional amplification of the hazard tables.", read
)
