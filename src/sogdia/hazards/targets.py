"""What a question about hazards is about: a place, a link, a border crossing, or a country with all of these in it."""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.codes import countries
from sogdia.hazards.outage import TargetKind
from sogdia.network.closures import targets as known_targets
from sogdia.network.corridors import Corridors
from sogdia.network.naming import Names, country_names, id_named, place_names
from sogdia.network.records import LAND_MODES


@dataclass(frozen=True, slots=True)
class HazardTarget:
    """What is asked about. members: the ids of every place, link and border that it stands for; countries: its own."""

    kind: TargetKind
    id: str
    name: str
    countries: tuple[str, ...]
    members: frozenset[str]


def target_named(corridors: Corridors, text: str) -> HazardTarget:
    """The place, country, border or link of this id or name, whatever the case; UnknownNameError otherwise."""
    network = corridors.network
    in_network = {place.country for place in network.places}
    groups: list[Names] = [
        {name: names for name, names in place_names(network).items() if text.partition(":")[2] or name == text},
        country_names(known_targets(network)["country"] | in_network, text),
        place_names(network),
        {border.id: (border.name,) for border in network.borders},
        dict.fromkeys((link.id for link in network.links), ()),
    ]
    found = id_named("place, link, border or country", groups, text)
    for place in network.places:
        if place.id == found:
            return HazardTarget("place", found, place.name, (place.country,), frozenset({found}))
    for border in network.borders:
        if border.id == found:
            sides = (border.country_a, border.country_b)
            return HazardTarget("border", found, border.name, sides, frozenset({found}))
    for link in network.links:
        if link.id == found:
            return HazardTarget("link", found, found, link.countries, frozenset({found}))
    return _country(corridors, found)


def _country(corridors: Corridors, country: str) -> HazardTarget:
    network = corridors.network
    inside = {place.id for place in network.places if place.country == country}
    links = {link.id for link in network.links if link.mode in LAND_MODES and {link.start, link.end} & inside}
    crossings = {border.id for border in network.borders if country in (border.country_a, border.country_b)}
    known = countries()
    name = known[country].name if country in known else country
    return HazardTarget("country", country, name, (country,), frozenset({country, *inside, *links, *crossings}))
