"""A claim as an article states it, what one definition gives for it, and the finding over all definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sogdia.answer import each_once
from sogdia.tabular.evidence import Evidence

HOLDS, UNDER, FAILS, OPEN = "holds", "holds under definition", "does not hold", "cannot be checked"
VERDICTS = (HOLDS, UNDER, FAILS, OPEN)
Relation = Literal["same", "other", "beside"]
"""How a definition stands to the words of the claim: the same thing, another that may be meant, or told beside it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of the table `claims`. value: None where the statement has no figure; qualifier: more than, or up to."""

    claim_id: str
    subject: str
    mineral: str | None
    statement: str
    qualifier: str | None
    value: float | None
    unit: str | None
    year: int
    test: str
    source_id: str
    locator: str | None
    note: str | None

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Claim:
        """The claim of a row of the store."""
        return cls(**{name: row[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """What one definition gives. value: None where it is not known; low, high: its range, None where there is none.

    agrees: whether it bears the claim out; None where it does not say: beside the claim, not known, or in another unit.
    """

    definition: str
    relation: Relation
    value: float | None
    unit: str
    year: str
    agrees: bool | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str = ""
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values."""
        return {
            "definition": self.definition, "relation": self.relation, "value": self.value, "low": self.low,
            "high": self.high, "unit": self.unit, "year": self.year, "agrees": self.agrees,
            "evidence": self.evidence, "source_ids": list(self.source_ids), "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim, with every reading behind it and how they were computed.

    shown: the reading that `ours` tells: the nearest of those that agree, else the first that differs; None where the
    claim cannot be checked.
    """

    claim: Claim
    verdict: str
    shown: ClaimReading | None
    readings: tuple[ClaimReading, ...]
    methods: tuple[str, ...]

    @property
    def definition(self) -> str | None:
        """Under which definition `ours` stands."""
        return self.shown.definition if self.shown else None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of every reading, then that of the statement."""
        return each_once(*(reading.source_ids for reading in self.readings), (self.claim.source_id,))

    @property
    def note(self) -> str:
        """What a reader has to know beside the figure."""
        own = self.shown.note if self.shown else ""
        if self.verdict == OPEN:
            own = f"It would be shown by: {self.claim.test}.{f' {own}' if own else ''}"
        return " ".join(part for part in (own, self.claim.note or "") if part)

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values; `ours` is in `ours_unit`."""
        claim, shown = self.claim, self.shown
        return {
            "claim_id": claim.claim_id, "subject": claim.subject, "statement": claim.statement,
            "qualifier": claim.qualifier, "stated": claim.value, "unit": claim.unit, "year": claim.year,
            "verdict": self.verdict, "definition": self.definition, "ours": shown.value if shown else None,
            "ours_low": shown.low if shown else None, "ours_high": shown.high if shown else None,
            "ours_unit": shown.unit if shown else None, "ours_year": shown.year if shown else None,
            "evidence": shown.evidence if shown else None, "method": " ".join(self.methods), "note": self.note,
            "source_ids": list(self.source_ids), "stated_source_id": claim.source_id,
            "readings": [reading.to_dict() for reading in self.readings],
        }  # fmt: skip
