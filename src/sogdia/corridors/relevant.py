"""The part of a network that shipments can use: without long voyages that no way to their destination takes.

Who sails from Poti to Yokohama does not go by Rotterdam. A voyage longer than a parameter is left out where one of its
ports has a voyage of its own to the country of the destination, and the other has one too, or is a port where importers
of a third country buy. A network of one's own with hubs keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sogdia.corridors.standing import LONGEST_VOYAGE
from sogdia.network import Corridors, Effect, Network, on_network
from sogdia.network.closures import targets
from sogdia.network.records import once_for


def relevant(corridors: Corridors, destination: str, homes: Collection[str]) -> Corridors:
    """The corridors without the voyages that no way to this destination takes. homes: countries of origin."""
    network = corridors.network
    known = [row.value.central for row in corridors.rates.parameters if row.name == LONGEST_VOYAGE]
    if not known:
        return corridors
    goal = network.place(destination).country
    key = ("relevant", goal, frozenset(homes), known[0])
    near = once_for(network, key, lambda: _without_detours(network, goal, homes, known[0]))
    return corridors if near is network else on_network(corridors, near)


def _without_detours(network: Network, goal: str, homes: Collection[str], longest_km: float) -> Network:
    """The network without the needless voyages to a country, itself where there are none."""
    home = {place.id for place in network.places if place.country == goal}
    voyages = [link for link in network.links if link.mode == "sea"]
    direct = {end for link in voyages if home & {link.start, link.end} for end in (link.start, link.end)} - home
    buyers = {p.id for p in network.places if p.kind == "destination" and p.country not in (goal, *homes)}
    needless = {
        link.id
        for link in voyages
        if link.km > longest_km and direct & {link.start, link.end} and {link.start, link.end} <= direct | buyers
    }
    if not needless:
        return network
    return replace(network, links=tuple(link for link in network.links if link.id not in needless))


def met(effects: Iterable[Effect], corridors: Corridors) -> tuple[Effect, ...]:
    """The effects whose targets the network has."""
    known = targets(corridors.network)
    return tuple(effect for effect in effects if effect.target in known[effect.target_kind])
