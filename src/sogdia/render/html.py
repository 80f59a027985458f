"""The report as one HTML file that opens without a network and runs nothing but its own short script.

Each chart stands in the page twice as a drawing (SVG), for a wide column and for a telephone; the style shows one of
them. What a mark stands for is told by the browser when the mouse rests on it. The policy (Content-Security-Policy)
allows the script and the style by their hashes, and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup, escape

from sogdia.data import source
from sogdia.render.blocks import Block, Column, Figure, Section, Table, ids_in
from sogdia.render.fonts import font_face_css, font_stack
from sogdia.render.formats import FORMATS
from sogdia.render.languages import said
from sogdia.render.languages.said import ENGLISH
from sogdia.render.plot.picture import NARROW, WIDE, in_page, still
from sogdia.render.plot.spoken import spoken
from sogdia.render.terms import Term, terms
from sogdia.render.theme import page_rules, variables

SIGNIFICANT_DIGITS = 6
FIRST_COLUMNS, ON_A_TELEPHONE = 6, 3
"""Columns that a table shows before it is unfolded."""
NAMED_SOURCES = 4
"""Sources named in the line under a block; where there are more, they are behind a fold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what is shown, the number it sorts by ("": its text), where it links to, its own anchor.

    source_ids: sources that it names; they are shown as links instead of the text. look: class of its column.
    """

    text: str
    sort: str = ""
    numeric: bool = False
    link: str = ""
    anchor: str = ""
    source_ids: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What the templates may ask for. terms: the definitions of the page by their text, none where it has no list;
    language: code of the page's language.
    """

    terms: Mapping[str, Term] = field(default_factory=dict)
    language: str = ENGLISH

    def kind(self, block: Block) -> str:
        return type(block).__name__

    def svg(self, figure: Figure) -> Markup:
        return drawn(figure, self.language)

    def say(self, text: str) -> Markup:
        """The text in the page's language; what stays English in another is marked as such."""
        return Markup(said.blank(self.language)).join(
            escape(piece.text) if piece.said else Markup('<span lang="en">{0}</span>').format(piece.text)
            for piece in said.pieces(text, self.language)
        )

    def words(self, text: str) -> str:
        """The text in the page's language for an attribute."""
        return said.words(text, self.language)

    def title(self, source_id: str) -> str:
        return source(source_id).title

    def cited(self, source_id: str, beside: Sequence[str]) -> str:
        """Publisher and year, or the title where another work of them stands beside it, with its key if need be."""
        cited = source(source_id)
        twins = [source(other).title for other in beside if _work(other) == _work(source_id)]
        name = cited.title if len(twins) > 1 else cited.publisher
        marks = [mark for mark in (cited.year, source_id if twins.count(cited.title) > 1 else "") if mark]
        return f"{name} ({', '.join(marks)})" if marks else name

    def numeric(self, column: Column) -> bool:
        return FORMATS[column.format].numeric

    def shown(self, table: Table) -> tuple[Column, ...]:
        return tuple(column for column in table.columns if column.shown)

    def look(self, place: int, column: Column) -> str:
        """Classes of a column's cells: numbers, and columns that wait behind the first ones."""
        looks = (
            ("number", self.numeric(column)), ("few", ON_A_TELEPHONE <= place < FIRST_COLUMNS),
            ("more", place >= FIRST_COLUMNS),
        )  # fmt: skip
        return " ".join(name for name, applies in looks if applies)

    def term(self, column: Column) -> str:
        """The anchor of a column's definition, "" where the page defines none."""
        known = self.terms.get(column.definition)
        return known.anchor if known else ""

    def rows(self, table: Table) -> list[list[Cell]]:
        frame = table.frame.head(table.rows_shown) if table.rows_shown else table.frame
        columns = [_cells(column, frame[column.name].to_list()) for column in self.shown(table)]
        for place, column in enumerate(self.shown(table)):
            look = self.look(place, column)
            columns[place] = [replace(cell, look=look) for cell in columns[place]] if look else columns[place]
        if table.link:
            targets = frame[table.link_column].to_list()
            columns[0] = [replace(cell, link=f"{table.link}{to}") for cell, to in zip(columns[0], targets, strict=True)]
        if table.row_anchor:
            anchors = frame[table.row_anchor].to_list()
            columns[0] = [replace(cell, anchor=to or "") for cell, to in zip(columns[0], anchors, strict=True)]
        return [list(row) for row in zip(*columns, strict=True)]

    def folded(self, ids: Sequence[str]) -> bool:
        """Whether so many sources stand behind a fold."""
        return len(ids) > NAMED_SOURCES

    def left_out(self, table: Table) -> int:
        return max(table.frame.height - table.rows_shown, 0) if table.rows_shown else 0


def _work(source_id: str) -> tuple[str, str]:
    cited = source(source_id)
    return cited.publisher, cited.year


def page(sections: tuple[Section, ...], *, title: str, kicker: str, version: str, language: str = ENGLISH) -> str:
    """The HTML of the report. language: its code; a page in one that the catalogues do not hold is English."""
    code = language if said.speaks(language) else ENGLISH
    style, script = page_style(code), asset("page.js")
    template = environment().get_template("annex.html.j2")
    return str(
        template.render(
            sections=sections,
            this=View(terms(sections), code),
            policy=policy(scripts=(script,), styles=(style,)) + ("" if code == ENGLISH else "; font-src data:"),
            style=Markup(style),
            script=Markup(script),
            title=title,
            kicker=kicker,
            version=version,
        )
    )


def drawn(figure: Figure, language: str = ENGLISH) -> Markup:
    """The figure as two drawings of which the page's style shows one, or as pieces that the style lays."""
    alt = said.words(figure.alt, language)
    with spoken(language):
        wide = figure.draw(WIDE)
        if wide.pieces:
            return Markup(in_page(wide, "", alt))
        narrow = still(figure.draw(NARROW))
    return Markup(in_page(wide, "wide", alt) + in_page(narrow, "narrow", alt))


def page_style(language: str = ENGLISH) -> str:
    """The style of a page: colours, pictures and all the rest, and the fonts that its language needs."""
    style = variables() + page_rules() + asset("style.css")
    if language == ENGLISH:
        return style
    fonts, stack = font_face_css(language, annex=True), font_stack(language, annex=True)
    return f"{fonts}\n{style}html, .plot text {{ font-family: {stack}; }}\n"


def policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """The page's Content-Security-Policy: nothing but these scripts and styles, by their SHA-256.

    >>> policy(scripts=(), styles=("",)).split("; ")[2]
    "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _cells(column: Column, values: Sequence[Any]) -> list[Cell]:
    form = FORMATS[column.format]
    if column.format == "source":
        return [Cell(form.write(value), source_ids=ids_in(value)) for value in values]
    if column.format == "anchor":
        return [Cell(value, anchor=f"source-{value}") for value in values]
    return [Cell(form.write(value), _sorted_by(value) if form.numeric else "", form.numeric) for value in values]


def _sorted_by(value: float | None) -> str:
    """A number as short text, empty for None."""
    return "" if value is None else f"{float(value):.{SIGNIFICANT_DIGITS}g}"


def _hashes(texts: tuple[str, ...]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def asset(name: str) -> str:
    """The text of a file of the templates."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def environment() -> Any:
    """The templates, every value in them escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("sogdia.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
