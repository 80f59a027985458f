"""Tables of the corridors: the shipments, what upgrades and states would change, and the evidence behind them."""

from __future__ import annotations

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.brief import route_tables
from sogdia.brief.corridor_names import (
    dependence,
    numbered_names,
    place_name,
    route_name,
    route_name_of_via,
    span,
    standing_text,
)
from sogdia.brief.upgrade_rows import shipment_name, upgrade_rows
from sogdia.corridors import Access
from sogdia.corridors.access import Way
from sogdia.corridors.risk import unknown_states
from sogdia.data.provenance import references
from sogdia.render.blocks import Column, Table, Text
from sogdia.render.formats import amount, share
from sogdia.render.wording import counted, join

ROWS_SHOWN = 15
SOURCE_ROWS_SHOWN = 10
RATES = {
    "tariffs": "freight tariffs", "transhipment": "handling", "borders": "border crossings", "links": "links",
    "co2": "emissions", "chokepoints": "tolls", "formalities": "export papers", "cargo": "cargo values",
    "states": "states", "parameters": "cost of capital", "detours": "detour factors", "speeds": "speeds",
}  # fmt: skip
"""Tables of the network by the name of what they hold."""


def shipments(access: Access) -> Table:
    """One row per shipment, by its cheapest way of today."""
    rows = []
    for way in access.ways:
        routes, best = way.routes, way.routes.best.route
        rows.append(
            {
                "shipment": shipment_name(way),
                "cheapest": route_name(access.corridors, best),
                "cost_usd_per_t": best.cost_usd_per_t.central,
                "cost_range": span(best.cost_usd_per_t),
                "cost_low_usd_per_t": best.cost_usd_per_t.low,
                "cost_high_usd_per_t": best.cost_usd_per_t.high,
                "of_value": best.cost_usd_per_t.central / routes.cargo.usd_per_t.central,
                "days": best.days.central,
                "status_now": standing_text(access.corridors, routes.best),
                "p_closure_12m": None if routes.best.closure is None else routes.best.closure.central,
                "port": place_name(access.corridors, routes.destination),
                "not_usable": "; ".join(
                    f"{route_name(access.corridors, other.route)}: {other.reason}"
                    for other in routes.cheaper_not_usable
                ),
                "independent_corridors": routes.independent_corridors,
                "premium": route_tables.premium_phrase(routes),
                "hangs_on": dependence(routes),
                "note": way.shipment.note,
                "source_id": SEPARATOR.join(way.shipment.source_ids),
                "source": references(way.shipment.source_ids),
                "evidence": way.shipment.evidence,
            }
        )
    return Table(
        key="corridors",
        frame=pl.DataFrame(rows, schema_overrides={"p_closure_12m": pl.Float64}),
        columns=(
            Column("shipment", "Shipment", "text"),
            Column("note", "What it is", "text"),
            Column("cheapest", "Best way today", "text"),
            Column("cost_usd_per_t", "Cost", "amount", "USD/t"),
            Column("cost_range", "range", "text", "USD/t", route_tables.ALL_LOW_ALL_HIGH),
            Column("of_value", "of its value", "share", "", "cost / value of a tonne at the gate"),
            Column("days", "Days", "amount"),
            Column("port", "Port", "text", "", "the cheapest of the importer's"),
            Column("status_now", "Today", "text"),
            Column("p_closure_12m", "Closes within 12 months", "share", "", "chance, by states of stated rate"),
            Column("not_usable", "Cheaper on paper, not usable", "text"),
            Column("independent_corridors", "Independent corridors", "count"),
            Column("premium", "If a transit country is closed", "text", "", "extra cost and days of the best way left"),
            Column("hangs_on", "Depends on", "text", "", "closed alone, it leaves no route"),
            *route_tables.ENDS[:2],
            Column("source_id", "Source of the shipment", "source", shown=False),
            Column("source", "Source in words", "text", shown=False),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed", False),
        ),
        caption=f"Main shipments of the partners to {place_name(access.corridors, access.destination or '')}, today.",
        source_ids=access.sources(),
    )


