"""Is the annex in Japanese Japanese, but for sources, names and codes?"""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from sogdia.brief.folder import heading
from sogdia.brief.report import Report
from sogdia.brief.sections import sections
from sogdia.render.fonts import faces
from sogdia.render.html import page

ENGLISH = re.compile(r'<span lang="en">(.*?)</span>', re.DOTALL)
IDEOGRAPHS = 0x2E80
WORD = re.compile(r"[A-Za-z]{2,}")
REPORTS = ("report", "korea", "germany")
OF_SOURCES = re.compile(r'<section id="sources".*?</section>', re.DOTALL)
MOST_LEFT = 0.02
"""Words that may stay English, relative to all that are translated: names, and rows of tables that cite."""


@pytest.fixture(scope="module", params=REPORTS)
def annex(request: pytest.FixtureRequest) -> list[str]:
    """The annex of a report in English and in Japanese, without the list of sources."""
    report: Report = request.getfixturevalue(request.param)
    made, (title, kicker) = sections(report), heading(report)
    english, japanese = (
        page(made, title=title, kicker=kicker, version="1", language=code) for code in ("en", "ja")
    )  # fmt: skip
    return [OF_SOURCES.sub("", without_code(html)) for html in (english, japanese)]


def without_code(html: str) -> str:
    return re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)


def test_little_stays_english(annex: list[str]) -> None:
    left = [unescape(text) for text in ENGLISH.findall(annex[1])]
    before = len(WORD.findall(re.sub(r"<[^>]*>", " ", annex[0])))
    after = sum(len(WORD.findall(text)) for text in left)
    assert after <= MOST_LEFT * before, sorted(set(left), key=len, reverse=True)[:40]


def test_every_ideograph_is_in_the_fonts_of_the_page(annex: list[str]) -> None:
    held = {c for face in faces("ja", annex=True) for c in TTFont(BytesIO(face.page_bytes())).getBestCmap()}
    assert {c for c in unescape(annex[1]) if ord(c) > IDEOGRAPHS and ord(c) not in held} == set()


def test_no_slot_is_left_open(annex: list[str]) -> None:
    assert re.findall(r"\{[a-z]+\d*\}", annex[1].replace("{n}", "")) == []


def test_every_number_of_the_english_page_stands_in_the_japanese(annex: list[str]) -> None:
    """Cells of tables hold the same numbers in the same order."""
    cells = [re.findall(r'data-v="([^"]*)"', html) for html in annex]
    assert cells[0] == cells[1]
    assert len(cells[0]) > 50
