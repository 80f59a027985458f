"""A world map of suppliers whose mineral and measure the reader chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sogdia.render.charts.base import SHARE_TOOLTIP, finished, table
from sogdia.render.theme import NO_DATA, SECOND

BASEMAP = "basemap"
SIZE: dict[str, Any] = {"width": 860, "height": 424}
# Equal Earth, turned so that the Bering Strait is the edge, as large as the land fits; the Antarctic is left out.
PROJECTION: dict[str, Any] = {"type": "equalEarth", "scale": 182, "translate": (408, 240), "rotate": (-11, 0, 0)}
CLASSES = ((0.01, "under 1%"), (0.05, "1-5%"), (0.1, "5-10%"), (0.25, "10-25%"), (0.5, "25-50%"), (None, "over 50%"))
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
        .transform_calculate(**{"class": _class_of("datum.share")})
        .mark_geoshape(stroke="white", strokeWidth=0.5)
        .encode(
            shape=alt.Shape("outline:G"),
            color=alt.Color(
                "class:N",
                title="share of imports",
                scale=alt.Scale(domain=[label for _, label in CLASSES], range=list(BLUES)),
                legend=alt.Legend(orient="bottom", columns=len(CLASSES)),
            ),
            tooltip=[
                alt.Tooltip("supplier:N", title="supplier"),
                alt.Tooltip("mineral:N", title="mineral"),
                alt.Tooltip("weight_share:Q", title="by weight", format=SHARE_TOOLTIP),
                alt.Tooltip("value_share:Q", title="by value", format=SHARE_TOOLTIP),
            ],
        )
    )
    home = (
        alt.Chart(outlines)
        .transform_filter(alt.FieldOneOfPredicate(field="properties.iso3", oneOf=list(importer)))
        .mark_geoshape(fill=NO_DATA, stroke=SECOND, strokeWidth=1.4)
    )
    chart = alt.layer(land, suppliers, home).add_params(mineral, measure)
    return finished(chart.project(**PROJECTION).properties(**SIZE))


def _class_of(value: str) -> str:
    """The expression that names the class of a share."""
    cases = "".join(f"{value} < {limit} ? '{label}' : " for limit, label in CLASSES if limit is not None)
    return f"{cases}'{CLASSES[-1][1]}'"
