"""What writing a report came to: its files, and how many figures of it lead to a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sogdia.brief.summary.cited import Cited
from sogdia.brief.summary.parts import Summary
from sogdia.data.provenance import sources


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """folder: of the report; summary, annex, pdf: its files, None where they were not asked for; words: of the summary;
    figures: of it, and those whose sources all resolve; seconds: from the question to the folder.
    """

    folder: Path
    summary: Path | None
    annex: Path | None
    pdf: Path | None
    words: int | None
    figures: int
    figures_with_source: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "summary": _text(self.summary), "annex": _text(self.annex), "pdf": _text(self.pdf), "words": self.words,
            "figures": self.figures, "figures_with_source": self.figures_with_source,
            "seconds": round(self.seconds, 3),
        }  # fmt: skip


def resolved(figures: Iterable[Cited]) -> int:
    """How many figures name at least one source, and only sources that are known."""
    known = sources()
    return sum(bool(figure.source_ids) and all(i in known for i in figure.source_ids) for figure in figures)


def brief_files(folder: Path, names: tuple[str, str, str], summary: Summary, annex: bool, seconds: float) -> BriefFiles:
    """The files of a written folder. names: of summary, annex and PDF in it."""
    page, whole, printed = names
    return BriefFiles(
        folder, folder / page, folder / whole if annex else None, folder / printed, summary.words,
        len(summary.figures), resolved(summary.figures), seconds,
    )  # fmt: skip


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
