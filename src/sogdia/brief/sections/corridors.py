"""How does it get out? Ways from the partners' mines to the port, what they share, and what would change them."""

from __future__ import annotations

import polars as pl

from sogdia.brief import route_tables
from sogdia.brief.corridor_names import (
    cargo_name,
    hangs_on,
    place_name,
    shut_told,
    span,
    via_name,
    way_name,
    way_phrase,
)
from sogdia.brief.report import Report
from sogdia.brief.route_lines import corridor_names, route_frame
from sogdia.brief.upgrade_rows import shipment_name, upgrade_rows
from sogdia.corridors import Access, origins_of
from sogdia.corridors.access import Way
from sogdia.corridors.risk import DAYS_PER_YEAR, unknown_states
from sogdia.data.provenance import references
from sogdia.render.basemap import SOURCE_ID, outlines
from sogdia.render.blocks import Block, Column, Figure, Fold, Section, Table, Text
from sogdia.render.charts.routes import route_map
from sogdia.render.charts.world import BASEMAP
from sogdia.render.formats import amount, share
from sogdia.render.wording import counted, country_text, join, sentence, some, told

SOURCES = route_tables.SOURCES
TITLE = "How it gets out: the corridors"
ROWS_SHOWN = 15
SOURCE_ROWS_SHOWN = 10
RATES = {
    "tariffs": "freight tariffs", "transhipment": "handling", "borders": "border crossings", "links": "links",
    "co2": "emissions", "chokepoints": "tolls", "formalities": "export papers", "cargo": "cargo values",
    "states": "states", "parameters": "cost of capital", "detours": "detour factors", "speeds": "speeds",
}  # fmt: skip


def section(report: Report) -> Section | None:
    """Map, alternatives, closures, upgrades and states; None without partners."""
    found = report.corridors
    if found is None or not report.partners:
        return None
    if found.destination is None or not found.ways:
        return Section("corridors", TITLE, _nothing(report, found), ())
    blocks: tuple[Block | None, ...] = (
        _summary(found),
        _map(found),
        *(_fold(way) for way in found.ways),
        _upgrades(found),
        _states(found),
        _evidence(found),
        _sources(found),
        Text(_limits(), SOURCES, "What to keep in mind"),
    )
    return Section("corridors", TITLE, _lead(report, found), tuple(block for block in blocks if block))


def _nothing(report: Report, found: Access) -> str:
    """Why there are no corridors to show."""
    if found.destination is None:
        return (
            f"The corridor network has no port of {told(report.importer)}, so no route can be shown. Networks of your "
            "own can be asked with the route command."
        )
    if found.unreached:
        return " ".join(sentence(reason) for _, reason in found.unreached)
    names = join([country_text(code) for code in found.without_place])
    covered = join([country_text(code) for code in origins_of(found.corridors.network)])
    return (
        f"The corridor network knows no mine or plant of these minerals in {names}, so no route to "
        f"{place_name(found.corridors, found.destination)} can be shown. It has mines and plants in {covered}; places "
        "and links of your own can be added."
    )


def _lead(report: Report, found: Access) -> str:
    ways = sorted(found.ways, key=lambda way: way.routes.best.route.cost_usd_per_t.central)
    low, high = ways[0].routes, ways[-1].routes
    apart = [way.routes.independent_corridors for way in ways]
    many = f"{min(apart)}" if min(apart) == max(apart) else f"{min(apart)} to {max(apart)}"
    text = (
        f"To {place_name(found.corridors, found.destination or '')}, a tonne pays about USD\u202f"
        f"{amount(low.best.route.cost_usd_per_t.central)} ({cargo_name(low.cargo)} from {_place(low.origin, found)}, "
        f"{shut_told(low.best)})"
    )
    if len(ways) > 1:
        text += (
            f" to USD\u202f{amount(high.best.route.cost_usd_per_t.central)} ({cargo_name(high.cargo)} from "
            f"{_place(high.origin, found)}, {shut_told(high.best)})"
        )
    text += (
        f" by the cheapest way; {'each has' if len(ways) > 1 else 'it has'} {many} corridors that share no country "
        "between and no strait at risk."
    )
    if found.without_place:
        names = some([country_text(code) for code in found.without_place])
        text += f" No mine or plant of these minerals is in the network for {names}."
    for shipment, reason in found.unreached:
        text += f" {sentence(shipment.mineral.replace('_', ' '))} from {_place(shipment.place, found)}: {reason}"
    return text


