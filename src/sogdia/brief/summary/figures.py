"""How figures of the summary are written, each with its sources: money, shares, numbers and bands."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.brief.summary.cited import Cited, Wording
from sogdia.units import KUSD_PER_MUSD


def money(say: Wording, musd: float | None, source_ids: Sequence[str], topic: str) -> Cited:
    """Millions of US dollars with the unit."""
    return Cited(say.catalogue.numerals.money(musd), tuple(source_ids), topic)


def money_band(
    say: Wording, low: float | None, high: float | None, source_ids: Sequence[str], topic: str
) -> Cited:  # fmt: skip
    """A band of millions of US dollars with the unit."""
    return Cited(say.catalogue.numerals.money_range(low, high), tuple(source_ids), topic)


def number(say: Wording, value: float | None, source_ids: Sequence[str], topic: str) -> Cited:
    """A quantity to three significant digits; the unit stands in the heading or the sentence."""
    return Cited(say.catalogue.numerals.number(value), tuple(source_ids), topic)


def band(say: Wording, low: float | None, high: float | None, source_ids: Sequence[str], topic: str) -> Cited:
    """Two ends of a band; the unit stands in the heading."""
    write = say.catalogue.numerals
    return Cited(f"{write.number(low)} {write.dash} {write.number(high)}", tuple(source_ids), topic)


def share(say: Wording, value: float | None, source_ids: Sequence[str], topic: str) -> Cited:
    """A fraction as a percentage."""
    return Cited(say.catalogue.numerals.share(value), tuple(source_ids), topic)


def count(say: Wording, value: int, source_ids: Sequence[str], topic: str) -> Cited:
    """A whole number; the form of the sentence follows it."""
    return Cited(say.catalogue.numerals.count(value), tuple(source_ids), topic, number=value)


def million(kusd: float | None) -> float | None:
    """Thousand as million."""
    return None if kusd is None else kusd / KUSD_PER_MUSD
