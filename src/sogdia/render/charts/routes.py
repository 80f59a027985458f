"""By which ways does a shipment reach the port? A map of its routes; of several shipments the reader chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sogdia.render.charts.base import finished, table
from sogdia.render.charts.world import BASEMAP
from sogdia.render.map_view import WIDTH, MapView
from sogdia.render.theme import INK, MUTED, NO_DATA

# Told apart by lightness as well as by colour.
COLOURS = ("#0b5a8a", "#c8641b", "#2f8f6b", "#8a3b7e", "#a8891a", "#4a4f57")
WATER = "#f7fafc"
# What a row of the frame is, and of which kind.
LINE, PLACE = "line", "place"
INDEPENDENT, OTHER = "independent", "other"
END, PORT, STRAIT = "end", "port", "strait"
STRAIT_SIGN = "strait, canal or closed sea on the way"


def route_map(shipments: Sequence[str], view: MapView) -> dict[str, Any]:
    """Reads a frame of lines and places (see `brief.route_lines`) and the outlines in the data set `basemap`.

    shipments: what the reader can choose from; one alone is drawn without a choice.
    """
    import altair as alt

    def rows(*conditions: str) -> Any:
        chosen = ["datum.shipment == shipment"] if len(shipments) > 1 else []
        return alt.Chart(table()).transform_filter(" && ".join([*chosen, *conditions]))

    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    told = [alt.Tooltip("corridor:N", title="corridor"), alt.Tooltip("told:N", title="cost and time")]
    land = alt.Chart(alt.NamedData(BASEMAP)).mark_geoshape(fill=NO_DATA, stroke="white", strokeWidth=0.7)
    other = (
        rows(f"datum.what == '{LINE}'", f"datum.kind == '{OTHER}'")
        .mark_line(clip=True, color=MUTED, strokeWidth=1, strokeDash=[2, 3], opacity=0.7)
        .encode(**at, detail="piece:N", order="order:Q", tooltip=told)
    )
    apart = (
        rows(f"datum.what == '{LINE}'", f"datum.kind == '{INDEPENDENT}'")
        .mark_line(clip=True, strokeWidth=2.4, strokeJoin="round", strokeCap="round")
        .encode(
            **at,
            detail="piece:N",
            order="order:Q",
            color=alt.Color(
                "corridor:N",
                title=None,
                scale=alt.Scale(range=list(COLOURS)),
                legend=alt.Legend(orient="bottom", columns=2, symbolType="stroke", symbolStrokeWidth=3, labelLimit=400),
            ),
            tooltip=told,
        )
    )
    places = rows(f"datum.what == '{PLACE}'")
    # The legend explains the one sign that has no name beside it.
    kind = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=[END, PORT, STRAIT], range=["circle", "circle", "diamond"]),
        legend=alt.Legend(
            orient="bottom-left", title=None, values=[STRAIT], labelExpr=f"'{STRAIT_SIGN}'", labelLimit=400,
            symbolType="diamond", symbolSize=50,
        ),
    )  # fmt: skip
    size = alt.condition(f"datum.kind == '{END}'", alt.value(70), alt.value(32))
    points = places.mark_point(strokeWidth=1.3, opacity=1).encode(
        **at,
        shape=kind,
        size=size,
        fill=alt.condition(f"datum.kind != '{STRAIT}'", alt.value("white"), alt.value(INK)),
        stroke=alt.value(INK),
        tooltip=[alt.Tooltip("name:N", title="place")],
    )
    halo, names = (
        rows(f"datum.what == '{PLACE}'", f"datum.kind != '{STRAIT}'")
        .mark_text(align="left", dx=7, dy=-5, fontSize=11, **look)
        .encode(**at, text="name:N")
        for look in ({"stroke": "white", "strokeWidth": 3, "color": "white"}, {"color": INK})
    )
    chart = alt.layer(land, other, apart, points, halo, names)
    if len(shipments) > 1:
        chart = chart.add_params(
            alt.param(
                name="shipment", value=shipments[0], bind=alt.binding_select(options=list(shipments), name="Shipment ")
            )
        )
    return finished(
        chart.project(**view.projection).properties(
            width=WIDTH, height=view.height, view={"fill": WATER, "stroke": None}
        )
    )
