"""The model against what really happened: documented events, predicted and observed, misses included."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.hindcast_pairs import (
    PRICE,
    SHARE,
    event_name,
    figure_text,
    finite,
    forecast_text,
    in_band,
    pairs,
    ratio_of_log,
)  # fmt: skip
from sogdia.brief.part import Part
from sogdia.brief.provenance import row_sources
from sogdia.brief.report import Report
from sogdia.hindcast import Hindcast
from sogdia.hindcast.baselines import NAMES
from sogdia.hindcast.case import MIN_FALL, MIN_LOST_SHARE, MIN_SHARE_OF_WORLD
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.render.blocks import Block, Column, Figure, Section, Table, Text
from sogdia.render.charts.dotband import Panel, drawing
from sogdia.render.formats import index, share, threshold
from sogdia.render.plot.scales import log_ticks
from sogdia.render.plot.scales import percent as percent_tick
from sogdia.render.wording import counted, country_name, country_text, sentence
from sogdia.uncertain import BEYOND

Ids = tuple[str, ...]
MODEL = "predicted"
LABELS = {MODEL: "Model", "pro_rata": "Pro-rata cut", "no_change": "No change", "reallocation": "Others step in"}
MEANINGS = {
    MODEL: "given what the restricted supplier really shipped",
    "no_change": "every flow as before",
    "pro_rata": "the supplier cuts every buyer alike and nobody else reacts",
    "reallocation": "the same, and each buyer's other suppliers make up the loss in proportion",
}
MARKS = ("predicted", "observed")
PRICE_RANGE = (0.2, 20.0)
QUANTITIES = {SHARE: "share of the supplier", PRICE: "import price, times base"}
NOT_SCORED, NOT_IN_DATA = "computed, not scored", "not in the data"
UNJUDGED_SHOWN = 12


def section(report: Report) -> Section | None:
    """Errors against simple forecasts, a picture of each event, misses, and what could not be judged."""
    result = report.hindcast
    if result is None or result.metrics.is_empty():
        return None
    sources = result.sources()
    rows = pairs(report, result)
    scored = rows.filter("scored")
    events = rows.partition_by("event_id", "mineral", maintain_order=True)
    blocks: tuple[Block | None, ...] = (
        _errors(result, sources),
        *(_figure(event, result) for event in events if event["scored"].any()),
        _misses(scored, sources),
        _unjudged(report, result, rows, sources),
        Text(_method(), sources, "How the model was judged"),
    )
    return PART.section(_lead(result, scored), blocks)


def _figures(result: Hindcast) -> dict[str, float]:
    """Metrics of the conditional mode in the first year, by name."""
    chosen = result.metrics.filter(pl.col("mode") == CONDITIONAL, pl.col("years") == "first")
    return dict(chosen.select("metric", "value").iter_rows())


def _lead(result: Hindcast, scored: pl.DataFrame) -> str:
    figures = _figures(result)
    error, cut, naive = (100 * figures[f"share_error_median{end}"] for end in ("", "_pro_rata", "_no_change"))
    off, unmoved = (math.exp(figures[f"price_error_mean{end}"]) for end in ("", "_no_change"))
    return (
        f"Judged by {counted(int(figures['events']), 'documented event')}, in the first year and over "
        f"{counted(scored.height, 'pair')} of event and importer, the model's share of the restricted supplier was "
        f"wrong by {error:.1f} percentage points in the median, against {cut:.1f} for a cut of all buyers alike and "
        f"{naive:.1f} for no change. Its price was wrong by a factor of {index(off)} on average, against "
        f"{index(unmoved)} for no change. "
        f"{share(figures['share_band_coverage'])} of the shares and {share(figures['price_band_coverage'])} of the "
        "prices lay inside the 90\u202f% bands."
    )


def _errors(result: Hindcast, sources: Ids) -> Table:
    figures = _figures(result)
    frame = pl.DataFrame(
        [
            {
                "measure": measure,
                **{name: write(values[name]) if name in values else "" for name in LABELS},
                **{f"{name}_value": values.get(name) for name in LABELS},
                "meaning": meaning,
            }
            for measure, values, write, meaning in _measures(figures)
        ],
        schema_overrides={f"{name}_value": pl.Float64 for name in LABELS},
    )
    numbers = (Column(f"{name}_value", f"{label}, as a number", "index", shown=False) for name, label in LABELS.items())
    return Table(
        key="hindcast-errors",
        frame=frame,
        columns=(
            Column("measure", "Measure", "text"),
            *(Column(name, label, "text", "", MEANINGS[name]) for name, label in LABELS.items()),
            Column("meaning", "What it means", "text"),
            *numbers,
        ),
        caption=(
            f"Errors of the model and of three simple forecasts: {counted(int(figures['events']), 'event')}, "
            f"{counted(int(figures['pairs']), 'pair')} of event and importer, first year."
        ),
        source_ids=sources,
    )


Measure = tuple[str, dict[str, float], Callable[[object], str], str]


def _measures(figures: dict[str, float]) -> list[Measure]:
    """Rows of the table of errors: what is measured, by forecast, how it is written, what it means."""
    ends = {MODEL: "", **{name: f"_{name}" for name in NAMES}}
    unmoved = math.exp(figures["price_error_mean_no_change"])
    rows: list[Measure] = [
        (
            "Share of the restricted supplier: median error",
            {name: figures[f"share_error_median{end}"] for name, end in ends.items()},
            share,
            "points of its share of imports",
        ),
        (
            "Import price: mean error, as a factor",
            {MODEL: math.exp(figures["price_error_mean"]), **dict.fromkeys(NAMES, unmoved)},
            index,
            "1 is right, 2 is twice or half as much; the commodity cycle is removed; no simple forecast moves prices",
        ),
        (
            "Volumes by source: median error",
            {name: figures[f"volume_error_median{end}"] for name, end in ends.items()},
            share,
            "all errors in tonnes over importers and sources of an event / imports observed",
        ),
        (
            "Events whose volumes the model predicts better",
            {name: figures[f"volumes_beat_{name}"] for name in NAMES},
            share,
            "than the simple forecast",
        ),
        ("Shares inside the 90 % band", {MODEL: figures["share_band_coverage"]}, share, "should be near 90 %"),
        ("Prices inside the 90 % band", {MODEL: figures["price_band_coverage"]}, share, "should be near 90 %"),
    ]
    if "price_rank_correlation" in figures:
        order = {MODEL: figures["price_rank_correlation"]}
        rows.append(("Order of the price rises", order, index, "rank correlation: 1 the same order, 0 no relation"))
    return rows


def _figure(rows: pl.DataFrame, result: Hindcast) -> Figure:
    """Predicted band and observation for the importers of one event: share and price."""
    first = rows.row(0, named=True)
    frame = pl.DataFrame([_drawn(row) for row in rows.iter_rows(named=True)], infer_schema_length=None)
    scored = rows.filter("scored")
    shares, prices = (sum(in_band(row, what) for row in scored.iter_rows(named=True)) for what in (SHARE, PRICE))
    caption = (
        f"{first['event']}; {first['year']} against {first['base_years']}. With {share(first['kept'])} of the former "
        f"shipments, the observed share is inside the band for {shares} of "
        f"{counted(scored.height, 'scored importer')}, the price for {prices}."
    )
    panels = (
        Panel("share", f"share from {country_text(first['supplier'])}", (0.0, 1.0), MARKS, percent_tick),
        Panel("price", "import price, times base, cycle removed", PRICE_RANGE, MARKS, log=True, zero=1.0,
              ticks=log_ticks(*PRICE_RANGE)),
    )  # fmt: skip
    return Figure(
        key=f"hindcast-{first['event_id']}-{first['mineral']}".lower().replace("_", "-"),
        draw=drawing(frame, frame["name"].to_list(), panels),
        frame=frame,
        caption=caption,
        alt=f"For each importer a band with the predicted value and a mark for the observed one, twice. {caption}",
        source_ids=result.source_ids[first["event_id"], first["mineral"]],
    )


def _drawn(row: dict[str, Any]) -> dict[str, Any]:
    """The figures of one pair as a chart reads them; prices at the ends of the axis where they go beyond."""
    low, high = PRICE_RANGE
    name = country_name(row["importer"])
    ends = {"": "predicted", "_low": "low", "_high": "high", "_other": "observed"}
    price = {end: ratio_of_log(row[f"{PRICE}_{which}"]) for end, which in ends.items()}
    if row["beyond"]:
        price |= {"": None, "_low": high, "_high": math.inf}
    return {
        "name": name if row["scored"] else f"{name} (small)",
        "scored": row["scored"],
        **{f"share{end}": finite(row[f"{SHARE}_{which}"]) for end, which in ends.items()},
        "share_open": False,
        "share_text": f"{forecast_text(row, SHARE)}, observed {figure_text(row, SHARE, 'observed')}",
        **{f"price{end}": None if value is None else min(max(value, low), high) for end, value in price.items()},
        "price_open": price["_high"] is not None and price["_high"] > high,
        "price_text": f"{forecast_text(row, PRICE)}, observed {figure_text(row, PRICE, 'observed')}",
    }


def _misses(scored: pl.DataFrame, sources: Ids) -> Block:
    """Scored observations outside the band, with what is on record about the event."""
    rows = [
        {
            "event": row["event"],
            "importer": country_name(row["importer"]),
            "what": QUANTITIES[what],
            "before": figure_text(row, what, "no_change") if what == SHARE else index(1.0),
            "predicted": forecast_text(row, what),
            "observed": figure_text(row, what, "observed"),
            "record": row["observed_effect"] or row["note"],
            "source_id": row["source_id"],
        }
        for row in scored.iter_rows(named=True)
        for what in (SHARE, PRICE)
        if not in_band(row, what)
    ]
    if not rows:
        return Text(("Every scored observation lies inside its 90\u202f% band.",), sources, "Misses")
    frame = pl.DataFrame(rows, schema_overrides={"record": pl.String})
    return Table(
        key="hindcast-misses",
        frame=frame,
        columns=(
            Column("event", "Event", "text"),
            Column("importer", "Importer", "text"),
            Column("what", "What", "text"),
            Column("before", "Before", "text"),
            Column("predicted", "Predicted (band)", "text"),
            Column("observed", "Observed", "text"),
            Column("record", "On record about the event", "text"),
            Column("source_id", "Source", "source"),
        ),
        caption=f"Misses: {len(rows)} of {2 * scored.height} observations lie outside the 90\u202f% band.",
        source_ids=each_once(sources, row_sources(frame)),
    )


def _unjudged(report: Report, result: Hindcast, rows: pl.DataFrame, sources: Ids) -> Table | None:
    """Events without a score, and why."""
    columns = ("event", "reason", "state", "source_id")
    computed = (
        rows.filter(~pl.col("scored").any().over("event_id", "mineral"))
        .unique(["event_id", "mineral"], keep="first", maintain_order=True)
        .select("event", reason="unscored", state=pl.lit(NOT_SCORED), source_id="source_id")
    )
    record = report.documented.unique(["event_id", "subject"], keep="first", maintain_order=True)
    absent = (
        result.left_out.join(record, on=["event_id", "subject"], how="left", maintain_order="left")
        .with_columns(event=event_name("country"), state=pl.lit(NOT_IN_DATA))
        .select(columns)
    )
    frame = pl.concat([computed, absent])
    if frame.is_empty():
        return None
    return Table(
        key="hindcast-unjudged",
        frame=frame,
        columns=(
            Column("event", "Event", "text"),
            Column("reason", "Why it does not count", "text"),
            Column("state", "State", "text"),
            Column("source_id", "Source", "source"),
        ),
        caption=f"{sentence(counted(frame.height, 'documented event'))} could not be judged, and why.",
        source_ids=each_once(sources, row_sources(frame)),
        rows_shown=UNJUDGED_SHOWN,
    )


def _method() -> tuple[str, ...]:
    return (
        "Each event is calibrated on the ordinary years before it. The model is given how much the restricted supplier "
        "really shipped in the first year that shows the event, and nothing else; it then predicts from where each "
        "importer buys, and at what price. Prices are compared after the change that all other products share is "
        "taken out.",
        "The elasticities behind a forecast were learnt from large falls of exports and from events in other minerals, "
        "never from the mineral itself, and its bands from the errors of the other events. A price forecast of more "
        f"than {BEYOND:g} times base is not given, and counts as a miss.",
        f"Scored are importers with {threshold(MIN_SHARE_OF_WORLD)} or more of the world's imports of the product, in "
        f"events that yearly data can show: shipments fell by {threshold(MIN_FALL)} or more, and at least "
        f"{threshold(MIN_LOST_SHARE)} of world trade went missing. These limits were chosen with the data in hand, and "
        "the events are few: the errors say roughly what to expect, no more. Where a unit value of trade follows no "
        "market price, prices are not judged.",
    )


PART = Part(
    "hindcast",
    "Does the model predict what happened?",
    90,
    section,
    lambda report: () if report.hindcast is None else (report.hindcast,),
)
