"""What of a network can be used today by a buyer: states that hold, limits on cargo, and voyages round a continent.

A state that is shut now closes its targets to every importer but those of the blocs that it names. What is limited
stays open: measured hours and prices of today hold what it costs. Between countries that share a border on land no
voyage is longer than a parameter says: nobody ships from Kazakhstan to China by Suez.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sogdia.network import Corridors, Effect, Link, Network, State
from sogdia.network.changes import NAMED, Standing, positions_of
from sogdia.network.records import LAND_MODES

LONGEST_VOYAGE = "longest_voyage_between_land_neighbours_km"
WORST_FIRST: tuple[Standing, ...] = ("shut", "limited", "open")
NO_STATE = "no state known"


@dataclass(frozen=True, slots=True)
class Today:
    """What a shipment meets today. shut: the states that close something to its buyer; effects: what they close;
    barred: the closures that no state brings: limits on the cargo and voyages round a continent; bars: these in words.
    """

    shut: tuple[State, ...] = ()
    barred: tuple[Effect, ...] = ()
    bars: tuple[str, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Everything that is closed today."""
        return (*closings(self.shut), *self.barred)


def today_for(corridors: Corridors, origin: str, destination: str, mineral: str | None = None) -> Today:
    """What holds today for cargo from one place to another. mineral: None for cargo without limits of its own."""
    network = corridors.network
    home, goal = network.place(origin).country, network.place(destination).country
    bloc = corridors.bloc(goal)
    shut = tuple(state for state in corridors.states if state.standing(bloc) == "shut" and closings((state,)))
    limits = [row for row in corridors.limits if row.mineral == mineral and row.target not in (home, goal)]
    known = positions_of(network, "country")
    barred = [closed("country", row.target) for row in limits if row.target in known]
    return Today(
        shut=shut,
        barred=(*barred, *_voyages_round(corridors, home, goal)),
        bars=tuple(f"{row.target}: {row.reason}" for row in limits),
    )


def shut_to_all(corridors: Corridors, destinations: Iterable[str]) -> tuple[Effect, ...]:
    """What is closed today to the buyers of every one of these destinations."""
    blocs = {corridors.bloc(corridors.network.place(name).country) for name in destinations}
    return closings(
        state for state in corridors.states if all(state.standing(bloc) == "shut" for bloc in sorted(blocs))
    )


def closings(states: Iterable[State]) -> tuple[Effect, ...]:
    """The closures among the effects of states."""
    return tuple(effect for state in states for effect in state.effects if effect.attribute == "closed")


def closed(kind: str, target: str) -> Effect:
    """A closure that no state brings."""
    return Effect(kind, target, "closed", None, (), "assumed", "closed to this shipment")  # type: ignore[arg-type]


def touches(effect: Effect, link: Link) -> bool:
    """Does an effect act on a link?"""
    return effect.target in NAMED[effect.target_kind](link)


def standing_of(corridors: Corridors, links: Iterable[str], goal: str) -> tuple[str, tuple[str, ...]]:
    """How a way stands today for a buyer in a country, by the worst of the states that concern its links; and, where
    it is limited or shut, the ids of these states. `NO_STATE` where nobody knows of any.
    """
    bloc, by_id = corridors.bloc(goal), {link.id: link for link in corridors.network.links}
    own = [by_id[name] for name in links]
    known: dict[str, list[str]] = {}
    for state in corridors.states:
        holds = state.standing(bloc)
        if holds is not None and any(touches(effect, link) for effect in state.effects for link in own):
            known.setdefault(holds, []).append(state.id)
    for holds in WORST_FIRST:
        if holds in known:
            return holds, () if holds == "open" else tuple(known[holds])
    return NO_STATE, ()


def land_neighbours(network: Network, home: str, goal: str) -> bool:
    """Do existing rails or roads cross the border of two countries?"""
    ends = {home, goal}
    country = {place.id: place.country for place in network.places}
    return home != goal and any(
        {country[link.start], country[link.end]} == ends
        for link in network.links
        if link.mode in LAND_MODES and link.status == "existing"
    )


def _voyages_round(corridors: Corridors, home: str, goal: str) -> list[Effect]:
    """The voyages that are barred between land neighbours."""
    known = [row for row in corridors.rates.parameters if row.name == LONGEST_VOYAGE]
    if not known or not land_neighbours(corridors.network, home, goal):
        return []
    longest = known[0].value.central
    return [closed("link", link.id) for link in corridors.network.links if link.mode == "sea" and link.km > longest]