def _place(place_id: str, found: Access) -> str:
    return place_name(found.corridors, place_id)


def _summary(found: Access) -> Table:
    rows = []
    for way in found.ways:
        routes, best = way.routes, way.routes.best.route
        rows.append(
            {
                "shipment": shipment_name(way),
                "cheapest": way_name(found.corridors, best),
                "cost_usd_per_t": best.cost_usd_per_t.central,
                "cost_range": span(best.cost_usd_per_t),
                "of_value": best.cost_usd_per_t.central / routes.cargo.usd_per_t.central,
                "days": best.days.central,
                "shut_days_per_year": routes.best.shut_share * DAYS_PER_YEAR,
                "independent_corridors": routes.independent_corridors,
                "premium": route_tables.told_premium(routes),
                "hangs_on": hangs_on(routes),
                "note": way.shipment.note,
                "source": references(way.shipment.source_ids),
                "evidence": way.shipment.evidence,
            }
        )
    return Table(
        key="corridors",
        frame=pl.DataFrame(rows),
        columns=(
            Column("shipment", "Shipment", "text"),
            Column("note", "What it is", "text"),
            Column("cheapest", "Cheapest way", "text"),
            Column("cost_usd_per_t", "Cost", "amount", "USD/t"),
            Column("cost_range", "range", "text", "USD/t", route_tables.ALL_LOW_ALL_HIGH),
            Column("of_value", "of its value", "share", "", "cost / value of a tonne at the gate"),
            Column("days", "Days", "amount"),
            Column("shut_days_per_year", "Shut", "amount", "days a year", "expected, by states of stated probability"),
            Column("independent_corridors", "Independent corridors", "count"),
            Column("premium", "If a country between is closed", "text", "", "extra cost and days of the best way left"),
            Column("hangs_on", "Hangs on", "text", "", "closed alone, it leaves no route"),
            Column("source", "Source of the shipment", "text", shown=False),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed", False),
        ),
        caption=f"Main shipments of the partners to {place_name(found.corridors, found.destination or '')}, today.",
        source_ids=SOURCES,
    )


def _map(found: Access) -> Figure:
    shipments = [(shipment_name(way), way.routes) for way in found.ways]
    frame, view = route_frame(shipments)
    label, routes = shipments[0]
    names = [name for name, other in zip(corridor_names(routes), routes.alternatives, strict=True) if other.independent]
    caption = (
        f"{label}: {counted(len(routes.alternatives), 'corridor')}, {routes.independent_corridors} of them independent "
        "(in colour), the others dotted."
    )
    choose = " Choose another shipment above the map." if len(shipments) > 1 else ""
    return Figure(
        key="corridor-map",
        spec=route_map([name for name, _ in shipments], view),
        frame=frame,
        caption=caption + choose,
        alt=f"Map of the routes from the mine to the port: {'; '.join(names)}. {caption}",
        source_ids=(*SOURCES, SOURCE_ID),
        extra={BASEMAP: list(outlines())},
    )


def _fold(way: Way) -> Fold:
    routes, key = way.routes, f"corridor-{way.shipment.place}-{way.shipment.mineral}"
    key = key.lower().replace(":", "-").replace("_", "-")
    best = routes.best.route
    summary = (
        f"USD\u202f{amount(best.cost_usd_per_t.central)} a tonne, {amount(best.days.central)} days; the cheapest way "
        f"is {way_phrase(routes.corridors, best)}, {shut_told(routes.best)}; "
        f"{counted(len(routes.alternatives), 'corridor')}"
    )
    blocks = (
        route_tables.alternatives(routes, f"{key}-alternatives"),
        route_tables.premium(routes, f"{key}-premium"),
        route_tables.shared(routes, f"{key}-shared"),
        _by_way(way, f"{key}-upgrades"),
    )
    return Fold(key, shipment_name(way), summary, blocks)


