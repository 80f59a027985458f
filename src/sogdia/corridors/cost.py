"""The cost, time and emissions of a tonne on each step of a corridor.

Generalised cost of one step, in USD per tonne, with the range that uncertain rates give:

    C = freight + handling + border + toll + formalities + hours * value * capital cost / 8760

freight: fixed part + km * tariff by mode, group of countries or trade of ships, direction and cargo, the fixed part
where a train or truck is boarded and on each voyage; handling: per operation at the kind of place; border: fees of the
crossing; toll: dues of straits and canals; formalities: export papers, once, where cargo is loaded; hours:
running, border and handling; value: USD per tonne of the cargo; capital cost: per year. The three levels take
every rate at its low, central or high figure together: the range is an outer one. A length or running time that was
derived from a detour factor or a speed carries the range of that figure too:

    km[level] = km * detour[level] / detour[central]        running hours[level] = km[level] / speed[opposite level]
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, ByLevel, Conditions, FloatArray, by_level
from sogdia.corridors.platforms import LOAD, IntArray, Platforms
from sogdia.errors import unknown
from sogdia.network import CargoValue, Handling, Network, Place, Rates, Tariff, to_arrays
from sogdia.network.rates import OPERATIONS, OTHER
from sogdia.network.records import MODES
from sogdia.network.tariff_areas import SHIPS
from sogdia.text import folded
from sogdia.units import HOURS_PER_YEAR

Key = TypeVar("Key", bound=Hashable)

MONEY = ("freight", "handling", "border", "toll", "formalities")
"""Components of cost that are paid, in USD per tonne."""
FORMALITIES = MONEY.index("formalities")
COMPONENTS = (*MONEY, "time")
WAITS = ("running", "border", "handling")
"""Components of time, in hours."""

CAPITAL_COST = "capital_cost_per_year"
NOTHING = ByLevel(0.0, 0.0, 0.0)
EVERY = slice(None)
AS_STATED = ByLevel(1.0, 1.0, 1.0)
NO_WAY = ByLevel(np.inf, np.inf, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """The steps of a network, priced for one cargo under one set of conditions.

    money: shape (levels, MONEY, arcs) [USD per t], before the origin's factor on formalities;
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

    def components(self, origin_country: str, arcs: Sequence[int] | slice = EVERY, levels: slice = EVERY) -> FloatArray:
        """USD per tonne of cargo from one country, shape (levels, COMPONENTS, arcs), of these arcs and levels alone."""
        paid = self.money[levels, :, arcs].copy()
        paid[:, FORMALITIES] *= self.conditions.of_origin(origin_country)[levels, None]
        time = self.hours[levels, :, arcs].sum(axis=1, keepdims=True) * self.usd_per_t_hour[levels, None, None]
        return np.concatenate([paid, time], axis=1)

    def weight(self, origin_country: str, level: int = CENTRAL) -> FloatArray:
        """Generalised cost of each arc, shape (arcs,) [USD per t], infinity where closed."""
        central = self.components(origin_country, levels=slice(level, level + 1))
        return self.closed_as_infinite(central[0].sum(axis=0))

    def weights(self, origin_country: str) -> FloatArray:
        """`weight` at all levels, shape (levels, arcs): the sum of `components`."""
        return self.closed_as_infinite(self.components(origin_country).sum(axis=1))

    def closed_as_infinite(self, values: FloatArray) -> FloatArray:
        """Values of shape (..., arcs) with infinity on every arc of a closed link."""
        link = self.platforms.arc_link
        closed = (link >= 0) & ~self.conditions.is_open[np.maximum(link, 0)]
        return np.where(closed, np.inf, values)


def cargo_of(rates: Rates, mineral: str, stage: str | None = None) -> CargoValue:
    """The cargo that a mineral travels as; without a stage, the first one in the table (its ore, where it has one)."""
    rows = {row.stage: row for row in rates.cargo_values if row.mineral == mineral}
    if not rows:
        raise unknown("mineral of the cargo table", mineral, {row.mineral for row in rates.cargo_values})
    wanted = next(iter(rows)) if stage is None else folded(stage)
    if wanted not in rows:
        raise unknown(f"stage of {mineral} in the cargo table", stage or "", rows)
    return rows[wanted]


