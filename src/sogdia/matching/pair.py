"""The record of one product that is needed, offered, or both, with a source for every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NEED, OFFER = "need", "offer"
"""Sides of a figure."""
TO_IMPORTER, TO_PARTNER = "to_importer", "to_partner"
"""Directions: what the partner can offer the importer, and the other way round."""
SUPPLIES, COULD_SUPPLY, NOT_YET, NOT_OFFERED, NO_NEED = (
    "supplies", "could_supply", "not_yet", "not_offered", "no_need_on_record",
)  # fmt: skip
FITS: Mapping[str, str] = MappingProxyType({
    SUPPLIES: "sells it to the buyer today",
    COULD_SUPPLY: "makes or exports it, and sells the buyer none on record",
    NOT_YET: "has reserves or a project, and no output or exports that count",
    NOT_OFFERED: "needed, and not made; sales of less than 1 % of the need by who makes none are no offer",
    NO_NEED: "offered, and not bought on record, or for less than 100,000 USD",
})  # fmt: skip
"""What each fit means, in the order in which the pairs stand."""
LEAST_OFFER = 0.01
"""Of the buyer's purchases: exports of a seller without output of its own that are less are passing trade."""
LEAST_NEED_KUSD = 100.0
"""Purchases of less are no need."""


@dataclass(frozen=True, slots=True)
class SidedFigure:
    """One figure of a pair. year: that it speaks of; reason: why the value is None."""

    side: str
    variable: str
    unit: str
    value: float | None
    year: str | None
    source_ids: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NeedOffer:
    """A mineral, a product of processing or a four-digit heading between a buyer and a seller.

    kind: mineral, product or heading; code: its key or heading; mineral: what it is made of; fit: one of FITS; gaps:
    what stands between need and offer, in sentences; labels: names beside the figures (largest supplier, main buyer).
    coverage: how much of the buyer's trade in the mineral the trade codes see, null of a heading; missing_codes: those
    that would show the rest.
    """

    direction: str
    kind: str
    code: str
    name: str
    mineral: str | None
    stage: str | None
    buyer: str
    seller: str
    fit: str
    gaps: tuple[str, ...]
    figures: tuple[SidedFigure, ...]
    labels: Mapping[str, str | None] = field(default_factory=dict)
    coverage: str | None = None
    missing_codes: tuple[str, ...] = ()

    def value(self, side: str, variable: str) -> float | None:
        """A figure of the pair; None where it is not known or does not belong to this kind of pair."""
        return next((f.value for f in self.figures if (f.side, f.variable) == (side, variable)), None)


def offered(made: float | None, exports: float | None, bought: float | None) -> float | None:
    """What a seller has to offer: its output, or exports that are more than passing trade: LEAST_OFFER of the need.

    >>> offered(None, 7.34, 2e6), offered(3.0, 7.34, 2e6), offered(None, 5e4, 2e6)
    (None, 7.34, 50000.0)
    """
    passing = bool(exports) and bool(bought) and (exports or 0.0) < LEAST_OFFER * (bought or 0.0)
    return None if passing and not made else exports or made


def fit_of(pair_sales: float | None, made: float | None, prospects: float, bought: float | None) -> str:
    """The fit of a pair. pair_sales: from seller to buyer; made: what the seller has to offer; prospects: its reserves
    and projects; bought: the buyer's purchases from anybody.

    >>> fit_of(5.0, 9.0, 0.0, 2e4), fit_of(None, 9.0, 0.0, 2e4)
    ('supplies', 'could_supply')
    >>> fit_of(None, None, 1.0, 2e4), fit_of(None, 9.0, 0.0, 20.0)
    ('not_yet', 'no_need_on_record')
    """
    if pair_sales:
        return SUPPLIES
    if not bought or bought < LEAST_NEED_KUSD:
        return NO_NEED
    if made:
        return COULD_SUPPLY
    return NOT_YET if prospects else NOT_OFFERED
