"""The terms of a report: what columns of its tables mean, each definition once, with an anchor for the headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sogdia.render.blocks import Column, Section, Table, walk


@dataclass(frozen=True, slots=True)
class Term:
    """A definition. anchor: its place in the page; label, unit: as the first column that has it; parts: titles of the
    sections whose tables use it; source_ids: of the figures in these columns, where they are others than the table's.
    """

    anchor: str
    label: str
    unit: str
    definition: str
    parts: tuple[str, ...]
    source_ids: tuple[str, ...]


def terms(sections: Sequence[Section]) -> dict[str, Term]:
    """Every definition of a column, by its text, in order of first use."""
    seen: dict[str, tuple[list[Column], list[str]]] = {}
    for section in sections:
        for block in walk(section.blocks):
            for column in block.columns if isinstance(block, Table) else ():
                if column.definition:
                    columns, titles = seen.setdefault(column.definition, ([], []))
                    columns.append(column)
                    titles.append(section.title)
    return {
        text: Term(
            f"term-{at}", columns[0].label, columns[0].unit, text, tuple(dict.fromkeys(titles)),
            tuple(dict.fromkeys(name for column in columns for name in column.source_ids)),
        )
        for at, (text, (columns, titles)) in enumerate(seen.items(), start=1)
    }  # fmt: skip
