"""The page shows every note of every answer in the report, once, in the section that shows the answer."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import fastexcel

from sogdia.answer import Answer
from sogdia.brief import Report
from sogdia.brief.sections import parts as registered_parts
from sogdia.brief.sections import sections
from sogdia.render.blocks import NOTES, Section, Text, notes


def answers_of(report: Report) -> list[tuple[str, Answer]]:
    """Every answer of the report with the key of the part that shows it."""
    return [(part.key, answer) for part in registered_parts() for answer in part.answers(report)]


def notes_in(section: Section) -> list[str]:
    return [p for block in section.blocks if isinstance(block, Text) and block.sub == NOTES for p in block.paragraphs]


def test_every_answer_of_the_report_belongs_to_a_part(report: Report) -> None:
    held = {name for name in report.__dataclass_fields__ if isinstance(getattr(report, name), Answer)}
    shown = [answer for _, answer in answers_of(report)]
    assert held >= {"exposure", "history", "partner_supply", "corridors"}
    assert [name for name in held if not any(getattr(report, name) is answer for answer in shown)] == []
    assert all(any(origin is answer for answer in shown) for origin in report.traced.values())


def test_every_note_stands_once_in_the_page(report: Report, folder: Path) -> None:
    page = (folder / "annex.html").read_text(encoding="utf-8")
    paragraphs = [html.unescape(text) for text in re.findall(r"<p>(.*?)</p>", page)]
    notes = {note for _, answer in answers_of(report) for note in answer.notes}
    assert len(notes) > 10
    assert {note: paragraphs.count(note) for note in notes} == dict.fromkeys(notes, 1)


def test_the_workbook_lists_every_note_with_its_section(folder: Path, parts: tuple[Section, ...]) -> None:
    sheet = fastexcel.read_excel(folder / "tables.xlsx").load_sheet("notes", header_row=None).to_polars()
    assert len(notes(parts)) > 10
    assert set(notes(parts)) <= set(sheet.to_series(0))


def test_a_note_stands_in_the_first_section_that_shows_its_answer(report: Report) -> None:
    made = {section.key: section for section in sections(report)}
    first: dict[str, str] = {}
    for key, answer in answers_of(report):
        for note in answer.notes:
            first.setdefault(note, key)
    assert {note: key for key, section in made.items() for note in notes_in(section)} == first


def test_notes_name_the_sources_of_their_answers(report: Report) -> None:
    (exposure,) = (section for section in sections(report) if section.key == "exposure")
    (notes,) = (block for block in exposure.blocks if isinstance(block, Text))
    assert notes.source_ids == report.exposure.sources()


def test_an_answer_without_notes_leaves_no_empty_list(germany: Report) -> None:
    silent = replace(germany, exposure=replace(germany.exposure, notes=()))
    (exposure,) = (section for section in sections(silent) if section.key == "exposure")
    assert notes_in(exposure) == []
    assert all(not isinstance(block, Text) for block in exposure.blocks)
