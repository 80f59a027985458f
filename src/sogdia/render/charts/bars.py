"""Stacked horizontal bars: amounts to compare, and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sogdia.render.charts.base import finished, table

ROW_HEIGHT = 24
WIDTH = 520


def bars(
    order: Sequence[str],
    parts: Sequence[str],
    colours: Sequence[str],
    *,
    value: str,
    title: str,
    axis_format: str,
    tooltip_format: str,
) -> dict[str, Any]:
    """Reads name (the bar), part (what it is made of), detail (shown with the part), and the column `value`.

    order: bars from top to bottom; parts: in the order of stacking, with their colours.
    """
    import altair as alt

    place = {name: number for number, name in enumerate(parts)}
    chart = (
        alt.Chart(table())
        .transform_calculate(place=f"{place!r}[datum.part]")
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            y=alt.Y("name:N", sort=list(order), title=None, axis=alt.Axis(ticks=False, labelPadding=8)),
            x=alt.X(f"{value}:Q", title=title, axis=alt.Axis(format=axis_format, tickCount=6)),
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=list(parts), range=list(colours)),
                legend=alt.Legend(orient="top", columns=5),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("name:N", title="of"),
                alt.Tooltip("detail:N", title="part"),
                alt.Tooltip(f"{value}:Q", title=title, format=tooltip_format),
            ],
        )
        .properties(width=WIDTH, height=ROW_HEIGHT * len(order))
    )
    return finished(chart)
