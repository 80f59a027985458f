"""An English text with its names and numbers marked, so that a sentence is known by what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sogdia.codes import countries, regions
from sogdia.data.embedded import snapshot
from sogdia.data.products import ProductTables
from sogdia.render.wording import short, the

Kind = Literal["n", "usd", "country", "mineral"]
SIGNS: Mapping[Kind, str] = {"n": "\ue000", "usd": "\ue001", "country": "\ue002", "mineral": "\ue003"}
"""What stands for a mark of each kind, from the characters that Unicode gives to nobody."""
_PLAIN = str.maketrans(
    {"\u202f": " ", "\u00a0": " ", "\u2060": None, "\u2019": "'"} | dict.fromkeys(SIGNS.values(), "\ufffd")
)
_PART = re.compile(
    r"(?P<usd>USD [\u2212-]?\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion))?(?![\d\w]))"
    r"|(?P<n>(?<![\w])(?:[\u2212+-](?=[\d.]))?\d{4}-\d\d(?:-\d\d)?(?!\d)"
    r"|(?:(?<=[\s(\u2013])[\u2212+])?(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:k|M)?(?![A-Za-z\d]))"
    r"|(?P<word>[^\W\d_]\w*)"
)
_ARTICLES = ("the ", "The ")
_POSSESSIVE = re.compile(r"(?<=s)'(?!s)|'s")


@dataclass(frozen=True, slots=True)
class Mark:
    """A name or number in a text. said: as it stands there, a possessive without its ending; key: of the name."""

    kind: Kind
    said: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """shape: the text with a sign for each mark; marks: in order."""

    shape: str
    marks: tuple[Mark, ...]

    def within(self, start: int, end: int) -> Marked:
        """The part between two places of the shape."""
        before = signs_in(self.shape[:start])
        part = self.shape[start:end]
        return Marked(part, self.marks[before : before + signs_in(part)])

    def text(self) -> str:
        """The text as it was, but for typographic blanks."""
        said = iter(self.marks)
        text = "".join(next(said).said if sign in _ALL else sign for sign in self.shape)
        return text.replace("s's", "s'")


_ALL = frozenset(SIGNS.values())


def signs_in(shape: str) -> int:
    """How many marks a shape has."""
    return sum(shape.count(sign) for sign in _ALL)


def plain(text: str) -> str:
    """The text with common blanks in place of narrow ones, and no sign of its own."""
    return text.translate(_PLAIN)


def marked(text: str) -> Marked:
    """Mark names and codes of countries and regions, minerals, products, amounts of money and other numbers.

    >>> found = marked("The Netherlands' imports of rare earths: USD 1.2 million in 2023.")
    >>> found.shape.translate({0xE000: "N", 0xE001: "U", 0xE002: "C", 0xE003: "M"})
    "C's imports of M: U in N."
    >>> [mark.key or mark.said for mark in found.marks]
    ['NLD', 'rare_earths', 'USD 1.2 million', '2023']
    """
    text = plain(text)
    shape, marks, at = [], list[Mark](), 0
    for start, end, mark in _found(text):
        shape += [text[at:start], SIGNS[mark.kind]]
        marks.append(mark)
        at = end
        ending = _POSSESSIVE.match(text, at) if mark.kind == "country" else None
        if ending:
            shape.append("'s")
            at = ending.end()
    return Marked("".join([*shape, text[at:]]), tuple(marks))


def _found(text: str) -> Iterator[tuple[int, int, Mark]]:
    at = 0
    while part := _PART.search(text, at):
        at = part.end()
        if part["word"]:
            mark = _name_at(text, part.start(), part["word"])
            if mark is None:
                continue
            at = part.start() + len(mark.said)
        else:
            mark = Mark("usd" if part["usd"] else "n", part.group())
        yield part.start(), at, mark


def _name_at(text: str, start: int, word: str) -> Mark | None:
    """The longest name that begins with this word here and ends at the end of a word."""
    for mark in _names().get(word, ()):
        after = text[start + len(mark.said) : start + len(mark.said) + 1]
        if text.startswith(mark.said, start) and not after.isalnum() and after != "-":
            return mark
    return None


@cache
def _names() -> Mapping[str, tuple[Mark, ...]]:
    """Every name by its first word, long ones first."""
    found: dict[str, set[Mark]] = {}
    for mark in _every_name():
        first = re.match(r"\w+", mark.said)
        if first:
            found.setdefault(first.group(), set()).add(mark)
    return {word: tuple(sorted(marks, key=lambda m: (-len(m.said), m.key))) for word, marks in found.items()}


def _every_name() -> Iterator[Mark]:
    places = {key: country.name for key, country in countries().items()}
    places |= {key: short(region) for key, region in regions().items()}
    for key, name in places.items():
        yield Mark("country", key, key)
        yield Mark("country", name, key)
        if the(name) != name:
            yield from (Mark("country", article + name, key) for article in _ARTICLES)
    things = {key: mineral.name for key, mineral in snapshot().minerals.items()}
    things |= {key: product.name for key, product in ProductTables(snapshot()).products.items() if key not in things}
    for key, name in things.items():
        for written in {name, name[:1].lower() + name[1:], name.lower()}:
            yield Mark("mineral", written, key)
