"""A corridor state or an upgrade becomes events on a market, from the corridors' lane table.

The market is one of a year's flows, and a state holds for d days of it, the share u = min(1, d / 365). Every exporter
that the network knows and that sells to the importer gets the year's mean of its way with the state and of its way on
the other days (with the upgrade, where one is asked about):

    cost factor  tau = tau_other + u (tau_state - tau_other)
    capacity     K = 1 - u (1 - min(places in the state / places on the other days,
                                    room in the state / tonnes on the other days))

where places are those of the exporter with a route, which count alike, and an unknown room is no limit. Without a
route in the state tau is that of the other days, and the share u of the year's tonnes does not come. A state that stops
a country's supply with its transit (an export-control dispute) cuts its exports to the importer by the share u. An
upgrade alone holds all year and never narrows a way.

Cargo is taken to come evenly over the year: nothing is shipped before or after the closure to make up for it, and
nobody waits for a dear way to get cheap again. The tonnes lost to a short closure are thus an upper bound. The price
is that of the year as a whole, below the peak while the state holds. The horizon of a scenario says how far buyers and
sellers have adjusted, not how long the state holds: u is a share of one year whatever the horizon.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np
import polars as pl

from sogdia import arguments
from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.corridors import deliveries, lanes
from sogdia.corridors.provenance import ids_of
from sogdia.corridors.tables import LANES, frame
from sogdia.data import Mineral, Store
from sogdia.data.minerals import stage_name
from sogdia.errors import NoAnswerError, wrong_argument
from sogdia.market import TradedMarket, calibrate
from sogdia.market.events import Event, ExportLimit, TransportChange
from sogdia.market.scenario import DAYS_PER_YEAR
from sogdia.network import Corridors, Shipment, State, Upgrade, embedded_corridors, embedded_shipments
from sogdia.shock.corridor_origins import Origins, market_origins

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class CorridorEvents:
    """events for a scenario; share_of_year: in which the state holds, 0..1 (1 for an upgrade alone); lanes: the rows of
    the lane table they were made from, as they are while the state holds; notes: for how long, from where, who is not
    concerned. source_ids: what they rest on beside the market that they were put on.
    """

    events: tuple[Event, ...]
    share_of_year: float
    lanes: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: tuple[str, ...] = ()


class CorridorOptions(TypedDict, total=False):
    """What is asked of the corridors.

    state: a corridor state by its id; upgrade: one by its id, taken as built; days: how long the state holds, by
    default its central duration; origins: places of the network that stand for their countries instead of those of the
    table of shipments; through_hubs: re-exports are given to their makers; corridors: by default the embedded ones.
    """

    state: str | None
    upgrade: str | None
    days: float | None
    origins: str | Sequence[str]
    through_hubs: bool
    corridors: Corridors | None


def corridor_events_for(
    store: Store,
    importer: Region,
    mineral: Mineral,
    years: Sequence[int],
    stage: str | None,
    **asked: Unpack[CorridorOptions],
) -> CorridorEvents:
    """The events on the market of a mineral, calibrated on `years`."""
    stage = None if stage is None else stage_name(arguments.name("stage", stage, "ore"))
    corridors, days = asked.get("corridors"), asked.get("days")
    names = {key: asked.get(key) for key in ("state", "upgrade")}
    return corridor_events(
        calibrate(store, mineral, years, stage, through_hubs=asked.get("through_hubs", False)),
        embedded_corridors() if corridors is None else corridors,
        importer,
        stages=mineral.stages if stage is None else (stage,),
        shipments=embedded_shipments(),
        days=None if days is None else arguments.number("days", days, 60),
        origins=arguments.names("origins", asked.get("origins", ()), "KAZ:Khromtau"),
        **{key: None if text is None else arguments.name(key, text, "customs") for key, text in names.items()},
    )


def corridor_events(
    market: TradedMarket,
    corridors: Corridors,
    importer: Region,
    *,
    stages: Sequence[str],
    shipments: Sequence[Shipment],
    state: str | None = None,
    upgrade: str | None = None,
    days: float | None = None,
    origins: Sequence[str] = (),
) -> CorridorEvents:
    """The events of one corridor state, one upgrade, or both together.

    stages: those that the market trades; shipments: which places ship what; days: how long the state holds, by default
    its central duration; origins: places that stand for their countries instead of those of the shipments.
    NoAnswerError when nothing that the importer buys today is affected, or when the state is about the importer
    itself; UnknownNameError for a state, upgrade or place that does not exist; InputError for days that are no
    duration.
    """
    shut = None if state is None else corridors.state(state)
    built = None if upgrade is None else corridors.upgrade(upgrade)
    share = share_of_year(shut, days)
    members = importer.members if shut is None else _concerned(importer, shut)
    buyers = tuple(m for m in members if m in market.consumers)
    sold = _sold(market, buyers)
    stopped = () if shut is None else shut.supply_countries
    closed = tuple(c for c in stopped if sold.get(c, 0.0) > 0)
    limits = [ExportLimit(c, share=share, destinations=_served(market, c, buyers)) for c in closed]

    started = market_origins(corridors, shipments, _exporters(corridors, stopped), market.mineral, stages, origins)
    sellers = [o for o in started if sold.get(o.exporter, 0.0) > 0]
    table = _lane_rows(corridors, members, importer.key, sellers, _id(shut), _id(built))
    ways = _ways(table, share, sold, buyers)

    notes = [] if shut is None else [_duration_note(shut, share, days), *_left_out(importer, members, shut)]
    notes += [o.note for o in sellers]
    notes += _unaffected(
        market.mineral, stages, importer.name, bool(deliveries(corridors.network, members)),
        started, sellers, ways, stopped, closed,
    )  # fmt: skip
    if not limits and not ways:
        names = " with ".join(record.id for record in (shut, built) if record is not None)
        raise NoAnswerError(f"{market.mineral}: {names} changes nothing that {importer.name} buys. {' '.join(notes)}")
    sources = each_once(
        *(ids_of(record) for record in (shut, built) if record is not None), _way_sources(corridors, sellers, ways)
    )
    return CorridorEvents((*ways.values(), *limits), share, table, tuple(notes), sources)


def _way_sources(corridors: Corridors, sellers: Sequence[Origins], ways: Collection[str]) -> tuple[str, ...]:
    """What changed ways rest on: shipments, cargo, and the network and rates over which the least cost is sought."""
    if not ways:
        return ()
    network, rates = corridors.network, corridors.rates
    tables = (network.links, network.borders, rates.tariffs, rates.handlings, rates.formalities, rates.parameters)
    return each_once(
        *(origins.source_ids for origins in sellers if origins.exporter in ways),
        *(record.source_ids for table in tables for record in table),
    )


def _id(record: State | Upgrade | None) -> str | None:
    return None if record is None else record.id


def share_of_year(state: State | None, days: float | None) -> float:
    """Share of a year that the state holds, 0..1: of its central duration unless days are given; 1 without a state."""
    if days is not None and (state is None or not 0 < days < math.inf):
        rule = "days belong to a corridor state" if state is None else "a state holds for more than 0 days"
        remedy = "Name the state too." if state is None else "Give days, 365 and more for a whole year."
        raise wrong_argument("days", rule, remedy, f"{days:g}")
    if state is None:
        return 1.0
    return min(1.0, (state.duration_days.central if days is None else days) / DAYS_PER_YEAR)


def _about(state: State) -> set[str]:
    """Countries that a state closes or whose supply it stops: it is about what others buy of or through them."""
    shut = {e.target for e in state.effects if e.target_kind == "country" and e.attribute == "closed"}
    return shut | set(state.supply_countries)


def _concerned(importer: Region, state: State) -> tuple[str, ...]:
    """The importer's members that a state can be put on; NoAnswerError where it is about all of them."""
    others = tuple(m for m in importer.members if m not in _about(state))
    if not others:
        raise NoAnswerError(
            f"{state.id} is about {importer.name} itself, its transit and its sales to others: it does not say what "
            f"{importer.name} could still buy. Name another importer, or the ways you mean (--way)."
        )
    return others


