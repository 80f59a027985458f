"""The report of a study, in memory or as a folder, and its summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia import arguments
from sogdia.codes import Region, economy, must_be_disjoint
from sogdia.progress import Progress
from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.brief.files import BriefFiles
    from sogdia.brief.make import BriefAsked
    from sogdia.brief.report import Report
    from sogdia.brief.summary import Summary
    from sogdia.plan.for_report import PlanFound


class BriefQuestions(StudyNames):
    """Everything at once."""

    def report(
        self, *, minerals: str | Sequence[str] | None = None, year: int | None = None, with_hindcast: bool = True,
        progress: Progress = lambda _: None,
    ) -> Report:  # fmt: skip
        """Compute everything the annex shows. progress: called with the name of each step.

        with_hindcast: judge the model by the documented events, which does not depend on the importer.
        """
        from sogdia.brief.collect import collect

        return collect(
            self.store, self.importer, self.partners, self.minerals(minerals), self.year(year),
            every_mineral=minerals is None, with_hindcast=with_hindcast, progress=progress,
        )  # fmt: skip

    def summary(
        self, *, minerals: str | Sequence[str] | None = None, year: int | None = None, language: str = "en",
        partner_view: str | None = None, progress: Progress = lambda _: None,
    ) -> Summary:  # fmt: skip
        """The two pages of the summary: what is exposed, what it could cost, what to do together.

        minerals: some alone, and then there is no plan; language: en, ja or ru; partner_view: a country whose side is
        told instead: its buyers, what processing leaves at home, its projects.
        """
        seller = self._seller(partner_view)
        with self._plan(minerals, year, seller) as plan:
            from sogdia.brief.make import partner_summary, summary_alone

            asked = self._asked(minerals, year, language)
            if seller is not None:
                return partner_summary(asked, seller, plan, progress)[1]
            return summary_alone(asked, plan, progress)[1]

    def brief(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        language: str = "en", annex: bool = True, slides: bool = False, partner_view: str | None = None,
        progress: Progress = lambda _: None, wait: float | None = None,
    ) -> Path:  # fmt: skip
        """Write the report as a folder and return it: summary.html, summary.pdf, the annex with tables.xlsx, figures
        and data, and manifest.json.

        language, partner_view: as for `summary`, and a partner's summary has no annex; annex: False leaves it out;
        slides: slides.pptx too, of the importer's summary (SogdiaError without the extra `pptx`); wait: seconds to wait
        while another process writes a report there, None for as long as it takes (DataError).
        """
        made = self.brief_files(
            out, minerals=minerals, year=year, language=language, annex=annex, slides=slides,
            partner_view=partner_view, progress=progress, wait=wait,
        )  # fmt: skip
        return made.folder

    def brief_files(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        language: str = "en", annex: bool = True, slides: bool = False, partner_view: str | None = None,
        progress: Progress = lambda _: None, wait: float | None = None,
    ) -> BriefFiles:  # fmt: skip
        """As `brief`, but return the files with their counts of words and figures."""
        from sogdia.data.lock import must_be_a_wait

        folder, seller = arguments.path("out", out), self._seller(partner_view)
        must_be_a_wait(wait)
        with self._plan(minerals, year, seller) as plan:
            from sogdia.brief import must_be_replaceable
            from sogdia.brief.make import write_brief

            must_be_replaceable(folder)
            return write_brief(
                self._asked(minerals, year, language), folder, plan, annex=annex, slides=slides, seller=seller,
                progress=progress, wait=wait,
            )  # fmt: skip

    def _plan(
        self, minerals: str | Sequence[str] | None, year: int | None, seller: Region | None
    ) -> AbstractContextManager[Callable[[], PlanFound]]:
        """The plan under way. It takes longer than all else, and starts before the pages are loaded."""
        from sogdia.plan.for_report import plan_under_way

        partners = self.partners if seller is None else (seller,)
        return plan_under_way(self.store, self.importer, partners, self.year(year), every_mineral=minerals is None)

    def _asked(self, minerals: str | Sequence[str] | None, year: int | None, language: str) -> BriefAsked:
        from sogdia.brief.make import BriefAsked

        code = arguments.name("language", language, "en")
        every = minerals is None
        return BriefAsked(
            self.store, self.importer, self.partners, self.minerals(minerals), self.year(year), every, code
        )  # fmt: skip

    def _seller(self, partner: str | None) -> Region | None:
        """The partner whose side is told, None for the importer's; InputError where both share a country."""
        if partner is None:
            return None
        seller = economy(arguments.name("partner_view", partner, "KAZ"), self._own)
        must_be_disjoint(self.importer, (seller,))
        return seller
