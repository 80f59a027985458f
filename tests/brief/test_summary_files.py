"""The summary as files: a page of one piece, two printed sheets, equal bytes, and the plan beside it."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest

from sogdia.brief import Report, write
from sogdia.brief.files import BriefFiles, resolved
from sogdia.brief.summary import Summary, SummaryEvidence, compose
from sogdia.brief.summary.cited import text_of
from sogdia.brief.summary.gather import evidence_of
from sogdia.brief.summary.page import summary_page
from sogdia.brief.summary.sheet import summary_pdf
from sogdia.codes import economy
from sogdia.data import Store
from sogdia.data.provenance import sources
from sogdia.plan.for_report import PlanAsked, PlanFound, plan_asked, plan_beside
from sogdia.plan.projects import Project
from sogdia.plan.projects.registry import kind_named
from sogdia.scenarios import beside
from support.summaries import MINE, STOCK, plan_of, with_plan

MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def page(summary: Summary) -> str:
    """Its page."""
    return summary_page(summary)


def test_the_page_is_one_file_below_a_megabyte_that_asks_for_nothing(page: str) -> None:
    assert len(page.encode()) <= MOST_BYTES
    assert "<script" not in page
    assert "default-src 'none'" in unescape(page)
    without_links = re.sub(r'<a href="https?://[^"]*"', "", page)
    assert not re.search(r'(?:src|href)="(?!#|data:)', without_links)


def test_every_figure_of_the_page_links_to_a_note_that_lists_known_sources(page: str, summary: Summary) -> None:
    targets = re.findall(r'<a class="f" href="#([^"]+)" aria-describedby="([^"]+)" title="Source: [^"]+">', page)
    in_pictures = re.findall(r'<a href="#(note-[a-z]+)" aria-label="[^"]+">', page)
    notes = set(re.findall(r'<li id="(note-[a-z]+)">', page))
    assert all(target == described for target, described in targets)
    assert {target for target, _ in targets} | set(in_pictures) == notes
    assert len(targets) + len(in_pictures) >= len(summary.figures)
    assert set(re.findall(r'data-source="([^"]+)"', page)) <= set(sources())


def test_the_pdf_has_two_sheets_with_the_three_lines_and_the_picture_described(summary: Summary) -> None:
    printed = pypdf.PdfReader(io.BytesIO(summary_pdf(summary)))
    assert len(printed.pages) == 2
    text = " ".join(page.extract_text() for page in printed.pages).replace("\u202f", " ")
    words = re.sub(r"\s+", " ", text)
    for line in summary.lines:
        assert text_of(line.sentence).replace("\u202f", " ") in words


@pytest.mark.parametrize("language", ["en", "ja"])
def test_two_runs_give_equal_bytes_and_two_sheets_in_each_language(evidence: SummaryEvidence, language: str) -> None:
    first, second = (compose(evidence, language) for _ in range(2))
    assert summary_page(first) == summary_page(second)
    assert summary_pdf(first) == summary_pdf(second)
    assert len(pypdf.PdfReader(io.BytesIO(summary_pdf(first))).pages) == 2


def test_a_name_from_data_is_text_and_never_markup(evidence: SummaryEvidence) -> None:
    hostile = {**MINE, "name": '<img src=x onerror="x">#eval("1") $x$ \\'}
    made = compose(with_plan(evidence, plan_of(hostile, STOCK)))
    assert "<img" not in summary_page(made)
    assert '#eval("1") $x$' in pypdf.PdfReader(io.BytesIO(summary_pdf(made))).pages[1].extract_text()


def test_a_long_plan_still_prints_on_two_sheets(evidence: SummaryEvidence) -> None:
    many = [{**MINE, "project": f"mine{at}", "name": f"Mine number {at} with a name of some length"} for at in range(9)]
    made = compose(with_plan(evidence, plan_of(*many, STOCK)))
    assert len(pypdf.PdfReader(io.BytesIO(summary_pdf(made))).pages) == 2


def test_a_folder_holds_the_summary_beside_the_annex_or_alone(germany: Report, store: Store, tmp_path: Path) -> None:
    made = evidence_of(germany, PlanFound(None, "minerals"))
    alone = write(None, tmp_path / "alone", store, summary=compose(made), asked=made)
    assert sorted(p.name for p in alone.iterdir()) == ["manifest.json", "summary.html", "summary.pdf"]
    asked = json.loads((alone / "manifest.json").read_text(encoding="utf-8"))["configuration"]
    assert asked["importer"]["key"] == "DEU"


def test_the_counts_of_a_report_have_the_names_that_programs_read(summary: Summary, tmp_path: Path) -> None:
    files = BriefFiles(
        tmp_path, tmp_path / "summary.html", None, tmp_path / "summary.pdf", None, summary.words,
        len(summary.figures), resolved(summary.figures), 1.0,
    )  # fmt: skip
    told = files.to_dict()
    assert {"summary", "annex", "pdf", "words", "figures", "figures_with_source", "seconds"} <= set(told)
    assert told["annex"] is None
    assert told["figures"] == told["figures_with_source"] > 0


def test_a_folder_without_report_or_question_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="question"):
        write(None, tmp_path / "out", store)


def found_here(self: PlanAsked) -> PlanFound:
    return PlanFound({"importer": self.importer.key}, "", 3)


def test_a_plan_that_its_process_cannot_give_is_computed_here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "cores", lambda: 2)
    monkeypatch.setattr(beside, "COMMAND", "raise SystemExit(3)")
    monkeypatch.setattr(PlanAsked, "computed", found_here)
    with plan_beside(plan_asked(store, economy("JPN"), [economy("KAZ")], 2024)) as under_way:
        assert under_way() == PlanFound({"importer": "JPN"}, "", 3)


def test_a_process_gets_the_question_as_it_was_asked_and_its_answer_comes_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (
        "from sogdia.plan import for_report as s; from sogdia.scenarios.beside import answer;"
        "s.PlanAsked.computed = lambda a, n: s.PlanFound({'of': a.importer.members, 'with': list(a.partners)}, '', n);"
        "answer()"
    )
    monkeypatch.setattr(beside, "cores", lambda: 2)
    monkeypatch.setattr(beside, "COMMAND", told)
    with plan_beside(plan_asked(store, economy("EU27"), [economy("KAZ")], 2024)) as under_way:
        found = under_way()
    assert found.plan is not None
    assert set(found.plan["of"]) == set(economy("EU27").members)
    assert (found.plan["with"], found.weighed_abroad) == (["KAZ"], 2)


def test_the_process_ends_with_the_block(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    start = subprocess.Popen

    def recorded(*command: Any, **options: Any) -> Any:
        started.append(start(*command, **options))
        return started[-1]

    monkeypatch.setattr(beside, "cores", lambda: 2)
    monkeypatch.setattr(beside, "COMMAND", "import time; time.sleep(60)")
    monkeypatch.setattr(subprocess, "Popen", recorded)
    with plan_beside(plan_asked(store, economy("JPN"), [], 2024)):
        (process,) = started
        assert process.returncode is None
    assert process.returncode is not None


def test_weighed_are_projects_of_partners_and_importer_and_works_on_the_ways_of_partners_with_projects(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Project, ...]] = []

    def refuse(_store: Store, _importer: object, projects: Any, *_: object, **__: object) -> None:
        seen.append(tuple(projects))
        raise AssertionError("seen")

    monkeypatch.setattr("sogdia.plan.run.make_plan", refuse)
    for partner in ("UZB", "AUS"):
        with pytest.raises(AssertionError, match="seen"):
            replace(plan_asked(store, economy("JPN"), [economy(partner)], 2024)).computed()
    apart = [p for p in seen[0] if p.country not in (None, "UZB", "JPN")]
    assert apart
    assert all(kind_named(p.effect).upgrades for p in apart)
    assert {p.country for p in seen[1]} == {None, "JPN"}
