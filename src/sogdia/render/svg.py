"""A chart drawn as a picture: Vega-Lite to SVG by vl-convert, without what a static picture does not need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from textwrap import wrap
from typing import Any

from sogdia.render.blocks import Figure
from sogdia.render.theme import FONT, MUTED
from sogdia.text import escaped

TABLE = "table"
TITLE_LINE, LINE = 100, 130
"""Characters in a line of a title, and of a note under it."""
_MARK_TREE = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_CLASS = re.compile(r' class="(?!marks")[^"]*"')
_DEFAULT = re.compile(r' (?:opacity="1"|pointer-events="none"|stroke-width="1"|transform="translate\(0,0\)"|[xy]2="0")')
_UNSEEN = re.compile(r'<path (?:[^>]*(?:opacity="0"|display="none")[^>]*|d="[^"]*")/>')
_EMPTY_GROUP = re.compile(r"<g(?: [^>]*)?></g>")
_BARE_GROUP = re.compile(r"<g>((?:(?!</?g[ >]).)*)</g>")
_CLIP = re.compile(r"\bclip\d+\b")
_GEOMETRY = re.compile(r' (?:d|transform)="[^"]*"')
_DECIMALS = re.compile(r"(\.\d)\d+")
_TRAILING_ZERO = re.compile(r"\.0(?!\d)")
_MARK = re.compile(r'<(?P<tag>path|line|text)(?P<attributes>(?: [a-z0-9-]+="[^"]*")*)(?P<rest>/>|>[^<]*</(?P=tag)>)')
_RUN = re.compile(r'(?:<(?:path|line|text)(?: [a-z0-9-]+="[^"]*")*(?:/>|>[^<]*</(?:path|line|text)>)){3,}')
_OWN = re.compile(r' (?:d|transform|[xy][12]?)="[^"]*"')
LEAST_ALIKE = 3
_INHERITED = f' font-family="{FONT}" font-size="12px"'


def full_spec(figure: Figure) -> dict[str, Any]:
    """The specification with its data in it, as Vega-Lite reads it alone."""
    return {**figure.spec, "datasets": {TABLE: figure.frame.to_dicts(), **(figure.extra or {})}}


def titled(figure: Figure, title: str, notes: Iterable[str]) -> Figure:
    """The figure as a picture that stands alone: with its title, and under it the notes, wrapped.

    >>> import polars as pl
    >>> spec = titled(Figure("f", {}, pl.DataFrame(), "", "", ()), "Tin", ["a note"]).spec
    >>> spec["title"]["text"], spec["title"]["subtitle"]
    (['Tin'], ['a note'])
    """
    lines = [line for note in notes for line in wrap(note, LINE)]
    heading = {"text": wrap(title, TITLE_LINE), "subtitle": lines, "anchor": "start", "subtitleColor": MUTED}
    return replace(figure, spec={**figure.spec, "title": heading})


def render(figure: Figure) -> str:
    """The figure as SVG text."""
    import vl_convert

    return own_ids(compact(vl_convert.vegalite_to_svg(drawable(still(full_spec(figure))))), figure.key)


def drawable(part: Any) -> Any:
    """A specification whose texts hold no control character: the drawing program ends the process at one of them.

    >>> drawable({"title": "a" + chr(27), "rows": ["b"]})
    {'title': 'a<U+001B>', 'rows': ['b']}
    """
    if isinstance(part, str):
        return escaped(part, lines=True)
    if isinstance(part, dict):
        return {drawable(name): drawable(value) for name, value in part.items()}
    return [drawable(value) for value in part] if isinstance(part, list | tuple) else part


def still(spec: Any) -> Any:
    """A specification without the layers that nobody sees: they carry tooltips, which a picture has none of.

    >>> still({"layer": [{"mark": {"type": "area"}}, {"mark": {"type": "bar", "opacity": 0}}]})
    {'layer': [{'mark': {'type': 'area'}}]}
    """
    if isinstance(spec, list):
        return [still(part) for part in spec if not _unseen(part)]
    if isinstance(spec, dict):
        return {name: part if name == "datasets" else still(part) for name, part in spec.items()}
    return spec


def _unseen(part: Any) -> bool:
    mark = part.get("mark") if isinstance(part, dict) else None
    return isinstance(mark, dict) and mark.get("opacity") == 0


def own_ids(svg: str, key: str) -> str:
    """The drawing with its clip paths numbered anew under the figure's name.

    Vega counts them through a process: equal reports would differ, and drawings on one page could share a name.

    >>> own_ids('<clipPath id="clip7"/><g clip-path="url(#clip7)"/>', "map")
    '<clipPath id="map-clip0"/><g clip-path="url(#map-clip0)"/>'
    """
    renamed = {name: f"{key}-clip{place}" for place, name in enumerate(dict.fromkeys(_CLIP.findall(svg)))}
    return _CLIP.sub(lambda name: renamed[name[0]], svg)


def compact(svg: str) -> str:
    """The same picture in about half the bytes: no accessibility tree of single marks, geometry to 0.1 pixel."""
    svg = _CLASS.sub("", _MARK_TREE.sub("", svg))
    svg = _UNSEEN.sub("", _DEFAULT.sub("", svg))
    svg = svg.replace(_INHERITED, "").replace("<svg ", f"<svg{_INHERITED} ", 1)
    svg = _GEOMETRY.sub(lambda geometry: _TRAILING_ZERO.sub("", _DECIMALS.sub(r"\1", geometry[0])), svg)
    while (smaller := _BARE_GROUP.sub(r"\1", _EMPTY_GROUP.sub("", svg))) != svg:
        svg = smaller
    return _RUN.sub(_grouped, svg)


def _grouped(run: re.Match[str]) -> str:
    """Marks that follow each other, with the look that neighbours share said once, on a group round them."""
    made = []
    for look, marks in groupby(_MARK.finditer(run[0]), lambda mark: _OWN.sub("", mark["attributes"])):
        same = list(marks)
        # The opacity of a group is not that of its marks: where they overlap they would show through one less time.
        if len(same) < LEAST_ALIKE or not look or " opacity=" in look:
            made += [mark[0] for mark in same]
            continue
        own = (f"<{mark['tag']}{''.join(_OWN.findall(mark['attributes']))}{mark['rest']}" for mark in same)
        made.append(f"<g{look}>{''.join(own)}</g>")
    return "".join(made)