def upgrades(access: Access) -> Table:
    """What each upgrade changes, one row each."""
    frame = upgrade_rows(access)
    return Table(
        key="corridor-upgrades",
        frame=frame,
        columns=(
            Column("name", "Upgrade", "text"),
            Column("change_usd_per_t", "Cheapest way", "amount", "change, USD/t", "a dash: not on any cheapest way"),
            Column("change_days", "its time", "amount", "change, days"),
            Column("shipment", "for", "text", "", "the shipment that gains most"),
            Column("other_usd_per_t", "Another way", "amount", "change, USD/t", "used while the better ones are shut"),
            Column("other_days", "its time", "amount", "change, days"),
            Column("other_border_hours", "its borders", "amount", "change, hours", shown=False),
            Column("other_way", "which", "text", "", "the other corridor that gains most, and its shipment"),
            Column("other_cost_usd_per_t", "costs then", "amount", "USD/t"),
            Column("cheapest_usd_per_t", "cheapest today", "amount", "USD/t", "of the same shipment"),
            Column("capacity", "Capacity gained", "text", "", "central figures, where anybody states them"),
            Column("cost_musd", "To build", "amount", "million USD", "a dash: no published cost"),
            Column("build_years", "Time to build", "amount", "years"),
            Column("remark", "Remark", "text"),
            Column("note", "What its figures rest on", "text"),
            Column("source_id", "Source", "source"),
            Column("source", "Source in words", "text", shown=False),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed", False),
            Column("acts_on", "Acts on", "text", shown=False),
            Column("upgrade", "Key", "text", shown=False),
        ),
        caption=f"What upgrades would change. {_gains(frame)}",
        source_ids=access.sources(),
    )


def _gains(frame: pl.DataFrame) -> str:
    """The largest gain on a cheapest way, and what the largest on another way does for independence alone."""
    now = frame.filter(pl.col("change_usd_per_t") < 0).sort("change_usd_per_t")
    later = frame.filter(pl.col("other_usd_per_t") < 0).sort("other_usd_per_t")
    text = "No upgrade makes a cheapest way of today cheaper."
    if not now.is_empty():
        first = now.row(0, named=True)
        text = (
            f"The largest gain on a cheapest way of today is USD\u202f{amount(-first['change_usd_per_t'])} a tonne "
            f"({first['name']}; {first['shipment']})."
        )
    if not later.is_empty():
        first = later.row(0, named=True)
        text += (
            " Gains on other ways lower the premium of independence, not the cost of today: the largest is USD\u202f"
            f"{amount(-first['other_usd_per_t'])} ({first['name']}; {first['other_way']}), a way that then costs "
            f"USD\u202f{amount(first['other_cost_usd_per_t'])} against {amount(first['cheapest_usd_per_t'])} by the "
            "cheapest."
        )
    return text


def upgrades_by_corridor(way: Way, key: str) -> Table:
    """What each upgrade changes on each corridor of one shipment that it touches."""
    names = dict(enumerate(numbered_names(way.routes), start=1))
    frame = way.upgrades.filter("used").sort("corridor", "change_usd_per_t", "change_days")
    return Table(
        key=key,
        frame=frame.with_columns(
            shipment=pl.lit(shipment_name(way)),
            corridor=pl.col("corridor").replace_strict(names, return_dtype=pl.String),
            then=_named_vias(way),
        ).drop("kind", "via", "used"),
        columns=(
            Column("name", "Upgrade", "text"),
            Column("corridor", "Corridor", "text", "", "the corridor that is compared, with the better ones shut"),
            Column("then", "Best way then", "text", "", "a different one where the upgrade makes that better"),
            Column("change_usd_per_t", "Cost", "amount", "change, USD/t"),
            Column("change_days", "Time", "amount", "change, days"),
            Column("change_border_hours", "At borders", "amount", "change, hours"),
            Column("change_co2_kg_per_t", "CO2", "amount", "change, kg/t"),
            Column("capacity_t_per_year", "Capacity then", "amount", "t a year", "narrowest known link of the way"),
            Column("cost_musd", "To build", "amount", "million USD", shown=False),
            Column("build_years", "Time to build", "amount", "years", shown=False),
            Column("shipment", "Shipment", "text", shown=False),
            Column("upgrade", "Key", "text", shown=False),
        ),
        caption="What upgrades change on each corridor that they touch.",
        source_ids=way.routes.sources(),
        rows_shown=ROWS_SHOWN,
        file="corridor-upgrades-by-way",
    )


