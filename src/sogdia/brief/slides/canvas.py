"""One slide: title, finding, text, table and chart at places in inches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sogdia.brief.slides.library import WIDTH
from sogdia.brief.summary.cited import text_of
from sogdia.brief.summary.parts import SummaryTable
from sogdia.render.theme import COLOURS

MARGIN = 0.6
BLANK = 6
"""The layout without placeholders."""
TITLE, FINDING, BODY, SMALL = 28, 18, 16, 12
"""Points of text."""
ROW = 0.42
INK, MUTED, ACCENT = (COLOURS[name][0].lstrip("#").upper() for name in ("ink", "muted", "accent"))


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide [inches]."""

    left: float
    top: float
    width: float
    height: float


WHOLE = WIDTH - 2 * MARGIN


class Canvas:
    """A slide that is being filled."""

    def __init__(self, presentation: Any, title: str, finding: str = "") -> None:
        self.slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
        self.text(Box(MARGIN, 0.4, WHOLE, 0.6), [title], TITLE, bold=True)
        if finding:
            self.text(Box(MARGIN, 1.05, WHOLE, 0.7), [finding], FINDING, colour=MUTED)

    def text(
        self, box: Box, paragraphs: Sequence[str], size: int, *, bold: bool = False, colour: str = INK
    ) -> None:  # fmt: skip
        """Paragraphs in a box."""
        from pptx.dml.color import RGBColor
        from pptx.util import Inches, Pt

        places = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
        frame = self.slide.shapes.add_textbox(*places).text_frame
        frame.word_wrap = True
        for number, words in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)

    def table(self, box: Box, table: SummaryTable) -> None:
        """A native table; numbers to the right."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches, Pt

        rows, columns = len(table.rows) + 1, len(table.columns)
        places = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(ROW * rows))
        made = self.slide.shapes.add_table(rows, columns, *places).table
        first = 2.0 / (columns + 1.0)
        for place in range(columns):
            share = first if place == 0 else (1.0 - first) / max(columns - 1, 1)
            made.columns[place].width = Inches(box.width * share)
        heads = [f"{column.label}, {column.unit}" if column.unit else column.label for column in table.columns]
        texts = [heads, *([text_of(cell) for cell in row] for row in table.rows)]
        for number, row in enumerate(texts):
            for place, words in enumerate(row):
                frame = made.cell(number, place).text_frame
                frame.text = words
                paragraph = frame.paragraphs[0]
                paragraph.font.size = Pt(SMALL)
                if table.columns[place].numeric:
                    paragraph.alignment = PP_ALIGN.RIGHT

    def chart(self, box: Box, kind: Any, data: Any) -> Any:
        """A native chart with small labels; the caller sets the rest."""
        from pptx.util import Inches, Pt

        places = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
        made = self.slide.shapes.add_chart(kind, *places, data).chart
        made.font.size = Pt(SMALL)
        return made

    def notes(self, text: str) -> None:
        """What a speaker reads, and where each figure comes from."""
        self.slide.notes_slide.notes_text_frame.text = text
