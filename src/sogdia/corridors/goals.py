"""The places where lanes of one importer end, with the network as its buyers can use it.

Places of one country lie on the part of the network that ways to it can use. What is closed to a single shipment, the
voyages round a continent to a land neighbour and transit that a cargo is refused, is closed to that exporter alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import BoolArray, Conditions, conditions
from sogdia.corridors.platforms import Platforms, platforms
from sogdia.corridors.relevant import met, relevant
from sogdia.corridors.standing import shut_to_all, today_for
from sogdia.network import CargoValue, Corridors, Effect, Network, links_touched
from sogdia.network.records import once_for
from sogdia.routing import Elimination, eliminate

Case = tuple[str | None, str | None]
"""Id of a corridor state and of an upgrade, None for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Places of delivery under one set of rules.

    whole: the corridors with all states and upgrades; near: the part that ways to these places can use; starts:
    positions of the origins by exporter; ends: the nodes where cargo has been unloaded; shut: what states close to
    the buyers; barred: shape (arcs,), what is closed to one mineral of one exporter besides.
    """

    whole: Corridors
    near: Corridors
    split: Platforms
    plan: Elimination
    starts: Mapping[str, tuple[int, ...]]
    ends: tuple[int, ...]
    shut: tuple[Effect, ...]
    barred: Mapping[tuple[str, str], BoolArray]

    @staticmethod
    def of(
        corridors: Corridors,
        origins: Mapping[str, Sequence[str]],
        places: Sequence[str],
        cargoes: Sequence[CargoValue],
    ) -> Goal:
        """The places with what is closed to these cargoes; those of several countries lie on the whole network."""
        whole = corridors.network
        homes = {whole.place(place).country for own in origins.values() for place in own}
        one = len({whole.place(place).country for place in places}) == 1
        near = relevant(corridors, places[0], homes) if one else corridors
        split = platforms(near.network)
        barred = {}
        for mineral in dict.fromkeys(cargo.mineral for cargo in cargoes):
            for exporter, own in origins.items():
                effects = today_for(near, own[0], places[0], mineral).barred
                if effects:
                    barred[mineral, exporter] = _arcs_of(near.network, split, effects)
        return Goal(
            whole=corridors,
            near=near,
            split=split,
            plan=once_for(near.network, "elimination", lambda: eliminate(split.graph)),
            starts={exporter: tuple(_position(whole, name) for name in own) for exporter, own in origins.items()},
            ends=tuple(split.exit(_position(whole, name)) for name in places),
            shut=shut_to_all(corridors, places),
            barred=barred,
        )

    def under(self, case: Case) -> Conditions:
        """The network near under a state and an upgrade, and what is shut today."""
        state, upgrade = case
        effects = self.shut if upgrade is None else (*self.shut, *self.whole.upgrade(upgrade).effects)
        if state is not None:
            effects += self.whole.state(state).effects
        return conditions(self.near.network, met(effects, self.near))


def goals_of(
    corridors: Corridors,
    origins: Mapping[str, Sequence[str]],
    places: Sequence[str],
    cargoes: Sequence[CargoValue],
) -> tuple[Goal, ...]:
    """The places of an importer, country by country; countries to which the same is closed together."""
    network = corridors.network
    by_rules: dict[object, list[str]] = {}
    for country in dict.fromkeys(network.place(place).country for place in places):
        own = [place for place in places if network.place(place).country == country]
        rules = [shut_to_all(corridors, own)]
        for mineral in dict.fromkeys(cargo.mineral for cargo in cargoes):
            rules += [today_for(corridors, start[0], own[0], mineral).barred for start in origins.values()]
        by_rules.setdefault(tuple(rules), []).extend(own)
    return tuple(Goal.of(corridors, origins, own, cargoes) for own in by_rules.values())


def _arcs_of(network: Network, split: Platforms, effects: Sequence[Effect]) -> BoolArray:
    """The arcs on links that these effects touch."""
    touched = np.zeros(len(network.links) + 1, dtype=np.bool_)
    for effect in effects:
        touched[list(links_touched(network, effect.target_kind, effect.target))] = True
    return touched[split.arc_link]


def _position(network: Network, name: str) -> int:
    return network.places.index(network.place(name))
