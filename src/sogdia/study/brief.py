"""The report of a study, in memory or as a folder, and its summary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia import arguments
from sogdia.study.names import Progress, StudyNames

if TYPE_CHECKING:
    from sogdia.brief.files import BriefFiles
    from sogdia.brief.report import Report
    from sogdia.brief.summary import Summary


class BriefQuestions(StudyNames):
    """Everything at once."""

    def report(
        self, *, minerals: str | Sequence[str] | None = None, year: int | None = None, with_hindcast: bool = True,
        progress: Progress = lambda _: None,
    ) -> Report:  # fmt: skip
        """Compute everything the brief shows. progress: called with the name of each step.

        with_hindcast: judge the model by the documented events, which does not depend on the importer.
        """
        from sogdia.brief.collect import collect

        return collect(
            self.store, self.importer, self.partners, self.minerals(minerals), self.year(year),
            every_mineral=minerals is None, with_hindcast=with_hindcast, progress=progress,
        )  # fmt: skip

    def summary(
        self, *, minerals: str | Sequence[str] | None = None, year: int | None = None, language: str = "en",
        progress: Progress = lambda _: None,
    ) -> Summary:  # fmt: skip
        """The two pages of the summary: what is exposed, what it could cost, what to do together.

        minerals: some alone, and then there is no plan; language: en, ja or ru.
        """
        from sogdia.brief.make import summary_alone

        _, made = summary_alone(
            self.store, self.importer, self.partners, self.minerals(minerals), self.year(year),
            every_mineral=minerals is None, language=language, progress=progress,
        )  # fmt: skip
        return made

    def brief(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        language: str = "en", annex: bool = True, progress: Progress = lambda _: None, wait: float | None = None,
    ) -> Path:  # fmt: skip
        """Write the report as a folder and return it: summary.html and summary.pdf; with annex.html,
        tables.xlsx, figures and data too; manifest.json.

        language: of the summary (en, ja, ru); annex: False writes the summary alone; wait: seconds to wait while
        another process writes a report there, None for as long as it takes (DataError).
        """
        made = self.brief_files(
            out, minerals=minerals, year=year, language=language, annex=annex, progress=progress, wait=wait
        )  # fmt: skip
        return made.folder

    def brief_files(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        language: str = "en", annex: bool = True, progress: Progress = lambda _: None, wait: float | None = None,
    ) -> BriefFiles:  # fmt: skip
        """As `brief`, but return the files with their counts of words and figures."""
        from sogdia.brief import must_be_replaceable
        from sogdia.brief.make import write_brief
        from sogdia.data.lock import must_be_a_wait

        folder = arguments.path("out", out)
        must_be_a_wait(wait)
        must_be_replaceable(folder)
        return write_brief(
            folder, self.store, self.importer, self.partners, self.minerals(minerals), self.year(year),
            every_mineral=minerals is None, language=language, annex=annex, progress=progress, wait=wait,
        )  # fmt: skip
