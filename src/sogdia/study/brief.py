"""The report of a study, in memory or as a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia import arguments
from sogdia.progress import Progress
from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.brief.report import Report


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

    def brief(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        progress: Progress = lambda _: None, wait: float | None = None,
    ) -> Path:  # fmt: skip
        """Write the report as a folder: brief.html, tables.xlsx, figures, data and manifest.json. Return the folder.

        wait: seconds to wait while another process writes a report there, None for as long as it takes (DataError).
        """
        from sogdia.brief import must_be_replaceable, write
        from sogdia.data.lock import must_be_a_wait

        folder = arguments.path("out", out)
        must_be_a_wait(wait)
        must_be_replaceable(folder)
        report = self.report(minerals=minerals, year=year, progress=progress)
        return write(report, folder, self.store, progress, wait)
