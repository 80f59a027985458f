"""The ways from the partners' mines to the importer's port: what they share, and what would change them."""

from __future__ import annotations

from functools import partial

from sogdia.answer import Answer, each_once
from sogdia.basemap import outline_sources
from sogdia.brief import corridor_tables, route_tables
from sogdia.brief.corridor_names import (
    cargo_name,
    numbered_names,
    place_name,
    route_phrase,
    standing_phrase,
)
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.route_lines import route_frame
from sogdia.brief.upgrade_rows import shipment_name
from sogdia.corridors import Access, origins_of
from sogdia.corridors.access import Way
from sogdia.render.blocks import Block, Figure, Fold, Section, Text
from sogdia.render.charts.routes import route_map
from sogdia.render.formats import amount
from sogdia.render.wording import counted, country_text, join, name_in_sentence, sentence, some


def section(report: Report) -> Section | None:
    """Map, alternatives, closures, upgrades and states; None without partners."""
    access = report.corridors
    if access is None or not report.partners:
        return None
    if access.destination is None or not access.ways:
        return PART.section(_nothing(report, access), (), source_ids=access.sources())
    blocks: tuple[Block | None, ...] = (
        corridor_tables.shipments(access),
        *(_fold(way) for way in access.ways),
        corridor_tables.upgrades(access),
        corridor_tables.states(access),
        corridor_tables.evidence(access),
        corridor_tables.figures_with_sources(access),
        Text(_limits(), access.sources(), "What to keep in mind"),
    )
    return PART.section(_lead(report, access), blocks)


def _nothing(report: Report, access: Access) -> str:
    """Why there are no corridors to show."""
    if access.destination is None:
        return (
            f"The corridor network has no port of {name_in_sentence(report.importer)}, so no route can be shown. The "
            "route command takes a network of your own."
        )
    if access.unreached:
        return " ".join(sentence(reason) for _, reason in access.unreached)
    names = join([country_text(code) for code in access.without_place])
    covered = join([country_text(code) for code in origins_of(access.corridors.network)])
    return (
        f"The corridor network knows no mine or plant of these minerals in {names}, so no route to "
        f"{_place(access.destination, access)} can be shown. It has mines and plants in {covered}; places and links of "
        "your own can be added."
    )


def _lead(report: Report, access: Access) -> str:
    """The cheapest and the dearest shipment, the number of independent corridors, and what is not shown."""
    ways = sorted(access.ways, key=lambda way: way.routes.best.route.cost_usd_per_t.central)
    low, high = ways[0].routes, ways[-1].routes
    independent = [way.routes.independent_corridors for way in ways]
    fewest, most = min(independent), max(independent)
    many = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    text = (
        f"To {_place(access.destination or '', access)}, a tonne pays about USD\u202f"
        f"{amount(low.best.route.cost_usd_per_t.central)} ({cargo_name(low.cargo)} from {_place(low.origin, access)}, "
        f"{standing_phrase(low.corridors, low.best)})"
    )
    if len(ways) > 1:
        text += (
            f" to USD\u202f{amount(high.best.route.cost_usd_per_t.central)} ({cargo_name(high.cargo)} from "
            f"{_place(high.origin, access)}, {standing_phrase(high.corridors, high.best)})"
        )
    text += (
        f" by the best way that can be used today; {'each has' if len(ways) > 1 else 'it has'} {many} corridors "
        "that share no transit country and no strait at risk."
    )
    if access.without_place:
        names = some([country_text(code) for code in access.without_place])
        text += f" No mine or plant of these minerals is in the network for {names}."
    for shipment, reason in access.unreached:
        text += f" {sentence(shipment.mineral.replace('_', ' '))} from {_place(shipment.place, access)}: {reason}"
    return text


def _place(place_id: str, access: Access) -> str:
    return place_name(access.corridors, place_id)


def _map(way: Way, key: str) -> Figure:
    """The ways of one shipment."""
    routes = way.routes
    frame, _ = route_frame(routes)
    names = [name for name, other in zip(numbered_names(routes), routes.alternatives, strict=True) if other.independent]
    caption = (
        f"{shipment_name(way)}: {counted(len(routes.alternatives), 'corridor')}, {routes.independent_corridors} of "
        "them independent (in colour), the others dotted."
    )
    return Figure(
        key=f"{key}-map",
        draw=partial(route_map, frame),
        frame=frame,
        caption=caption,
        alt=f"Map of the routes from the mine to the port: {'; '.join(names)}. {caption}",
        source_ids=each_once(routes.sources(), outline_sources()),
    )


def _fold(way: Way) -> Fold:
    routes, key = way.routes, f"corridor-{way.shipment.place}-{way.shipment.mineral}"
    key = key.lower().replace(":", "-").replace("_", "-")
    best = routes.best.route
    summary = (
        f"USD\u202f{amount(best.cost_usd_per_t.central)} a tonne, {amount(best.days.central)} days; the best way today "
        f"is {route_phrase(routes.corridors, best)}, {standing_phrase(routes.corridors, routes.best)}; "
        f"{counted(len(routes.alternatives), 'corridor')}"
    )
    blocks: tuple[Block, ...] = (
        _map(way, key),
        route_tables.alternatives(routes, f"{key}-alternatives"),
        *[table for table in (route_tables.not_usable(routes, f"{key}-not-usable"),) if table is not None],
        route_tables.premium(routes, f"{key}-premium"),
        route_tables.shared(routes, f"{key}-shared"),
        corridor_tables.upgrades_by_corridor(way, f"{key}-upgrades"),
    )
    return Fold(key, shipment_name(way), summary, blocks)


def _limits() -> tuple[str, ...]:
    return (
        "A corridor is the cheapest way that this buyer can use today while some countries or straits are closed; what "
        "is cheaper and shut to the buyer stands in a table of its own. Cost per tonne is freight, "
        "handling, border fees, tolls and papers, and the cost of capital in goods under way.",
        "Tariffs have a fixed part and one per km, by railway, trade of ships and direction; most are fitted to few "
        "published prices. What is shut today is stated with its date and source, and may have changed since.",
        "The capacity of most lines is not known; where it is, all cargo shares it. Lengths that no source gives are "
        "great-circle distances times a factor. The network is for comparing corridors, not for booking trains.",
    )


def _answers(report: Report) -> tuple[Answer, ...]:
    return () if report.corridors is None else (report.corridors,)


PART = Part("corridors", "Corridors from the mines to the port", 70, section, _answers)
