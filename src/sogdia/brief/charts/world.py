"""From which countries does a mineral come? A world map whose mineral and measure the reader chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sogdia.brief.charts.base import SHARE_TOLD, finished, table
from sogdia.brief.theme import MUTED, NO_DATA, SECOND

BASEMAP = "basemap"
SIZE = {"width": 860, "height": 430}
STEPS = (0.01, 0.05, 0.1, 0.25, 0.5)
BLUES = ("#d6e4f0", "#a9c9e2", "#75a9cf", "#3f83b5", "#15598c", "#062f52")
BY_WEIGHT, BY_VALUE = "by weight", "by value"


def world(minerals: Sequence[str], chosen: str, importer: Sequence[str]) -> dict[str, Any]:
    """Reads mineral (name), iso3, supplier, weight_share, value_share, and the outlines in the data set `basemap`.

    chosen: the mineral shown at first; importer: country codes whose outline is marked.
    """
    import altair as alt

    mineral = alt.param(name="mineral", value=chosen, bind=alt.binding_select(options=list(minerals), name="Mineral "))
    measure = alt.param(
        name="measure", value=BY_WEIGHT, bind=alt.binding_select(options=[BY_WEIGHT, BY_VALUE], name="Share ")
    )
    outlines = alt.NamedData(BASEMAP)
    land = alt.Chart(outlines).mark_geoshape(fill=NO_DATA, stroke="white", strokeWidth=0.5)
    suppliers = (
        alt.Chart(table())
        .transform_filter("datum.mineral == mineral")
        .transform_calculate(share=f"measure == '{BY_WEIGHT}' ? datum.weight_share : datum.value_share")
        .transform_lookup(lookup="iso3", from_=alt.LookupData(data=outlines, key="properties.iso3"), as_="outline")
        .transform_filter("isValid(datum.outline) && isValid(datum.share)")
        .mark_geoshape(stroke="white", strokeWidth=0.5)
        .encode(
            shape=alt.Shape("outline:G"),
            color=alt.Color(
                "share:Q",
                title="share of imports",
                scale=alt.Scale(type="threshold", domain=list(STEPS), range=list(BLUES)),
                legend=alt.Legend(format=".0%", orient="bottom", direction="horizontal", gradientLength=360),
            ),
            tooltip=[
                alt.Tooltip("supplier:N", title="supplier"),
                alt.Tooltip("mineral:N", title="mineral"),
                alt.Tooltip("weight_share:Q", title="by weight", format=SHARE_TOLD),
                alt.Tooltip("value_share:Q", title="by value", format=SHARE_TOLD),
            ],
        )
    )
    home = (
        alt.Chart(outlines)
        .transform_filter(alt.FieldOneOfPredicate(field="properties.iso3", oneOf=list(importer)))
        .mark_geoshape(fill=NO_DATA, stroke=SECOND, strokeWidth=1.4)
    )
    borders = alt.Chart(alt.sphere()).mark_geoshape(fill=None, stroke=MUTED, strokeWidth=0.4)
    chart = alt.layer(borders, land, suppliers, home).add_params(mineral, measure)
    return finished(chart.project("equalEarth").properties(**SIZE))
