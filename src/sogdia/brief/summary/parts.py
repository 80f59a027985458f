"""What a summary is made of: lines, headline figures, tables and drawings; every figure carries its sources."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sogdia.brief.summary.cited import Cited, Written, cited_in, ids_of_all, text_of

PageNumber = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One of the three lines. label: Exposed, Cost, Do together."""

    label: str
    sentence: Written


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """A large figure, what it counts, and how it is meant."""

    value: Written
    label: Written
    meaning: Written


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """label, unit: as printed; numeric: right-aligned."""

    label: str
    unit: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """caption: the finding. rows: one sentence or figure for each column."""

    key: str
    caption: Written
    columns: tuple[SummaryColumn, ...]
    rows: tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, for the column of a page and for a telephone. caption: the finding; alt: for those who cannot
    see it; marks: the figures that it draws.
    """

    key: str
    caption: Written
    alt: str
    svg: str
    narrow: str
    marks: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Paragraphs, or a list of short statements. listed: with a sign before each."""

    key: str
    sentences: tuple[Written, ...]
    listed: bool = False


SummaryBlock = SummaryTable | Drawing | Sentences


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A heading with what stands under it. page: on which of the two it is printed; half: beside its neighbour."""

    key: str
    title: str
    page: PageNumber
    blocks: tuple[SummaryBlock, ...]
    half: bool = False


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The sources of one topic. label: as printed; source_ids: of every figure of that topic."""

    number: int
    topic: str
    label: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Two pages. language: its code; kicker: the line above the title; notes: the sources by topic."""

    language: str
    title: str
    kicker: str
    lines: tuple[SummaryLine, ...]
    headlines: tuple[HeadlineFigure, ...]
    parts: tuple[SummaryPart, ...]
    labels: dict[str, str]
    topics: dict[str, str]

    @property
    def figures(self) -> tuple[Cited, ...]:
        """Every figure, in reading order."""
        return (
            *(figure for written in self._sentences() for figure in cited_in(written)),
            *(mark for drawing in self._drawings() for mark in drawing.marks),
        )

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """The sources of the figures by topic, numbered in the order in which the topics first come."""
        topics = dict.fromkeys(figure.topic for figure in self.figures)
        return tuple(
            SourceNote(
                number, topic, self.topics[topic], ids_of_all(f for f in self.figures if f.topic == topic)
            )
            for number, topic in enumerate(topics, start=1)
        )  # fmt: skip

    @property
    def words(self) -> int:
        """Words that a reader sees on the two pages, without the list of sources."""
        texts = [text_of(written) for written in self._sentences()]
        texts += [self.title, self.kicker, *(line.label for line in self.lines)]
        texts += [part.title for part in self.parts]
        texts += [f"{column.label} {column.unit}" for table in self._tables() for column in table.columns]
        return sum(word_count(text, self.language) for text in texts)

    def _sentences(self) -> Iterator[Written]:
        for line in self.lines:
            yield line.sentence
        for headline in self.headlines:
            yield from (headline.value, headline.label, headline.meaning)
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Sentences):
                    yield from block.sentences
                else:
                    yield block.caption
                if isinstance(block, SummaryTable):
                    yield from (cell for row in block.rows for cell in row)

    def _drawings(self) -> Iterator[Drawing]:
        return (block for part in self.parts for block in part.blocks if isinstance(block, Drawing))

    def _tables(self) -> Iterator[SummaryTable]:
        return (block for part in self.parts for block in part.blocks if isinstance(block, SummaryTable))


JAPANESE, LETTERS_OF_A_WORD = "ja", 2.4
"""Japanese has no spaces: so many of its letters say what an English word says. It is the ratio between the sentences
of the two catalogues, which say the same (a test measures it).
"""
_RUN = re.compile(r"[0-9A-Za-z.,%+\-\u2212]+")
"""A number or a word in Latin letters, which counts as one word in any language."""


def word_count(text: str, language: str) -> int:
    """Words of a text, parted by any space, narrow ones too; of Japanese, runs of figures or Latin letters and the
    other letters divided by LETTERS_OF_A_WORD.

    >>> word_count("Of 25 imports, 17 come from one country.", "en"), word_count("25品目の輸入", "ja")
    (8, 4)
    """
    if language != JAPANESE:
        return len(text.split())
    runs = _RUN.findall(text)
    letters = sum(len(piece) for piece in _RUN.sub(" ", text).split())
    return len(runs) + math.ceil(letters / LETTERS_OF_A_WORD)
