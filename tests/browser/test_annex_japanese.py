"""The annex in Japanese in Chromium: silent, searched in Japanese, no name clipped, not too wide for a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sogdia.brief.folder import heading
from sogdia.brief.sections import sections
from sogdia.data import Store
from sogdia.render.html import page as annex
from support.annex_page import clipped, found
from support.chromium import Browser, browser
from support.whole_report import whole_report


@pytest.fixture(scope="module")
def address(store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file address of the default report in Japanese."""
    report = whole_report(tmp_path_factory, store)
    title, kicker = heading(report)
    path = tmp_path_factory.mktemp("japanese") / "annex.html"
    html = annex(sections(report), title=title, kicker=kicker, version="1", language="ja")
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Browser]:
    """The report in a window of a desktop."""
    with browser() as window:
        window.open(address)
        yield window


def test_it_opens_in_its_language_without_a_message_or_a_request(page: Browser) -> None:
    assert page.value("document.documentElement.lang") == "ja"
    assert page.log == []
    assert all(one.startswith(("file:", "data:")) for one in page.requests)
    assert page.value("document.querySelector('h1').textContent").startswith("日本の鉱物輸入")


def test_it_is_set_in_the_fonts_that_it_brings_along(page: Browser) -> None:
    page.wait("document.fonts.status === 'loaded'")
    assert page.value("[...document.fonts].filter(f => f.status === 'loaded').length") >= 4


def test_the_filter_finds_japanese_words_and_counts_them_in_japanese(page: Browser) -> None:
    found(page, "黒鉛")
    assert page.value("document.getElementById('hits').textContent").endswith("か所")
    found(page, "")


def test_no_name_in_a_chart_is_clipped(page: Browser) -> None:
    assert clipped(page, "wide") == []


def test_a_telephone_shows_it_without_scrolling_sideways_or_clipping_a_name(page: Browser, address: str) -> None:
    page.open(address, 390, 800)
    assert page.value("document.documentElement.scrollWidth") <= 390
    assert clipped(page, "narrow") == []
