"""The lane table for the market: delivered-cost factor and capacity of each exporter's routes to an importer.

For a cargo of value v and least generalised cost c, averaged over the exporter's places,

    tau = (v + c under the state and upgrade) / (v + c today)

Today is without what a state shuts now to the buyers: Russia for a port of Japan; and without what is closed to the
shipment itself (`goals`).

Capacity is the largest flow from all these places together to the importer, in tonnes a year of any cargo; null
where links of unknown capacity alone would carry it. No route: status `no route`, tau null, capacity 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, Conditions, FloatArray, by_level
from sogdia.corridors.cost import price, value_of_time
from sogdia.corridors.goals import Case, Goal, goals_of
from sogdia.corridors.growth import after_growth
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue, Corridors, Network, Parameter
from sogdia.routing import batch_costs, maximum_flow

if TYPE_CHECKING:
    import polars as pl

SOURCE_KINDS = ("mine", "plant")
Key = tuple[str, str, str]
"""Mineral, stage and exporter."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Other freight as it will be: loads of today, and years from today."""

    loads: tuple[Parameter, ...]
    years: float


def origins_of(network: Network) -> dict[str, tuple[str, ...]]:
    """Mines and plants by country: where an exporter's cargo starts unless you know better."""
    by_country: dict[str, tuple[str, ...]] = {}
    for place in network.places:
        if place.kind in SOURCE_KINDS:
            by_country[place.country] = (*by_country.get(place.country, ()), place.id)
    return by_country


def single_cases(corridors: Corridors) -> tuple[Case, ...]:
    """Today, every state alone and every upgrade alone."""
    return (
        (None, None),
        *((state.id, None) for state in corridors.states),
        *((None, upgrade.id) for upgrade in corridors.upgrades),
    )


def lanes(
    corridors: Corridors,
    destinations: Sequence[str] | Mapping[str, Sequence[str]],
    cargoes: Sequence[CargoValue],
    *,
    origins: Mapping[str, Sequence[str]] | None = None,
    cases: Iterable[Case] | None = None,
    growth: Growth | None = None,
) -> pl.DataFrame:
    """One row per exporter, destination, cargo, state and upgrade.

    destinations: places, or by the name of an importer all the places where it takes delivery, of which each origin
    uses the one of least cost; origins: places by exporter, by default its mines and plants, all of one weight; cases:
    pairs of a state and an upgrade, by default today, each state and each upgrade alone; growth: subtract the freight
    of others. Columns: duration_days, the central duration of the state, null without one; tau with its low and
    high over the levels of rates and cost of today and of the case, as they are on a day on which the state
    holds (a year's mean is the market's matter); origins_served of origins: those with a route in the case,
    whose mean cost is taken against their own cost today.
    """
    from sogdia.corridors.tables import LANES, frame

    homes = origins_of(corridors.network) if origins is None else origins
    ends = destinations if isinstance(destinations, Mapping) else {name: (name,) for name in destinations}
    asked = single_cases(corridors) if cases is None else tuple(cases)
    known = dict.fromkeys(((None, None), *asked))
    goals = {name: goals_of(corridors, homes, places, cargoes) for name, places in ends.items()}
    costs = {
        (name, case): _least([_costs(goal, cargoes, goal.under(case)) for goal in goals[name]])
        for name in ends
        for case in known
    }
    whole = {name: of[0] if len(of) == 1 else Goal.of(corridors, homes, ends[name], ()) for name, of in goals.items()}
    rows: list[tuple[object, ...]] = []
    for case in asked:
        days = None if case[0] is None else corridors.state(case[0]).duration_days.central
        for exporter in homes:
            for name, goal in whole.items():
                now = goal.under(case)
                if growth is not None:
                    now = after_growth(goal.near, now, growth.loads, growth.years)
                capacity = _capacity(goal, now, exporter)
                for cargo in cargoes:
                    key = (cargo.mineral, cargo.stage, exporter)
                    outcome = _outcome(cargo, costs[name, (None, None)][key], costs[name, case][key])
                    rows.append((exporter, name, cargo.mineral, cargo.stage, *case, days, *outcome, capacity))
    return frame(rows, LANES)


def _outcome(cargo: CargoValue, today: FloatArray, then: FloatArray) -> tuple[object, ...]:
    """status, tau, tau low, tau high, cost today, cost then, origins, origins served; costs of shape
    (levels, origins), infinity where there is no route.
    """
    if not np.isfinite(today).any():
        raise NoAnswerError(f"no route for {cargo.mineral} even today: name other origins or destinations")
    served = np.isfinite(then).all(axis=0) & np.isfinite(today).all(axis=0)
    count = (today.shape[1], int(served.sum()))
    base = today[:, np.isfinite(today).all(axis=0)].mean(axis=1)
    if not served.any():
        return ("no route", None, None, None, float(base[CENTRAL]), None, *count)
    value = np.array(by_level(cargo.usd_per_t))
    cost, before = then[:, served].mean(axis=1), today[:, served].mean(axis=1)
    tau = (value + cost) / (value + before)
    figures = (tau[CENTRAL], tau.min(), tau.max(), base[CENTRAL], cost[CENTRAL])
    return ("route", *(float(figure) for figure in figures), *count)


def _least(parts: Sequence[dict[Key, FloatArray]]) -> dict[Key, FloatArray]:
    """The least cost over several goals, by mineral, stage and exporter."""
    return {key: np.minimum.reduce([part[key] for part in parts]) for key in parts[0]}


def _costs(goal: Goal, cargoes: Sequence[CargoValue], now: Conditions) -> dict[Key, FloatArray]:
    """Least generalised cost to a goal by (mineral, stage, exporter), shape (levels, origins).

    One batch of states: each cargo of each exporter at each level is a state of the same graph.
    """
    network, rates, split = goal.near.network, goal.near.rates, goal.split
    types = {cargo.cargo: cargo for cargo in cargoes}
    priced = {name: price(network, rates, cargo, now, split) for name, cargo in types.items()}
    asked = [(cargo, exporter) for cargo in cargoes for exporter in goal.starts]
    weights = []
    for cargo, exporter in asked:
        valued = replace(priced[cargo.cargo], cargo=cargo, usd_per_t_hour=value_of_time(rates, cargo))
        barred = goal.barred.get((cargo.mineral, exporter))
        weight = valued.weights(exporter)
        weights.append(weight if barred is None else np.where(barred, np.inf, weight))
    places = sorted({place for group in goal.starts.values() for place in group})
    entries = [split.entry(place) for place in places]
    cost = batch_costs(goal.plan, np.concatenate(weights), entries, goal.ends).cost.min(axis=2)
    by_case = cost.reshape(len(asked), len(LEVELS), len(places))
    return {
        (cargo.mineral, cargo.stage, exporter): of_case[:, [places.index(place) for place in goal.starts[exporter]]]
        for (cargo, exporter), of_case in zip(asked, by_case, strict=True)
    }


def _capacity(goal: Goal, now: Conditions, exporter: str) -> float | None:
    """Tonnes a year from the places of an exporter to a goal; None if no known capacity limits it."""
    split, link = goal.split, goal.split.arc_link
    on_link = link >= 0
    width = np.full(link.size, np.inf)
    width[on_link] = np.where(np.isnan(now.capacity_t_per_year), np.inf, now.capacity_t_per_year)[link[on_link]]
    width[on_link] = np.where(now.is_open[link[on_link]], width[on_link], 0.0)
    flow = maximum_flow(split.graph, width, [split.entry(place) for place in goal.starts[exporter]], goal.ends)
    return None if np.isinf(flow.value) else flow.value
