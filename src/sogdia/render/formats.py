"""Named formats that write a number with sensible digits; an unknown value is a dash, never a zero."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

UNKNOWN = "–"
MINUS = "\u2212"
THIN = "\u202f"
SMALLEST_SHARE = 0.0005


@dataclass(frozen=True, slots=True)
class Format:
    """write: a value as text in the report; excel: the number format of the same column; numeric: right-aligned."""

    write: Callable[[object], str]
    excel: str
    numeric: bool


def share(value: object) -> str:
    """A fraction as a percentage with one decimal.

    >>> share(0.6613), share(0.0001), share(0.0), share(None)
    ('66.1\u202f%', '<0.1\u202f%', '0\u202f%', '–')
    """
    number = _number(value)
    if number is None:
        return UNKNOWN
    if number in (0.0, 1.0):
        return f"{100 * number:.0f}{THIN}%"
    if 0 < number < SMALLEST_SHARE:
        return f"<0.1{THIN}%"
    if 1 - SMALLEST_SHARE < number < 1:
        return f">99.9{THIN}%"
    return _typeset(f"{100 * number:.1f}{THIN}%")


def threshold(value: float) -> str:
    """A limit that is a whole number of per cent.

    >>> threshold(0.01)
    '1\u202f%'
    """
    return f"{100 * value:.0f}{THIN}%"


def part(value: object) -> str:
    """A share inside a sentence.

    >>> part(0.6613), part(0.0001), part(None)
    ('66.1\u202f%', 'less than 0.1\u202f%', 'an unknown part')
    """
    if _number(value) is None:
        return "an unknown part"
    return share(value).replace("<", "less than ").replace(">", "more than ")


def amount(value: object) -> str:
    """A quantity to three significant digits, thousands set apart.

    >>> amount(24149.06), amount(0.0123), amount(-7.6), amount(None)
    ('24,100', '0.0123', '−7.60', '–')
    """
    number = _number(value)
    if number is None:
        return UNKNOWN
    if number == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(number)))
    rounded = round(number, digits)
    return _typeset(f"{rounded:,.{max(digits, 0)}f}")


def index(value: object) -> str:
    """An index or score with two decimals."""
    number = _number(value)
    return UNKNOWN if number is None else _typeset(f"{number:.2f}")


def slope(value: object) -> str:
    """A change per year, with its sign.

    >>> slope(0.0123), slope(-0.02), slope(0.0)
    ('+0.012', '−0.020', '0.000')
    """
    number = _number(value)
    if number is None:
        return UNKNOWN
    return _typeset(f"{number:+.3f}") if round(number, 3) else "0.000"


def count(value: object) -> str:
    """A whole number, thousands set apart."""
    number = _number(value)
    return UNKNOWN if number is None else _typeset(f"{number:,.0f}")


def year(value: object) -> str:
    """A calendar year."""
    number = _number(value)
    return UNKNOWN if number is None else f"{number:.0f}"


def text(value: object) -> str:
    """Text as it is."""
    return UNKNOWN if value is None or value == "" else str(value)


FORMATS: dict[str, Format] = {
    "share": Format(share, "0.0%", True),
    "amount": Format(amount, "#,##0.###", True),
    "index": Format(index, "0.00", True),
    "slope": Format(slope, "+0.000;-0.000;0.000", True),
    "count": Format(count, "#,##0", True),
    "year": Format(year, "0", True),
    "text": Format(text, "@", False),
    # a source's key: `source` links to the list of sources, `anchor` is the place in that list
    "source": Format(text, "@", False),
    "anchor": Format(text, "@", False),
}


def _typeset(written: str) -> str:
    """A written number with a true minus sign, which no line is broken at."""
    return written.replace("-", MINUS)


def _number(value: object) -> float | None:
    """A finite number, or None where the value is unknown."""
    if value is None or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)


def money(kusd: object) -> str:
    """A value in thousand US dollars as text with its unit.

    >>> money(515505.6), money(13.2e6), money(42.0)
    ('USD\u202f516 million', 'USD\u202f13.2 billion', 'USD\u202f42.0 thousand')
    """
    number = _number(kusd)
    if number is None:
        return "an unknown value"
    for size, name in ((1e6, "billion"), (1e3, "million")):
        if abs(number) >= size:
            return f"USD{THIN}{amount(number / size)} {name}"
    return f"USD{THIN}{amount(number)} thousand"


def tonnes(value: object) -> str:
    """A weight in tonnes as text with its unit."""
    number = _number(value)
    return "an unknown weight" if number is None else f"{amount(number)}{THIN}t"
