"""The summary as one HTML file: no script, no outside resource, every figure a link to the note on its sources."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Any

from markupsafe import Markup, escape

from sogdia.brief.summary.cited import Cited, Foreign, Written
from sogdia.brief.summary.notes import short_note
from sogdia.brief.summary.parts import Drawing, Sentences, Summary, SummaryTable
from sogdia.brief.summary.sheet import print_scale
from sogdia.data import source
from sogdia.render.fonts import font_face_css, font_stack
from sogdia.render.html import policy

TOLD = 6
"""Sources that the hover over a figure names."""


def summary_page(summary: Summary) -> str:
    """The HTML of a summary."""
    rules = _asset("summary.css").replace("FONTS", font_stack(summary.language))
    size = f":root{{--print:{print_scale(summary):g}}}\n"
    style = f"{font_face_css(summary.language)}\n{size}{rules}"
    template = _environment().get_template("summary.html.j2")
    return str(
        template.render(
            summary=summary,
            policy=f"{policy(scripts=(), styles=(style,))}; font-src data:",
            style=Markup(style),
            version=version("sogdia"),
            rich=lambda written: rich(written, summary),
            svg=Markup,
            parts_of=lambda page: [part for part in summary.parts if part.page == page],
            short=lambda note: short_note(note, summary),
            cite=source,
        )
    )


def rich(written: Written, summary: Summary) -> Markup:
    """A sentence as markup: each figure is a link to its note, and tells its sources when the mouse rests on it."""
    return Markup("").join(_piece(piece, summary) for piece in written)


def _piece(piece: str | Cited | Foreign, summary: Summary) -> Markup:
    if isinstance(piece, Cited):
        return _figure(piece, summary)
    return Markup('<span lang="en">{0}</span>').format(piece.text) if isinstance(piece, Foreign) else escape(piece)


def _figure(figure: Cited, summary: Summary) -> Markup:
    names = [source(i).publisher for i in figure.source_ids]
    more = f"; +{len(names) - TOLD}" if len(names) > TOLD else ""
    told = f"{summary.labels['source']}: {'; '.join(dict.fromkeys(names[:TOLD]))}{more}"
    return Markup('<a class="f" href="#note-{0}" aria-describedby="note-{0}" title="{1}">{2}</a>').format(
        figure.topic, told, figure.text
    )


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    """The templates of the summary, every value in them escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("sogdia.brief.summary", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.tests["table"] = lambda block: isinstance(block, SummaryTable)
    made.tests["drawing"] = lambda block: isinstance(block, Drawing)
    made.tests["sentences"] = lambda block: isinstance(block, Sentences)
    return made
