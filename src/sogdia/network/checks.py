"""The invariants that every network must keep, ours or a user's, as one public function.

`network_faults` returns what is wrong and changes nothing; an empty answer is a sound network.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sogdia.errors import Fault, Near
from sogdia.network.geometry import great_circle_km
from sogdia.network.records import FERRY_PORT_KINDS, LAND_MODES, SEA_PORT_KINDS, Border, Link, Network, Place
from sogdia.network.whereabouts import position_problem

Origin = tuple[str, int | None]
"""File and line that a record came from."""


NAMES_SHOWN = 12
"""A fault lists all valid names when they are at most this many."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a sound network may contain.

    chokepoints, co2_classes: names that exist; shortest: least km / great-circle km of any link;
    longest_land: greatest km / great-circle km of a rail or road link; longest_km: of any link;
    slowest_km_per_h, fastest_km_per_h: of any link; least_t_per_year, most_t_per_year: capacity of any link;
    longest_border_hours: of any crossing.
    """

    chokepoints: Collection[str]
    co2_classes: Collection[str]
    shortest: float
    longest_land: float
    longest_km: float
    slowest_km_per_h: float
    fastest_km_per_h: float
    least_t_per_year: float
    most_t_per_year: float
    longest_border_hours: float


def network_faults(network: Network, rules: Rules, origins: Mapping[str, Origin] | None = None) -> list[Fault]:
    """Every breach of the invariants, with the file and line of the record where `origins` knows them by id.

    Ids are unique; places that are the user's lie in their countries; ends exist and differ; no two links join the same
    ends by the same mode and passages; km lies within `rules` of the great circle; speed, capacity and hours at borders
    lie within `rules` (else they are in another unit); rail has a gauge and nothing else has; sea links join ocean
    ports and ferries join ports; a land link between two countries crosses a border of these countries and this mode;
    names of borders, chokepoints and CO2 classes exist; every place can be reached from every other.
    """
    return [*record_faults(network, rules, origins), *disconnected_faults(network, origins)]


def record_faults(network: Network, rules: Rules, origins: Mapping[str, Origin] | None = None) -> list[Fault]:
    """The part of `network_faults` that concerns single records."""
    at = dict(origins or {})
    places = {place.id: place for place in network.places}
    crossings = {border.id: border for border in network.borders}
    faults = list(_duplicates(network, at))
    for place in network.places:
        problem = position_problem(place) if place.id in at or not at else None
        if problem:
            faults.append(_fault(_origin(place.id, at), "lat", f"{place.lat:g}, {place.lon:g}", *problem))
        if place.chokepoint is not None:
            faults += _names(_origin(place.id, at), "chokepoint", (place.chokepoint,), rules.chokepoints)
    for border in network.borders:
        if border.hours.high > rules.longest_border_hours:
            rule = f"a crossing takes no more than {rules.longest_border_hours:g} h"
            found = f"{border.hours.high:g}"
            faults.append(_fault(_origin(border.id, at), "hours_high", found, rule, "Is it in minutes?"))
    for link in network.links:
        where = _origin(link.id, at)
        unknown_ends = [
            *_names(where, "from", (link.start,), places),
            *_names(where, "to", (link.end,), places),
        ]
        faults += unknown_ends
        if not unknown_ends:
            start, end = places[link.start], places[link.end]
            faults += _length_faults(link, start, end, rules, where)
            faults += _attribute_faults(link, rules, where)
            faults += _port_faults(link, start, end, where)
            faults += _border_faults(link, start, end, crossings, where)
        faults += _names(where, "chokepoints", link.chokepoints, rules.chokepoints)
        faults += _names(where, "co2_class", (link.co2_class,), rules.co2_classes)
    return faults


def disconnected_faults(network: Network, origins: Mapping[str, Origin] | None = None) -> list[Fault]:
    """The part of `network_faults` that says which places are cut off from the largest connected part."""
    faults = []
    order = {place.id: at for at, place in enumerate(network.places)}
    for part in components(network)[1:]:
        first = min(part, key=order.__getitem__)
        shown = ", ".join(sorted(part)[:5]) + (", ..." if len(part) > 5 else "")
        rule = f"every place must be reachable, but {len(part)} are cut off from the rest: {shown}"
        remedy = "Add a link from one of them to the rest of the network."
        faults.append(_fault(_origin(first, dict(origins or {})), "id", first, rule, remedy))
    return faults


def components(network: Network) -> tuple[frozenset[str], ...]:
    """Sets of place ids that links of any status connect, the largest first."""
    neighbours: dict[str, set[str]] = {place.id: set() for place in network.places}
    for link in network.links:
        if link.start in neighbours and link.end in neighbours:
            neighbours[link.start].add(link.end)
            neighbours[link.end].add(link.start)
    parts: list[frozenset[str]] = []
    seen: set[str] = set()
    for start in neighbours:
        if start in seen:
            continue
        part, queue = {start}, deque([start])
        while queue:
            fresh = neighbours[queue.popleft()] - part
            part |= fresh
            queue.extend(fresh)
        seen |= part
        parts.append(frozenset(part))
    return tuple(sorted(parts, key=len, reverse=True))


def _origin(record_id: str, at: Mapping[str, Origin]) -> Origin:
    return at.get(record_id, (record_id, None))


def _fault(where: Origin, column: str, value: str, rule: str, remedy: str) -> Fault:
    return Fault(where[0], rule, remedy, row=where[1], column=column, value=value)


def _names(where: Origin, column: str, used: Iterable[str], valid: Collection[str]) -> Iterator[Fault]:
    for name in used:
        if name not in valid:
            few = f"Known: {', '.join(valid)}." if len(valid) <= NAMES_SHOWN else f"{len(valid)} are known."
            hint = Near(name, valid)
            yield Fault(where[0], "the name must exist", few, where[1], column, name, hint)


def _duplicates(network: Network, at: Mapping[str, Origin]) -> Iterator[Fault]:
    kinds: tuple[tuple[str, list[str]], ...] = (
        ("place", [place.id for place in network.places]),
        ("border", [border.id for border in network.borders]),
    )
    for kind, ids in kinds:
        for name in sorted(name for name, times in Counter(ids).items() if times > 1):
            rule = f"a {kind} may appear once"
            yield _fault(_origin(name, at), "id", name, rule, "Remove or rename one.")
    joined: set[tuple[object, ...]] = set()
    for link in network.links:
        key = (frozenset((link.start, link.end)), link.mode, frozenset(link.chokepoints))
        if key in joined:
            rule = f"two links join the same places by {link.mode}"
            remedy = "Keep one: a link runs both ways, and a second track is an upgrade."
            yield _fault(_origin(link.id, at), "to", link.end, rule, remedy)
        joined.add(key)


def _length_faults(link: Link, start: Place, end: Place, rules: Rules, where: Origin) -> Iterator[Fault]:
    if start.id == end.id:
        yield _fault(where, "to", link.end, "a link must join two places", "Name another end.")
        return
    direct = great_circle_km(start.lat, start.lon, end.lat, end.lon)
    found = f"{link.km:.6g}"
    if not link.km >= rules.shortest * direct:
        rule = f"a link cannot be shorter than the great circle, {direct:.0f} km"
        yield _fault(where, "km", found, rule, "Is it in miles, or is a place misplaced?")
    elif link.mode in LAND_MODES and link.km > rules.longest_land * direct:
        rule = f"a land link may have {rules.longest_land:g} times the great circle, {direct:.0f} km"
        yield _fault(where, "km", found, rule, "Is it in metres? Else add a place where it bends.")
    elif link.km > rules.longest_km:
        rule = f"no link is longer than once round the Earth, {rules.longest_km:g} km"
        yield _fault(where, "km", found, rule, "Is it in metres?")


def _attribute_faults(link: Link, rules: Rules, where: Origin) -> Iterator[Fault]:
    if not link.hours > 0:
        yield _fault(where, "hours", f"{link.hours:g}", "hours must be above 0", "Correct the figure.")
    elif link.km / link.hours > rules.fastest_km_per_h:
        rule = f"{link.km / link.hours:.0f} km/h is faster than any freight ({rules.fastest_km_per_h:g} km/h)"
        yield _fault(where, "hours", f"{link.hours:g}", rule, "Is it in days? Convert to hours.")
    elif link.km / link.hours < rules.slowest_km_per_h:
        rule = f"{link.km / link.hours:.2g} km/h is slower than any freight under way ({rules.slowest_km_per_h:g} km/h)"
        remedy = "Is it in minutes? Convert to hours; waiting belongs to the border."
        yield _fault(where, "hours", f"{link.hours:g}", rule, remedy)
    capacity = link.capacity_t_per_year
    if capacity is not None and not capacity > 0:
        rule, remedy = "a capacity must be above 0", "Leave it empty where it is unknown."
        yield _fault(where, "capacity_t_per_year", f"{capacity:g}", rule, remedy)
    elif capacity is not None and not rules.least_t_per_year <= capacity <= rules.most_t_per_year:
        rule = f"a capacity lies between {rules.least_t_per_year:g} and {rules.most_t_per_year:g} tonnes a year"
        remedy = "Is it in Mt or in kg? Convert to tonnes."
        yield _fault(where, "capacity_t_per_year", f"{capacity:g}", rule, remedy)
    if (link.mode == "rail") != (link.gauge_mm is not None):
        rule, remedy = "rail has a gauge in mm and nothing else has", "Write 1520, 1435 or 1676 for rail."
        yield _fault(where, "gauge_mm", str(link.gauge_mm or ""), rule, remedy)


def _port_faults(link: Link, start: Place, end: Place, where: Origin) -> Iterator[Fault]:
    allowed = {"sea": SEA_PORT_KINDS, "ferry": FERRY_PORT_KINDS}.get(link.mode)
    for column, place in (("from", start), ("to", end)):
        if allowed is not None and place.kind not in allowed:
            rule = f"a {link.mode} link must join ports, {place.id} is of kind {place.kind}"
            remedy = "Use a port, or rail or road; on the Caspian use ferry."
            yield _fault(where, column, place.id, rule, remedy)


def _border_faults(
    link: Link, start: Place, end: Place, crossings: Mapping[str, Border], where: Origin
) -> Iterator[Fault]:
    name = link.border
    if name is None:
        if link.mode in LAND_MODES and start.country != end.country:
            rule = f"a {link.mode} link from {start.country} to {end.country} must name its border crossing"
            yield _fault(where, "border", "", rule, "Add the crossing to the table of borders.")
        return
    if name not in crossings:
        yield from _names(where, "border", (name,), crossings)
        return
    crossing = crossings[name]
    if {crossing.country_a, crossing.country_b} != {start.country, end.country}:
        rule = f"it joins {crossing.country_a} and {crossing.country_b}, the link does not"
        yield _fault(where, "border", name, rule, "Name the crossing of these two countries.")
    if crossing.mode != link.mode:
        rule = f"it is a {crossing.mode} crossing, the link is {link.mode}"
        yield _fault(where, "border", name, rule, "Name the crossing of this mode.")
