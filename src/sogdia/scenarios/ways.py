"""What the closing of a link, a border, a place or a country, or a state of the corridors, does to the ways of sellers.

For each seller whose places the network knows, the least generalised cost c of its ways to where the importer takes
delivery is compared with that of today, over the places that are still served:

    cost factor  (v + c under the closing) / (v + c today),     passes  places served / places served today

with v the value of the cargo (see `sogdia.corridors.lanes`). What closes or slows links that no least-cost way of today
uses changes none of them, and is not computed. Two closings that hold at once act one by one: the way round both
together is not sought. Room on the ways that are left is not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sogdia.codes import Region
from sogdia.corridors import deliveries
from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import Charges, charges, value_of_time
from sogdia.corridors.platforms import Platforms, platforms
from sogdia.corridors.relevant import met, relevant
from sogdia.corridors.standing import shut_to_all, today_for
from sogdia.data import Mineral
from sogdia.market import TradedMarket
from sogdia.network import Corridors, Effect, Shipment, links_touched
from sogdia.network.changes import TargetKind
from sogdia.network.closures import targets
from sogdia.routing.shortest import shortest_costs, shortest_trees
from sogdia.scenarios.problem import WayChange
from sogdia.shock.corridor_origins import Origins, market_origins

LEAST_CHANGE = 0.001
"""Of the delivered cost; a closing that changes less, with every place served, is none."""


@dataclass(frozen=True, slots=True, eq=False)
class WayNetwork:
    """The network near the importer, and what is shut to it today. split: None where it takes delivery nowhere. known:
    names of what can be closed there, by kind of target; position: of each place; priced: what links cost each kind of
    cargo, kept once asked.
    """

    corridors: Corridors
    near: Corridors
    split: Platforms | None
    members: tuple[str, ...]
    shut: tuple[Effect, ...]
    known: Mapping[TargetKind, Collection[str]]
    position: Mapping[str, int]
    priced: dict[str, Charges] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Closing:
    """id: of a corridor state, or `kind:target`; effects: while it holds; stopped: countries whose supply it stops."""

    id: str
    effects: tuple[Effect, ...]
    stopped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class UsualWays:
    """A seller's ways today. charged: what links cost its cargo; closed: to it; ends: nodes where its cargo is handed
    over; costs: least cost from each place, (places,); links: that these ways use; weights: of the arcs under
    effects that are no closures, kept once asked.
    """

    charged: Charges
    closed: tuple[Effect, ...]
    ends: tuple[int, ...]
    costs: np.ndarray
    links: frozenset[int]
    weights: dict[tuple[Effect, ...], np.ndarray] = field(default_factory=dict)


def way_network(corridors: Corridors, importer: Region, exporters: Iterable[str]) -> WayNetwork:
    """The part of the network that matters for ways from these countries to the importer."""
    members, places = importer.members, deliveries(corridors.network, importer.members)
    if not places:
        return WayNetwork(corridors, corridors, None, members, (), {}, {})
    one = len({corridors.network.place(place).country for place in places}) == 1
    near = relevant(corridors, places[0], set(exporters)) if one else corridors
    shut = shut_to_all(corridors, places)
    position = {place.id: number for number, place in enumerate(near.network.places)}
    return WayNetwork(corridors, near, platforms(near.network), members, shut, targets(near.network), position)


def touched_links(network: WayNetwork, closings: Iterable[Closing]) -> dict[str, frozenset[int]]:
    """Positions of the links near the importer that each closing acts on; none where it takes delivery nowhere."""
    return {
        closing.id: frozenset(
            link
            for effect in closing.effects
            if effect.target in network.known.get(effect.target_kind, ())
            for link in links_touched(network.near.network, effect.target_kind, effect.target)
        )
        for closing in closings
    }


def sellers(
    network: WayNetwork, market: TradedMarket, mineral: Mineral, importer: Region, shipments: Sequence[Shipment],
    least_share: float,
) -> tuple[Origins, ...]:  # fmt: skip
    """The exporters whose ways count: those of the network with at least `least_share` of the importer's imports."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    bought = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    share = {c: float(t) for c, t in zip(market.producers, bought / max(float(bought.sum()), 1e-300), strict=True)}
    known = dict.fromkeys(place.country for place in network.near.network.places)
    wanted = [c for c in known if share.get(c, 0.0) >= least_share and c not in importer.members]
    return market_origins(network.corridors, shipments, wanted, market.mineral, mineral.stages) if network.split else ()


