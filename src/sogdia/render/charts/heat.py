"""Heat map: one cell for each pair of names, darker the more, with the figure written in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sogdia.render.charts.base import finished, table

CELL = 30
LIGHT_TEXT_FROM = 0.5
"""Part of the largest value from which text is white."""


def heat_map(rows: Sequence[str], columns: Sequence[str], title: str, largest: float) -> dict[str, Any]:
    """Specification of a table with the columns row, column, value (None for nothing) and text.

    rows, columns: in the order in which they stand; title: of the scale; largest: value of the darkest cell.
    """
    import altair as alt

    x = alt.X("column:N", title=None, sort=list(columns), axis=alt.Axis(labelAngle=-40, orient="top", labelLimit=220))
    y = alt.Y("row:N", title=None, sort=list(rows), axis=alt.Axis(labelLimit=260))
    scale = alt.Scale(scheme="blues", domain=[0, largest], type="sqrt")
    base = alt.Chart(table())
    cells = base.mark_rect().encode(
        x=x, y=y, color=alt.Color("value:Q", title=title, scale=scale), tooltip=["row:N", "column:N", "text:N"]
    )
    light = alt.condition(alt.datum.value > LIGHT_TEXT_FROM * largest, alt.value("white"), alt.value("black"))
    words = base.mark_text(fontSize=10).encode(x=x, y=y, text="text:N", color=light)
    return finished((cells + words).properties(width={"step": 2 * CELL}, height={"step": CELL}))