@dataclass(frozen=True, slots=True, eq=False)
class Charges:
    """What a cargo pays and waits on each step whatever the conditions: all that a change of them leaves as it is.

    Shapes (levels, arcs on links): freight, fees, dues [USD per t], running, waits [h], co2 [kg CO2e per t];
    (levels, operations): boarding, handling, formalities [USD per t], dwell [h]; usd_per_t_hour: (levels,).
    """

    network: Network
    platforms: Platforms
    cargo: CargoValue
    freight: FloatArray
    boarding: FloatArray
    fees: FloatArray
    dues: FloatArray
    running: FloatArray
    waits: FloatArray
    handling: FloatArray
    formalities: FloatArray
    dwell: FloatArray
    co2: FloatArray
    usd_per_t_hour: FloatArray

    def under(self, now: Conditions) -> Priced:
        """The steps priced under the conditions of now."""
        split = self.platforms
        arcs = (len(LEVELS), split.graph.arcs)
        money, hours, co2 = np.zeros((len(MONEY), *arcs)), np.zeros((len(WAITS), *arcs)), np.zeros(arcs)
        on_link, handled = split.on_link, split.handled
        link, place = split.arc_link[on_link], split.arc_place[handled]

        def moved(figures: FloatArray, *factors: str) -> FloatArray:
            for name in (each for each in factors if each in now.changed):
                figures = figures * now.of_links[name][:, link]
            return figures

        def done(figures: FloatArray, factor: str) -> FloatArray:
            return figures * now.of_places[factor][:, place] if factor in now.changed else figures

        money[MONEY.index("freight")][:, on_link] = moved(self.freight, "cost_factor", "trade_cost_factor")
        money[MONEY.index("freight")][:, handled] = self.boarding
        money[MONEY.index("border")][:, on_link] = moved(self.fees, "border_cost_factor", "trade_cost_factor")
        money[MONEY.index("toll")][:, on_link] = moved(self.dues, "trade_cost_factor")
        money[MONEY.index("handling")][:, handled] = done(self.handling, "handling_cost_factor")
        money[FORMALITIES][:, handled] = self.formalities
        hours[WAITS.index("running")][:, on_link] = moved(self.running, "hours_factor")
        hours[WAITS.index("border")][:, on_link] = moved(self.waits, "border_hours_factor")
        hours[WAITS.index("handling")][:, handled] = done(self.dwell, "handling_hours_factor")
        co2[:, on_link] = self.co2
        return Priced(
            network=self.network,
            platforms=split,
            conditions=now,
            cargo=self.cargo,
            money=money.transpose(1, 0, 2),
            hours=hours.transpose(1, 0, 2),
            co2=co2,
            usd_per_t_hour=self.usd_per_t_hour,
        )


def charges(network: Network, rates: Rates, cargo: CargoValue, split: Platforms) -> Charges:
    """What a cargo pays and waits on the steps of a network; ask it for many conditions."""
    place, operation = split.arc_place[split.handled], split.arc_operation[split.handled]
    link = split.arc_link[split.on_link]
    rows, row = _handling_rows(network, rates, cargo, split)
    tariffs, tariff = tariffs_of(network, rates, cargo, split)
    km = _lengths(network, rates)
    paid = {
        name: _columns([by_level(getattr(t, name)) for t in tariffs])[:, tariff]
        for name in ("fixed_usd_per_t", "usd_per_tkm")
    }
    aboard = np.array([each.mode in SHIPS for each in network.links], dtype=np.bool_)[link]
    apart = np.array([not each.holds_tolls for each in tariffs], dtype=np.bool_)[tariff]
    return Charges(
        network=network,
        platforms=split,
        cargo=cargo,
        freight=paid["usd_per_tkm"] * km[:, link] + paid["fixed_usd_per_t"] * aboard,
        boarding=_boarding(network, rates, cargo, split),
        fees=_fees(network)[:, link],
        dues=_dues(network, rates)[:, link] * apart,
        running=_running(network, rates, km)[:, link],
        waits=_waits(network, split),
        handling=_columns([by_level(each.usd_per_t) for each in rows])[:, row],
        formalities=_formalities(network, rates, place, operation),
        dwell=_columns([by_level(each.hours) for each in rows])[:, row],
        co2=(_emissions(network, rates, cargo) * km)[:, link],
        usd_per_t_hour=value_of_time(rates, cargo),
    )


