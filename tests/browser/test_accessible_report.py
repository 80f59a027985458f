"""The summary and the annex by axe-core, the usual judge of whether everybody can read a page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sogdia.brief.folder import heading
from sogdia.brief.sections import sections
from sogdia.brief.summary import compose
from sogdia.brief.summary.page import summary_page
from sogdia.data import Store
from sogdia.render.html import page
from support.summaries import japan_evidence
from support.whole_report import documented, small_report


def serious(address: str) -> list[str]:
    """Rules that axe finds broken on a page, of serious or critical impact, with the first place."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "the report is judged in Chromium: install it"
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = opened.new_page(bypass_csp=True)
        page.goto(address)
        found = Axe().run(page).response["violations"]
        opened.close()
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_summary_has_no_serious_finding(
    language: str, store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path / "summary.html"
    path.write_text(summary_page(compose(japan_evidence(tmp_path_factory, store), language)), encoding="utf-8")
    assert serious(path.as_uri()) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_annex_has_no_serious_finding(
    language: str, store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of a few minerals: their pages are all of one kind, and axe takes a minute for the whole. In Japanese without the
    parts that take it longest.
    """
    report = small_report(tmp_path_factory, store)
    if language == "en":
        report = replace(report, hindcast=documented(tmp_path_factory, store))
    else:
        report = replace(report, corridors=None)
    title, kicker = heading(report)
    path = tmp_path / "annex.html"
    path.write_text(
        page(sections(report), title=title, kicker=kicker, version="1", language=language), encoding="utf-8"
    )
    assert serious(path.as_uri()) == []
