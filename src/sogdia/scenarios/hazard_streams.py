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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.corridors.standing import closed
from sogdia.hazards import Outage
from sogdia.network import Network, Shipment
from sogdia.network.changes import TargetKind
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.scenarios.ways import Closing
from sogdia.tabular.evidence import weakest
from sogdia.uncertain import Range

SITE_KINDS = ("mine", "plant")
NO_TIME = Range(0.0, 0.0, 0.0)


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
    network: Network,
    outages: Iterable[Outage],
    shipments: Sequence[Shipment],
    matters: Callable[[Hit], bool] = lambda _: True,
) -> tuple[EventStream, ...]:
    """One stream for each hazard and cause, in the order of the outages. matters: whether a hit takes anything that
    is looked at; a stream without such a hit is left out, the others keep all that they hit.
    """
    hits_of = _Targets(network, shipments, matters)
    groups: dict[tuple[str, str], dict[str, list[Outage]]] = {}
    mattering = set()
    for number, outage in enumerate(outages):
        if outage.rate_per_year.central > 0:
            group, event = (outage.hazard, outage.cause), outage.event_id or f"#{number}:{outage.target}"
            groups.setdefault(group, {}).setdefault(event, []).append(outage)
            if group not in mattering and hits_of.count(outage):
                mattering.add(group)
    streams = []
    for group in (group for group in groups if group in mattering):
        events = groups[group]
        found = tuple(
            Possibility(
                together[0].rate_per_year.central,
                tuple(hit for o in together for hit in hits_of.hits(o)), name,
            )
            for name, together in events.items()
        )  # fmt: skip
        own = [outage for together in events.values() for outage in together]
        evidence = weakest(*(outage.evidence for outage in own))
        sources = each_once(*dict.fromkeys(outage.source_ids for outage in own))
        kept = tuple(possibility for possibility in found if possibility.hits)
        streams.append(EventStream(f"{group[0]}:{group[1]}", *group, kept, evidence, sources))
    return tuple(streams)


class _Targets:
    """What an outage of each target hits, worked out once for each."""

    def __init__(self, network: Network, shipments: Sequence[Shipment], matters: Callable[[Hit], bool]) -> None:
        self._kinds = {place.id: place.kind for place in network.places}
        self._sites, self._matters = _shipped(shipments), matters
        self._known: dict[tuple[str, str], tuple[tuple[Hit, ...], bool]] = {}
        self._lasting: dict[tuple[str, str, Range], tuple[Hit, ...]] = {}

    def hits(self, outage: Outage) -> tuple[Hit, ...]:
        """The hits."""
        key = (outage.target_kind, outage.target, outage.days)
        if key not in self._lasting:
            self._lasting[key] = tuple(replace(hit, days=outage.days) for hit in self._of(outage)[0])
        return self._lasting[key]

    def count(self, outage: Outage) -> bool:
        """Whether any of them takes something that is looked at."""
        return self._of(outage)[1]

    def _of(self, outage: Outage) -> tuple[tuple[Hit, ...], bool]:
        key = (outage.target_kind, outage.target)
        if key not in self._known:
            hits = tuple(self._listed(outage))
            self._known[key] = (hits, any(self._matters(hit) for hit in hits))
        return self._known[key]

    def _listed(self, outage: Outage) -> Iterator[Hit]:
        if outage.target_kind == "country":
            yield Hit("output", outage.target, None, NO_TIME, at=outage.target)
        if outage.target_kind == "place" and self._kinds.get(outage.target) in SITE_KINDS:
            country = outage.target.partition(":")[0]
            for mineral, part in self._sites.get(outage.target, ()):
                yield Hit("output", country, mineral, NO_TIME, factor=part, at=outage.target)
        else:
            yield Hit("way", way_id(outage.target_kind, outage.target), None, NO_TIME, at=outage.target)


def _shipped(shipments: Sequence[Shipment]) -> dict[str, list[tuple[str, float]]]:
    """(mineral, part of the country's output) of each place."""
    pairs = dict.fromkeys((s.place, s.country, s.mineral) for s in shipments)
    count = Counter((country, mineral) for _, country, mineral in pairs)
    whole = annual_rate("listed_share").value.central
    sites: dict[str, list[tuple[str, float]]] = {}
    for place, country, mineral in pairs:
        sites.setdefault(place, []).append((mineral, whole / count[country, mineral]))
    return sites
