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

    def money_and_band(self, central: float, low: float, high: float) -> tuple[str, str, str]:
        """An amount and its bounds, which leave the currency out, and the word of size where all three have the same.

        >>> EnglishNumerals().money_and_band(2_760.0, 1_730.0, 6_610.0)
        ('USD\\u202f2.76 billion', '1.73', '6.61')
        >>> EnglishNumerals().money_and_band(406.0, 464.0, 1_410.0)
        ('USD\\u202f406 million', '464 million', '1.41 billion')
        """
        written = [self.sized(rounded(musd * USD_PER_MUSD)) for musd in (central, low, high)]
        alike = len({size for digits, size in written if digits != "0"}) == 1
        least, most = (digits if alike else self.joined(digits, size) for digits, size in written[1:])
        return self.money(central), least, most

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