def price(network: Network, rates: Rates, cargo: CargoValue, now: Conditions, split: Platforms) -> Priced:
    """Price every step of the network for a cargo under the conditions of now."""
    return charges(network, rates, cargo, split).under(now)


def value_of_time(rates: Rates, cargo: CargoValue) -> FloatArray:
    """USD per tonne and hour: value of the cargo times capital cost, shape (levels,)."""
    capital_cost = np.array(by_level(rates.parameter(CAPITAL_COST).value))
    per_hour: FloatArray = np.array(by_level(cargo.usd_per_t)) * capital_cost / HOURS_PER_YEAR
    return per_hour


def _lengths(network: Network, rates: Rates) -> FloatArray:
    """Length of each link [km], shape (levels, links): a range where it was derived by a detour factor."""
    known = {row.name: np.array(by_level(row.value)) / row.value.central for row in rates.detours}
    stretched = _each(
        [link.detour_class for link in network.links],
        lambda name: AS_STATED if name is None else known[name],
    )
    return to_arrays(network).km * stretched


def _running(network: Network, rates: Rates, km: FloatArray) -> FloatArray:
    """Running time of each link [h], shape (levels, links): a range where it was derived by a speed."""
    pace = {row.name: 1.0 / np.array(by_level(row.value)[::-1]) for row in rates.speeds}
    classes = [link.speed_class for link in network.links]
    stated = np.array([name is None for name in classes], dtype=np.bool_)
    paced = km * _each(classes, lambda name: AS_STATED if name is None else pace[name])
    return np.where(stated, to_arrays(network).hours, paced)


def tariffs_of(network: Network, rates: Rates, cargo: CargoValue, split: Platforms) -> tuple[list[Tariff], IntArray]:
    """Some tariffs, and which of them every arc on a link pays, in the order of these arcs."""
    link = split.arc_link[split.on_link]
    start, end = (split.place_of[nodes[split.on_link]] for nodes in (split.graph.tail, split.graph.head))
    lon = np.array([place.lon for place in network.places])
    # ships are told apart by their ports, trains and trucks by the country they are in; all by their direction
    _, country = _coded([place.country for place in network.places])
    mode = _coded([each.mode for each in network.links])[1][link]
    ships = np.array([each.mode in SHIPS for each in network.links], dtype=np.bool_)[link]
    count = len(network.places) + 1
    ends = np.where(ships, (start + 1) * count + end, country[start] * count)
    key = (mode * count * count + ends) * 2 + (lon[end] > lon[start])
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    modes = [network.links[link[i]].mode for i in first.tolist()]
    places = [(network.places[start[i]], network.places[end[i]]) for i in first.tolist()]
    known: dict[tuple[str, str | None, str], Tariff] = {}
    found = []
    for by, (a, b) in zip(modes, places, strict=True):
        way = (by, rates.areas.group(by, a, b), _direction(a, b))
        if way not in known:
            known[way] = tariff_between(rates, cargo, by, a, b)
        found.append(known[way])
    return found, which


def tariff_between(rates: Rates, cargo: CargoValue, mode: str, start: Place, end: Place) -> Tariff:
    """The tariff of a way from one place to another."""
    return rates.tariff(mode, cargo.cargo, rates.areas.group(mode, start, end) or OTHER, _direction(start, end))


def _direction(start: Place, end: Place) -> str:
    return "eastbound" if end.lon > start.lon else "westbound"


def boarding_tariff(rates: Rates, cargo: CargoValue, mode: str, place: Place) -> Tariff | None:
    """The tariff whose fixed part is paid where a train or truck is boarded; ships take it on the voyage itself."""
    if mode in SHIPS:
        return None
    return rates.tariff(mode, cargo.cargo, rates.areas.group(mode, place, place) or OTHER)


