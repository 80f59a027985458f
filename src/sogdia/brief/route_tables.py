"""Routes as tables of a page: the alternatives, what they share, and the premium of independence.

Each function takes the key that its table has in the page, so that the page can hold several shipments.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sogdia.brief.corridor_names import (
    capacity_phrase,
    cargo_name,
    closable_name,
    closure_range,
    country_or_strait_name,
    numbered_names,
    place_name,
    route_name,
    span,
    standing_text,
    strait_list,
    strait_name,
)
from sogdia.corridors import Alternative, Routes
from sogdia.render.blocks import Column, Table
from sogdia.render.formats import MINUS, amount
from sogdia.render.ranges import band
from sogdia.render.wording import counted, country_name

NO_ROUTE = "no route"
ALL_LOW_ALL_HIGH = "all rates, derived lengths and speeds at their cheap, and all at their dear figure"
MAY_BE_UNKNOWN = {"capacity_t_per_year": pl.Float64, "p_closure_12m": pl.Float64}
KIND_NAMES = {"country": "country", "chokepoint": "strait or sea", "border": "border crossing", "place": "port"}


ENDS = (
    Column("cost_low_usd_per_t", "Cost, low", "amount", "USD/t", shown=False),
    Column("cost_high_usd_per_t", "Cost, high", "amount", "USD/t", shown=False),
    Column("days_low", "Days, low", "amount", "door to port", shown=False),
    Column("days_high", "Days, high", "amount", "door to port", shown=False),
    Column("p_closure_12m_low", "Closes within 12 months, low", "share", "", "at the low rates", False),
    Column("p_closure_12m_high", "Closes within 12 months, high", "share", "", "at the high rates", False),
)
"""The ends of the ranges as numbers."""


def alternatives(routes: Routes, key: str) -> Table:
    """One row per alternative that can be used today, the best first."""
    corridors = routes.corridors
    return Table(
        key=key,
        frame=pl.DataFrame(_alternative_rows(routes), schema_overrides=MAY_BE_UNKNOWN),
        columns=(
            Column("corridor", "Corridor", "text"),
            Column("cost_usd_per_t", "Cost", "amount", "USD/t", "freight, handling, borders, tolls, papers, and time"),
            Column("cost_range", "range", "text", "USD/t", ALL_LOW_ALL_HIGH),
            Column("days", "Days", "amount", "door to port"),
            Column("days_range", "range", "text", "days", shown=False),
            Column("border_hours", "At borders", "amount", "hours"),
            Column("co2_kg_per_t", "CO2", "amount", "kg/t", "transport alone, well to wheel"),
            Column("capacity", "Capacity", "text", "a year, all cargo",
                   "of the narrowest link whose capacity is known, named in brackets; others may be narrower"),
            Column("countries", "Transit countries", "text"),
            Column("straits", "Straits and seas", "text"),
            Column("status_now", "Today", "text", "", "by the states that concern it and this buyer"),
            Column("p_closure_12m", "Closes within 12 months", "share", "",
                   "chance, by the states whose rate is stated, mostly judgement; a dash: none is known"),
            Column("p_closure_12m_range", "range", "text", "", "at the low and the high rates"),
            Column("difference", "Against the best", "text", "USD/t",
                   "5 to 95 % of draws of the rates that both share, with the stock against what comes late"),
            Column("probability_cheapest", "Cheapest", "share", "of draws", "of the rates in which it costs least"),
            Column("independent", "Independent", "text", "",
                   "of a largest set of corridors that share no transit country and no strait at risk"),
            Column("best_without", "Cheapest while shut", "text", "", "the closures that make it the cheapest"),
            *ENDS,
            Column("capacity_t_per_year", "Capacity known", "amount", "t a year, all cargo", shown=False),
            Column("km", "Length", "amount", "km", shown=False),
            Column("shipment", "Shipment", "text", shown=False),
        ),
        caption=(
            f"{counted(len(routes.alternatives), 'corridor')} for {cargo_name(routes.cargo)} from "
            f"{place_name(corridors, routes.origin)} to {place_name(corridors, routes.destination)}; "
            f"{sum(other.independent for other in routes.alternatives)} of them independent."
        ),
        source_ids=routes.sources(),
        file="corridor-alternatives",
    )  # fmt: skip


def _alternative_rows(routes: Routes) -> list[dict[str, object]]:
    corridors = routes.corridors
    rows: list[dict[str, object]] = []
    for name, other in zip(numbered_names(routes), routes.alternatives, strict=True):
        way = other.route
        rows.append(
            {
                "corridor": name,
                "shipment": f"{cargo_name(routes.cargo)} from {place_name(corridors, routes.origin)}",
                "cost_usd_per_t": way.cost_usd_per_t.central,
                "cost_range": span(way.cost_usd_per_t),
                "cost_low_usd_per_t": way.cost_usd_per_t.low,
                "cost_high_usd_per_t": way.cost_usd_per_t.high,
                "days_low": way.days.low,
                "days_high": way.days.high,
                "p_closure_12m_low": None if other.closure is None else other.closure.low,
                "p_closure_12m_high": None if other.closure is None else other.closure.high,
                "days": way.days.central,
                "days_range": span(way.days),
                "border_hours": way.hours["border"].central,
                "co2_kg_per_t": way.co2_kg_per_t.central,
                "km": way.km,
                "capacity": capacity_phrase(corridors, way),
                "capacity_t_per_year": way.capacity_t_per_year,
                "countries": ", ".join(country_name(code) or code for code in way.countries[1:-1]),
                "straits": strait_list(corridors, way.chokepoints),
                "status_now": standing_text(corridors, other),
                "p_closure_12m": None if other.closure is None else other.closure.central,
                "p_closure_12m_range": "" if other.closure is None else closure_range(other.closure),
                "difference": "best" if other is routes.best else difference_text(other),
                "probability_cheapest": other.probability_cheapest,
                "independent": "yes" if other.independent else "",
                "best_without": ", ".join(country_or_strait_name(corridors, shut) for shut in other.best_without or ()),
            }
        )
    return rows


def difference_text(other: Alternative) -> str:
    """The range of the difference to the best, and that it is level where the range holds zero."""
    text = band(signed(other.difference.low), signed(other.difference.high))
    return f"level ({text})" if other.level else text


def signed(figure: float) -> str:
    """A difference with its sign."""
    return f"{'+' if figure > 0 else ''}{amount(figure)}"


def not_usable(routes: Routes, key: str) -> Table | None:
    """The ways that would be cheaper and are shut to the buyer today; None where there is none."""
    if not routes.cheaper_not_usable:
        return None
    corridors = routes.corridors
    rows = [
        {
            "way": route_name(corridors, way.route),
            "cost_usd_per_t": way.route.cost_usd_per_t.central,
            "days": way.route.days.central,
            "reason": way.reason,
            "shipment": f"{cargo_name(routes.cargo)} from {place_name(corridors, routes.origin)}",
        }
        for way in routes.cheaper_not_usable
    ]
    return Table(
        key=key,
        frame=pl.DataFrame(rows),
        columns=(
            Column("way", "Way", "text"),
            Column("cost_usd_per_t", "Cost on paper", "amount", "USD/t"),
            Column("days", "Days", "amount"),
            Column("reason", "Why it cannot be used", "text"),
            Column("shipment", "Shipment", "text", shown=False),
        ),
        caption="Cheaper on paper, not usable today.",
        source_ids=routes.sources(),
        file="corridor-not-usable",
    )


def premium(routes: Routes, key: str) -> Table:
    """What the closure of each thing on the cheapest corridor would cost."""
    corridors, best = routes.corridors, routes.best.route
    rows = [
        {
            "closed": closable_name(corridors, closure.kind, closure.name),
            "kind": KIND_NAMES[closure.kind],
            "shipment": f"{cargo_name(routes.cargo)} from {place_name(corridors, routes.origin)}",
            "extra_usd_per_t": None
            if closure.best is None
            else closure.best.cost_usd_per_t.central - best.cost_usd_per_t.central,
            "extra_days": None if closure.best is None else closure.best.days.central - best.days.central,
            "then": NO_ROUTE if closure.best is None else route_name(corridors, closure.best),
        }
        for closure in routes.closures
    ]
    numbers = {"extra_usd_per_t": pl.Float64, "extra_days": pl.Float64}
    text = dict.fromkeys(("closed", "kind", "shipment", "then"), pl.String)
    return Table(
        key=key,
        frame=pl.DataFrame(rows, schema={**text, **numbers}),
        columns=(
            Column("closed", "Closed", "text"),
            Column("kind", "is a", "text"),
            Column(
                "extra_usd_per_t", "Extra cost", "amount", "USD/t", "of the best route left, over the best of today"
            ),
            Column("extra_days", "Extra time", "amount", "days", "negative: the dearer way is quicker"),
            Column("then", "Best route left", "text"),
            Column("shipment", "Shipment", "text", shown=False),
        ),
        caption="The premium of independence: what remains when one thing on the best corridor of today is closed.",
        source_ids=routes.sources(),
        file="corridor-premium",
    )


def shared(routes: Routes, key: str) -> Table:
    """What each alternative has in common with which others."""
    corridors = routes.corridors
    ends = {routes.origin, routes.destination}
    ways = [other.route for other in routes.alternatives]
    rows = []
    for place, name in enumerate(numbered_names(routes)):
        way = ways[place]
        others = [(number, other) for number, other in enumerate(ways, start=1) if number != place + 1]
        rows.append(
            {
                "corridor": name,
                "shipment": f"{cargo_name(routes.cargo)} from {place_name(corridors, routes.origin)}",
                "countries": _with(
                    ((code, country_name(code) or code) for code in way.countries[1:-1]),
                    [(number, other.countries[1:-1]) for number, other in others],
                ),
                "straits": _with(
                    ((code, strait_name(corridors, code)) for code in way.chokepoints),
                    [(number, other.chokepoints) for number, other in others],
                ),
                "ports": _with(
                    (
                        (port, corridors.network.place(port).name.split(" (")[0])
                        for port in way.ports
                        if port not in ends
                    ),
                    [(number, other.ports) for number, other in others],
                ),
            }
        )
    return Table(
        key=key,
        frame=pl.DataFrame(rows),
        columns=(
            Column("corridor", "Corridor", "text"),
            Column("countries", "Countries shared", "text", "", "with the numbers of the corridors that need them too"),
            Column("straits", "Straits and seas shared", "text"),
            Column("ports", "Ports shared", "text"),
            Column("shipment", "Shipment", "text", shown=False),
        ),
        caption="What each corridor shares with the others: name, then the numbers of the others.",
        source_ids=routes.sources(),
        file="corridor-shared",
    )


def _with(own: Iterable[tuple[str, str]], others: list[tuple[int, tuple[str, ...]]]) -> str:
    """Each thing that some other has too, with their numbers."""
    said = []
    for thing, name in own:
        numbers = [str(number) for number, theirs in others if thing in theirs]
        if numbers:
            said.append(f"{name} ({', '.join(numbers)})")
    return "; ".join(said)


def premium_phrase(routes: Routes) -> str:
    """Country by country, what closing the transit of the cheapest corridor adds."""
    said = []
    for closure in routes.closures:
        if closure.kind != "country":
            continue
        name = country_name(closure.name) or closure.name
        if closure.best is None:
            said.append(f"{name}: {NO_ROUTE}")
            continue
        extra = closure.best.cost_usd_per_t.central - routes.best.route.cost_usd_per_t.central
        days = closure.best.days.central - routes.best.route.days.central
        change = f"{days:+.0f}".replace("-", MINUS)
        said.append(f"{name}: +{amount(extra)} USD/t, {change} days")
    return "; ".join(said)
