"""Answers as files for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sogdia import arguments
from sogdia.codes import economy
from sogdia.study.names import StudyNames


class ExportQuestions(StudyNames):
    """What other programs read."""

    def export(
        self, format: str, out: Path | str, *, minerals: str | Sequence[str] | None = None,  # noqa: A002
        years: int | Sequence[int] | None = None, importers: str | Sequence[str] | None = None,
    ) -> Path:  # fmt: skip
        """Write the exposure, its characterisation factors or the routes in a format of other programs to a folder.

        format: see `sogdia.exports.formats`; years: of trade, by default the last complete one; importers: instead of
        the study's own. Return the folder. UnknownNameError for a format or year there is not; DataError where
        something else stands at `out`.
        """
        from sogdia.exports import ExportContents
        from sogdia.exports import export as write

        named = arguments.names("importers", importers, "JPN") if importers is not None else ()
        whose = tuple(dict.fromkeys(economy(name, self._own) for name in named)) or (self.importer,)
        wanted = [years] if years is None or isinstance(years, int) else list(years)
        chosen = tuple(sorted({self.year(year) for year in wanted}))
        contents = ExportContents(self.store, whose, self.partners, self.minerals(minerals), chosen)
        return write(contents, arguments.name("format", format, "tidy"), arguments.path("out", out))