def _boarding(network: Network, rates: Rates, cargo: CargoValue, split: Platforms) -> FloatArray:
    """Fixed part of the tariff of what handling boards [USD per t], shape (levels, operations)."""
    handled = split.handled
    country = [place.country for place in network.places]
    boarded = [
        None if boards < 0 else (boards, country[place])
        for place, boards in zip(split.arc_place[handled].tolist(), split.arc_boards[handled].tolist(), strict=True)
    ]
    place_in = dict(zip(country, network.places, strict=True))

    def fixed(boards: tuple[int, str] | None) -> ByLevel:
        if boards is None:
            return NOTHING
        tariff = boarding_tariff(rates, cargo, MODES[boards[0]], place_in[boards[1]])
        return NOTHING if tariff is None else by_level(tariff.fixed_usd_per_t)

    return _each(boarded, fixed)


def _fees(network: Network) -> FloatArray:
    """Fees of the crossing on each link [USD per t], shape (levels, links)."""
    fees = {border.id: by_level(border.usd_per_t) for border in network.borders}
    return _each([link.border for link in network.links], lambda name: NOTHING if name is None else fees[name])


def _waits(network: Network, split: Platforms) -> FloatArray:
    """Hours at the crossing on each arc on a link, by its direction, shape (levels, arcs on links)."""
    borders = {border.id: border for border in network.borders}
    on_link = split.on_link
    start = split.place_of[split.graph.tail[on_link]].tolist()
    crossed = [
        None if (name := network.links[link].border) is None else (name, network.places[place].country)
        for link, place in zip(split.arc_link[on_link].tolist(), start, strict=True)
    ]
    return _each(crossed, lambda by: NOTHING if by is None else by_level(borders[by[0]].hours_from(by[1])))


def _dues(network: Network, rates: Rates) -> FloatArray:
    """USD per tonne to the straits and canals of each link, shape (levels, links)."""
    toll = {row.id: np.array(by_level(row.toll_usd_per_t)) for row in rates.chokepoints}
    return _each(
        [link.chokepoints for link in network.links],
        lambda names: sum((toll[name] for name in names), np.zeros(len(LEVELS))),
    )


def _emissions(network: Network, rates: Rates, cargo: CargoValue) -> FloatArray:
    """kg CO2e per t-km on each link, shape (levels, links)."""
    return _each(
        [link.co2_class for link in network.links],
        lambda name: by_level(rates.emission(name, cargo.cargo).kg_per_tkm),
    )


def _handling_rows(
    network: Network, rates: Rates, cargo: CargoValue, split: Platforms
) -> tuple[list[Handling], IntArray]:
    """The rates of handling, and which of them every operation of the platforms has, in the order of their arcs."""
    handled = split.handled
    kind = [place.kind for place in network.places]
    done = zip(split.arc_place[handled].tolist(), split.arc_operation[handled].tolist(), strict=True)
    names, which = _coded([(kind[place], OPERATIONS[operation]) for place, operation in done])
    return [rates.handling(*name, cargo.cargo) for name in names], which


def _formalities(network: Network, rates: Rates, place: IntArray, operation: IntArray) -> FloatArray:
    """USD per tonne of export papers where cargo is loaded, shape (levels, operations).

    A country without a row cannot be an origin: infinity, which `Rates.formality` explains when asked.
    """
    known = {row.country: by_level(row.usd_per_t) for row in rates.formalities}
    country = [each.country for each in network.places]
    papers = [country[p] if code == LOAD else None for p, code in zip(place.tolist(), operation.tolist(), strict=True)]
    return _each(papers, lambda name: NOTHING if name is None else known.get(name, NO_WAY))


def _coded(items: Sequence[Key]) -> tuple[list[Key], IntArray]:
    """The different items in the order of their first mention, and which of them each item is."""
    known: dict[Key, int] = {}
    codes = [known.setdefault(item, len(known)) for item in items]
    return list(known), np.array(codes, dtype=np.int64)


def _each(items: Sequence[Key], figures: Callable[[Key], Iterable[float]]) -> FloatArray:
    """The figures of every item, worked out once for each different one: shape (levels, items)."""
    different, which = _coded(items)
    return _columns([figures(item) for item in different])[:, which]


def _columns(figures: Sequence[Iterable[float]]) -> FloatArray:
    """One column per item, shape (levels, items)."""
    return np.array(figures, dtype=np.float64).reshape(-1, len(LEVELS)).T
