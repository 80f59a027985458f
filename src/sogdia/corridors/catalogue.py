"""What does a study of corridors start from? The network with its rates, states and upgrades, as one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sogdia.corridors.network import (
    Network,
    Rates,
    State,
    Upgrade,
    embedded_network,
    embedded_rates,
    embedded_sea_paths,
    embedded_states,
    embedded_upgrades,
)
from sogdia.errors import unknown


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


def embedded_corridors() -> Corridors:
    """The packaged network with its packaged tables."""
    return Corridors(embedded_network(), embedded_rates(), embedded_states(), embedded_upgrades(), embedded_sea_paths())
