"""A report made and written: the plan under way in a process of its own while the rooms are asked for the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sogdia.brief.collect import collect
from sogdia.brief.files import BriefFiles, brief_files
from sogdia.brief.folder import ANNEX, PDF, SUMMARY, write
from sogdia.brief.manifest import Asked
from sogdia.brief.summary.beside import SOME_MINERALS, PlanFound, plan_asked, plan_beside
from sogdia.brief.summary.compose import compose
from sogdia.brief.summary.gather import evidence_of, gathered
from sogdia.brief.summary.partner_evidence import partner_gathered
from sogdia.brief.summary.partner_view import compose_partner
from sogdia.brief.summary.parts import Summary
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.render.languages import language

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BriefAsked:
    """What a report is on. every_mineral: no mineral was named; language: of the summary."""

    store: Store
    importer: Region
    partners: tuple[Region, ...]
    minerals: tuple[Mineral, ...]
    year: int
    every_mineral: bool
    language: str = "en"


def write_brief(
    asked: BriefAsked, out: Path, *, annex: bool = True, seller: Region | None = None,
    progress: Progress = lambda _: None, wait: float | None = None,
) -> BriefFiles:  # fmt: skip
    """Write summary and annex, or the summary alone. seller: write that partner's summary instead, without an annex."""
    began = time.monotonic()
    language(asked.language)
    if seller is None and annex:
        with _plan(asked, asked.partners) as plan:
            report = collect(
                asked.store, asked.importer, asked.partners, asked.minerals, asked.year,
                every_mineral=asked.every_mineral, progress=progress,
            )  # fmt: skip
            progress("plan")
            summary = compose(evidence_of(report, plan()), asked.language)
        folder = write(report, out, asked.store, progress, wait, summary=summary)
    else:
        made, summary = summary_alone(asked, progress) if seller is None else partner_summary(asked, seller, progress)
        folder = write(None, out, asked.store, progress, wait, summary=summary, asked=made)
    with_annex = annex and seller is None
    return brief_files(folder, (SUMMARY, ANNEX, PDF), summary, with_annex, time.monotonic() - began)


def summary_alone(asked: BriefAsked, progress: Progress = lambda _: None) -> tuple[Asked, Summary]:
    """The summary without the rest of a report, and the question with every default resolved."""
    language(asked.language)
    with _plan(asked, asked.partners) as plan:
        evidence = gathered(
            asked.store, asked.importer, asked.partners, asked.minerals, asked.year,
            every_mineral=asked.every_mineral, plan=plan, progress=progress,
        )  # fmt: skip
    return evidence, compose(evidence, asked.language)


def partner_summary(
    asked: BriefAsked, seller: Region, progress: Progress = lambda _: None
) -> tuple[Asked, Summary]:  # fmt: skip
    """The summary seen from a country that sells."""
    language(asked.language)
    with _plan(asked, (seller,)) as plan:
        evidence = partner_gathered(
            asked.store, asked.importer, seller, asked.minerals, asked.year, plan=plan, progress=progress
        )  # fmt: skip
    return evidence, compose_partner(evidence, asked.language)


@contextmanager
def _plan(asked: BriefAsked, partners: Sequence[Region]) -> Iterator[Callable[[], PlanFound]]:
    """The plan under way until the block ends; none for a question on some minerals alone."""
    if not asked.every_mineral:
        yield lambda: PlanFound(None, SOME_MINERALS)
        return
    with plan_beside(plan_asked(asked.store, asked.importer, partners, asked.year)) as under_way:
        yield under_way.result
