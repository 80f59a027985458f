"""Japanese: one form of a noun, and numbers that count in ten thousands (万, 億, 兆)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from sogdia.render.formats import MINUS, UNKNOWN
from sogdia.render.languages.language import Form, Language
from sogdia.render.languages.numerals import Numerals, rounded

SIZES = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))
LEAST_WHOLE = 100
"""Amounts from here on are whole numbers."""


class JapaneseNumerals(Numerals):
    """Numbers as in 5億8,900万ドル.

    >>> write = JapaneseNumerals()
    >>> write.number(24149.06), write.share(0.6613), write.share(0.0123), write.money(None)
    ('24,100', '66%', '1.2%', '–')
    >>> write.money(589.3), write.money(13_240), write.money(0.042), write.money(1_234_567), write.money(-7.61)
    ('5億8,900万ドル', '132億ドル', '4万2,000ドル', '1兆2,300億ドル', '−761万ドル')
    >>> write.money_range(120, 340), write.money_range(60, 1_200)
    ('1億2,000万〜3億4,000万ドル', '6,000万〜12億ドル')
    """

    decimal, thousands, per_cent, dash = ".", ",", "%", "\u301c"
    dollars = ("", "ドル")

    def sized(self, value: float) -> tuple[str, str]:
        """A rounded number with the words of its sizes inside its digits.

        >>> [JapaneseNumerals().sized(value)[0] for value in (589e6, 1e4, 950.0, 0.0, 2.5)]
        ['5億8,900万', '1万', '950', '0', '2.50']
        """
        if abs(value) < LEAST_WHOLE:
            return self.number(value), ""
        rest, written = round(abs(value)), ""
        for size, word in SIZES:
            part, rest = divmod(rest, size)
            written += f"{part:,}{word}" if part else ""
        written += f"{rest:,}" if rest else ""
        return f"{MINUS if value < 0 else ''}{written}", ""

    def joined(self, digits: str, size: str) -> str:
        """The digits, which hold the words of their sizes."""
        return f"{digits}{size}"

    def tonnes(self, value: float | None) -> str:
        """A weight in tonnes with its unit.

        >>> JapaneseNumerals().tonnes(123_456), JapaneseNumerals().tonnes(2.5)
        ('12万3,000トン', '2.50トン')
        """
        return UNKNOWN if value is None or not math.isfinite(value) else f"{self.sized(rounded(value))[0]}トン"

    def day(self, value: date) -> str:
        """A date.

        >>> JapaneseNumerals().day(date(2026, 11, 5))
        '2026年11月5日'
        """
        return f"{value.year}年{value.month}月{value.day}日"

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence.

        >>> JapaneseNumerals().listed(["銅", "亜鉛", "スズ"])
        '銅、亜鉛、スズ'
        """
        return "、".join(names)


def form(number: int) -> Form:
    """The one form of a noun.

    >>> form(1), form(2)
    ('other', 'other')
    """
    del number
    return "other"


JAPANESE = Language("ja", "Japanese", "日本語", ("other",), form, JapaneseNumerals())