def way_changes(
    network: WayNetwork,
    started: Sequence[Origins],
    closings: Sequence[Closing],
    touched: Mapping[str, frozenset[int]],
    sold_by: Mapping[str, float],
) -> tuple[WayChange, ...]:
    """What each closing does to the sellers; those that change nothing are left out.

    touched: links of each closing (see `touched_links`); sold_by: tonnes that each country sells to the importer.
    """
    usual = {origins.exporter: found for origins in started if (found := usual_ways(network, origins)) is not None}
    changes = []
    for closing in closings:
        cost: dict[str, float] = {}
        passes = dict.fromkeys((c for c in closing.stopped if sold_by.get(c, 0.0) > 0), 0.0)
        concerned = [o for o in started if o.exporter in usual and touched[closing.id] & usual[o.exporter].links]
        for origins in concerned:
            if origins.exporter not in passes:
                factor, served = _outcome(network, origins, usual[origins.exporter], closing.effects)
                if abs(factor - 1.0) >= LEAST_CHANGE or served < 1.0:
                    cost[origins.exporter], passes[origins.exporter] = factor, served
        if cost or passes:
            changes.append(WayChange(closing.id, cost, passes))
    return tuple(changes)


def usual_ways(network: WayNetwork, origins: Origins) -> UsualWays | None:
    """The ways of a seller today; None where there is none."""
    near, split = network.near, network.split
    places = deliveries(network.corridors.network, network.members, origins.exporter)
    if split is None or not places:
        return None
    kind = origins.cargo.cargo
    if kind not in network.priced:
        network.priced[kind] = charges(near.network, near.rates, origins.cargo, split)
    charged = replace(
        network.priced[kind],
        cargo=origins.cargo, usd_per_t_hour=value_of_time(near.rates, origins.cargo),
    )  # fmt: skip
    barred = today_for(near, origins.places[0], places[0], origins.cargo.mineral).barred
    ends = tuple(split.exit(network.position[place]) for place in places)
    whole = UsualWays(charged, (*network.shut, *barred), ends, np.zeros(0), frozenset())
    trees = shortest_trees(split.graph, _weight(network, origins, whole, ()), _starts(network, origins))
    costs = trees.cost[:, list(ends)]
    used = {
        int(split.arc_link[arc])
        for row in np.flatnonzero(np.isfinite(costs).any(axis=1)).tolist()
        for arc in trees.path(row, ends[int(np.argmin(costs[row]))]).arcs
        if split.arc_link[arc] >= 0
    }
    return replace(whole, costs=costs.min(axis=1), links=frozenset(used)) if used else None


def least_costs(network: WayNetwork, origins: Origins, usual: UsualWays, effects: tuple[Effect, ...]) -> np.ndarray:
    """Least generalised cost from each place of a seller under further effects, (places,) [USD/t]; inf: no way."""
    weight, starts = _weight(network, origins, usual, effects), _starts(network, origins)
    costs = shortest_costs(usual.charged.platforms.graph, weight, starts)
    return np.asarray(costs[:, list(usual.ends)].min(axis=1))


def _starts(network: WayNetwork, origins: Origins) -> list[int]:
    """The nodes where the cargo of an exporter sets out."""
    split, position = network.split, network.position
    return [split.entry(position[place]) for place in origins.places if split and place in position]


def _weight(network: WayNetwork, origins: Origins, usual: UsualWays, effects: tuple[Effect, ...]) -> np.ndarray:
    """What each arc costs the cargo of a seller under further effects, (arcs,); closures alone change no price."""
    near, link = network.near, usual.charged.platforms.arc_link
    here = met(effects, near)
    priced = tuple(effect for effect in here if effect.attribute != "closed")
    if priced not in usual.weights:
        now = conditions(near.network, met((*usual.closed, *priced), near))
        usual.weights[priced] = usual.charged.under(now).weight(origins.exporter)
    shut = [position for effect in here if effect.attribute == "closed"
            for position in links_touched(near.network, effect.target_kind, effect.target)]  # fmt: skip
    if not shut:
        return usual.weights[priced]
    closed = np.zeros(len(near.network.links) + 1, dtype=np.bool_)
    closed[shut] = True
    return np.where(closed[link], np.inf, usual.weights[priced])


def _outcome(
    network: WayNetwork, origins: Origins, usual: UsualWays, effects: tuple[Effect, ...]
) -> tuple[float, float]:
    """Cost factor over the places that are still served, 1 where none is, and the share of them that is."""
    before, then = usual.costs, least_costs(network, origins, usual, effects)
    known = np.isfinite(before)
    served = known & np.isfinite(then)
    if not served.any():
        return 1.0, 0.0
    value = origins.cargo.usd_per_t.central
    factor = (value + then[served].mean()) / (value + before[served].mean())
    return float(factor), float(served.sum() / known.sum())
