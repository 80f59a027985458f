"""The suppliers of a mineral over the years, with quantity, price and concentration of its imports."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cache
from typing import Any

from sogdia.render.charts.base import AMOUNT_TOOLTIP, SHARE, SHARE_TOOLTIP, amounts, finished, table, years
from sogdia.render.theme import ACCENT, ramp

SHARES = (("weight_share", "Share of imports by weight"), ("value_share", "Share of imports by value"))
STRIPS = (
    ("import_quantity_t", "Imports, t", None),
    ("price_usd_per_kg", "Import price, USD/kg", None),
    ("import_hhi_weight", "Concentration (HHI by weight)", 1.0),
)
PANEL = {"width": 330, "height": 190}
STRIP = {"width": 212, "height": 86}
COLUMN_PIXELS = 9
AREA = 0
PRICE = next(place for place, strip in enumerate(STRIPS) if strip[0] == "price_usd_per_kg")
RUN = "run"
PLACE = "place"


def trend(suppliers: Sequence[str], rest: str, span: tuple[int, int], mix: str | None = None) -> dict[str, Any]:
    """Reads year, supplier, weight_share, value_share, and rows without a supplier for the measures of the strips.

    suppliers: in the order of stacking, `rest` last. span: first and last year of every panel, so that years without a
    known share or measure stand as a gap. mix: stages whose value per weight is no price, "ore and metal".
    """
    spec = copy.deepcopy(_frame())
    for panel in (panel for row in spec["vconcat"] for panel in row["hconcat"]):
        for layer in panel["layer"]:
            layer["encoding"]["x"]["scale"]["domain"] = list(span)
    if mix:
        spec["vconcat"][1]["hconcat"][PRICE]["title"] = f"USD/kg of {mix} together"
    place = {name: number for number, name in enumerate(suppliers)}
    for panel in spec["vconcat"][0]["hconcat"]:
        area = panel["layer"][AREA]
        area["encoding"]["color"]["scale"] = {"domain": list(suppliers), "range": ramp(list(suppliers), rest)}
        area["transform"].append({"calculate": f"{place!r}[datum.supplier]", "as": PLACE})
    return spec


@cache
def _frame() -> dict[str, Any]:
    """What the charts of all minerals have in common, made once: making it for each would take seconds."""
    import altair as alt

    panels = alt.hconcat(*(_shares(field).properties(title=title, **PANEL) for field, title in SHARES))
    strips = alt.hconcat(*(_strip(field, title, top).properties(title=title, **STRIP) for field, title, top in STRIPS))
    return finished(alt.vconcat(panels, strips))


def _shares(field: str) -> Any:
    """Stacked areas; over each year an invisible column carries a tooltip with the shares of all suppliers.

    A supplier without recorded trade in a year has no part of the recorded imports, so its area is drawn as zero; a
    year in which no share is known is left out.
    """
    import altair as alt

    base = alt.Chart(table()).transform_filter("isValid(datum.supplier)")
    known = base.transform_filter(f"isValid(datum.{field})")
    area = (
        _in_runs(known.transform_impute(impute=field, key="year", groupby=["supplier"], value=0))
        .mark_area(stroke="white", strokeWidth=0.6)
        .encode(
            x=years(),
            y=alt.Y(f"{field}:Q", title=None, axis=alt.Axis(format=SHARE, tickCount=4), scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("supplier:N", title=None, legend=alt.Legend(orient="right")),
            order=alt.Order(f"{PLACE}:Q"),
            detail=f"{RUN}:N",
        )
    )
    tooltips = (
        known.transform_calculate(text=f"format(datum.{field}, '{SHARE_TOOLTIP}')")
        .transform_pivot("supplier", value="text", groupby=["year"], op="max")
        .mark_bar(size=COLUMN_PIXELS, opacity=0, tooltip=alt.TooltipContent("data"))
        .encode(x=years(), y=alt.value(0), y2=alt.value(PANEL["height"]))
    )
    return alt.layer(area, tooltips)


def _in_runs(chart: Any) -> Any:
    """The chart with `run`, one number for years without a gap between them: year minus its rank among the years."""
    import altair as alt

    ranked = chart.transform_window(rank="dense_rank()", sort=[alt.SortField("year")])
    return ranked.transform_calculate(run="datum.year - datum.rank")


def _strip(field: str, title: str, top: float | None) -> Any:
    """A line; over each year an invisible column with its value as tooltip. top: end of the axis, None: the data's."""
    import altair as alt

    base = alt.Chart(table()).transform_filter(f"!isValid(datum.supplier) && isValid(datum.{field})")
    scale = alt.Scale(zero=True) if top is None else alt.Scale(domain=[0, top])
    line = (
        _in_runs(base)
        .mark_line(color=ACCENT, strokeWidth=1.8)
        .encode(x=years(), y=alt.Y(f"{field}:Q", title=None, axis=amounts(3), scale=scale), detail=f"{RUN}:N")
    )
    tooltips = base.mark_bar(size=COLUMN_PIXELS, opacity=0).encode(
        x=years(),
        y=alt.value(0),
        y2=alt.value(STRIP["height"]),
        tooltip=[
            alt.Tooltip("year:Q", title="year", format="d"),
            alt.Tooltip(f"{field}:Q", title=title, format=AMOUNT_TOOLTIP),
        ],
    )
    return alt.layer(line, tooltips)
