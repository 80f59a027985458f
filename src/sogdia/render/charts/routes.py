"""A map of the routes of a shipment to the port; of several shipments the reader chooses one."""

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
AT = {"longitude": "lon:Q", "latitude": "lat:Q"}
STRAIT_SIGN = "strait, canal or closed sea on the way"


def route_map(shipments: Sequence[str], view: MapView) -> dict[str, Any]:
    """Reads a frame of lines and places (see `brief.route_lines`) and the outlines in the data set `basemap`.

    shipments: what the reader can choose from; one alone is drawn without a choice.
    """
    import altair as alt

    chosen = ["datum.shipment == shipment"] if len(shipments) > 1 else []
    land = alt.Chart(alt.NamedData(BASEMAP)).mark_geoshape(fill=NO_DATA, stroke="white", strokeWidth=0.7)
    chart = alt.layer(land, *_lines(chosen), _points(chosen), *_names(chosen))
    if len(shipments) > 1:
        choice = alt.binding_select(options=list(shipments), name="Shipment ")
        chart = chart.add_params(alt.param(name="shipment", value=shipments[0], bind=choice))
    ground = {"fill": WATER, "stroke": None}
    return finished(chart.project(**view.projection).properties(width=WIDTH, height=view.height, view=ground))


def _rows(chosen: Sequence[str], *conditions: str) -> Any:
    """The rows of the chosen shipment that meet the conditions."""
    import altair as alt

    return alt.Chart(table()).transform_filter(" && ".join([*chosen, *conditions]))


def _lines(chosen: Sequence[str]) -> tuple[Any, Any]:
    """The other routes, dotted, and over them the independent ones in colour."""
    import altair as alt

    along: dict[str, Any] = {
        **AT,
        "detail": "piece:N",
        "order": "order:Q",
        "tooltip": [alt.Tooltip("corridor:N", title="corridor"), alt.Tooltip("tooltip:N", title="cost and time")],
    }
    legend = alt.Legend(orient="bottom", columns=1, symbolType="stroke", symbolStrokeWidth=3, labelLimit=WIDTH)
    colour = alt.Color("corridor:N", title=None, scale=alt.Scale(range=list(COLOURS)), legend=legend)
    other = (
        _rows(chosen, f"datum.what == '{LINE}'", f"datum.kind == '{OTHER}'")
        .mark_line(clip=True, color=MUTED, strokeWidth=1, strokeDash=[2, 3], opacity=0.7)
        .encode(**along)
    )
    independent = (
        _rows(chosen, f"datum.what == '{LINE}'", f"datum.kind == '{INDEPENDENT}'")
        .mark_line(clip=True, strokeWidth=2.4, strokeJoin="round", strokeCap="round")
        .encode(**along, color=colour)
    )
    return other, independent


def _points(chosen: Sequence[str]) -> Any:
    """Ends, ports and straits. The legend explains the one sign that has no name beside it."""
    import altair as alt

    legend = alt.Legend(
        orient="bottom-left", title=None, values=[STRAIT], labelExpr=f"'{STRAIT_SIGN}'", labelLimit=400,
        symbolType="diamond", symbolSize=50,
    )  # fmt: skip
    signs = alt.Scale(domain=[END, PORT, STRAIT], range=["circle", "circle", "diamond"])
    return (
        _rows(chosen, f"datum.what == '{PLACE}'")
        .mark_point(strokeWidth=1.3, opacity=1)
        .encode(
            **AT,
            shape=alt.Shape("kind:N", scale=signs, legend=legend),
            size=alt.condition(f"datum.kind == '{END}'", alt.value(70), alt.value(32)),
            fill=alt.condition(f"datum.kind != '{STRAIT}'", alt.value("white"), alt.value(INK)),
            stroke=alt.value(INK),
            tooltip=[alt.Tooltip("name:N", title="place")],
        )
    )


def _names(chosen: Sequence[str]) -> tuple[Any, Any]:
    """Names of ends and ports: a white halo, and the text over it."""
    places = _rows(chosen, f"datum.what == '{PLACE}'", f"datum.kind != '{STRAIT}'")
    halo, text = (
        places.mark_text(align="left", dx=7, dy=-5, fontSize=11, **look).encode(**AT, text="name:N")
        for look in ({"stroke": "white", "strokeWidth": 3, "color": "white"}, {"color": INK})
    )
    return halo, text
