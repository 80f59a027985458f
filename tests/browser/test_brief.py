"""The annex in Chromium: offline, silent, usable by keyboard, found through, on a telephone and on paper."""

from __future__ import annotations

import re
from statistics import median

import pytest

from support.annex_page import clipped, found
from support.chromium import Browser

FIRST = "document.querySelector('#table-exposure tbody tr th').textContent.trim()"
HEAD = "[...document.querySelectorAll('#table-exposure thead button')].find(b => b.textContent.includes('{}'))"
ALL_COLUMNS = "document.querySelector('#table-exposure .unfold input')"
MOST_MS, PAINT_MS = 150.0, 1000.0
SHOWN = "[...document.querySelectorAll('{}')].filter(e => e.checkVisibility()).length"


def test_the_page_opens_offline_without_a_message_or_a_request(page: Browser) -> None:
    paint = page.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    print(f"first contentful paint: {paint} ms, at most {PAINT_MS} on a quiet machine")
    assert page.value("document.querySelectorAll('section h2').length") >= 8
    assert page.log == []
    assert all(address.startswith("file:") for address in page.requests)


def test_every_chart_is_a_drawing_with_words_for_those_who_cannot_see_it(page: Browser) -> None:
    assert page.value("document.querySelectorAll('.chart').length") > 50
    assert page.value("[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg'))")
    assert page.value(
        "[...document.querySelectorAll('[role=img]')].every(e => e.getAttribute('aria-label').length > 20)"
    )


def test_charts_fill_their_column_and_no_name_in_them_is_clipped(page: Browser) -> None:
    """Measured with the fonts of this browser, which are not those of the table of widths."""
    assert page.value(
        "[...document.querySelectorAll('section > figure svg.wide')]"
        ".every(s => Math.abs(s.getBoundingClientRect().width - s.parentElement.getBoundingClientRect().width) < 2)"
    )
    assert clipped(page, "wide") == []


def test_a_click_on_a_heading_sorts_by_number_with_unknown_values_last(page: Browser) -> None:
    page.value(f"{ALL_COLUMNS}.click()")
    page.value(HEAD.format("Net import") + ".click()")
    last = "[...document.querySelectorAll('#table-exposure tbody tr')].at(-1)"
    column = page.value(HEAD.format("Net import") + ".parentElement.cellIndex")
    assert page.value(f"{last}.cells[{column}].textContent") == "–"
    page.value(HEAD.format("Imports by value") + ".click()")
    column = page.value(HEAD.format("Imports by value") + ".parentElement.cellIndex")
    rows = "[...document.querySelectorAll('#table-exposure tbody tr')]"
    values = page.value(f"{rows}.map(row => Number(row.cells[{column}].dataset.v))")
    assert values == sorted(values, reverse=True)
    page.value(f"{ALL_COLUMNS}.click()")


def test_a_table_can_be_sorted_by_keyboard_alone(page: Browser) -> None:
    page.value(HEAD.format("Mineral") + ".focus()")
    page.press("Enter", "\r")
    page.press("Enter", "\r")
    assert page.value(HEAD.format("Mineral") + ".parentElement.getAttribute('aria-sort')") == "ascending"
    assert page.value(FIRST) == "Aluminium"


def test_a_table_shows_six_columns_until_it_is_unfolded(page: Browser) -> None:
    heads = SHOWN.format("#table-exposure thead th")
    assert page.value(heads) == 6
    page.value(f"{ALL_COLUMNS}.click()")
    assert page.value(heads) == page.value("document.querySelectorAll('#table-exposure thead th').length") > 6
    page.value(f"{ALL_COLUMNS}.click()")


def test_a_heading_leads_to_its_definition_in_the_glossary(page: Browser) -> None:
    term = "document.querySelector('#table-exposure a.term')"
    assert page.value(f"document.querySelector({term}.getAttribute('href')).closest('section').id") == "glossary"
    texts = page.value("[...document.querySelectorAll('#table-glossary tbody tr')].map(r => r.cells[2].textContent)")
    assert len(texts) == len(set(texts)) > 50


def test_the_filter_finds_minerals_countries_and_words_in_all_parts_at_once(page: Browser) -> None:
    times = [found(page, word) for word in ("gallium", "kazakhstan", "quota", "ga", "gal")]
    print(f"filter: {median(times):.0f} ms in the median, at most {max(times):.0f}; {MOST_MS:.0f} on a quiet machine")
    found(page, "niobium")
    names = "[...document.querySelectorAll('#minerals details.fold')].filter(e => e.checkVisibility())"
    assert "Niobium" in page.value(f"{names}.map(e => e.querySelector('.name').textContent)")
    assert page.value(f"{names}.length") < 4
    assert page.value(SHOWN.format("#methods")) == 1
    assert int(page.value("document.getElementById('hits').textContent").split()[0]) > 3
    found(page, "no such word")
    assert page.value(SHOWN.format("main section")) == 0
    assert page.value("document.getElementById('hits').textContent") == "no places"
    found(page, "")
    assert page.value("document.querySelectorAll('.miss').length") == 0
    assert median(times) < 4 * MOST_MS


def test_a_link_to_a_mineral_opens_its_page_and_its_chart_tells_the_shares(page: Browser) -> None:
    page.value("document.querySelector('#table-exposure a[href=\"#mineral-rare_earths\"]').click()")
    page.wait("document.getElementById('mineral-rare_earths').open")
    told = page.value("document.querySelector('#figure-trend-rare_earths .unseen title').textContent")
    assert re.search(r"^\d{4}: China \d+\.\d\s?%", told), told
    assert page.log == []


def test_pages_of_minerals_have_the_same_blocks_in_the_same_order(page: Browser) -> None:
    kinds = page.value(
        "[...document.querySelectorAll('#minerals details.fold')].map(f => [...f.children].slice(1)"
        ".map(e => e.className === 'text' ? 'text' : (e.id.split('-')[0] + '-' + e.id.split('-')[1])))"
    )
    order = ["text", "figure-trend", "table-suppliers", "table-origin"]
    for shown in kinds:
        first = shown[:-1] if shown[-1] == "text" and len(shown) > 1 else shown
        assert first == [kind for kind in order if kind in first]


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_page_never_scrolls_sideways_nor_cuts_a_chart(page: Browser, address: str, width: int) -> None:
    page.open(address, width=width, height=844)
    assert page.value("document.documentElement.scrollWidth") <= width
    drawings = "[...document.querySelectorAll('.chart > svg, .pieces > svg')]"
    assert page.value(f"{drawings}.filter(s => s.getBoundingClientRect().right > {width}).length") == 0
    sizes = page.value(
        "[...document.querySelectorAll('section > figure > .chart > svg')].filter(s => s.checkVisibility())"
        ".map(s => 12 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
    )
    assert min(sizes) >= 8.0, "a letter of a chart is too small to read"


def test_contents_links_tables_and_language_are_named_for_screen_readers(page: Browser) -> None:
    assert page.value("[...document.querySelectorAll('table')].every(t => t.caption && t.tHead)")
    assert page.value(
        "[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.getAttribute('href')))"
    )
    assert page.value("document.documentElement.lang") == "en"


def test_a_print_holds_the_page_of_every_mineral(page: Browser, address: str) -> None:
    page.open(address)
    pages = len(re.findall(rb"/Type /Page\b", page.pdf()))
    print(f"{pages} printed pages")
    assert page.value("document.querySelectorAll('#minerals details.fold').length") / 3 < pages < 92