def _left_out(importer: Region, members: Sequence[str], state: State) -> tuple[str, ...]:
    own = [m for m in importer.members if m not in members]
    return (f"{', '.join(own)} of {importer.name}: left as it is, for {state.id} is about it.",) if own else ()


def _exporters(corridors: Corridors, stopped: Sequence[str]) -> list[str]:
    """Countries with a place in the network, without those whose supply stops anyway."""
    return [c for c in dict.fromkeys(place.country for place in corridors.network.places) if c not in stopped]


def _sold(market: TradedMarket, buyers: Sequence[str]) -> dict[str, float]:
    """What each country sells to the buyers abroad [t a year]."""
    columns = [market.consumer(m) for m in buyers]
    abroad = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    return {c: float(t) for c, t in zip(market.producers, abroad, strict=True)}


def _served(market: TradedMarket, country: str, buyers: Sequence[str]) -> tuple[str, ...]:
    """The buyers that a country sells to."""
    row = market.flows[market.producer(country)]
    return tuple(b for b in buyers if b != country and row[market.consumer(b)] > 0)


def _lane_rows(
    corridors: Corridors,
    members: Sequence[str],
    importer: str,
    sellers: Sequence[Origins],
    state: str | None,
    upgrade: str | None,
) -> pl.DataFrame:
    """The lane table of the sellers on the days with the state and on the others; empty without a place of delivery."""
    cases = dict.fromkeys([(None, upgrade), (state, upgrade)])
    alike: dict[tuple[str, str, tuple[str, ...]], list[Origins]] = {}
    for seller in sellers:
        places = deliveries(corridors.network, members, seller.exporter)
        if places:
            alike.setdefault((seller.cargo.mineral, seller.cargo.stage, places), []).append(seller)
    tables = [
        lanes(
            corridors, {importer: places}, [group[0].cargo],
            origins={seller.exporter: seller.places for seller in group}, cases=cases,
        )
        for (*_, places), group in alike.items()
    ]  # fmt: skip
    return pl.concat(tables) if tables else frame([], LANES)


