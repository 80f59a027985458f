"""A report made and written: the plan under way in a process of its own while the rooms are asked for the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from sogdia.brief.collect import collect
from sogdia.brief.files import BriefFiles, brief_files
from sogdia.brief.folder import ANNEX, PDF, SUMMARY, write
from sogdia.brief.summary.beside import SOME_MINERALS, PlanFound, plan_asked, plan_beside
from sogdia.brief.summary.compose import compose
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.gather import evidence_of, gathered
from sogdia.brief.summary.parts import Summary
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.render.languages import language as known_language

Progress = Callable[[str], None]


def write_brief(
    out: Path, store: Store, importer: Region, partners: Sequence[Region], minerals: Sequence[Mineral], year: int, *,
    every_mineral: bool, language: str = "en", annex: bool = True, progress: Progress = lambda _: None,
    wait: float | None = None,
) -> BriefFiles:  # fmt: skip
    """Write summary and annex, or the summary alone. Arguments as for `Study.brief`."""
    began = time.monotonic()
    known_language(language)
    if not annex:
        evidence, summary = summary_alone(
            store, importer, partners, minerals, year, every_mineral=every_mineral, language=language,
            progress=progress,
        )  # fmt: skip
        folder = write(None, out, store, progress, wait, summary=summary, asked=evidence)
    else:
        with ExitStack() as stack:
            plan = _plan(stack, store, importer, partners, year, every_mineral=every_mineral)
            report = collect(
                store, importer, partners, minerals, year, every_mineral=every_mineral, progress=progress
            )  # fmt: skip
            progress("plan")
            summary = compose(evidence_of(report, plan()), language)
        folder = write(report, out, store, progress, wait, summary=summary)
    return brief_files(folder, (SUMMARY, ANNEX, PDF), summary, annex, time.monotonic() - began)


def summary_alone(
    store: Store, importer: Region, partners: Sequence[Region], minerals: Sequence[Mineral], year: int, *,
    every_mineral: bool, language: str = "en", progress: Progress = lambda _: None,
) -> tuple[SummaryEvidence, Summary]:  # fmt: skip
    """The summary without the rest of a report, and what it rests on."""
    known_language(language)
    with ExitStack() as stack:
        plan = _plan(stack, store, importer, partners, year, every_mineral=every_mineral)
        evidence = gathered(
            store, importer, partners, minerals, year, every_mineral=every_mineral, plan=plan, progress=progress
        )  # fmt: skip
    return evidence, compose(evidence, language)


def _plan(
    stack: ExitStack, store: Store, importer: Region, partners: Sequence[Region], year: int, *, every_mineral: bool
) -> Callable[[], PlanFound]:
    """The plan under way until the stack closes; none for a question on some minerals alone."""
    if not every_mineral:
        return lambda: PlanFound(None, SOME_MINERALS)
    return stack.enter_context(plan_beside(plan_asked(store, importer, partners, year))).result
