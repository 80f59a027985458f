"""The report in Chromium: offline, silent, alive, usable by keyboard, on a phone and on paper."""

from __future__ import annotations

import re
from itertools import count
from time import sleep

import pytest

from support.chromium import Browser

FIRST = "document.querySelector('#table-exposure tbody tr th').textContent.trim()"
HEAD = "[...document.querySelectorAll('#table-exposure thead button')].find(b => b.textContent.includes('{}'))"

MOST_POINTS, PAUSE_S = 300, 0.1


def wake(page: Browser, key: str) -> None:
    """Scroll a figure into view and wait until it is live."""
    page.value(f"document.getElementById('figure-{key}').scrollIntoView()")
    page.wait(f"document.querySelector('#figure-{key} .chart').dataset.live === 'yes'")


def test_the_page_opens_offline_without_a_message_or_a_request(page: Browser) -> None:
    paint = page.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    print(f"first contentful paint: {paint} ms")
    wake(page, "largest-suppliers")
    assert page.value("document.querySelectorAll('section h2').length") >= 8
    assert page.log == []
    assert all(address.startswith("file:") for address in page.requests)


def test_every_chart_outside_folds_comes_alive(page: Browser) -> None:
    keys = page.value("[...document.querySelectorAll('section > figure')].map(f => f.id.slice('figure-'.length))")
    assert len(keys) >= 5
    for key in keys:
        wake(page, key)
    assert page.value("document.querySelectorAll('.chart[data-live=yes] svg').length") >= len(keys)
    assert page.log == []


def test_every_drawing_is_there_before_any_script_draws(page: Browser) -> None:
    assert page.value("[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg'))")


def test_a_click_on_a_heading_sorts_by_number_with_unknown_values_last(page: Browser) -> None:
    page.value(HEAD.format("Net import") + ".click()")
    last = "[...document.querySelectorAll('#table-exposure tbody tr')].at(-1)"
    column = page.value(HEAD.format("Net import") + ".parentElement.cellIndex")
    assert page.value(f"{last}.cells[{column}].textContent") == "–"
    page.value(HEAD.format("Imports by value") + ".click()")
    column = page.value(HEAD.format("Imports by value") + ".parentElement.cellIndex")
    rows = "[...document.querySelectorAll('#table-exposure tbody tr')]"
    values = page.value(f"{rows}.map(row => Number(row.cells[{column}].dataset.v))")
    assert values == sorted(values, reverse=True)


def test_a_table_can_be_sorted_by_keyboard_alone(page: Browser) -> None:
    page.value(HEAD.format("Mineral") + ".focus()")
    page.press("Enter", "\r")
    page.press("Enter", "\r")
    assert page.value(HEAD.format("Mineral") + ".parentElement.getAttribute('aria-sort')") == "ascending"
    assert page.value(FIRST) == "Aluminium"


def test_choosing_a_mineral_redraws_the_map(page: Browser) -> None:
    wake(page, "suppliers-map")
    marks = "document.querySelector('#figure-suppliers-map svg').innerHTML.length"
    before = page.value(marks)
    page.value(
        "(() => { const list = document.querySelector('#figure-suppliers-map select'); list.value = 'Niobium';"
        " list.dispatchEvent(new Event('input', {bubbles: true}));"
        " list.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    page.wait(f"{marks} !== {before}")
    assert page.log == []


def point_until_told(page: Browser, drawing: str) -> None:
    """Move the mouse about inside a drawing until it tells something; the page may still scroll at first."""
    corner = f"(c => [c.left, c.top])(document.querySelector('{drawing}').getBoundingClientRect())"
    for step in count():
        left, top = page.value(corner)
        page.send("Input.dispatchMouseEvent", type="mouseMoved", x=left + 150 + step % 7 * 8, y=top + 90)
        if page.value("Boolean(document.querySelector('#vg-tooltip-element.visible'))"):
            return
        assert step < MOST_POINTS, f"nothing is told at {drawing}"
        sleep(PAUSE_S)


def test_a_link_to_a_mineral_opens_its_fold_and_its_chart_tells_the_shares(page: Browser) -> None:
    page.value("document.querySelector('#table-exposure a[href=\"#mineral-rare_earths\"]').click()")
    page.wait("document.getElementById('mineral-rare_earths').open")
    wake(page, "trend-rare_earths")
    point_until_told(page, "#figure-trend-rare_earths svg")
    told = page.value("document.getElementById('vg-tooltip-element').innerText")
    assert re.search(r"China:?\s+\d+\.\d%", told), told
    assert page.log == []


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_page_never_scrolls_sideways(page: Browser, address: str, width: int) -> None:
    page.open(address, width=width, height=844)
    assert page.value("document.documentElement.scrollWidth") <= width


def test_contents_links_figures_and_regions_are_named_for_screen_readers(page: Browser) -> None:
    assert page.value(
        "[...document.querySelectorAll('[role=img]')].every(e => e.getAttribute('aria-label').length > 20)"
    )
    assert page.value("[...document.querySelectorAll('table')].every(t => t.caption && t.tHead)")
    assert page.value(
        "[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.getAttribute('href')))"
    )
    assert page.value("document.documentElement.lang") == "en"


def test_a_print_holds_every_fold(page: Browser, address: str) -> None:
    page.open(address)
    closed = len(re.findall(rb"/Type /Page\b", page.pdf()))
    assert closed > page.value("document.querySelectorAll('details.fold').length")