def _ways(
    table: pl.DataFrame, share: float, sold: Mapping[str, float], buyers: Sequence[str]
) -> dict[str, TransportChange]:
    """The change of each exporter's way, the mean over the year; exporters whose way stays as it is are left out.

    The rows of an exporter are the other days first, then the state, which are one where no state is asked about.
    """
    rows: dict[str, list[Row]] = {}
    for row in table.iter_rows(named=True):
        rows.setdefault(row["exporter"], []).append(row)
    changes = {}
    for exporter, of_case in rows.items():
        other, held = of_case[0], of_case[-1]
        usual = _figure(other["tau"])
        tau = usual if held["status"] == "no route" else usual + share * (_figure(held["tau"]) - usual)
        lost = share * (1.0 - _passes(other, held, sold[exporter]))
        if tau != 1.0 or lost > 0:
            to = tuple(b for b in buyers if b != exporter)
            changes[exporter] = TransportChange(exporter, tau, 1.0 - lost if lost > 0 else math.inf, to)
    return changes


def _passes(other: Row, held: Row, sold: float) -> float:
    """Share 0..1 of what goes on the other days that goes in the state: of the places, and of the room where known."""
    places = _figure(held["origins_served"]) / _figure(other["origins_served"])
    room, usual = held["capacity_t_per_year"], other["capacity_t_per_year"]
    if room is None:
        return places
    return min(places, _figure(room) / (sold if usual is None else min(sold, _figure(usual))))


def _figure(cell: object) -> float:
    return float(str(cell))


def _duration_note(state: State, share: float, days: float | None) -> str:
    span = state.duration_days
    taken = span.central if days is None else days
    held = "all year" if share == 1.0 else f"for {taken:,.4g} days of the year, {share:.1%} of it"
    return (
        f"{state.id} holds {held} (the table of states has {span.low:,.0f} to {span.high:,.0f} days, "
        f"central {span.central:,.0f})."
    )


def _unaffected(
    mineral: str,
    stages: Sequence[str],
    importer: str,
    reached: bool,
    started: Sequence[Origins],
    sellers: Sequence[Origins],
    ways: Mapping[str, TransportChange],
    stopped: Sequence[str],
    closed: Sequence[str],
) -> list[str]:
    """What the events leave out, and why."""
    notes = []
    unsold = [c for c in (*stopped, *(o.exporter for o in started)) if c not in closed]
    silent = [c for c in unsold if c not in {o.exporter for o in sellers}]
    if silent:
        notes.append(f"No sales to {importer} today by {', '.join(sorted(set(silent)))}: nothing changes there.")
    only = f"only supply from {', '.join(closed)} is cut" if closed else "no supply is cut"
    if not started:
        notes.append(f"No cargo value for {mineral} ({', '.join(stages)}): ways are left as they are; {only}.")
    elif not reached:
        notes.append(
            f"The network has no port of {importer} and no way across its border: ways are left as they are; {only}."
        )
    else:
        same = [o.exporter for o in sellers if o.exporter not in ways]
        if same:
            notes.append(f"The way of {', '.join(same)} stays as it is.")
    return notes
