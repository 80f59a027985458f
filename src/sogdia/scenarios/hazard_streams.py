"""Outages by hazards as streams: from a site, link, border or country out of service to output and ways.

Outages of one hazard and cause (a zone of earthquakes, a country's conflict, a basin of lakes) make one stream, those
with the same `event_id` one possibility of it, which takes all its targets together. A mine or plant that is out takes
from its country the part of the output of each mineral that it ships:

    part = listed_share / number of places that the table of shipments lists for the country and mineral

which is an assumption (`annual_rates.csv`). Any other place, a link and a border close the ways that use them; a
country loses all its output, and its transit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.corridors.standing import closed
from sogdia.hazards import Outage
from sogdia.network import Network, Shipment
from sogdia.network.changes import TargetKind
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.scenarios.ways import Closing

SITE_KINDS = ("mine", "plant")
WEAKEST = ("assumed", "derived", "seen")


def outage_closings(network: Network, outages: Iterable[Outage], importer: Region) -> tuple[Closing, ...]:
    """The closings of ways that outages mean, each target once.

    Those in the importer's own country are left out: a closed port of it would stop the cargo of all sellers, and the
    network knows the ways of some.
    """
    places = {place.id: place for place in network.places}
    at_home = {place.id for place in network.places if place.country in importer.members}
    at_home |= {link.id for link in network.links if set(link.countries) <= set(importer.members)}
    at_home |= set(importer.members)
    wanted = dict.fromkeys(
        (o.target_kind, o.target)
        for o in outages
        if o.rate_per_year.central > 0
        and o.target not in at_home
        and not (o.target_kind == "place" and o.target in places and places[o.target].kind in SITE_KINDS)
    )
    return tuple(Closing(way_id(kind, target), (closed(kind, target),)) for kind, target in wanted)


def way_id(kind: TargetKind | str, target: str) -> str:
    """The id of the closing of one target."""
    return f"{kind}:{target}"


def outage_streams(
    network: Network, outages: Iterable[Outage], shipments: Sequence[Shipment]
) -> tuple[EventStream, ...]:
    """One stream for each hazard and cause, in the order of the outages."""
    sites = _shipped(shipments)
    kinds = {place.id: place.kind for place in network.places}
    groups: dict[tuple[str, str], dict[str, list[Outage]]] = {}
    for number, outage in enumerate(outages):
        if outage.rate_per_year.central > 0:
            event = outage.event_id or f"#{number}:{outage.target}"
            groups.setdefault((outage.hazard, outage.cause), {}).setdefault(event, []).append(outage)
    streams = []
    for (hazard, cause), events in groups.items():
        found = [p for name, together in events.items() if (p := _possibility(name, together, sites, kinds)).hits]
        if found:
            own = [outage for together in events.values() for outage in together]
            evidence = min((outage.evidence for outage in own), key=WEAKEST.index)
            sources = each_once(*dict.fromkeys(outage.source_ids for outage in own))
            streams.append(EventStream(f"{hazard}:{cause}", hazard, cause, tuple(found), evidence, sources))
    return tuple(streams)


def _possibility(
    name: str,
    together: Sequence[Outage],
    sites: Mapping[str, Sequence[tuple[str, float]]],
    kinds: Mapping[str, str],
) -> Possibility:
    """One event with all that it hits."""
    hits: list[Hit] = []
    for outage in together:
        country = outage.target.partition(":")[0]
        if outage.target_kind == "country":
            hits.append(Hit("output", outage.target, None, outage.days))
        if outage.target_kind == "place" and kinds.get(outage.target) in SITE_KINDS:
            hits += [
                Hit("output", country, mineral, outage.days, factor=part)
                for mineral, part in sites.get(outage.target, ())
            ]
        else:
            hits.append(Hit("way", way_id(outage.target_kind, outage.target), None, outage.days))
    return Possibility(together[0].rate_per_year.central, tuple(hits), name)


def _shipped(shipments: Sequence[Shipment]) -> dict[str, list[tuple[str, float]]]:
    """(mineral, part of the country's output) of each place."""
    pairs = dict.fromkeys((s.place, s.country, s.mineral) for s in shipments)
    count = Counter((country, mineral) for _, country, mineral in pairs)
    whole = annual_rate("listed_share").value.central
    sites: dict[str, list[tuple[str, float]]] = {}
    for place, country, mineral in pairs:
        sites.setdefault(place, []).append((mineral, whole / count[country, mineral]))
    return sites
