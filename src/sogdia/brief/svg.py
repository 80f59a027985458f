"""How does a chart become a picture? Vega-Lite to SVG by vl-convert, without what a static picture does not need."""

from __future__ import annotations

import re
from typing import Any

from sogdia.brief.blocks import Figure

TABLE = "table"
_MARK_TREE = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_BACKGROUND = re.compile(r'<path class="background" d="[^"]*"/>')
_CLASS = re.compile(r' class="(?!marks")[^"]*"')
_DEFAULT = re.compile(r' (?:opacity="1"|pointer-events="none"|stroke-width="1")')
_EMPTY_GROUP = re.compile(r"<g>\s*</g>")
_GEOMETRY = re.compile(r' (?:d|transform)="[^"]*"')
_DECIMALS = re.compile(r"(\.\d)\d+")


def full_spec(figure: Figure) -> dict[str, Any]:
    """The specification with its data in it, as Vega-Lite reads it alone."""
    return {**figure.spec, "datasets": {TABLE: figure.frame.to_dicts(), **(figure.extra or {})}}


def render(figure: Figure) -> str:
    """The figure as SVG text."""
    import vl_convert

    return compact(vl_convert.vegalite_to_svg(full_spec(figure)))


def compact(svg: str) -> str:
    """The same picture in about half the bytes: no accessibility tree of single marks, geometry to 0.1 pixel."""
    svg = _MARK_TREE.sub("", svg)
    svg = _CLASS.sub("", _BACKGROUND.sub("", svg))
    svg = _DEFAULT.sub("", svg)
    svg = _GEOMETRY.sub(lambda geometry: _DECIMALS.sub(r"\1", geometry[0]), svg)
    while (smaller := _EMPTY_GROUP.sub("", svg)) != svg:
        svg = smaller
    return svg
