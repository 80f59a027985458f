"""The look of the charts: one restrained theme, whose colours differ in lightness and survive a grey print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

INK = "#1b2a38"
MUTED = "#556270"
RULE = "#d5dae0"
ACCENT = "#0b5a8a"
SECOND = "#c8641b"
NO_DATA = "#e9ecef"
# Dark to light with changing hue (after cividis, Nunez, Anderton & Renslow 2018): told apart by colour-blind readers
# and in greyscale, because lightness rises from step to step.
RAMP = ("#00224e", "#24508a", "#3f7f93", "#6d8f5e", "#a59c4a", "#d0b13c", "#eccd5f", "#f6e3a1")
REST = "#dfe3e8"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"

CONFIG: dict[str, Any] = {
    "background": "white",
    "padding": {"left": 5, "top": 5, "bottom": 5, "right": 14},
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": RULE,
        "tickColor": RULE,
        "labelLimit": 220,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "symbolType": "square",
        "labelLimit": 220,
    },
    "title": {"color": INK, "fontSize": 13, "fontWeight": 600, "anchor": "start", "offset": 8},
    "concat": {"spacing": 28},
}


def ramp(names: Sequence[str], rest: str) -> list[str]:
    """A colour for each name, dark first; the name `rest` is light grey.

    Names beyond the ramp's length share its last colour.
    """
    order = [name for name in names if name != rest]
    last = len(RAMP) - 1
    stride = 1.0 if len(order) > last else last / max(len(order), 1)
    colour = {name: RAMP[min(round(place * stride), last)] for place, name in enumerate(order)}
    return [colour.get(name, REST) for name in names]
