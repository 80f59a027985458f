"""How wide a text is drawn, by a table of letter widths, so that no name is clipped or runs into its neighbour.

Widths are those of Helvetica (Adobe font metrics), which Arial and Liberation Sans share, in thousandths of the size.
Characters of East Asia take a whole em, all others that the table lacks 0.6 em.
"""

from __future__ import annotations

import re
import unicodedata

from sogdia.render.plot.spoken import own

_BY_WIDTH = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jckvxyzs", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_EAST_ASIAN = frozenset("WF")
_OTHER, _FULL = 600, 1000
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENS, _CLOSES = (
    "\u3008-\u3010\uff08",
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u301c\u30fb\u30fc\uff09\uff0c\uff1a\uff1b",
)
_UNBROKEN = re.compile(rf"\s*(?:[{_OPENS}]*[{_WIDE}][{_CLOSES}]*|[^\s{_WIDE}]+[{_CLOSES}]*)")
"""What stands in one line: a word, or a character of East Asia with its marks."""
SAFETY = 1.05
"""The reader's font may be a little wider than the table's."""


def text_width(text: str, size: float) -> float:
    """Width of a text of this size [pixels].

    >>> round(text_width("Japan", 12), 1), round(text_width("日本", 12), 1)
    (34.3, 25.2)
    """
    return SAFETY * size * sum(map(_width, own(text))) / 1000


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _WIDTHS:
        return _WIDTHS[plain]
    return _FULL if unicodedata.east_asian_width(letter) in _EAST_ASIAN else _OTHER


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text in lines of at most `room` pixels, broken at spaces and between characters of East Asia; a word that is
    longer stands in a line of its own.

    >>> wrapped("share of imports", 12, 60), wrapped("輸入の割合（重量）", 12, 60)
    (['share of', 'imports'], ['輸入の割', '合（重', '量）'])
    """
    lines: list[str] = []
    for part in _UNBROKEN.findall(own(text)):
        if lines and text_width(lines[-1] + part, size) <= room:
            lines[-1] += part
        else:
            lines.append(part.strip())
    return lines or [""]
