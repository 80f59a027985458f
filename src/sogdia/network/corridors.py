"""What a study of corridors starts from: the network with its rates, states and upgrades, as one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sogdia.network.blocs import (
    OTHERS,
    CargoLimit,
    TradeWay,
    embedded_blocs,
    embedded_cargo_limits,
    embedded_trade_ways,
)
from sogdia.network.changes import Effect, State, Upgrade
from sogdia.network.closures import targets
from sogdia.network.embedded import (
    embedded_network,
    embedded_rates,
    embedded_sea_paths,
    embedded_states,
    embedded_upgrades,
)
from sogdia.network.naming import Names, country_names, id_named, link_names, place_names, record_named
from sogdia.network.rates import Rates
from sogdia.network.records import Network
from sogdia.network.sea_paths import SeaPaths


@dataclass(frozen=True, slots=True)
class Corridors:
    """Everything that routes, states, upgrades and lanes are computed from; replace any part by your own.

    sea_paths: the course of sea links by link id, as (longitude, latitude), for maps alone, links that the network
    lacks among them; blocs: of importers, by country; limits: where some cargo does not pass; trade_ways: the ways of
    trade on record.
    """

    network: Network
    rates: Rates
    states: tuple[State, ...]
    upgrades: tuple[Upgrade, ...]
    sea_paths: Mapping[str, tuple[tuple[float, float], ...]]
    blocs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    limits: tuple[CargoLimit, ...] = ()
    trade_ways: tuple[TradeWay, ...] = ()

    def bloc(self, country: str) -> str:
        """The bloc of importers that a country belongs to."""
        return self.blocs.get(country, OTHERS)

    def state(self, name: str) -> State:
        """The corridor state of this id or name; `UnknownNameError` with the nearest ids otherwise."""
        return record_named("corridor state", self.states, name)

    def upgrade(self, name: str) -> Upgrade:
        """The upgrade of this id or name; `UnknownNameError` with the nearest ids otherwise."""
        return record_named("upgrade", self.upgrades, name)


def closure_named(corridors: Corridors, text: str) -> str:
    """The id of what a person wants closed: a corridor state, country, chokepoint, place, border or link.

    By id, or by name whatever the case and accents (`China`, `Suez Canal`, `khromtau`); the kinds are searched in
    this order. `UnknownNameError` with the nearest ids otherwise.
    """
    network, known = corridors.network, targets(corridors.network)
    groups: list[Names] = [
        {state.id: (state.name,) for state in corridors.states},
        country_names(known["country"], text),
        {row.id: (row.name,) for row in corridors.rates.chokepoints if row.id in known["chokepoint"]},
        {name: names for name, names in place_names(network).items() if name in known["place"]},
        {border.id: (border.name,) for border in network.borders if border.id in known["border"]},
        {name: names for name, names in link_names(network).items() if name in known["link"]},
    ]
    return id_named("closure", groups, text)


def on_network(corridors: Corridors, network: Network) -> Corridors:
    """The same rates, states and upgrades on another network, without the effects whose targets it does not have.

    A state or an upgrade that has no effect left is left out.
    """
    known = targets(network)

    def kept(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        return tuple(effect for effect in effects if effect.target in known[effect.target_kind])

    return replace(
        corridors,
        network=network,
        states=tuple(replace(s, effects=kept(s.effects)) for s in corridors.states if kept(s.effects)),
        upgrades=tuple(replace(u, effects=kept(u.effects)) for u in corridors.upgrades if kept(u.effects)),
    )


def embedded_corridors() -> Corridors:
    """The packaged network with its packaged tables."""
    return Corridors(
        network=embedded_network(),
        rates=embedded_rates(),
        states=embedded_states(),
        upgrades=embedded_upgrades(),
        sea_paths=SeaPaths(embedded_sea_paths),
        blocs=embedded_blocs(),
        limits=embedded_cargo_limits(),
        trade_ways=embedded_trade_ways(),
    )
