"""The lane table for the market: delivered-cost factor and capacity of each exporter's routes to a port.

For a cargo of value v and least generalised cost c, averaged over the exporter's places,

    tau = (v + c under the state and upgrade) / (v + c today)

Today is without what a state shuts now to the buyers: Russia for a port of Japan.

Capacity is the largest flow from all these places together to the port, in tonnes a year of any cargo; null
where links of unknown capacity alone would carry it. No route: status `no route`, tau null, capacity 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, Conditions, FloatArray, by_level, conditions
from sogdia.corridors.cost import price, value_of_time
from sogdia.corridors.growth import after_growth
from sogdia.corridors.platforms import Platforms, platforms
from sogdia.corridors.relevant import met, relevant
from sogdia.corridors.standing import shut_to_all
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue, Corridors, Effect, Network, Parameter
from sogdia.routing import Elimination, batch_costs, eliminate, maximum_flow

if TYPE_CHECKING:
    import polars as pl

SOURCE_KINDS = ("mine", "plant")
Case = tuple[str | None, str | None]
"""Id of a corridor state and of an upgrade, None for none."""


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
    destinations: Sequence[str],
    cargoes: Sequence[CargoValue],
    *,
    origins: Mapping[str, Sequence[str]] | None = None,
    cases: Iterable[Case] | None = None,
    growth: Growth | None = None,
) -> pl.DataFrame:
    """One row per exporter, destination, cargo, state and upgrade.

    origins: places by exporter, by default its mines and plants, all of one weight; cases: pairs of a state
    and an upgrade, by default today, each state and each upgrade alone; growth: subtract the freight of
    others. Columns: duration_days, the central duration of the state, null without one; tau with its low and
    high over the levels of rates and cost of today and of the case, as they are on a day on which the state
    holds (a year's mean is the market's matter); origins_served of origins: those with a route in the case,
    whose mean cost is taken against their own cost today.
    """
    from sogdia.corridors.tables import LANES, frame

    whole = corridors.network
    homes = origins_of(whole) if origins is None else origins
    countries = {whole.place(place).country for places in homes.values() for place in places}
    near = relevant(corridors, destinations[0], countries) if len(destinations) == 1 else corridors
    network, split = near.network, platforms(near.network)
    plan = eliminate(split.graph)
    starts = _positions(network, homes)
    ends = {name: split.exit(_position(network, name)) for name in destinations}
    asked = single_cases(corridors) if cases is None else tuple(cases)
    shut = shut_to_all(corridors, destinations)
    under = {case: _conditions_of(corridors, near, case, shut) for case in {(None, None), *asked}}
    rows: list[tuple[object, ...]] = []
    costs = {case: _costs(near, cargoes, now, plan, split, starts, ends) for case, now in under.items()}
    for case in asked:
        now, days = under[case], None if case[0] is None else corridors.state(case[0]).duration_days.central
        if growth is not None:
            now = after_growth(near, now, growth.loads, growth.years)
        for exporter, places in starts.items():
            for port, node in ends.items():
                capacity = _capacity(split, now, places, node)
                for cargo in cargoes:
                    key = (cargo.mineral, cargo.stage, exporter, port)
                    outcome = _outcome(cargo, costs[None, None][key], costs[case][key])
                    rows.append((exporter, port, cargo.mineral, cargo.stage, *case, days, *outcome, capacity))
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


def _costs(
    corridors: Corridors,
    cargoes: Sequence[CargoValue],
    now: Conditions,
    plan: Elimination,
    split: Platforms,
    starts: Mapping[str, Sequence[int]],
    ends: Mapping[str, int],
) -> dict[tuple[str, str, str, str], FloatArray]:
    """Least generalised cost by (mineral, stage, exporter, destination), shape (levels, origins).

    One batch of states: each cargo of each exporter at each level is a state of the same graph.
    """
    types = {cargo.cargo: cargo for cargo in cargoes}
    priced = {name: price(corridors.network, corridors.rates, cargo, now, split) for name, cargo in types.items()}
    asked = [(cargo, exporter) for cargo in cargoes for exporter in starts]
    valued = [
        replace(priced[cargo.cargo], cargo=cargo, usd_per_t_hour=value_of_time(corridors.rates, cargo))
        for cargo, _ in asked
    ]
    weights = np.concatenate([each.weights(exporter) for each, (_, exporter) in zip(valued, asked, strict=True)])
    places = sorted({place for group in starts.values() for place in group})
    entries = [split.entry(place) for place in places]
    cost = batch_costs(plan, weights, entries, list(ends.values())).cost
    by_case = cost.reshape(len(asked), len(LEVELS), len(places), len(ends))
    least = {}
    for (cargo, exporter), of_case in zip(asked, by_case, strict=True):
        mine = [places.index(place) for place in starts[exporter]]
        for position, port in enumerate(ends):
            least[cargo.mineral, cargo.stage, exporter, port] = of_case[:, mine, position]
    return least


def _capacity(split: Platforms, now: Conditions, places: Sequence[int], port: int) -> float | None:
    """Tonnes a year from these places to the port; None if no known capacity limits it."""
    link = split.arc_link
    on_link = link >= 0
    width = np.full(link.size, np.inf)
    width[on_link] = np.where(np.isnan(now.capacity_t_per_year), np.inf, now.capacity_t_per_year)[link[on_link]]
    width[on_link] = np.where(now.is_open[link[on_link]], width[on_link], 0.0)
    flow = maximum_flow(split.graph, width, [split.entry(place) for place in places], [port])
    return None if np.isinf(flow.value) else flow.value


def _conditions_of(corridors: Corridors, near: Corridors, case: Case, shut: tuple[Effect, ...]) -> Conditions:
    """The part of a network that is near under a state and an upgrade of the whole, and what is shut today."""
    state, upgrade = case
    effects = shut if upgrade is None else (*shut, *corridors.upgrade(upgrade).effects)
    if state is not None:
        effects += corridors.state(state).effects
    return conditions(near.network, met(effects, near))


def _positions(network: Network, origins: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    return {exporter: tuple(_position(network, name) for name in names) for exporter, names in origins.items()}


def _position(network: Network, name: str) -> int:
    return network.places.index(network.place(name))
