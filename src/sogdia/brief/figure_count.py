"""How many figures a report shows, and how many of them lead to a source: counted from its blocks, not asserted.

A figure is a number in a sentence, a cell of a table with a digit in it, a headline number, or a value that a chart
draws. A cell rests on the sources that its row names, else on those of its column, else on those of its table; every
other figure on those of its block. It counts as sourced where all of them stand in the catalogue of sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sogdia.data import sources
from sogdia.render.blocks import Block, Column, Figure, Fold, Highlights, Section, Table, Text, ids_in

ROW_SOURCE = "source_id"
NOT_FIGURES = frozenset({"source", "anchor"})
"""Formats of columns that hold names of sources."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Sourced = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class FigureCount:
    """figures: of the report; with_source: those of them that lead to a source."""

    figures: int
    with_source: int


def counted(sections: Sequence[Section]) -> FigureCount:
    """The figures of these sections."""
    found = [one for section in sections for one in _of_section(section)]
    return FigureCount(sum(number for number, _ in found), sum(number for number, sourced in found if sourced))


def _of_section(section: Section) -> Iterator[Sourced]:
    yield _in_words((section.title, section.lead), section.source_ids)
    for block in section.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Sourced]:
    if isinstance(block, Fold):
        yield _in_words((block.title, block.summary), block.source_ids)
        for inner in block.blocks:
            yield from _of_block(inner)
    elif isinstance(block, Text):
        yield _in_words((block.sub, *block.paragraphs), block.source_ids)
    elif isinstance(block, Highlights):
        words = [word for item in block.items for word in (item.value, item.label, item.definition)]
        yield _in_words(words, block.source_ids)
    elif isinstance(block, Figure):
        yield _in_words((block.caption,), block.source_ids)
        drawn = sum(_is_figure(value) for column in block.frame for value in column)
        yield drawn, resolved(block.source_ids)
    else:
        yield _in_words((block.caption,), block.source_ids)
        yield from _of_table(block)


def _of_table(table: Table) -> Iterator[Sourced]:
    rows = table.frame[ROW_SOURCE].to_list() if ROW_SOURCE in table.frame.columns else [None] * table.frame.height
    of_rows = [ids_in(cell) for cell in rows]
    known = {ids: resolved(ids) for ids in (*of_rows, table.source_ids, *(c.source_ids for c in table.columns))}
    for column in table.columns:
        if column.format in NOT_FIGURES or column.name == ROW_SOURCE:
            continue
        for value, ids in zip(table.frame[column.name], of_rows, strict=True):
            if _is_figure(value):
                yield 1, known[cell_sources(table, column, ids)]


def cell_sources(table: Table, column: Column, of_row: tuple[str, ...]) -> tuple[str, ...]:
    """The sources of a cell: those of its row, else of its column, else of its table."""
    return of_row or column.source_ids or table.source_ids


def resolved(ids: Iterable[str]) -> bool:
    """Whether there are sources, and all of them stand in the catalogue."""
    named = tuple(ids)
    return bool(named) and all(name in sources() for name in named)


def _in_words(words: Iterable[str], ids: tuple[str, ...]) -> Sourced:
    return sum(len(_NUMBER.findall(text)) for text in words), resolved(ids)


def _is_figure(value: Any) -> bool:
    if isinstance(value, str):
        return any(letter.isdigit() for letter in value)
    return value is not None and not isinstance(value, bool)