def _upgrades(found: Access) -> Table:
    """What each upgrade changes, one row each."""
    frame = upgrade_rows(found)
    return Table(
        key="corridor-upgrades",
        frame=frame,
        columns=(
            Column("name", "Upgrade", "text"),
            Column("change_usd_per_t", "Cheapest way", "amount", "change, USD/t", "a dash: not on any cheapest way"),
            Column("change_days", "its time", "amount", "change, days"),
            Column("shipment", "for", "text", "", "the shipment that gains most"),
            Column("other_usd_per_t", "Another way", "amount", "change, USD/t", "taken while the better ones are shut"),
            Column("other_days", "its time", "amount", "change, days"),
            Column("other_border_hours", "its borders", "amount", "change, hours", shown=False),
            Column("other_way", "which", "text", "", "the corridor asked about that gains most, and its shipment"),
            Column("other_cost_usd_per_t", "costs then", "amount", "USD/t"),
            Column("cheapest_usd_per_t", "cheapest today", "amount", "USD/t", "of the same shipment"),
            Column("capacity", "Capacity gained", "text", "", "central figures, where anybody states them"),
            Column("cost_musd", "To build", "amount", "million USD", "a dash: no published cost"),
            Column("build_years", "Time to build", "amount", "years"),
            Column("remark", "Remark", "text"),
            Column("source", "Source", "text"),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed", False),
            Column("acts_on", "Acts on", "text", shown=False),
            Column("upgrade", "Key", "text", shown=False),
        ),
        caption=f"What upgrades would change. {_gains(frame)}",
        source_ids=SOURCES,
    )


def _gains(frame: pl.DataFrame) -> str:
    """The largest gain on a cheapest way, and what the largest on another way does for independence alone."""
    now = frame.filter(pl.col("change_usd_per_t") < 0).sort("change_usd_per_t")
    later = frame.filter(pl.col("other_usd_per_t") < 0).sort("other_usd_per_t")
    said = "None makes a cheapest way of today cheaper."
    if not now.is_empty():
        first = now.row(0, named=True)
        said = (
            f"The largest gain on a cheapest way of today is USD\u202f{amount(-first['change_usd_per_t'])} a tonne "
            f"({first['name']}; {first['shipment']})."
        )
    if not later.is_empty():
        first = later.row(0, named=True)
        said += (
            " Gains on other ways lower the premium of independence, not the cost of today: the largest is USD\u202f"
            f"{amount(-first['other_usd_per_t'])} ({first['name']}; {first['other_way']}), a way that then costs "
            f"USD\u202f{amount(first['other_cost_usd_per_t'])} against {amount(first['cheapest_usd_per_t'])} by the "
            "cheapest."
        )
    return said


def _by_way(way: Way, key: str) -> Table:
    """What each upgrade changes on each corridor of one shipment that it touches."""
    names = dict(enumerate(corridor_names(way.routes), start=1))
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
            Column("corridor", "Corridor", "text", "", "the corridor that is asked about, with better ones shut"),
            Column("then", "Best way then", "text", "", "another one where the upgrade makes another one better"),
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
        source_ids=SOURCES,
        rows_shown=ROWS_SHOWN,
        file="corridor-upgrades-by-way",
    )


def _named_vias(way: Way) -> pl.Expr:
    """The column `via` with names instead of codes."""
    return pl.col("via").map_elements(lambda via: via_name(way.routes.corridors, via), return_dtype=pl.String)