def _named_vias(way: Way) -> pl.Expr:
    """The column `via` with names instead of codes."""
    return pl.col("via").map_elements(lambda via: route_name_of_via(way.routes.corridors, via), return_dtype=pl.String)


def states(access: Access) -> Table | None:
    """What each state would do to the cheapest way, where it does anything."""
    parts = [
        way.states.with_columns(
            shipment=pl.lit(shipment_name(way)),
            then=pl.when(pl.col("status") == route_tables.NO_ROUTE)
            .then(pl.lit(route_tables.NO_ROUTE))
            .otherwise(_named_vias(way)),
        )
        for way in access.ways
    ]
    touched = (pl.col("extra_usd_per_t") != 0) | (pl.col("extra_days") != 0) | pl.col("extra_usd_per_t").is_null()
    frame = pl.concat(parts).filter(touched).sort("extra_usd_per_t", descending=True, nulls_last=False)
    if frame.is_empty():
        return None
    unknown = unknown_states(access.corridors.states)
    return Table(
        key="corridor-states",
        frame=frame.select(
            "name", "shipment", "holds_now", "since", "events_per_year", "duration_days", "extra_usd_per_t",
            "extra_days", "then",
            "common_cause", "state",
        ),
        columns=(
            Column("name", "State", "text"),
            Column("shipment", "Shipment", "text"),
            Column("holds_now", "Today", "text", "", "for this buyer; a dash: nobody knows"),
            Column("since", "since", "text"),
            Column("events_per_year", "Begins", "amount", "times a year", "a dash: nobody has stated a rate"),
            Column("duration_days", "Lasts", "amount", "days"),
            Column("extra_usd_per_t", "Extra cost", "amount", "USD/t", "of the best way left, over the cheapest today"),
            Column("extra_days", "Extra time", "amount", "days", "negative: the dearer way is quicker"),
            Column("then", "Best way then", "text"),
            Column("common_cause", "Common cause", "text", "", "states of one cause come together", False),
            Column("state", "Key", "text", shown=False),
        ),
        caption=(
            "What may happen to the best way of today. Most rates are judgement"
            + (f"; {counted(len(unknown), 'state')} of unknown rate." if unknown else ".")
        ),
        source_ids=access.sources(),
        rows_shown=ROWS_SHOWN,
    )  # fmt: skip


def _figures(access: Access) -> pl.DataFrame:
    """Every figure behind these routes, once."""
    return pl.concat([way.routes.evidence() for way in access.ways]).unique(["table", "key"], maintain_order=True)


def evidence(access: Access) -> Text:
    """How many figures were read somewhere, and which kinds are assumptions."""
    figures = _figures(access)
    seen, derived, assumed = (
        figures.filter(pl.col("evidence") == kind).height / figures.height for kind in ("seen", "derived", "assumed")
    )
    by_table = figures.group_by("table", maintain_order=True).agg(assumed=(pl.col("evidence") == "assumed").mean())
    assumptions = [RATES[name] for name, part in by_table.iter_rows() if part == 1.0]
    mixed = [f"{RATES[name]} ({share(part)})" for name, part in by_table.iter_rows() if 0 < part < 1]
    text = (
        f"{figures.height} figures stand behind these routes: {share(seen)} were read in the source named, "
        f"{share(derived)} derived from such figures, and {share(assumed)} are assumptions with a wide range."
    )
    if assumptions:
        text += f" All {join(assumptions)} are assumptions."
    if mixed:
        text += f" Partly assumed are {join(mixed)}."
    text += " The ranges of cost and time follow from the ranges of rates, lengths and speeds: read them, too."
    return Text((text,), access.sources(), "How sure the figures are")


def figures_with_sources(access: Access) -> Table:
    """Every figure behind the routes, with its evidence and its source."""
    frame = _figures(access).with_columns(table=pl.col("table").replace(RATES))
    return Table(
        key="corridor-sources",
        frame=frame,
        columns=(
            Column("table", "Figure", "text"),
            Column("key", "of", "text"),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed"),
            Column("source_id", "Source", "source"),
            Column("note", "Remark", "text"),
            Column("source", "Source in words", "text", shown=False),
        ),
        caption="Every figure behind these routes, with its own source.",
        source_ids=access.sources(),
        rows_shown=SOURCE_ROWS_SHOWN,
    )
