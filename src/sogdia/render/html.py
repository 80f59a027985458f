"""The report as one HTML file that opens without a network and runs nothing but its own two scripts.

Each chart stands in the page as a drawing (SVG) and comes alive, with tooltips, when it is near the screen: by Vega's
bundle from vl-convert, with Vega's expression interpreter, so that the page's policy can forbid `eval`. The policy
(Content-Security-Policy) allows the two scripts and the style by their hashes, and no connection at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import polars as pl
from markupsafe import Markup

from sogdia.data import source
from sogdia.render.blocks import Block, Column, Figure, Section, Table, figures, ids_in
from sogdia.render.formats import FORMATS

SIGNIFICANT_DIGITS = 6
EXPORT = "window.vegaEmbed = vegaEmbed;"


def library() -> str:
    """Vega, Vega-Lite and vega-embed as one script, from vl-convert. Takes seconds: start it early, in a thread."""
    import vl_convert

    return str(vl_convert.javascript_bundle(EXPORT))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what is shown, the number it sorts by ("": its text), where it links to, its own anchor.

    source_ids: sources that it names; they are shown as links instead of the text.
    """

    text: str
    sort: str = ""
    numeric: bool = False
    link: str = ""
    anchor: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What the templates may ask for."""

    drawings: Mapping[str, str]

    def kind(self, block: Block) -> str:
        return type(block).__name__

    def svg(self, figure: Figure) -> Markup:
        return Markup(self.drawings[figure.key])

    def title(self, source_id: str) -> str:
        return source(source_id).title

    def cited(self, source_id: str, beside: Sequence[str]) -> str:
        """Publisher and year, or the title where another work of them stands beside it."""
        cited = source(source_id)
        twins = [other for other in beside if _work(other) == _work(source_id)]
        return f"{cited.title if len(twins) > 1 else cited.publisher} ({cited.year})"

    def numeric(self, column: Column) -> bool:
        return FORMATS[column.format].numeric

    def shown(self, table: Table) -> tuple[Column, ...]:
        return tuple(column for column in table.columns if column.shown)

    def rows(self, table: Table) -> list[list[Cell]]:
        frame = table.frame.head(table.rows_shown) if table.rows_shown else table.frame
        columns = [_cells(frame, column) for column in self.shown(table)]
        if table.link:
            targets = frame[table.link_column].to_list()
            columns[0] = [replace(cell, link=f"{table.link}{to}") for cell, to in zip(columns[0], targets, strict=True)]
        return [list(row) for row in zip(*columns, strict=True)]

    def rows_name_sources(self, block: Block) -> bool:
        """Whether each row of a table names its own sources."""
        return isinstance(block, Table) and any(column.format == "source" for column in block.columns)

    def left_out(self, table: Table) -> int:
        return max(table.frame.height - table.rows_shown, 0) if table.rows_shown else 0


def _work(source_id: str) -> tuple[str, str]:
    cited = source(source_id)
    return cited.publisher, cited.year


def page(
    sections: tuple[Section, ...],
    drawings: Mapping[str, str],
    script_library: str,
    *,
    title: str,
    kicker: str,
    version: str,
) -> str:
    """The HTML of the report. drawings: SVG text by figure key; script_library: from `library`."""
    style, script = asset("style.css"), asset("page.js")
    template = environment().get_template("brief.html.j2")
    return str(
        template.render(
            sections=sections,
            this=View(drawings),
            live=[{"key": f.key, "packed": _embedded(f)} for f in figures(sections)],
            policy=policy(scripts=(script_library, script), styles=(style,)),
            style=Markup(style),
            script=Markup(script),
            library=_compressed(script_library),
            title=title,
            kicker=kicker,
            version=version,
        )
    )


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


def pack(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame by columns, words numbered and numbers to six significant digits, as `page.js` unpacks it.

    >>> pack(pl.DataFrame({"c": ["a", "b", "a"], "v": [1.0, None, 1 / 3]}))["columns"]
    {'c': {'words': ['a', 'b'], 'at': '0,1,0'}, 'v': {'values': '1,,0.333333'}}
    """
    columns: dict[str, Any] = {}
    for series in frame:
        if series.dtype == pl.String:
            words = series.drop_nulls().unique(maintain_order=True).to_list()
            place = {word: number for number, word in enumerate(words)}
            columns[series.name] = {"words": words, "at": ",".join(str(place.get(word, "")) for word in series)}
        else:
            columns[series.name] = {"values": ",".join(map(_rounded, series))}
    return {"columns": columns, "length": frame.height}


def _rounded(value: float | None) -> str:
    """A number as short text, empty for None."""
    return "" if value is None else f"{float(value):.{SIGNIFICANT_DIGITS}g}"


def _embedded(figure: Figure) -> str:
    """A figure's specification and data: JSON, compressed."""
    content = {"spec": figure.spec, "table": pack(figure.frame), "extra": figure.extra or {}}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _compressed(text)


def _compressed(text: str) -> str:
    """Gzip in base64; the same letters for the same text."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _cells(frame: pl.DataFrame, column: Column) -> list[Cell]:
    form = FORMATS[column.format]
    if column.format == "source":
        return [Cell(form.write(value), source_ids=ids_in(value)) for value in frame[column.name]]
    if column.format == "anchor":
        return [Cell(value, anchor=f"source-{value}") for value in frame[column.name]]
    return [
        Cell(form.write(value), _rounded(value) if form.numeric else "", form.numeric) for value in frame[column.name]
    ]


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
