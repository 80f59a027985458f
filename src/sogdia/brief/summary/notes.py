"""The note on the sources of one topic, short enough for print."""

from __future__ import annotations

from sogdia.brief.summary.parts import SourceNote, Summary
from sogdia.data import source

NAMED = 2
"""Sources that a note names in print; the page lists all."""


def short_note(note: SourceNote, summary: Summary) -> str:
    """The publishers of a note with their years, the first of them named and the others counted."""
    named = list(dict.fromkeys(_work(source_id) for source_id in note.source_ids))
    more = len(named) - NAMED
    text = "; ".join(named[:NAMED])
    return f"{text} {summary.labels['and_more'].replace('#', str(more))}" if more > 0 else text


def _work(source_id: str) -> str:
    cited = source(source_id)
    return f"{cited.publisher} {cited.year}".strip()
