"""A dot on a band for each row, and a second mark to compare with: how far a figure may lie from its central value.

A panel reads, for a field F: name (the row), F (the dot; no dot where it is unknown), F_low and F_high (the ends of the
band), F_open (true where the band goes on beyond the axis), F_text (what the tooltip says) and, where a second mark is
asked for, F_other.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sogdia.render.charts.base import finished, table
from sogdia.render.theme import ACCENT, MUTED, RULE, SECOND

ROW_HEIGHT = 22
BAND_COLOUR, ARROW_COLOUR = "#9fc0d6", "#4d84a8"
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Panel:
    """One field of the data as a panel. domain: ends of the axis; format: of its labels (d3); log: logarithmic;
    marks: names of the dot and of the second mark, which is left out where there is one name; zero: where a line marks
    "no change", None for none; ticks: labelled values, () to choose them by the domain.
    """

    field: str
    title: str
    domain: tuple[float, float]
    format: str
    marks: tuple[str, ...]
    log: bool = False
    zero: float | None = None
    ticks: tuple[float, ...] = ()
    width: int = 470


def log_ticks(low: float, high: float) -> tuple[float, ...]:
    """Labels of a logarithmic axis: 1, 2 and 5 in every decade between two ends.

    >>> log_ticks(0.4, 30)
    (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
    """
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = (float(f"{step}e{decade}") for decade in decades for step in STEPS)
    return tuple(tick for tick in ticks if low <= tick <= high)


def dot_bands(order: Sequence[str], panels: Sequence[Panel]) -> dict[str, Any]:
    """The panels side by side, rows from top to bottom in the given order; the first one names them."""
    spec = copy.deepcopy(_frame(tuple(panels)))
    for panel in spec.get("hconcat", [spec]):
        panel["height"] = ROW_HEIGHT * len(order)
        for layer in panel["layer"]:
            if "y" in layer["encoding"]:
                layer["encoding"]["y"]["sort"] = list(order)
    return spec


@lru_cache(maxsize=32)
def _frame(panels: tuple[Panel, ...]) -> dict[str, Any]:
    """What the charts of the same panels have in common, made once: making it for each would take seconds."""
    import altair as alt

    drawn = [_panel(panel, named=number == 0) for number, panel in enumerate(panels)]
    return finished(drawn[0] if len(drawn) == 1 else alt.hconcat(*drawn))


def _panel(panel: Panel, *, named: bool) -> Any:
    import altair as alt

    field = panel.field
    base = alt.Chart(table())
    labels = alt.Axis(ticks=False, domain=False, labelPadding=8, labels=named, labelLimit=280, grid=True)
    y = alt.Y("name:N", sort=[], title=None, axis=labels)
    x = alt.X(
        f"{field}_low:Q",
        title=panel.title,
        scale=alt.Scale(type="log" if panel.log else "linear", domain=list(panel.domain), nice=False, clamp=True),
        axis=alt.Axis(format=panel.format, gridColor=RULE, values=list(panel.ticks) or alt.Undefined),
    )
    tooltip = [alt.Tooltip("name:N", title="row"), alt.Tooltip(f"{field}_text:N", title=panel.title)]
    known = base.transform_filter(f"isValid(datum.{field}_low)")
    band = known.mark_rule(color=BAND_COLOUR, strokeWidth=7).encode(y=y, x=x, x2=f"{field}_high:Q", tooltip=tooltip)
    arrow = (
        base.transform_filter(f"datum.{field}_open")
        .mark_point(shape="triangle-right", filled=True, size=90, color=ARROW_COLOUR, opacity=1)
        .encode(y=y, x=alt.X(f"{field}_high:Q"), tooltip=tooltip)
    )
    marks = [_mark(base, panel, place, y, tooltip) for place in range(len(panel.marks))]
    layers = [band, arrow, *marks]
    if panel.zero is not None:
        layers.insert(0, base.mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x=alt.datum(panel.zero)))
    return alt.layer(*layers).properties(width=panel.width, height=ROW_HEIGHT)


def _mark(base: Any, panel: Panel, place: int, y: Any, tooltip: list[Any]) -> Any:
    """The dot (place 0) or the second mark (place 1), with a legend where there are both."""
    import altair as alt

    field = panel.field if place == 0 else f"{panel.field}_other"
    names = list(panel.marks)
    legend = alt.Legend(orient="top") if len(names) > 1 else None
    shapes, colours = ["circle", "diamond"][: len(names)], [ACCENT, SECOND][: len(names)]
    return (
        base.transform_filter(f"isValid(datum.{field})")
        .transform_calculate(mark=f"'{names[place]}'")
        .mark_point(filled=True, size=75, opacity=1)
        .encode(
            y=y,
            x=alt.X(f"{field}:Q"),
            shape=alt.Shape("mark:N", title=None, scale=alt.Scale(domain=names, range=shapes), legend=legend),
            color=alt.Color("mark:N", title=None, scale=alt.Scale(domain=names, range=colours), legend=legend),
            tooltip=tooltip,
        )
    )
