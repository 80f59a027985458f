"""Sizes and kinds of restrictions as people write them: "about 1.0 of exports", "-36 % of output", "export ban".

A size is read where one figure says it beyond doubt, in this order:

1. the change after an arrow, as in "15.3 Mt to 1.05 Mt => -0.93"; the last one where there are several
2. a fraction of exports or output, as in "about 0.4 of exports"
3. the only percentage of the text, as in "output cut by 36 %"
4. all of it: "all exports", "full stop", "total ban", "no exports"

Everything else is no size: it is kept as text, and the event takes the usual size of its kind.
"""

from __future__ import annotations

import re

ARROW = re.compile(r"=>\s*[-\u2212]?\s*(\d+(?:\.\d+)?)\s*(%?)")
FRACTION = re.compile(
    r"(?<![\d.])([01]?\.\d+|1)\s+of\s+(?:[\w']+\s+){0,3}?(?:exports|output|sales|shipments|production)"
)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent|percent)")
ALL_OF_IT = re.compile(r"\b(?:all (?:exports|output|shipments)|(?:total|full) (?:ban|stop|embargo)|no exports)\b")
KINDS_BY_WORD = (
    ("quota", "export_quota"),
    ("embargo", "embargo"),
    ("ban", "export_ban"),
    ("duty", "export_duty"),
    ("tax", "export_duty"),
    ("licen", "licensing"),
    ("permit", "licensing"),
    ("corridor", "corridor_closure"),
    ("port", "corridor_closure"),
    ("rail", "corridor_closure"),
    ("strike", "output_loss"),
    ("flood", "output_loss"),
    ("cyclone", "output_loss"),
    ("dam", "output_loss"),
    ("explosion", "output_loss"),
    ("accident", "output_loss"),
    ("shut", "output_loss"),
    ("closure", "output_loss"),
    ("outage", "output_loss"),
    ("output", "output_loss"),
    ("production", "output_loss"),
)
UNSPECIFIED = "unspecified"


def size_in(text: str) -> float | None:
    """The share of exports lost that a text states, 0..1; None where it states none beyond doubt.

    >>> [size_in(text) for text in ("15.3 Mt to 1.05 Mt => -0.93", "about 0.4 of exports", "cut by 36 %", "large")]
    [0.93, 0.4, 0.36, None]
    """
    plain = text.casefold()
    arrows = ARROW.findall(plain)
    if arrows:
        figure, percent = arrows[-1]
        return _fraction(float(figure) / (100.0 if percent else 1.0))
    fractions = FRACTION.findall(plain)
    if fractions:
        return _fraction(float(fractions[0]))
    percentages = PERCENT.findall(plain)
    if len(percentages) == 1:
        return _fraction(float(percentages[0]) / 100.0)
    return 1.0 if ALL_OF_IT.search(plain) else None


def kind_in(text: str) -> str:
    """The kind of restriction that a text names first in the order of KINDS_BY_WORD; UNSPECIFIED where it names none.

    >>> kind_in("mine closed by a strike"), kind_in("about a third")
    ('output_loss', 'unspecified')
    """
    plain = text.casefold()
    return next((kind for word, kind in KINDS_BY_WORD if re.search(rf"\b{word}", plain)), UNSPECIFIED)


def _fraction(value: float) -> float | None:
    return value if 0.0 <= value <= 1.0 else None
