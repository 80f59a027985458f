"""The native charts of the slides, by the part of the summary that they belong to."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sogdia.brief.slides.canvas import Box, Canvas
from sogdia.brief.summary.cited import Wording
from sogdia.brief.summary.costs import SHOWN, PricedLoss, priced_losses
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.project_words import project_name, with_kinds
from sogdia.brief.summary.ranked_plan import chosen
from sogdia.brief.summary.risk_picture import RiskPoint, risk_points
from sogdia.brief.summary.together import SHOWN as PROJECTS
from sogdia.render.theme import COLOURS, country_colour
from sogdia.uncertain import Range

COLOURED = 5
"""Suppliers with a colour of their own."""
GREY = COLOURS["muted"][0]
Chart = Callable[[Canvas, Box, SummaryEvidence, Wording], bool]


def risk_chart(canvas: Canvas, box: Box, evidence: SummaryEvidence, say: Wording) -> bool:
    """Import value against supply risk, a series for each main supplier, the value on a logarithmic axis."""
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE

    points = risk_points(evidence)
    if not points:
        return False
    data, groups = XyChartData(), _by_supplier(points)
    for supplier, some in groups:
        series = data.add_series(say.country(supplier) if supplier else say.plain("common.others"))
        for point in some:
            series.add_data_point(point.risk, point.value)
    made = canvas.chart(box, XL_CHART_TYPE.XY_SCATTER, data)
    made.has_legend = True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _logarithmic(made.value_axis)
    made.value_axis.minimum_scale = 10.0 ** math.floor(math.log10(min(point.value for point in points)))
    made.value_axis.maximum_scale = 10.0 ** math.ceil(math.log10(max(point.value for point in points)))
    _titled(made.category_axis, say.plain("summary.picture.across"))
    _titled(made.value_axis, say.plain("summary.picture.up"))
    for (supplier, some), series in zip(groups, made.plots[0].series, strict=True):
        colour = country_colour(supplier) if supplier else GREY
        series.format.line.fill.background()
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        _filled(series.marker.format.fill, colour)
        for number, point in enumerate(some):
            label = series.points[number].data_label
            label.has_text_frame = True
            label.text_frame.text = say.bought(point.mineral, point.stage)
            _small(label.text_frame)
    return True


def loss_chart(canvas: Canvas, box: Box, evidence: SummaryEvidence, say: Wording) -> bool:
    """The costliest losses: low, central and high."""
    losses = priced_losses(evidence)[:SHOWN]
    names = [f"{say.bought(one.market, one.stage)}, {say.country(one.supplier)}" for one in losses]
    return _ranges(canvas, box, say, names, losses)


def plan_chart(canvas: Canvas, box: Box, evidence: SummaryEvidence, say: Wording) -> bool:
    """What each project costs and is worth a year."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    rows = chosen(evidence.plan)[:PROJECTS] if evidence.plan else []
    if not rows:
        return False
    data = CategoryChartData(number_format="#,##0.0")
    data.categories = [project_name(say, row) for row in reversed(rows)]
    for key, name in (("yearly_cost_musd", "cost"), ("yearly_worth_musd", "saves")):
        data.add_series(say.plain(f"summary.plan.{name}"), [row[key] for row in reversed(rows)])
    return _bars(canvas.chart(box, XL_CHART_TYPE.BAR_CLUSTERED, data), (GREY, COLOURS["accent"][0]))


def time_chart(canvas: Canvas, box: Box, evidence: SummaryEvidence, say: Wording) -> bool:
    """When each project is built and runs: bars of years from the first."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    rows = with_kinds(evidence.plan)[:PROJECTS][::-1] if evidence.plan else []
    if not rows:
        return False
    data = CategoryChartData(number_format="0")
    data.categories = [project_name(say, row) for row in rows]
    starts, runs, ends = ([int(row[key]) for row in rows] for key in ("start", "operating_from", "operating_to"))
    data.add_series(" ", starts)
    data.add_series(say.plain("slides.built"), [run - start for start, run in zip(starts, runs, strict=True)])
    data.add_series(say.plain("slides.runs"), [end + 1 - run for run, end in zip(runs, ends, strict=True)])
    made = canvas.chart(box, XL_CHART_TYPE.BAR_STACKED, data)
    _bars(made, (None, GREY, COLOURS["accent"][0]), labels=False)
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = min(starts), max(ends) + 1
    return True


def way_chart(canvas: Canvas, box: Box, evidence: SummaryEvidence, say: Wording) -> bool:
    """What the best way of each main shipment costs a tonne."""
    ways = () if evidence.corridors is None else evidence.corridors.ways
    names = [
        f"{say.bought(way.shipment.mineral, way.shipment.stage)}, {say.country(way.shipment.country)}" for way in ways
    ]
    return _ranges(canvas, box, say, names, [way.routes.best.route.cost_usd_per_t for way in ways])


CHARTS: Mapping[str, Chart] = {"picture": risk_chart, "losses": loss_chart, "plan": plan_chart, "ways": way_chart}


def _by_supplier(points: Sequence[RiskPoint]) -> list[tuple[str, list[RiskPoint]]]:
    """The points of the suppliers that stand behind most value, and of the others together ("")."""
    worth: dict[str, float] = {}
    for point in points:
        worth[point.supplier] = worth.get(point.supplier, 0.0) + point.value
    named = sorted(worth, key=lambda code: (-worth[code], code))[:COLOURED]
    groups = [(code, [point for point in points if point.supplier == code]) for code in named]
    others = [point for point in points if point.supplier not in named]
    return [*groups, *([("", others)] if others else [])]


def _ranges(
    canvas: Canvas, box: Box, say: Wording, names: Sequence[str], ranges: Sequence[PricedLoss | Range]
) -> bool:  # fmt: skip
    """Bars of low, central and high, the first name on top; False where there is none."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    if not names:
        return False
    data = CategoryChartData(number_format="#,##0")
    data.categories = list(reversed(names))
    for end in ("low", "central", "high"):
        data.add_series(say.plain(f"slides.{end}"), [getattr(one, end) for one in reversed(ranges)])
    return _bars(canvas.chart(box, XL_CHART_TYPE.BAR_CLUSTERED, data), (COLOURS["band"][0], COLOURS["accent"][0], GREY))


def _bars(made: Any, colours: Sequence[str | None], *, labels: bool = True) -> bool:
    """Bars in these colours, None for none, with a legend and their numbers."""
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION

    made.has_legend = True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _filled(made.value_axis.major_gridlines.format.line.fill, COLOURS["rule"][0])
    plot = made.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = labels
    if labels:
        _small_font(plot.data_labels.font)
    for series, colour in zip(plot.series, colours, strict=True):
        if colour is None:
            series.format.fill.background()
        else:
            _filled(series.format.fill, colour)
    return True


def _filled(fill: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def _titled(axis: Any, words: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = words
    _small(axis.axis_title.text_frame)
    axis.has_major_gridlines = False


def _small(frame: Any) -> None:
    for paragraph in frame.paragraphs:
        _small_font(paragraph.font)


def _small_font(font: Any) -> None:
    from pptx.util import Pt

    font.size = Pt(11)


def _logarithmic(axis: Any) -> None:
    """A logarithmic axis, which the library has no word for."""
    from pptx.oxml.ns import qn

    scaling = axis._element.find(qn("c:scaling"))
    base = scaling.makeelement(qn("c:logBase"), {"val": "10"})
    scaling.insert(0, base)
