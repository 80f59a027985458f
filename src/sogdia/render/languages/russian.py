"""Russian: three forms of a counted noun, a comma before decimals and a space between thousands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from sogdia.render import formats
from sogdia.render.languages.language import Form, Language
from sogdia.render.languages.numerals import Numerals, rounded

SPACE = "\u00a0"
"""A space at which no line is broken."""
SIZES = ((1e12, "трлн"), (1e9, "млрд"), (1e6, "млн"), (1e3, "тыс."))
LEAST_SIZED = 1e5
"""Weights below this are written in full."""
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


class RussianNumerals(Numerals):
    """Numbers as in "589 млн долл.".

    >>> write = RussianNumerals()
    >>> write.number(24149.06), write.number(-7.6), write.share(0.6613), write.share(0.0123), write.money(None)
    ('24\\xa0100', '−7,60', '66\\xa0%', '1,2\\xa0%', '–')
    >>> write.money(589.3), write.money(1_234), write.money_range(120, 340)
    ('589\\xa0млн\\xa0долл.', '1,23\\xa0млрд\\xa0долл.', '120–340\\xa0млн\\xa0долл.')
    """

    decimal, thousands, per_cent, dash = ",", SPACE, f"{SPACE}%", "\u2013"
    dollars = ("", f"{SPACE}долл.")

    def sized(self, value: float) -> tuple[str, str]:
        """A rounded number as its digits and the word of its size."""
        for size, word in SIZES:
            if abs(value) >= size:
                return self.number(value / size), word
        return self.number(value), ""

    def joined(self, digits: str, size: str) -> str:
        """The digits with the word of their size."""
        return f"{digits}{SPACE}{size}" if size else digits

    def tonnes(self, value: float | None) -> str:
        """A weight in tonnes with its unit.

        >>> RussianNumerals().tonnes(123_456), RussianNumerals().tonnes(24_149)
        ('123\\xa0тыс.\\xa0т', '24\\xa0100\\xa0т')
        """
        if value is None or not math.isfinite(value):
            return formats.UNKNOWN
        written = self.number(value) if abs(value) < LEAST_SIZED else self.joined(*self.sized(rounded(value)))
        return f"{written}{SPACE}т"

    def day(self, value: date) -> str:
        """A date.

        >>> RussianNumerals().day(date(2026, 11, 5))
        '5 ноября 2026\\xa0г.'
        """
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}{SPACE}г."

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence.

        >>> RussianNumerals().listed(["медь", "цинк", "олово"])
        'медь, цинк и олово'
        """
        return f"{', '.join(names[:-1])} и {names[-1]}" if len(names) > 1 else "".join(names)


def form(number: int) -> Form:
    """The form of a noun after a whole number.

    >>> [form(n) for n in (1, 3, 5, 11, 12, 21, 22, 111)]
    ['one', 'few', 'many', 'many', 'many', 'one', 'few', 'many']
    """
    units, tens = abs(number) % 10, abs(number) % 100
    if units == 1 and tens != 11:
        return "one"
    return "few" if units in (2, 3, 4) and tens not in (12, 13, 14) else "many"


RUSSIAN = Language("ru", "Russian", "русский", ("one", "few", "many"), form, RussianNumerals())
