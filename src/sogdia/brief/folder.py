"""A report as a folder: all of it is written beside its final place and renamed when it is complete."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from sogdia.brief.front_tables import front_tables
from sogdia.brief.manifest import ReportAsked, must_be_replaceable, write_manifest
from sogdia.brief.report import Report
from sogdia.brief.sections import sections
from sogdia.brief.summary.page import summary_page
from sogdia.brief.summary.parts import Summary
from sogdia.brief.summary.sheet import summary_pdf
from sogdia.data import Store
from sogdia.data.lock import must_be_a_wait, writing
from sogdia.errors import DataError, refusals, refused
from sogdia.files import beside, put_in_place, scratch_folder, sync_folder, sync_tree, write_text
from sogdia.render.blocks import Figure, Section, figures, notes, stacked
from sogdia.render.excel import tidy, write_workbook
from sogdia.render.html import page
from sogdia.render.svg import render
from sogdia.render.wording import join, possessive, short
from sogdia.tabular.formulas import neutral

ANNEX, SUMMARY, PDF, SLIDES = "annex.html", "summary.html", "summary.pdf", "slides.pptx"
"""Files of a report that a reader opens."""
GENERAL = (
    "An empty cell is unknown, never zero. Shares are fractions of 1.",
    "Column names, units and definitions stand below; sources on the last sheet.",
)


def write(
    report: Report | None,
    out: Path,
    store: Store,
    tell: Callable[[str], None] = lambda _: None,
    wait: float | None = None,
    *,
    summary: Summary | None = None,
    asked: ReportAsked | None = None,
    further: Mapping[str, bytes] | None = None,
    parts: tuple[Section, ...] | None = None,
    language: str = "en",
) -> Path:
    """Write the report to the folder `out` and return it: the annex of `report`, and the summary where it is given.

    A report that stands there is replaced; anything else is left alone (DataError). store: for the data's hashes, which
    are compared with the files once more. tell: called with a sentence when another process is writing there, and when
    something could not be removed, and with the name of the step. wait: seconds to wait for another process that writes
    there, None for as long as it takes; DataError when they are over. asked: the question where there is no report.
    further: other files of the folder by name. parts: the sections of the report where they are made already.
    language: of the annex.
    """
    must_be_a_wait(wait)
    question = report if asked is None else asked
    if question is None:
        raise TypeError("a folder is written for a report or for a question")
    tell("writing")
    store.must_be_whole()
    with refusals(out):
        place = Path(out).resolve()
        must_be_replaceable(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        with writing(place.parent / f".{place.name}.lock", what=Path(out), wait=wait, tell=tell):
            _sweep(place)
            must_be_replaceable(place)
            with scratch_folder(beside(place, "part")) as part:
                _fill(part, report, summary, parts, language)
                for name, content in (further or {}).items():
                    (part / name).write_bytes(content)
                write_manifest(part, question, store)
                sync_tree(part)
                put_in_place(part, place)
                try:
                    sync_folder(place.parent)
                except OSError as why:
                    raise DataError(f"the report is in place in {out}; what followed failed: {refused(why)}") from why
            if part.exists():
                tell(f"the report is in place; cleaning up failed: {part} remains until the next report")
    return Path(out)


def _sweep(out: Path) -> None:
    """Remove what an interrupted command has left beside the report, and put back a report that it had put aside."""
    left = re.compile(rf"\.{re.escape(out.name)}\.[a-z0-9_]{{8}}\.(part|old)")
    for path in [path for path in out.parent.iterdir() if left.fullmatch(path.name) and not path.is_symlink()]:
        if path.suffix == ".old" and (path / out.name).is_dir() and not out.exists():
            (path / out.name).rename(out)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _fill(
    folder: Path, report: Report | None, summary: Summary | None, parts: tuple[Section, ...] | None, language: str
) -> None:  # fmt: skip
    if summary is not None:
        write_text(folder / SUMMARY, summary_page(summary))
        (folder / PDF).write_bytes(summary_pdf(summary))
    if report is not None:
        _fill_annex(folder, report, sections(report) if parts is None else parts, language)


def _fill_annex(folder: Path, report: Report, parts: tuple[Section, ...], language: str) -> None:
    title, kicker = heading(report)
    write_figures(folder / "figures", figures(parts))
    write_tables(folder / "data", report, parts)
    write_workbook(
        folder / "tables.xlsx", parts, title=title, notes=(*GENERAL, *notes(parts)), dated=dated(report),
        front=front_tables(parts),
    )  # fmt: skip
    annex = page(parts, title=title, kicker=kicker, version=version("sogdia"), language=language)
    write_text(folder / ANNEX, annex)


def heading(report: Report) -> tuple[str, str]:
    """The report's title, and the line above it."""
    partners = join([short(partner) for partner in report.partners])
    title = f"{possessive(short(report.importer))} mineral imports in {report.year}"
    return title, f"data to {report.year}" + (f" · partners: {partners}" if partners else "")


def dated(report: Report) -> str:
    """The year of the data and the program, for each sheet: equal data give equal sheets whenever they are written."""
    return f"Trade of {report.year}; other figures of the years given. Sogdia {version('sogdia')}."


def write_figures(folder: Path, shown: tuple[Figure, ...]) -> None:
    """Each figure as SVG, with its data as CSV of the same name."""
    folder.mkdir()
    for figure in shown:
        write_text(folder / f"{figure.key}.svg", render(figure))
        neutral(figure.frame).write_csv(folder / f"{figure.key}.csv")


def write_tables(folder: Path, report: Report, parts: tuple[Section, ...]) -> None:
    """Each table of the report as CSV, and the results it was made from as tidy Parquet and CSV."""
    folder.mkdir()
    for file, group in stacked(parts).items():
        neutral(tidy(group)).write_csv(folder / f"{file}.csv")
    results = {
        "results": report.exposure.table(),
        "history": report.history.table(),
        "partner_supply": report.partner_supply.table(),
    }
    for name, frame in results.items():
        frame.write_parquet(folder / f"{name}.parquet")
