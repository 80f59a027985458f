"""The registry of the report's parts: one file here for each, read by the page, the workbook and the data files.

A new part is one file in this folder with a `PART`; nothing else has to know it. A part that comes from elsewhere is
added with `register`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from sogdia.answer import each_once
from sogdia.brief.glossary import glossary
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.source_list import source_list
from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError
from sogdia.render.blocks import NOTES, Section, Text

_added: list[Part] = []


@cache
def _shipped() -> tuple[Part, ...]:
    """The part of every module of this folder."""
    return declarations(sys.modules[__name__], "PART")


def parts() -> tuple[Part, ...]:
    """Every part of the report, by its order."""
    return tuple(sorted((*_shipped(), *_added), key=lambda part: (part.order, part.key)))


@contextmanager
def register(part: Part) -> Iterator[None]:
    """Add a part as long as the `with` block runs; InputError where another part has its key."""
    if any(other.key == part.key for other in parts()):
        rule = "another part of the report has this key"
        raise InputError([Fault(f"part {part.title!r}", rule, "Choose another key.", value=part.key)])
    with added(_added, part):
        yield


def sections(report: Report) -> tuple[Section, ...]:
    """Every part that has something to say for this report; the glossary and the sources of all of them come last.

    The notes of the answers that a section shows stand at its end. A note that two answers share stands once, in the
    first section that shows one of them.
    """
    made: list[Section] = []
    noted: set[str] = set()
    for part in parts():
        section = part.make(report)
        if section is None:
            continue
        notes = notes_of(part, report, noted)
        noted |= set(notes.paragraphs) if notes else set()
        made.append(replace(section, blocks=(*section.blocks, notes)) if notes else section)
    told = (*made, glossary(tuple(made)))
    return (*told, source_list(told))


def notes_of(part: Part, report: Report, noted: Set[str]) -> Text | None:
    """The notes of the answers that a part shows, but for those noted before; None where there are none."""
    answers = [answer for answer in part.answers(report) if not noted >= set(answer.notes)]
    notes = tuple(note for note in each_once(*(answer.notes for answer in answers)) if note not in noted)
    return Text(notes, each_once(*(answer.sources() for answer in answers)), NOTES) if notes else None
