"""The catalogues of this folder: English sentences with slots for what changes, and what another language says instead.

Each `*.toml` holds tables `[[said]]` with `en` and a text for every other language, by its code. The name of a slot
says what may stand there (see `SHAPES`); digits behind it tell two of a kind apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.errors import DataError
from sogdia.render.languages.said.marked import SIGNS, Mark, Marked, marked, signs_in

ENGLISH = "en"
SLOT = re.compile(r"\{(\w+)\}")
_N, _C, _M = SIGNS["n"], SIGNS["country"], SIGNS["mineral"]
_SHARE = f"(?: {_N} ?%)?"
_MORE = f"(?:,? and {_N} more)?"
SHAPES: Mapping[str, str] = {
    "n": _N,
    "ns": f"{_N}(?:, {_N})*",
    "figure": f"[^A-Za-z{_C}{_M}]+?",
    "usd": SIGNS["usd"],
    "country": _C + _SHARE,
    "countries": f"{_C}{_SHARE}(?:, {_C}{_SHARE})*(?:,? and {_C}{_SHARE})?{_MORE}",
    "route": f"{_C}(?: \u2013 {_C})*",
    "mineral": _M,
    "place": "[^;:()]+?",
    "minerals": f"{_M}(?:, {_M})*(?:,? and {_M})?{_MORE}",
}
"""What fits a slot of a kind, as a pattern on the shape of a text; anything fits a slot of another kind."""
ANYTHING = ".+?"
_HEAD = 12
"""Signs of a shape by whose beginning sentences are found."""


@dataclass(frozen=True, slots=True)
class SaidEntry:
    """One sentence. file: the catalogue that holds it, without its ending; texts: by the code of the language."""

    file: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready to be compared. slots: the name of each group of the pattern, or the mark that has to stand
    there as it is; own: the text of the other language.
    """

    pattern: re.Pattern[str]
    slots: tuple[str | Mark, ...]
    own: str

    def fits(self, text: Marked) -> dict[str, Marked] | None:
        """What stands in the slots, None where the text is another sentence."""
        found = self.pattern.fullmatch(text.shape)
        if found is None:
            return None
        filled = {}
        for place, slot in enumerate(self.slots, start=1):
            part = text.within(*found.span(place))
            if isinstance(slot, str):
                filled[slot] = part
            elif part.marks[0] != slot:
                return None
        return filled


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentences that one language has. whole: those without slots; by_head: the others, as English and their own
    text, by how their shape begins.
    """

    whole: Mapping[str, str]
    by_head: Mapping[str, Sequence[tuple[str, str]]]

    def near(self, shape: str) -> Iterator[Sentence]:
        """The sentences that may fit a shape, those with a long fixed beginning first."""
        for length in range(min(_HEAD, len(shape)), -1, -1):
            for english, own in self.by_head.get(shape[:length], ()):
                yield compiled(english, own)


@cache
def entries() -> tuple[SaidEntry, ...]:
    """Every sentence of every catalogue; DataError for a sentence that stands twice."""
    found: dict[str, SaidEntry] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        for texts in tomllib.loads(file.read_text(encoding="utf-8"))["said"]:
            if texts[ENGLISH] in found:
                raise DataError(f"the catalogue {file.name} says a second time: {texts[ENGLISH]!r}")
            found[texts[ENGLISH]] = SaidEntry(file.name.removesuffix(".toml"), texts)
    return tuple(found.values())


@cache
def languages() -> frozenset[str]:
    """The codes of the languages that the catalogues hold beside English."""
    return frozenset(code for entry in entries() for code in entry.texts) - {ENGLISH}


@cache
def sentences(code: str) -> Spoken:
    """The sentences of a language."""
    whole: dict[str, str] = {}
    by_head: dict[str, list[tuple[str, str]]] = {}
    for entry in entries():
        english, own = entry.texts[ENGLISH], entry.texts.get(code)
        if own is None:
            continue
        if SLOT.search(english):
            by_head.setdefault(_head(english), []).append((english, own))
        else:
            whole[english] = own
    return Spoken(whole, {head: sorted(those, key=_loose) for head, those in by_head.items()})


@cache
def compiled(english: str, own: str) -> Sentence:
    """A sentence with slots.

    >>> sentence = compiled("{country} sells {mineral}.", "{country}は{mineral}を売る。")
    >>> filled = sentence.fits(marked("China sells tin."))
    >>> {slot: part.text() for slot, part in filled.items()}, sentence.fits(marked("China sells cars."))
    ({'country': 'China', 'mineral': 'tin'}, None)
    """
    pattern, slots = "", list[str | Mark]()
    for at, piece in enumerate(SLOT.split(english)):
        if at % 2:
            pattern += f"({SHAPES.get(kind_of(piece), ANYTHING)})"
            slots.append(piece)
            continue
        fixed = marked(piece)
        marks = iter(fixed.marks)
        for sign in fixed.shape:
            if signs_in(sign):
                slots.append(next(marks))
                pattern += f"({sign})"
            else:
                pattern += re.escape(sign)
    return Sentence(re.compile(pattern, re.DOTALL), tuple(slots), own)


def kind_of(slot: str) -> str:
    """The kind of a slot by its name.

    >>> kind_of("country2")
    'country'
    """
    return slot.rstrip("0123456789")


def _head(english: str) -> str:
    """How the shape of every text that fits a sentence begins.

    >>> len(_head("{mineral} ore")), len(_head("{countries} sell")), _head("{text} today")
    (5, 1, '')
    """
    head = ""
    for at, piece in enumerate(SLOT.split(english)):
        if at % 2 == 0:
            head += marked(piece).shape
            continue
        shape = SHAPES.get(kind_of(piece), ANYTHING)
        head += shape[:1] if signs_in(shape[:1]) else ""
        if len(shape) > 1:
            break
    return head[:_HEAD]


def _loose(sentence: tuple[str, str]) -> tuple[int, int]:
    """Sentences in which little may be anything come first, then those with much that is fixed."""
    slots = SLOT.findall(sentence[0])
    return sum(SHAPES.get(kind_of(slot), ANYTHING).endswith("+?") for slot in slots), -len(SLOT.sub("", sentence[0]))
