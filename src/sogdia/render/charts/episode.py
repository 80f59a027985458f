"""Quantity, shares and price around an event: three panels over the same years."""

from __future__ import annotations

from typing import Any

from sogdia.render.charts.base import AMOUNT_TOOLTIP, SHARE, SHARE_TOOLTIP, amounts, finished, table, years
from sogdia.render.theme import ACCENT, MUTED, SECOND

PANEL = {"width": 235, "height": 200}
BY_WEIGHT, BY_VALUE = "by weight", "by value"


def episode(first_year: int, supplier: str) -> dict[str, Any]:
    """Reads year, import_quantity_t, weight_share and value_share of one supplier, price_usd_per_kg.

    first_year: where the event is marked.
    """
    import altair as alt

    base = alt.Chart(table())
    mark = base.mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x=alt.datum(first_year, type="quantitative"))
    year = alt.Tooltip("year:Q", title="year", format="d")
    quantity = base.mark_bar(color=ACCENT, width=12).encode(
        x=years(padding=12),
        y=alt.Y("import_quantity_t:Q", title=None, axis=amounts(5)),
        tooltip=[year, alt.Tooltip("import_quantity_t:Q", title="imports, t", format=AMOUNT_TOOLTIP)],
    )
    shares = (
        base.transform_fold(["weight_share", "value_share"], as_=["field", "share"])
        .transform_calculate(measure=f"datum.field == 'weight_share' ? '{BY_WEIGHT}' : '{BY_VALUE}'")
        .mark_line(point=alt.OverlayMarkDef(size=30))
        .encode(
            x=years(padding=12),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format=SHARE, tickCount=5), scale=alt.Scale(domain=[0, 1])),
            color=alt.Color(
                "measure:N",
                title=None,
                scale=alt.Scale(domain=[BY_WEIGHT, BY_VALUE], range=[ACCENT, SECOND]),
                legend=alt.Legend(orient="bottom", symbolType="stroke"),
            ),
            strokeDash=alt.StrokeDash(
                "measure:N", scale=alt.Scale(domain=[BY_WEIGHT, BY_VALUE], range=[[1, 0], [5, 3]]), title=None
            ),
            tooltip=[year, alt.Tooltip("measure:N", title="share"), alt.Tooltip("share:Q", format=SHARE_TOOLTIP)],
        )
    )
    price = base.mark_line(color=ACCENT, point=alt.OverlayMarkDef(color=ACCENT, size=30)).encode(
        x=years(padding=12),
        y=alt.Y("price_usd_per_kg:Q", title=None, axis=amounts(5)),
        tooltip=[year, alt.Tooltip("price_usd_per_kg:Q", title="USD/kg", format=AMOUNT_TOOLTIP)],
    )
    titled = (
        (quantity, "Imports, t"),
        (shares, f"Share from {supplier}"),
        (price, "Unit value, USD/kg"),
    )
    panels = [alt.layer(chart, mark).properties(title=title, **PANEL) for chart, title in titled]
    return finished(alt.hconcat(*panels))
