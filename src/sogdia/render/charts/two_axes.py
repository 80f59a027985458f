"""Points on two axes, filled where they are well known and hollow where known in part; the foremost are named."""

from __future__ import annotations

from typing import Any

from sogdia.render.charts.base import AMOUNT_TOOLTIP, finished, table
from sogdia.render.theme import ACCENT, INK, RULE

WIDTH, HEIGHT = 560, 380


def two_axes(
    x: str, y: str, names: tuple[str, str], domains: tuple[tuple[float, float], tuple[float, float]]
) -> dict[str, Any]:
    """Reads name, label ("" for points that are not named), below (the name stands below its point), hollow, detail
    (for the tooltip), and the columns x and y.

    names: of the two axes; domains: their ends.
    """
    import altair as alt

    def axis(title: str) -> Any:
        return alt.Axis(title=title, gridColor=RULE, tickCount=6)

    base = alt.Chart(table()).encode(
        x=alt.X(f"{x}:Q", axis=axis(names[0]), scale=alt.Scale(domain=list(domains[0]), nice=False)),
        y=alt.Y(f"{y}:Q", axis=axis(names[1]), scale=alt.Scale(domain=list(domains[1]), nice=False)),
    )
    points = base.mark_point(size=70, opacity=1, strokeWidth=1.6, stroke=ACCENT).encode(
        fill=alt.condition("datum.hollow", alt.value("white"), alt.value(ACCENT)),
        tooltip=[
            alt.Tooltip("name:N", title="mineral"),
            alt.Tooltip(f"{x}:Q", title=names[0], format=AMOUNT_TOOLTIP),
            alt.Tooltip(f"{y}:Q", title=names[1], format=AMOUNT_TOOLTIP),
            alt.Tooltip("detail:N", title="coverage"),
        ],
    )
    labels = [
        base.transform_filter(f"datum.below === {below}")
        .mark_text(align="left", dx=8, dy=dy, fontSize=11, color=INK)
        .encode(text="label:N")
        for below, dy in (("false", -6), ("true", 9))
    ]
    return finished(alt.layer(points, *labels).properties(width=WIDTH, height=HEIGHT))
