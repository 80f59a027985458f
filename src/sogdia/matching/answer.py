"""The answer to "what can a partner offer that an importer needs": pairs of needs and offers in both directions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.codes import Region
from sogdia.data.provenance import citations
from sogdia.matching.pair import FITS, TO_IMPORTER, NeedOffer

LONG = {
    "importer": pl.String, "mineral": pl.String, "stage": pl.String, "country": pl.String, "partner": pl.String,
    "year": pl.String, "variable": pl.String, "unit": pl.String, "value": pl.Float64, "source_id": pl.String,
    "direction": pl.String, "kind": pl.String, "code": pl.String, "name": pl.String, "fit": pl.String,
    "side": pl.String, "reason": pl.String, "coverage": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matching(Answer):
    """pairs: what the partner can offer the importer first, then the other way; within a direction by fit, then by what
    is or could be sold.
    """

    importer: Region
    partner: Region
    year: int
    pairs: tuple[NeedOffer, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Who offers what to whom."""
        return f"{self.importer.name} and {self.partner.name}: needs and offers, base {self.year}"

    def of(self, direction: str = TO_IMPORTER, fit: str | None = None) -> tuple[NeedOffer, ...]:
        """The pairs of a direction, and of one fit where it is given."""
        return tuple(p for p in self.pairs if p.direction == direction and fit in (None, p.fit))

    def counts(self, direction: str = TO_IMPORTER) -> dict[str, int]:
        """How many pairs of a direction have each fit."""
        counted = Counter(pair.fit for pair in self.of(direction))
        return {fit: counted[fit] for fit in FITS}

    def table(self) -> pl.DataFrame:
        """Tidy long table: importer is the buyer and partner the seller of a pair, country whose figure it is; reason
        says why a value is null.
        """
        rows = [
            (
                p.buyer, p.mineral, p.stage, p.buyer if f.side == "need" else p.seller, p.seller, f.year, f.variable,
                f.unit, f.value, SEPARATOR.join(f.source_ids) or None, p.direction, p.kind, p.code, p.name, p.fit,
                f.side, f.reason, p.coverage,
            )
            for p in self.pairs
            for f in p.figures
        ]  # fmt: skip
        return tidy(pl.DataFrame(rows, schema=LONG, orient="row"), stat="value")

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every figure."""
        return each_once(*(f.source_ids for p in self.pairs for f in p.figures))

    def to_dict(self) -> dict[str, Any]:
        """The pairs with their figures, gaps, notes and citations."""
        return {
            "importer": self.importer.key,
            "partner": self.partner.key,
            "year": self.year,
            "pairs": [_plain(pair) for pair in self.pairs],
            "fits": dict(FITS),
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }


def _plain(pair: NeedOffer) -> dict[str, Any]:
    """A pair as plain values: figures by side and variable."""
    sides: dict[str, dict[str, Any]] = {"need": {}, "offer": {}}
    for f in pair.figures:
        sides[f.side][f.variable] = {
            "value": f.value, "unit": f.unit, "year": f.year, "source_id": SEPARATOR.join(f.source_ids) or None,
            "reason": f.reason,
        }  # fmt: skip
    return {
        "direction": pair.direction, "kind": pair.kind, "code": pair.code, "name": pair.name, "mineral": pair.mineral,
        "stage": pair.stage, "buyer": pair.buyer, "seller": pair.seller, "fit": pair.fit, "gaps": list(pair.gaps),
        "coverage": pair.coverage, "missing_codes": list(pair.missing_codes), **sides, "labels": dict(pair.labels),
    }  # fmt: skip
