"""A report made and written. Its plan is under way in a process of its own while the rooms are asked for the rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sogdia.brief.collect import collect
from sogdia.brief.figure_count import counted
from sogdia.brief.files import BriefFiles, brief_files
from sogdia.brief.folder import ANNEX, PDF, SLIDES, SUMMARY, write
from sogdia.brief.manifest import ReportAsked
from sogdia.brief.report import Report
from sogdia.brief.sections import sections
from sogdia.brief.slides import deck
from sogdia.brief.slides.library import must_be_there
from sogdia.brief.summary.compose import compose
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.gather import evidence_of, gathered
from sogdia.brief.summary.partner_evidence import partner_gathered
from sogdia.brief.summary.partner_view import compose_partner
from sogdia.brief.summary.parts import Summary
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.plan.for_report import PlanFound
from sogdia.progress import Progress
from sogdia.render.languages import language


@dataclass(frozen=True, slots=True)
class BriefAsked:
    """What a report is on. every_mineral: no mineral was named; language: of summary and annex."""

    store: Store
    importer: Region
    partners: tuple[Region, ...]
    minerals: tuple[Mineral, ...]
    year: int
    every_mineral: bool
    language: str = "en"


PlanUnderWay = Callable[[], PlanFound]
"""Waits for the plan and returns it."""


def write_brief(
    asked: BriefAsked, out: Path, plan: PlanUnderWay, *, annex: bool = True, slides: bool = False,
    seller: Region | None = None, progress: Progress = lambda _: None, wait: float | None = None,
) -> BriefFiles:  # fmt: skip
    """Write summary and annex, or the summary alone. slides: write the importer's summary as slides too (SogdiaError
    where the library is missing); seller: write that partner's summary instead, without annex and slides.
    """
    began = time.monotonic()
    language(asked.language)
    if slides:
        must_be_there()
    further, parts = dict[str, bytes](), None
    if seller is not None:
        made, summary = partner_summary(asked, seller, plan, progress)
        folder = write(None, out, asked.store, progress, wait, summary=summary, asked=made)
    else:
        evidence, report = evidence_for(asked, plan, annex=annex, progress=progress)
        summary = compose(evidence, asked.language)
        if slides:
            further[SLIDES] = deck(evidence, summary)
        parts = None if report is None else sections(report)
        folder = write(
            report, out, asked.store, progress, wait, summary=summary, asked=evidence, parts=parts, further=further,
            language=asked.language,
        )  # fmt: skip
    names = (SUMMARY, ANNEX if annex and seller is None else None, PDF, SLIDES if further else None)
    of_annex = None if parts is None else counted(parts)
    return brief_files(folder, names, summary, of_annex, time.monotonic() - began)


def evidence_for(
    asked: BriefAsked, plan: PlanUnderWay, *, annex: bool, progress: Progress = lambda _: None
) -> tuple[SummaryEvidence, Report | None]:  # fmt: skip
    """What the importer's summary rests on, with the report that it was taken from where an annex is wanted."""
    if annex:
        report = collect(
            asked.store, asked.importer, asked.partners, asked.minerals, asked.year,
            every_mineral=asked.every_mineral, progress=progress,
        )  # fmt: skip
        progress("plan")
        return evidence_of(report, plan()), report
    evidence = gathered(
        asked.store, asked.importer, asked.partners, asked.minerals, asked.year,
        every_mineral=asked.every_mineral, plan=plan, progress=progress,
    )  # fmt: skip
    return evidence, None


def summary_alone(
    asked: BriefAsked, plan: PlanUnderWay, progress: Progress = lambda _: None
) -> tuple[ReportAsked, Summary]:  # fmt: skip
    """The summary without the rest of a report, and the question with every default resolved."""
    language(asked.language)
    evidence, _ = evidence_for(asked, plan, annex=False, progress=progress)
    return evidence, compose(evidence, asked.language)


def partner_summary(
    asked: BriefAsked, seller: Region, plan: PlanUnderWay, progress: Progress = lambda _: None
) -> tuple[ReportAsked, Summary]:  # fmt: skip
    """The summary seen from a country that sells."""
    language(asked.language)
    evidence = partner_gathered(
        asked.store, asked.importer, seller, asked.minerals, asked.year, plan=plan, progress=progress
    )  # fmt: skip
    return evidence, compose_partner(evidence, asked.language)
