"""Figures that carry their sources, and sentences of a catalogue with such figures in them.

A sentence comes whole from the catalogue of a language, with marks where its figures go, and is then cut at the marks:
words and figures keep the order of the language, and no figure loses its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sogdia.answer import each_once
from sogdia.codes import Region, countries, regions
from sogdia.render.languages import Phrasebook, country_name, mineral_name
from sogdia.render.wording import lower_first, short, the

OPEN, CLOSE = "\ue000", "\ue001"
"""Round the number of a figure inside a sentence: characters that no text has (private use)."""
_MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
ENGLISH, JAPANESE, ORE = "en", "ja", "ore"


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure as it is written. topic: of the note that lists its sources; number: where a sentence counts by it."""

    text: str
    source_ids: tuple[str, ...]
    topic: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name that has no form in the language of the page and stands there in English."""

    text: str


Written = tuple["str | Cited | Foreign", ...]
"""A sentence: words, figures and foreign names in their order."""


class _Marked(int):
    """A whole number that chooses the form of a sentence and is written as a mark."""

    def __new__(cls, number: int, mark: str) -> _Marked:
        made = super().__new__(cls, number)
        made.mark = mark
        return made

    mark: str

    def __format__(self, spec: str) -> str:
        return self.mark


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences, names and numbers of one language. own: names of the reader's own regions by key: no language has
    another for them.
    """

    catalogue: Phrasebook
    own: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, **slots: object) -> Written:
        """A sentence of the catalogue. A slot is text, a figure, or a sentence; errors are those of the catalogue."""
        pieces: list[Written] = []
        filled = {name: _slot(value, pieces) for name, value in slots.items()}
        return joined(_cut(self.catalogue(key, **filled), pieces))

    def plain(self, key: str, **slots: object) -> str:
        """A sentence without figures, as text."""
        return text_of(self(key, **slots))

    @property
    def code(self) -> str:
        """Of the language."""
        return self.catalogue.language.code

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.code == JAPANESE else " "

    def country(self, key: str) -> str:
        """A country or region inside a sentence."""
        name = self._place(key)
        return the(name) if self.code == ENGLISH else name

    def country_cell(self, key: str | None) -> str:
        """A country or region in a cell of a table."""
        return self.plain("common.unknown") if key is None else self._place(key)

    def _place(self, key: str) -> str:
        return self.own[key] if key in self.own else country_name(key, self.code)

    def mineral(self, key: str) -> str:
        """A mineral inside a sentence."""
        return lower_first(mineral_name(key, self.code))

    def market(self, key: str) -> str:
        """A mineral or a product of processing inside a sentence."""
        product = f"product.{key}"
        return self.catalogue(product) if product in self.catalogue else self.mineral(key)

    def bought(self, key: str, stage: str | None) -> str:
        """A mineral or product as it is bought, inside a sentence: a metal that is bought as ore is named so."""
        ore = f"ore.{key}"
        return self.catalogue(ore) if stage == ORE and ore in self.catalogue else self.market(key)

    def listed(self, names: Iterable[str]) -> str:
        """Names as a list in a sentence."""
        return self.catalogue.numerals.listed(list(names))


def own_names(economies: Iterable[Region]) -> dict[str, str]:
    """Names of those that only the reader knows, by key.

    >>> own_names([Region("G3X", "G3X", ("JPN", "KOR")), Region("JPN", "Japan", ("JPN",))])
    {'G3X': 'G3X'}
    """
    known = countries().keys() | regions().keys()
    return {economy.key: short(economy) for economy in economies if economy.key not in known}


def joined(parts: Iterable[Written]) -> Written:
    """Sentences one after the other; neighbouring words become one piece."""
    made: list[str | Cited | Foreign] = []
    for piece in (piece for part in parts for piece in part):
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        elif piece != "":
            made.append(piece)
    return tuple(made)


def text_of(written: Written) -> str:
    """The sentence as it is read.

    >>> text_of(("Of ", Cited("25", (), "trade"), " imports"))
    'Of 25 imports'
    """
    return "".join(piece if isinstance(piece, str) else piece.text for piece in written)


def capital(written: Written) -> Written:
    """The sentence with a capital first letter where it begins with a word."""
    if written and isinstance(written[0], str):
        return (written[0][:1].upper() + written[0][1:], *written[1:])
    return written


def cited_in(written: Written) -> Iterator[Cited]:
    """The figures of a sentence."""
    return (piece for piece in written if isinstance(piece, Cited))


def named(name: str | None, english: str, code: str) -> Written:
    """A name in the language of the page, else the English one, marked as such."""
    if name is not None:
        return (name,)
    return (english,) if code == ENGLISH else (Foreign(english),)


def ids_of_all(figures: Iterable[Cited]) -> tuple[str, ...]:
    """The sources of several figures, each once."""
    return each_once(*(figure.source_ids for figure in figures))


def _slot(value: object, pieces: list[Written]) -> object:
    """What stands in the sentence for a slot's value; figures are kept aside in `pieces`."""
    if isinstance(value, Cited):
        mark = f"{OPEN}{len(pieces)}{CLOSE}"
        pieces.append((value,))
        return mark if value.number is None else _Marked(value.number, mark)
    if isinstance(value, tuple):
        if all(isinstance(piece, str) for piece in value):
            return _slot("".join(value), pieces)
        pieces.append(value)
        return f"{OPEN}{len(pieces) - 1}{CLOSE}"
    return value.replace(OPEN, "").replace(CLOSE, "") if isinstance(value, str) else value


def _cut(sentence: str, pieces: list[Written]) -> Iterator[Written]:
    """The words between the marks, and what stands for each mark."""
    end = 0
    for mark in _MARK.finditer(sentence):
        yield (sentence[end : mark.start()],)
        yield pieces[int(mark[1])]
        end = mark.end()
    yield (sentence[end:],)
