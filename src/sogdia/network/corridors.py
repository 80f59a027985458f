"""What does a study of corridors start from? The network with its rates, states and upgrades, as one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sogdia.errors import unknown
from sogdia.network.changes import Effect, State, Upgrade
from sogdia.network.closures import targets
from sogdia.network.embedded import (
    embedded_network,
    embedded_rates,
    embedded_sea_paths,
    embedded_states,
    embedded_upgrades,
)
from sogdia.network.rates import Rates
from sogdia.network.records import Network


@dataclass(frozen=True, slots=True)
class Corridors:
    """Everything that routes, states, upgrades and lanes are computed from; replace any part by your own.

    sea_paths: the course of sea links by link id, as (longitude, latitude), for maps alone.
    """

    network: Network
    rates: Rates
    states: tuple[State, ...]
    upgrades: tuple[Upgrade, ...]
    sea_paths: Mapping[str, tuple[tuple[float, float], ...]]

    def state(self, state_id: str) -> State:
        """The corridor state of this id; `UnknownNameError` with the nearest ids otherwise."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise unknown("corridor state", state_id, (state.id for state in self.states))

    def upgrade(self, upgrade_id: str) -> Upgrade:
        """The upgrade of this id; `UnknownNameError` with the nearest ids otherwise."""
        for upgrade in self.upgrades:
            if upgrade.id == upgrade_id:
                return upgrade
        raise unknown("upgrade", upgrade_id, (upgrade.id for upgrade in self.upgrades))


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
        sea_paths={name: path for name, path in corridors.sea_paths.items() if name in known["link"]},
    )


def embedded_corridors() -> Corridors:
    """The packaged network with its packaged tables."""
    return Corridors(embedded_network(), embedded_rates(), embedded_states(), embedded_upgrades(), embedded_sea_paths())
