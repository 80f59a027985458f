"""What writing a report came to: its files, and how many figures of it lead to a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sogdia.brief.figure_count import FigureCount
from sogdia.brief.summary.cited import Cited
from sogdia.brief.summary.parts import Summary
from sogdia.data.provenance import sources


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """folder: of the report; summary, annex, pdf, slides: its files, None where not asked for; words: of the summary;
    figures: of both, and those whose sources all resolve; seconds: from the question to the folder.
    """

    folder: Path
    summary: Path | None
    annex: Path | None
    pdf: Path | None
    slides: Path | None
    words: int | None
    figures: int
    figures_with_source: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "summary": _text(self.summary), "annex": _text(self.annex), "pdf": _text(self.pdf),
            "slides": _text(self.slides), "words": self.words,
            "figures": self.figures, "figures_with_source": self.figures_with_source,
            "seconds": round(self.seconds, 3),
        }  # fmt: skip


def resolved(figures: Iterable[Cited]) -> int:
    """How many figures name at least one source, and only sources that are known."""
    known = sources()
    return sum(bool(figure.source_ids) and all(i in known for i in figure.source_ids) for figure in figures)


def brief_files(
    folder: Path, names: Sequence[str | None], summary: Summary, annex: FigureCount | None, seconds: float
) -> BriefFiles:  # fmt: skip
    """The files of a written folder. names: of summary, annex, PDF and slides in it, None for what is not there; annex:
    its figures, None without one.
    """
    page, whole, printed, slides = (None if name is None else folder / name for name in names)
    more = FigureCount(0, 0) if annex is None else annex
    return BriefFiles(
        folder, page, whole, printed, slides, summary.words,
        len(summary.figures) + more.figures, resolved(summary.figures) + more.with_source, seconds,
    )  # fmt: skip


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
