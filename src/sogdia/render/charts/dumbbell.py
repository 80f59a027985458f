"""The largest supplier's share by weight and by value: two marks on one line for each mineral."""

from __future__ import annotations

from typing import Any

from sogdia.render.charts.base import SHARE, SHARE_TOOLTIP, finished, table
from sogdia.render.theme import ACCENT, MUTED, RULE, SECOND

ROW_HEIGHT = 24
WIDTH = 520
PER_CHARACTER = 7.5
"""Room for a letter of a name, in pixels: letters of a browser may be wider than those that the drawing counted on."""
BY_WEIGHT, BY_VALUE = "by weight", "by value"


def dumbbell(order: list[str]) -> dict[str, Any]:
    """Reads name, supplier, measure (by weight, by value), share, and low and high (of the two shares).

    order: the names from top to bottom.
    """
    import altair as alt

    room = PER_CHARACTER * max(map(len, order), default=0)
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8, minExtent=room)
    y = alt.Y("name:N", sort=order, title=None, axis=axis)
    base = alt.Chart(table())
    line = base.mark_rule(color=MUTED, strokeWidth=1.5).encode(y=y, x="low:Q", x2="high:Q")
    marks = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y,
        x=alt.X(
            "share:Q",
            title="share of imports from the largest supplier",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format=SHARE, gridColor=RULE),
        ),
        shape=alt.Shape(
            "measure:N",
            title=None,
            scale=alt.Scale(domain=[BY_WEIGHT, BY_VALUE], range=["circle", "diamond"]),
            legend=alt.Legend(orient="top"),
        ),
        color=alt.Color("measure:N", title=None, scale=alt.Scale(domain=[BY_WEIGHT, BY_VALUE], range=[ACCENT, SECOND])),
        tooltip=[
            alt.Tooltip("name:N", title="mineral"),
            alt.Tooltip("supplier:N", title="supplier"),
            alt.Tooltip("measure:N", title="measured"),
            alt.Tooltip("share:Q", title="share", format=SHARE_TOOLTIP),
        ],
    )
    label = (
        base.transform_filter(f"datum.measure == '{BY_WEIGHT}'")
        .mark_text(align="left", dx=WIDTH + 12, fontSize=12, color=MUTED)
        .encode(y=y, x=alt.value(0), text="supplier:N")
    )
    return finished(alt.layer(line, marks, label).properties(width=WIDTH, height=ROW_HEIGHT * len(order)))
