"""The summary as PDF: the same content typeset by Typst, with the package's own fonts and nothing from the network.

The template reads the content as JSON, so that no text of the data is ever read as markup.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import resources
from importlib.metadata import version
from typing import Any

from sogdia.brief.summary.cited import Cited, Foreign, Written
from sogdia.brief.summary.notes import short_note
from sogdia.brief.summary.parts import Drawing, Sentences, Summary, SummaryBlock, SummaryTable
from sogdia.render.fonts import families, font_folder

SCALES, SHEETS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75), 2
"""Sizes of the type that are tried, and sheets that the summary may take."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Date inside the file: always the same, so that equal summaries are equal files."""


def summary_pdf(summary: Summary) -> bytes:
    """The PDF of a summary, on two sheets."""
    made = _typeset(summary, print_scale(summary), "pdf")
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gives one file for a PDF")
    return made


def print_scale(summary: Summary) -> float:
    """The largest of SCALES at which the summary takes two sheets, else the smallest."""
    for scale in SCALES:
        sheets = _typeset(summary, scale, "svg")
        if isinstance(sheets, bytes) or len(sheets) <= SHEETS:
            return scale
    return SCALES[-1]


def _typeset(summary: Summary, scale: float, kind: str) -> bytes | list[bytes]:
    """The summary at a size of type; one file, or one for each sheet."""
    import typst

    template = resources.files(__package__).joinpath("templates", "summary.typ").read_bytes()
    pictures = {
        f"{block.key}.svg": _with_fonts(block.svg, summary).encode()
        for part in summary.parts for block in part.blocks if isinstance(block, Drawing)
    }  # fmt: skip
    read = json.dumps({**content(summary), "scale": scale}).encode()
    # Its own types lack the files by name that it takes.
    compiled: Any = typst.compile
    made: bytes | list[bytes] = compiled(
        {"main": template, "content.json": read, **pictures}, format=kind, font_paths=[font_folder()],
        ignore_system_fonts=True, timestamp=EPOCH,
    )  # fmt: skip
    return made


def content(summary: Summary) -> dict[str, Any]:
    """The summary as plain values, as the template reads it."""
    return {
        "language": summary.language, "title": summary.title, "kicker": summary.kicker,
        "fonts": list(families(summary.language)),
        "lines": [{"label": line.label, "text": _rich(line.sentence)} for line in summary.lines],
        "headlines": [
            {"value": _rich(one.value), "label": _rich(one.label), "meaning": _rich(one.meaning)}
            for one in summary.headlines
        ],
        "parts": [
            {"title": part.title, "page": part.page, "blocks": [_block(block) for block in part.blocks]}
            for part in summary.parts
        ],
        "sources": summary.labels["sources"],
        "notes": [
            {"topic": note.topic, "label": note.label, "text": short_note(note, summary)} for note in summary.notes
        ],
        "foot": f"Sogdia {version('sogdia')}",
    }  # fmt: skip


def _rich(written: Written) -> list[Any]:
    """A sentence as strings and, for figures, pairs of text and topic."""
    return [
        [piece.text, piece.topic] if isinstance(piece, Cited) else piece.text if isinstance(piece, Foreign) else piece
        for piece in written
    ]


def _block(block: SummaryBlock) -> dict[str, Any]:
    if isinstance(block, SummaryTable):
        return {
            "kind": "table", "caption": _rich(block.caption),
            "columns": [{"label": c.label, "unit": c.unit, "numeric": c.numeric} for c in block.columns],
            "rows": [[_rich(cell) for cell in row] for row in block.rows],
        }  # fmt: skip
    if isinstance(block, Sentences):
        return {"kind": "list" if block.listed else "words", "sentences": [_rich(one) for one in block.sentences]}
    return {"kind": "drawing", "caption": _rich(block.caption), "file": f"{block.key}.svg", "alt": block.alt}


def _with_fonts(svg: str, summary: Summary) -> str:
    """The picture with the fonts that the PDF holds."""
    start, rest = svg.split('font-family="', 1)
    return f'{start}font-family="{", ".join(families(summary.language))}"{rest[rest.index(chr(34)) + 1 :]}'
