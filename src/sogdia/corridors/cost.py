"""What does a tonne pay, wait and emit on each step of a corridor?

Generalised cost of one step, in USD per tonne, with the range that uncertain rates give:

    C = freight + handling + border + toll + formalities + hours * value * capital cost / 8760

freight: km * tariff by mode and cargo; handling: per operation at the kind of place; border: fees of the
crossing; toll: dues of straits and canals; formalities: export papers, once, where cargo is loaded; hours:
running, border and handling; value: USD per tonne of the cargo; capital cost: per year. The three levels take
every rate at its low, central or high figure together: the range is an outer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, ByLevel, Conditions, FloatArray, by_level
from sogdia.corridors.network import CargoValue, Handling, Network, Rates
from sogdia.corridors.network.rates import OPERATIONS
from sogdia.corridors.platforms import LOAD, IntArray, Platforms
from sogdia.errors import unknown
from sogdia.units import HOURS_PER_YEAR

MONEY = ("freight", "handling", "border", "toll", "formalities")
"""Components of cost that are paid, in USD per tonne."""
COMPONENTS = (*MONEY, "time")
WAITS = ("running", "border", "handling")
"""Components of time, in hours."""

CAPITAL_COST = "capital_cost_per_year"
NOTHING = ByLevel(0.0, 0.0, 0.0)
NO_WAY = ByLevel(np.inf, np.inf, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """The steps of a network, priced for one cargo under one set of conditions.

    money: shape (levels, MONEY, arcs) [USD per t], before the origin's trade-cost factor;
    hours: shape (levels, WAITS, arcs) [h]; co2: shape (levels, arcs) [kg CO2e per t], transport only;
    usd_per_t_hour: shape (levels,), value of the cargo times capital cost per hour.
    """

    network: Network
    platforms: Platforms
    conditions: Conditions
    cargo: CargoValue
    money: FloatArray
    hours: FloatArray
    co2: FloatArray
    usd_per_t_hour: FloatArray

    def components(self, origin_country: str) -> FloatArray:
        """USD per tonne of cargo from one country, shape (levels, COMPONENTS, arcs)."""
        paid = self.money * self.conditions.of_origin(origin_country)[:, None, None]
        time = self.hours.sum(axis=1, keepdims=True) * self.usd_per_t_hour[:, None, None]
        return np.concatenate([paid, time], axis=1)

    def weight(self, origin_country: str, level: int = CENTRAL) -> FloatArray:
        """Generalised cost of each arc, shape (arcs,) [USD per t], infinity where closed."""
        whole: FloatArray = self.weights(origin_country)[level]
        return whole

    def weights(self, origin_country: str) -> FloatArray:
        """`weight` at all levels, shape (levels, arcs): the sum of `components`."""
        paid = self.money.sum(axis=1) * self.conditions.of_origin(origin_country)[:, None]
        return self.closed_as_infinite(paid + self.hours.sum(axis=1) * self.usd_per_t_hour[:, None])

    def closed_as_infinite(self, values: FloatArray) -> FloatArray:
        """Values of shape (..., arcs) with infinity on every arc of a closed link."""
        link = self.platforms.arc_link
        closed = (link >= 0) & ~self.conditions.is_open[np.maximum(link, 0)]
        return np.where(closed, np.inf, values)


def cargo_of(rates: Rates, mineral: str, stage: str | None = None) -> CargoValue:
    """The cargo that a mineral travels as; without a stage, the first one in the table (its ore, where it has one)."""
    if stage is not None:
        return rates.cargo_value(mineral, stage)
    for row in rates.cargo_values:
        if row.mineral == mineral:
            return row
    raise unknown("mineral of the cargo table", mineral, {row.mineral for row in rates.cargo_values})


def price(network: Network, rates: Rates, cargo: CargoValue, now: Conditions, split: Platforms) -> Priced:
    """Price every step of the network for a cargo under the conditions of now."""
    arcs = (len(LEVELS), split.graph.arcs)
    money, hours = np.zeros((len(MONEY), *arcs)), np.zeros((len(WAITS), *arcs))
    on_link = split.arc_link >= 0
    link = split.arc_link[on_link]
    for name, paid in _paid_on_links(network, rates, cargo, now).items():
        money[MONEY.index(name)][:, on_link] = paid[:, link]
    for name, spent in _hours_on_links(network, now).items():
        hours[WAITS.index(name)][:, on_link] = spent[:, link]
    handled = ~on_link
    place, operation = split.arc_place[handled], split.arc_operation[handled]
    rows, at = _handling_rows(network, rates, cargo, split), now.of_places
    money[MONEY.index("handling")][:, handled] = (
        _columns([by_level(row.usd_per_t) for row in rows]) * at["handling_cost_factor"][:, place]
    )
    money[MONEY.index("formalities")][:, handled] = _formalities(network, rates, place, operation)
    hours[WAITS.index("handling")][:, handled] = (
        _columns([by_level(row.hours) for row in rows]) * at["handling_hours_factor"][:, place]
    )
    co2 = np.zeros(arcs)
    co2[:, on_link] = _emissions(network, rates, cargo)[:, link]
    return Priced(
        network=network,
        platforms=split,
        conditions=now,
        cargo=cargo,
        money=money.transpose(1, 0, 2),
        hours=hours.transpose(1, 0, 2),
        co2=co2,
        usd_per_t_hour=value_of_time(rates, cargo),
    )


def value_of_time(rates: Rates, cargo: CargoValue) -> FloatArray:
    """USD per tonne and hour: value of the cargo times capital cost, shape (levels,)."""
    capital_cost = np.array(by_level(rates.parameter(CAPITAL_COST).value))
    per_hour: FloatArray = np.array(by_level(cargo.usd_per_t)) * capital_cost / HOURS_PER_YEAR
    return per_hour


def _paid_on_links(network: Network, rates: Rates, cargo: CargoValue, now: Conditions) -> dict[str, FloatArray]:
    """USD per tonne on each link, shape (levels, links), by component."""
    factor = now.of_links
    borders = {border.id: by_level(border.usd_per_t) for border in network.borders}
    tariff = {mode: by_level(rates.tariff(mode, cargo.cargo).usd_per_tkm) for mode in _modes(network)}
    toll = {row.id: np.array(by_level(row.toll_usd_per_t)) for row in rates.chokepoints}
    per_km = _columns([tariff[link.mode] for link in network.links])
    fees = _columns([NOTHING if link.border is None else borders[link.border] for link in network.links])
    dues = _columns([sum((toll[name] for name in link.chokepoints), np.zeros(len(LEVELS))) for link in network.links])
    km = np.array([link.km for link in network.links])
    trade = factor["trade_cost_factor"]
    return {
        "freight": per_km * km * factor["cost_factor"] * trade,
        "border": fees * factor["border_cost_factor"] * trade,
        "toll": dues * trade,
    }


def _hours_on_links(network: Network, now: Conditions) -> dict[str, FloatArray]:
    """Hours on each link, shape (levels, links), by component."""
    borders = {border.id: by_level(border.hours) for border in network.borders}
    waits = _columns([NOTHING if link.border is None else borders[link.border] for link in network.links])
    running = np.array([link.hours for link in network.links])
    return {
        "running": running * now.of_links["hours_factor"],
        "border": waits * now.of_links["border_hours_factor"],
    }


def _emissions(network: Network, rates: Rates, cargo: CargoValue) -> FloatArray:
    """kg CO2e per tonne on each link, shape (levels, links)."""
    classes = {link.co2_class for link in network.links}
    per_tkm = {name: by_level(rates.emission(name, cargo.cargo).kg_per_tkm) for name in classes}
    km = np.array([link.km for link in network.links])
    per_t: FloatArray = _columns([per_tkm[link.co2_class] for link in network.links]) * km
    return per_t


def _handling_rows(network: Network, rates: Rates, cargo: CargoValue, split: Platforms) -> list[Handling]:
    """The rate of every operation of the platforms, in the order of their arcs."""
    handled = split.arc_operation >= 0
    names = [
        (network.places[place].kind, OPERATIONS[operation])
        for place, operation in zip(
            split.arc_place[handled].tolist(), split.arc_operation[handled].tolist(), strict=True
        )
    ]
    known = {name: rates.handling(*name, cargo.cargo) for name in set(names)}
    return [known[name] for name in names]


def _formalities(network: Network, rates: Rates, place: IntArray, operation: IntArray) -> FloatArray:
    """USD per tonne of export papers where cargo is loaded, shape (levels, operations).

    A country without a row cannot be an origin: infinity, which `Rates.formality` explains when asked.
    """
    known = {row.country: by_level(row.usd_per_t) for row in rates.formalities}
    papers = [
        known.get(network.places[p].country, NO_WAY) if code == LOAD else NOTHING
        for p, code in zip(place.tolist(), operation.tolist(), strict=True)
    ]
    return _columns(papers)


def _modes(network: Network) -> list[str]:
    return sorted({link.mode for link in network.links})


def _columns(figures: Sequence[Iterable[float]]) -> FloatArray:
    """One column per item, shape (levels, items)."""
    return np.array(figures, dtype=np.float64).reshape(-1, len(LEVELS)).T
