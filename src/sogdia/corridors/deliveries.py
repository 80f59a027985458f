"""Where an importer takes delivery: at its ports, and at its border where trains and trucks reach it first.

Every port is tried, because the cheapest one depends on the origin. Who shares a border on land with the exporter also
takes delivery there; who has no port takes it wherever a railway or road of another country arrives.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sogdia.network import Network
from sogdia.network.records import LAND_MODES, once_for

PORT_KINDS = ("destination", "port_ocean")


def deliveries(network: Network, importers: Sequence[str], exporter: str | None = None) -> tuple[str, ...]:
    """The places where goods of an exporter are handed over to these countries; none where the network has none.

    exporter: None for one that shares no border with them.
    """
    ports = ports_of(network, importers)
    if not ports:
        return border_places(network, importers)
    return ports if exporter is None else (*ports, *border_places(network, importers, (exporter,)))


def ports_of(network: Network, countries: Sequence[str]) -> tuple[str, ...]:
    """The ports of these countries in the network: those of destination, else those where ocean ships load."""
    for kind in PORT_KINDS:
        found = tuple(place.id for place in network.places if place.kind == kind and place.country in countries)
        if found:
            return found
    return ()


def main_port(network: Network, countries: Sequence[str]) -> str | None:
    """The first port of these countries in the network, ports of destination before others."""
    return next(iter(ports_of(network, countries)), None)


def border_places(
    network: Network, countries: Collection[str], neighbours: Collection[str] | None = None
) -> tuple[str, ...]:
    """The places of these countries that an existing railway or road reaches from abroad, in the order of the network.

    neighbours: countries that it comes from, None for any.
    """
    crossings = once_for(network, "crossings by land", lambda: _crossings(network))
    reached = {
        place
        for place, home, abroad in crossings
        if home in countries and abroad not in countries and (neighbours is None or abroad in neighbours)
    }
    return tuple(place.id for place in network.places if place.id in reached)


def _crossings(network: Network) -> tuple[tuple[str, str, str], ...]:
    """Each place that an existing railway or road reaches from abroad, its country, and the one it comes from."""
    home = {place.id: place.country for place in network.places}
    land = [link for link in network.links if link.mode in LAND_MODES and link.status == "existing"]
    ends = [(here, there) for link in land for here, there in ((link.start, link.end), (link.end, link.start))]
    return tuple(dict.fromkeys((here, home[here], home[there]) for here, there in ends if home[here] != home[there]))
