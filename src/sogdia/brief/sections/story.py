"""The rare-earth quotas of 2010 in the importer's own data: quantity, shares and price around the event."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from sogdia.brief.definitions import measure_column
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names
from sogdia.render.blocks import Column, Figure, Section, Table, Text
from sogdia.render.charts.episode import episode
from sogdia.render.formats import amount, money, part, share, tonnes
from sogdia.render.wording import country_text, lower_first, name_in_sentence, possessive, sentence

EVENT = "CHN_REE_QUOTA_2010"
FIRST_YEAR, LAST_YEAR = 2005, 2015
SHOWN = ("import_quantity_t", "price_usd_per_kg")


def section(report: Report) -> Section | None:
    """The episode; None when its mineral is not in the report or the data hold nothing of it."""
    events = report.events.filter(pl.col("event_id") == EVENT)
    if events.is_empty():
        return None
    event = events.row(0, named=True)
    frame = _years(report, event)
    if frame.is_empty():
        return None
    mineral = lower_first(mineral_names(report)[event["mineral"]])
    restricted = country_text(event["country"])
    begun = int(event["start"][:4])
    blocks = (
        _event(event, restricted),
        _figure(report, frame, mineral, restricted, begun),
        _table(report, frame, restricted),
    )
    title = f"{mineral.capitalize()} after {begun}: the episode in the data"
    return PART.section(_lead(report, event, frame, mineral, restricted), blocks, title=title)


def _years(report: Report, event: dict[str, Any]) -> pl.DataFrame:
    """Imports and the restricted supplier's part of them, year by year; a supplier without a row has no known share."""
    at = (pl.col("mineral") == event["mineral"]) & pl.col("year").is_between(FIRST_YEAR, LAST_YEAR)
    totals = report.history.records.filter(at, pl.col("import_value_kusd") > 0)
    part = report.history.suppliers.filter(at, pl.col("supplier") == event["country"])
    return (
        totals.join(part, on="year", how="left")
        .select(
            "year",
            "import_quantity_t",
            "import_quantity_reported_t",
            "import_value_kusd",
            "weight_share",
            "weight_share_reported",
            "value_share",
            "price_usd_per_kg",
        )
        .sort("year")
    )


def _lead(report: Report, event: dict[str, Any], frame: pl.DataFrame, mineral: str, restricted: str) -> str:
    """Shares before the event and at their lowest after it; the peak of the unit value."""
    importer, begun = name_in_sentence(report.importer), int(event["start"][:4])
    before = frame.filter(pl.col("year") < begun, pl.col("weight_share").is_not_null()).tail(1)
    after = frame.filter(pl.col("year") > begun, pl.col("weight_share").is_not_null())
    if before.is_empty() or after.is_empty():
        return sentence(f"{importer} has no recorded imports of {mineral} from {restricted} on both sides of {begun}.")
    start = before.row(0, named=True)
    low = after.sort("weight_share").row(0, named=True)
    peak = frame.sort("price_usd_per_kg", descending=True, nulls_last=True).row(0, named=True)
    return (
        f"{sentence(restricted)} supplied {share(start['weight_share'])} of {possessive(importer)} {mineral} by weight "
        f"in {start['year']} and {share(low['weight_share'])} in {low['year']}, the lowest share of the years that "
        f"followed ({share(start['weight_share_reported'])} and {share(low['weight_share_reported'])} of the weights "
        f"that were reported); by value {share(start['value_share'])} and {share(low['value_share'])}. The unit value "
        f"of all imports rose from USD\u202f{amount(start['price_usd_per_kg'])} a kilogram in {start['year']} to "
        f"USD\u202f{amount(peak['price_usd_per_kg'])} in {peak['year']}."
    )


def _event(event: dict[str, Any], restricted: str) -> Text:
    """The documented restriction, with its range."""
    text = f"{sentence(restricted)}: {event['kind'].replace('_', ' ')} from {event['start']}"
    text += f" to {event['end']}." if event["end"] else "."
    if event["size"] is not None:
        text += f" Documented size: {share(event['size'])} of a year's exports"
        if event["size_low"] is not None and event["size_high"] is not None:
            text += f" ({share(event['size_low'])} to {share(event['size_high'])})"
        text += "."
    details = [f"{label}: {event[key]}." for key, label in _DETAILS if event[key]]
    return Text((text, *details), (event["source_id"],), "What was restricted")


_DETAILS = (
    ("size_basis", "Basis of the size"),
    ("observed_price", "Reported prices"),
    ("observed_effect", "Reported effects"),
)


def _figure(report: Report, frame: pl.DataFrame, mineral: str, restricted: str, begun: int) -> Figure:
    most = frame.sort("import_quantity_t", descending=True, nulls_last=True).row(0, named=True)
    least = frame.filter(pl.col("year") > begun).sort("import_quantity_t", nulls_last=True).head(1)
    buyer = sentence(possessive(name_in_sentence(report.importer)))
    caption = f"{buyer} imports of {mineral} were largest in {most['year']} ({tonnes(most['import_quantity_t'])}, "
    caption += f"{money(most['import_value_kusd'])})"
    for row in least.iter_rows(named=True):
        caption += f" and smallest after {begun} in {row['year']} ({tonnes(row['import_quantity_t'])}, "
        caption += f"{part(row['weight_share'])} of it from {restricted})"
    return Figure(
        key="rare-earth-story",
        draw=partial(episode, frame, begun, restricted),
        frame=frame,
        caption=caption + f". The dashed line marks {begun}.",
        alt=(
            f"Three panels, {FIRST_YEAR} to {LAST_YEAR}: bars of imports in tonnes, lines of the share from "
            f"{restricted} by weight and by value, a line of the unit value. {caption}."
        ),
        source_ids=report.history.measure_sources(*SHOWN),
    )


def _table(report: Report, frame: pl.DataFrame, restricted: str) -> Table:
    definition = f"imports from {restricted} / all imports"
    return Table(
        key="rare-earth-story",
        frame=frame,
        columns=(
            Column("year", "Year", "year"),
            measure_column("import_quantity_t"),
            measure_column("import_quantity_reported_t", shown=False),
            measure_column("import_value_kusd"),
            Column("weight_share", f"From {restricted}, by weight", "share", "", f"{definition}, by weight"),
            Column("weight_share_reported", f"From {restricted}, of reported weight", "share", "",
                   f"reported weight of imports from {restricted} / all reported weight"),
            Column("value_share", f"From {restricted}, by value", "share", "", f"{definition}, by value"),
            measure_column("price_usd_per_kg", "Unit value"),
        ),
        caption="The same in numbers.",
        source_ids=report.history.measure_sources(*SHOWN),
    )  # fmt: skip


PART = Part("story", "An episode in the data", 80, section)
