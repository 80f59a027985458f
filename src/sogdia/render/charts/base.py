"""What all charts have in common: the data set they read, the theme, and the axes of years, shares and amounts."""

from __future__ import annotations

from typing import Any

from sogdia.render.svg import TABLE
from sogdia.render.theme import CONFIG

SHARE = ".0%"
SHARE_TOOLTIP = ".1%"
AMOUNT_TOOLTIP = ",.3~r"


def table() -> Any:
    """The figure's own data, by name."""
    import altair as alt

    return alt.NamedData(TABLE)


def finished(chart: Any) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with the theme, without data."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return {**spec, "config": CONFIG}


def amounts(ticks: int) -> Any:
    """An axis of amounts from zero: thousands and millions shortened to k and M, parts of one as decimals."""
    import altair as alt

    label = "datum.value < 1 ? format(datum.value, '.2~g') : datum.label"
    return alt.Axis(format="~s", tickCount=ticks, labelExpr=label)


def years(padding: float = 6.0) -> Any:
    """The horizontal axis of calendar years. padding: pixels left free at both ends."""
    import altair as alt

    axis = alt.Axis(format="d", grid=False, ticks=False, tickCount=6, labelPadding=5)
    return alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=padding))
