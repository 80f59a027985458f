"""The blocks that a report is made of: data, not strings of markup. The HTML, the workbook and the files render them.

Every block that shows a number names the sources it rests on; `source_ids` walks them, and each resolves in
`sogdia.data.provenance`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.render.plot.picture import Picture
from sogdia.render.plot.spoken import language

NOTES = "Notes"
"""Heading of the text that holds the notes of a section's answers."""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of prose, computed from the data. sub: a small heading above them, "" for none."""

    paragraphs: tuple[str, ...]
    source_ids: tuple[str, ...]
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One headline number: the figure, what it counts, and its definition."""

    value: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Highlights:
    """The few numbers that a reader should take away."""

    items: tuple[Highlight, ...]
    source_ids: tuple[str, ...]


Draw = Callable[[float], Picture]
"""A picture for a width [pixels], in the language that is spoken where it is drawn."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: the picture for a width, drawn once in each language, and the frame of the figures that it draws.

    key: file name and anchor. caption: the finding, in numbers. alt: what the picture shows, for readers who cannot
    see it.
    """

    key: str
    draw: Draw
    frame: pl.DataFrame
    caption: str
    alt: str
    source_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "draw", _once(self.draw))


def _once(draw: Draw) -> Draw:
    """The same, with every picture kept."""

    @cache
    def drawn(width: float, _language: str) -> Picture:
        return draw(width)

    return lambda width: drawn(width, language())


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. format: a name in `formats.FORMATS`; unit: shown under the label, "" for none.

    shown: whether the page shows it; the files and the workbook hold every column. source_ids: of its figures, () where
    they are those of the table.
    """

    name: str
    label: str
    format: str
    unit: str = ""
    definition: str = ""
    shown: bool = True
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of a frame and what its columns mean. In the reader's order; sortable in the browser.

    link: prefix of the anchors that the first column points to (`mineral-` with column `link_column`), "" for none.
    row_anchor: column with the anchors of the rows, "" for none.
    rows_shown: how many rows the page shows, 0 for all; file: tables that name the same file are stacked in it (and
    in one sheet of the workbook), by default each has its own.
    """

    key: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    caption: str
    source_ids: tuple[str, ...]
    link: str = ""
    link_column: str = ""
    rows_shown: int = 0
    file: str = ""
    row_anchor: str = ""

    def __post_init__(self) -> None:
        if not self.file:
            object.__setattr__(self, "file", self.key)


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks behind a one-line summary, opened by the reader (and always in print).

    source_ids: of the figures in the summary, by default those of the blocks.
    """

    key: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    source_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.source_ids:
            object.__setattr__(self, "source_ids", _behind(self.blocks))


Block = Text | Highlights | Figure | Table | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. title: of the table of contents; lead: the answer in a sentence or two;
    each of its lines is a paragraph. source_ids: of the figures in the lead, by default those of the blocks.
    """

    key: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    source_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.source_ids:
            object.__setattr__(self, "source_ids", _behind(self.blocks))


def _behind(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The sources of these blocks, each once."""
    return tuple(dict.fromkeys(i for block in walk(blocks) for i in block.source_ids))


def walk(blocks: tuple[Block, ...]) -> Iterator[Text | Highlights | Figure | Table]:
    """Every block, with those inside folds."""
    for block in blocks:
        if isinstance(block, Fold):
            yield from walk(block.blocks)
        else:
            yield block


def figures(sections: tuple[Section, ...]) -> tuple[Figure, ...]:
    """The figures of a report, in order."""
    return tuple(b for section in sections for b in walk(section.blocks) if isinstance(b, Figure))


def tables(sections: tuple[Section, ...]) -> tuple[Table, ...]:
    """The tables of a report, in order."""
    return tuple(b for section in sections for b in walk(section.blocks) if isinstance(b, Table))


def notes(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The notes of a report, each under the title of its section."""
    texts = [(s.title, b) for s in sections for b in walk(s.blocks) if isinstance(b, Text) and b.sub == NOTES]
    return tuple(f"{title}: {paragraph}" for title, text in texts for paragraph in text.paragraphs)


def stacked(sections: tuple[Section, ...]) -> dict[str, tuple[Table, ...]]:
    """The tables by the file they go to, in order."""
    files: dict[str, tuple[Table, ...]] = {}
    for table in tables(sections):
        files[table.file] = (*files.get(table.file, ()), table)
    return files


def ids_in(cell: str | None) -> tuple[str, ...]:
    """The source ids in a cell of a table, each once.

    >>> ids_in("UZDAILY_2007;UZDAILY_2023"), ids_in(None)
    (('UZDAILY_2007', 'UZDAILY_2023'), ())
    """
    return tuple(dict.fromkeys(cell.split(SEPARATOR))) if cell else ()


def source_ids(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The sources of all blocks, each once, in order of first use."""
    return tuple(dict.fromkeys(i for section in sections for b in walk(section.blocks) for i in b.source_ids))