def _states(found: Access) -> Table | None:
    """What each state would do to the cheapest way, where it does anything."""
    parts = [
        way.states.with_columns(
            shipment=pl.lit(shipment_name(way)),
            then=pl.when(pl.col("status") == route_tables.NO_ROUTE)
            .then(pl.lit(route_tables.NO_ROUTE))
            .otherwise(_named_vias(way)),
        )
        for way in found.ways
    ]
    touched = (pl.col("extra_usd_per_t") != 0) | (pl.col("extra_days") != 0) | pl.col("extra_usd_per_t").is_null()
    frame = pl.concat(parts).filter(touched).sort("extra_usd_per_t", descending=True, nulls_last=False)
    if frame.is_empty():
        return None
    unknown = unknown_states(found.corridors.states)
    return Table(
        key="corridor-states",
        frame=frame.select(
            "name", "shipment", "annual_probability", "duration_days", "extra_usd_per_t", "extra_days", "then",
            "common_cause", "state",
        ),
        columns=(
            Column("name", "State", "text"),
            Column("shipment", "Shipment", "text"),
            Column("annual_probability", "Begins in a year", "share", "", "probability; a dash: nobody has stated one"),
            Column("duration_days", "Lasts", "amount", "days"),
            Column("extra_usd_per_t", "Extra cost", "amount", "USD/t", "of the best way left, over the cheapest today"),
            Column("extra_days", "Extra time", "amount", "days", "negative: the dearer way is quicker"),
            Column("then", "Best way then", "text"),
            Column("common_cause", "Common cause", "text", "", "states of one cause come together", False),
            Column("state", "Key", "text", shown=False),
        ),
        caption=(
            "What may happen to the cheapest way. Most probabilities are judgement"
            + (f"; {counted(len(unknown), 'state')} of unknown probability." if unknown else ".")
        ),
        source_ids=SOURCES,
        rows_shown=ROWS_SHOWN,
    )  # fmt: skip


def _figures(found: Access) -> pl.DataFrame:
    """Every figure behind these routes, once."""
    return pl.concat([way.routes.evidence() for way in found.ways]).unique(["table", "key"], maintain_order=True)


def _evidence(found: Access) -> Text:
    """How many figures were read somewhere, and which kinds are assumptions."""
    figures = _figures(found)
    seen, derived, assumed = (
        figures.filter(pl.col("evidence") == kind).height / figures.height for kind in ("seen", "derived", "assumed")
    )
    by_table = figures.group_by("table", maintain_order=True).agg(assumed=(pl.col("evidence") == "assumed").mean())
    bare = [RATES[name] for name, part in by_table.iter_rows() if part == 1.0]
    mixed = [f"{RATES[name]} ({share(part)})" for name, part in by_table.iter_rows() if 0 < part < 1]
    text = (
        f"{figures.height} figures stand behind these routes: {share(seen)} were read in the source named, "
        f"{share(derived)} derived from such figures, and {share(assumed)} are assumptions with a wide range."
    )
    if bare:
        text += f" All {join(bare)} are assumptions."
    if mixed:
        text += f" Partly assumed are {join(mixed)}."
    return Text(
        (f"{text} The ranges of cost and time carry rates, lengths and speeds: read them.",),
        SOURCES,
        "How sure the figures are",
    )


def _sources(found: Access) -> Table:
    frame = _figures(found).with_columns(table=pl.col("table").replace(RATES))
    return Table(
        key="corridor-sources",
        frame=frame,
        columns=(
            Column("table", "Figure", "text"),
            Column("key", "of", "text"),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed"),
            Column("source", "Source", "text"),
            Column("note", "Remark", "text"),
        ),
        caption="Every figure behind these routes, with its own source.",
        source_ids=SOURCES,
        rows_shown=SOURCE_ROWS_SHOWN,
    )


def _limits() -> tuple[str, ...]:
    return (
        "A corridor is the cheapest way while some countries or straits are closed. Cost per tonne is freight, "
        "handling, border fees, tolls and papers, and the cost of capital in goods under way.",
        "One tariff for each means of transport and kind of cargo holds in every country, so cheap transit in one of "
        "them is not seen as a bargain, nor dear transit as dear. The cheapest way may be one that sanctions or "
        "insurers rule out: its closure stands in the table of premiums.",
        "The capacity of most lines is not known, and belongs to all cargo together. Lengths that no source gives are "
        "great circles times a factor. The network is for comparing corridors, not for booking trains.",
    )
