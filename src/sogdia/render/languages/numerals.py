"""How a language writes numbers, shares, money, weights, dates and lists; an unknown value is a dash, never a zero."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date

from sogdia.render import formats
from sogdia.render.formats import MINUS, THIN, UNKNOWN

DIGITS = 3
"""Significant digits of an amount on a page."""
USD_PER_MUSD = 1e6
WHOLE_PER_CENT = (0.0995, 0.995)
"""Shares between these are written without decimals."""


class Numerals(ABC):
    """The written numbers of one language. decimal, thousands: the marks inside a number; per_cent: what follows a
    share; dash: between two bounds; dollars: the words before and after an amount of US dollars.
    """

    decimal: str
    thousands: str
    per_cent: str
    dash: str
    dollars: tuple[str, str]

    def number(self, value: float | None) -> str:
        """A quantity to three significant digits."""
        return self.marked(formats.amount(value))

    def count(self, value: float | None) -> str:
        """A whole number."""
        return self.marked(formats.count(value))

    def share(self, value: float | None) -> str:
        """A fraction as a percentage, whole from 10 % on."""
        written = formats.share(value)
        least, most = WHOLE_PER_CENT
        if value is not None and least <= abs(value) < most:
            written = f"{100 * value:.0f}{THIN}%".replace("-", MINUS)
        return self.marked(written).replace(f"{THIN}%", self.per_cent)

    def money(self, musd: float | None) -> str:
        """Millions of US dollars as an amount with its unit, to three significant digits."""
        if musd is None or not math.isfinite(musd):
            return UNKNOWN
        before, after = self.dollars
        return f"{before}{self.joined(*self.sized(rounded(musd * USD_PER_MUSD)))}{after}"

    def money_and_band(self, central: float, low: float, high: float) -> tuple[str, str, str]:
        """An amount, and the bounds beside it. Millions of US dollars."""
        return self.money(central), self.money(low), self.money(high)

    def money_range(self, low: float | None, high: float | None) -> str:
        """A band of millions of US dollars. The unit is said once, and so is a size that both bounds have."""
        ends = [rounded(musd * USD_PER_MUSD) for musd in (low, high) if musd is not None and math.isfinite(musd)]
        if len(ends) < 2 or ends[0] == ends[1]:
            return self.money(high if len(ends) == 2 else None)
        before, after = self.dollars
        (first, size), (last, last_size) = (self.sized(end) for end in ends)
        if size == last_size:
            size = ""
        return f"{before}{self.joined(first, size)}{self.dash}{self.joined(last, last_size)}{after}"

    def marked(self, english: str) -> str:
        """A number written the English way, with the marks of the language."""
        return english.translate({ord(","): self.thousands, ord("."): self.decimal})

    @abstractmethod
    def sized(self, value: float) -> tuple[str, str]:
        """A rounded number as its digits and the word of its size, "" where it needs none."""

    @abstractmethod
    def joined(self, digits: str, size: str) -> str:
        """The digits with the word of their size."""

    @abstractmethod
    def tonnes(self, value: float | None) -> str:
        """A weight in tonnes with its unit."""

    @abstractmethod
    def day(self, value: date) -> str:
        """A date."""

    @abstractmethod
    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""


def rounded(value: float) -> float:
    """A number to three significant digits.

    >>> rounded(589_321_000.0), rounded(999_600.0), rounded(-0.0)
    (589000000.0, 1000000.0, 0.0)
    """
    return 0.0 if value == 0 else round(value, DIGITS - 1 - math.floor(math.log10(abs(value))))
