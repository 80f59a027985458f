"""The presentation: a slide for the three lines, then one for each part of the summary, the last for the sources."""

from __future__ import annotations

import io
from datetime import datetime

from sogdia.answer import each_once
from sogdia.brief.slides.canvas import BODY, FINDING, MARGIN, MUTED, SMALL, WHOLE, Box, Canvas
from sogdia.brief.slides.charts import CHARTS, time_chart
from sogdia.brief.slides.library import presentation
from sogdia.brief.summary.cited import Cited, Wording, Written, cited_in, own_names, text_of
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.parts import Drawing, Sentences, Summary, SummaryPart, SummaryTable
from sogdia.data.provenance import source
from sogdia.render.languages import catalogue

TOP, BOTTOM = 1.8, 7.1
LARGE = 22
"""Points of a headline figure."""
EPOCH = datetime(2000, 1, 1)
SOURCES_SHOWN = 4
TIME = "timeline"


def deck(evidence: SummaryEvidence, summary: Summary) -> bytes:
    """The presentation as the bytes of a .pptx file. SogdiaError where the library is missing.

    evidence, summary: of the same question; native charts are drawn from the evidence.
    """
    say = Wording(catalogue(summary.language), own_names((evidence.importer, *evidence.partners)))
    made = presentation()
    made.core_properties.title, made.core_properties.author = summary.title, "Sogdia"
    made.core_properties.created = made.core_properties.modified = EPOCH
    _first(made, summary)
    for part in summary.parts:
        _part(made, part, evidence, summary, say)
    _sources(made, summary)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _first(made: object, summary: Summary) -> None:
    """The three lines and the headline figures."""
    canvas = Canvas(made, summary.title, summary.kicker)
    for number, line in enumerate(summary.lines):
        top = TOP + 0.75 * number
        canvas.text(Box(MARGIN, top, 2.2, 0.7), [line.label], FINDING, colour=MUTED)
        canvas.text(Box(MARGIN + 2.2, top, WHOLE - 2.2, 0.7), [text_of(line.sentence)], FINDING, bold=True)
    width = WHOLE / max(len(summary.headlines), 1)
    for number, headline in enumerate(summary.headlines):
        box = Box(MARGIN + width * number, 4.3, width - 0.2, 0.6)
        canvas.text(box, [text_of(headline.value)], LARGE, bold=True)
        below = Box(box.left, 4.9, box.width, 1.8)
        canvas.text(below, [text_of(headline.label), text_of(headline.meaning)], SMALL)
    said = [line.sentence for line in summary.lines]
    said += [written for headline in summary.headlines for written in (headline.value, headline.meaning)]
    canvas.notes(_cited(said, summary))


def _part(made: object, part: SummaryPart, evidence: SummaryEvidence, summary: Summary, say: Wording) -> None:
    """A slide of one part: finding, chart, table, words; its time line on a slide of its own."""
    tables = [block for block in part.blocks if isinstance(block, SummaryTable)]
    drawings = [block for block in part.blocks if isinstance(block, Drawing)]
    texts = [block for block in part.blocks if isinstance(block, Sentences)]
    captions = [*(t.caption for t in tables), *(d.caption for d in drawings if d.key != TIME)]
    canvas = Canvas(made, part.title, text_of(captions[0]) if captions else "")
    chart = CHARTS.get(part.key)
    words = [f"{'• ' if text.listed else ''}{text_of(written)}" for text in texts for written in text.sentences]
    height = BOTTOM - TOP
    halves = bool(tables) and chart is not None
    wide = WHOLE * 0.42 if halves else WHOLE
    room = height - (1.1 if words and (chart or tables) else 0.0)
    if chart is not None:
        chart(canvas, Box(MARGIN, TOP, wide, room), evidence, say)
    for table in tables:
        canvas.table(
            Box(MARGIN + (wide + 0.2 if halves else 0.0), TOP, WHOLE - wide - 0.2 if halves else WHOLE, 0), table
        )
    if words:
        top = TOP + (room if chart or tables else 0.0) + 0.05
        canvas.text(Box(MARGIN, top, WHOLE, BOTTOM - top + 0.2), words, SMALL if chart or tables else BODY)
    canvas.notes(_cited([*captions, *(w for t in texts for w in t.sentences), *_cells(tables)], summary, drawings))
    for drawing in drawings:
        if drawing.key == TIME:
            later = Canvas(made, part.title, text_of(drawing.caption))
            time_chart(later, Box(MARGIN, TOP, WHOLE, height), evidence, say)
            later.notes(_cited([drawing.caption], summary, [drawing]))


def _cells(tables: list[SummaryTable]) -> list[Written]:
    return [cell for table in tables for row in table.rows for cell in row]


def _cited(written: list[Written], summary: Summary, drawings: list[Drawing] | None = None) -> str:
    """Each figure of a slide with the ids of its sources, once."""
    figures: list[Cited] = [figure for one in written for figure in cited_in(one)]
    figures += [mark for drawing in drawings or [] for mark in drawing.marks]
    lines = each_once([f"{figure.text}: {', '.join(figure.source_ids)}" for figure in figures])
    return "\n".join([summary.labels["sources"], *lines])


def _sources(made: object, summary: Summary) -> None:
    """The sources by topic; all of them in the notes."""
    canvas = Canvas(made, summary.labels["sources"])
    lines = []
    for note in summary.notes:
        named = [source(source_id).reference() for source_id in note.source_ids[:SOURCES_SHOWN]]
        more = len(note.source_ids) - SOURCES_SHOWN
        rest = f" {summary.labels['and_more'].replace('#', str(more))}" if more > 0 else ""
        lines.append(f"{note.label}: {'; '.join(named)}{rest}")
    canvas.text(Box(MARGIN, 1.2, WHOLE, 5.8), lines, SMALL)
    ids = each_once(*(note.source_ids for note in summary.notes))
    canvas.notes("\n".join(f"{source_id}: {source(source_id).citation()}" for source_id in ids))
