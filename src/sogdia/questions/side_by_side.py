"""The same question of several importers, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from sogdia import arguments
from sogdia.answer import Answer, each_once
from sogdia.errors import wrong_argument
from sogdia.questions.limits import IMPORTERS

if TYPE_CHECKING:
    from sogdia.exposure import Exposure
    from sogdia.study import Study

USUAL = ("JPN", "KOR", "EU27")


@dataclass(frozen=True, repr=False)
class SideBySide(Answer):
    """The exposure of each importer. notes: those of all of them, each once."""

    exposures: tuple[Exposure, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The titles of all of them."""
        return "; ".join(each.title for each in self.exposures)

    def table(self) -> pl.DataFrame:
        """Their tables below each other."""
        return pl.concat([each.table() for each in self.exposures], how="diagonal_relaxed")

    def sources(self) -> tuple[str, ...]:
        """Those of all of them."""
        return each_once(*(each.sources() for each in self.exposures))

    def to_dict(self) -> dict[str, Any]:
        """`exposures`: the answer of `expose` for each importer."""
        return {
            "title": self.title,
            "exposures": [each.to_dict() for each in self.exposures],
            "notes": list(self.notes),
            "sources": list(self.sources()),
        }


def exposures(
    study: Study, importers: str | Sequence[str] | None = None, mineral: str | Sequence[str] | None = None, *,
    year: int | None = None,
) -> SideBySide:  # fmt: skip
    """The exposure of each importer, by default of Japan, South Korea and the European Union.

    importers: one text with commas, or several; mineral, year: as for `Study.expose`.
    """
    given = USUAL if importers is None else arguments.names("importers", importers, "KOR")
    named = tuple(dict.fromkeys(part.strip() for name in given for part in name.split(",") if part.strip()))
    if not 1 <= len(named) <= IMPORTERS:
        raise wrong_argument("importers", f"one to {IMPORTERS} stand side by side", "Name some.", len(named))
    answers = tuple(type(study)(name, store=study.store).expose(mineral, year=year) for name in named)
    return SideBySide(answers, each_once(*(answer.notes for answer in answers)))
