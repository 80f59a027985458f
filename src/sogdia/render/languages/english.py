"""English: how it counts nouns and writes numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sogdia.render import formats
from sogdia.render.formats import THIN
from sogdia.render.languages.language import Form, Language
from sogdia.render.languages.numerals import USD_PER_MUSD, Numerals, rounded
from sogdia.render.wording import join

SIZES = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class EnglishNumerals(Numerals):
    """Numbers as in "USD 589 million".

    >>> write = EnglishNumerals()
    >>> write.number(24149.06), write.count(12345), write.share(0.6613), write.share(0.9996), write.money(None)
    ('24,100', '12,345', '66\\u202f%', '>99.9\\u202f%', '–')
    >>> write.money(589.3), write.money_range(120, 340), write.money_range(900, 1_200)
    ('USD\\u202f589 million', 'USD\\u202f120–340 million', 'USD\\u202f900 million–1.20 billion')
    """

    decimal, thousands, per_cent, dash = ".", ",", f"{THIN}%", "\u2013"
    dollars = (f"USD{THIN}", "")

    def sized(self, value: float) -> tuple[str, str]:
        """A rounded number as its digits and the word of its size.

        >>> EnglishNumerals().sized(1.2e9), EnglishNumerals().sized(950.0)
        (('1.20', 'billion'), ('950', ''))
        """
        for size, word in SIZES:
            if abs(value) >= size:
                return formats.amount(value / size), word
        return formats.amount(value), ""

    def joined(self, digits: str, size: str) -> str:
        """The digits with the word of their size."""
        return f"{digits} {size}".strip()

    def money_pair(self, first: float, second: float) -> tuple[str, str]:
        """An amount and a second one in the size of word of the first, which is said once.

        >>> EnglishNumerals().money_pair(406.0, 1_410.0), EnglishNumerals().money_pair(950.0, 0.0)
        (('USD\\u202f406 million', '1,410'), ('USD\\u202f950 million', '0'))
        """
        amount = rounded(abs(first) * USD_PER_MUSD)
        size, word = next(((size, word) for size, word in SIZES if amount >= size), (1.0, ""))
        digits = [formats.amount(musd * USD_PER_MUSD / size) for musd in (first, second)]
        before, after = self.dollars
        return f"{before}{self.joined(digits[0], word)}{after}", digits[1]

    def tonnes(self, value: float | None) -> str:
        """A weight in tonnes with its unit."""
        return formats.UNKNOWN if value is None else f"{self.number(value)}{THIN}t"

    def day(self, value: date) -> str:
        """A date.

        >>> EnglishNumerals().day(date(2026, 11, 5))
        '5 November 2026'
        """
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""
        return join(names)


def form(number: int) -> Form:
    """The form of a noun after a whole number.

    >>> form(1), form(0), form(21)
    ('one', 'other', 'other')
    """
    return "one" if number == 1 else "other"


ENGLISH = Language("en", "English", "English", ("one", "other"), form, EnglishNumerals())
