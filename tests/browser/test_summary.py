"""The summary in Chromium: offline, silent, within a telephone's width, by keyboard, and on two sheets of paper."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest

from sogdia.brief.summary import compose
from sogdia.brief.summary.page import summary_page
from sogdia.data import Store
from support.chromium import Browser, browser
from support.summaries import japan_evidence

WIDTHS = (1400, 390)


@pytest.fixture(scope="module", params=["en", "ja"])
def window(request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The summary of Japan without any network."""
    path = tmp_path_factory.mktemp("summary") / "summary.html"
    path.write_text(summary_page(compose(japan_evidence(tmp_path_factory, store), request.param)), encoding="utf-8")
    with browser() as opened:
        opened.send(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
        )
        opened.open(path.as_uri(), *(WIDTHS[0], 900))
        yield opened


def test_the_page_opens_offline_without_a_message_or_a_request(window: Browser) -> None:
    paint = window.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    print(f"first contentful paint: {paint} ms")
    assert window.log == []
    assert all(address.startswith(("file:", "data:")) for address in window.requests)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge_of_the_window(window: Browser, width: int) -> None:
    window.send("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    assert window.value("document.documentElement.scrollWidth") == width
    shown = "[...document.querySelectorAll('figure svg')].filter(s => s.getBoundingClientRect().width > 0)"
    assert window.value(f"{shown}.length") == 3
    assert window.value(f"{shown}.every(s => s.getBoundingClientRect().right <= innerWidth)")
    assert window.value(
        f"{shown}.every(s => [...s.querySelectorAll('text')].every(t => {{"
        "const b = t.getBoundingClientRect(), f = s.getBoundingClientRect();"
        "return b.left >= f.left - 1 && b.right <= f.right + 1 && b.height >= 9 }))"
    )


def test_every_figure_leads_to_a_note_that_is_there(window: Browser) -> None:
    assert window.value("document.querySelectorAll('a.f').length") > 60
    assert window.value(
        "[...document.querySelectorAll('a.f, svg a')].every(a => document.querySelector(a.getAttribute('href')))"
    )
    window.value("document.querySelector('a.f').focus()")
    window.press("Enter")
    window.wait("location.hash.startsWith('#note-')")
    assert window.value("document.querySelector(':target').textContent.length") > 5


def test_pictures_and_tables_have_names_for_those_who_cannot_see_them(window: Browser) -> None:
    assert window.value("[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label').length > 20)")
    assert window.value("[...document.querySelectorAll('svg a')].every(a => a.getAttribute('aria-label').length > 5)")
    assert window.value("[...document.querySelectorAll('table')].every(t => t.caption && t.querySelector('th[scope]'))")
    assert window.value("document.documentElement.lang.length") == 2


def test_it_prints_on_exactly_two_sheets(window: Browser) -> None:
    assert len(pypdf.PdfReader(io.BytesIO(window.pdf())).pages) == 2
