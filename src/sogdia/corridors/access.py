"""How do the mines of some countries reach one importer? Their main shipments, the ways of each, and what would change.

Which shipments stand for a country is a curated table; its order is the order of importance. An upgrade is asked about
on every corridor of a shipment, not only on the cheapest one: most change a way that is not the cheapest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.corridors.routes import Routes, route
from sogdia.corridors.states import state_table
from sogdia.corridors.upgrades import upgrade_table
from sogdia.errors import NoAnswerError
from sogdia.network import Network
from sogdia.network.corridors import Corridors
from sogdia.network.shipments import Shipment

PORT_KINDS = ("destination", "port_ocean")
MOST_SHIPMENTS = 5
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The routes of one shipment. upgrades: `upgrade_table` for each corridor while what is better is closed, with the
    number of the alternative as `corridor`: 1 is the cheapest way today; states: `state_table`.
    """

    shipment: Shipment
    routes: Routes
    upgrades: pl.DataFrame
    states: pl.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """How the exporters reach the importer. destination: place id of the port, None where the network has no port of
    the importer; without_place: exporters without a shipment; unreached: shipments without a route, and why.
    """

    corridors: Corridors
    destination: str | None
    ways: tuple[Way, ...]
    without_place: tuple[str, ...]
    unreached: tuple[tuple[Shipment, str], ...]


def main_port(network: Network, countries: Sequence[str]) -> str | None:
    """The first port of these countries in the network, ports of destination before others."""
    for kind in PORT_KINDS:
        for place in network.places:
            if place.kind == kind and place.country in countries:
                return place.id
    return None


def partner_access(
    corridors: Corridors,
    shipments: Sequence[Shipment],
    exporters: Sequence[str],
    importers: Sequence[str],
    *,
    minerals: Collection[str] | None = None,
    most: int = MOST_SHIPMENTS,
    progress: Progress = lambda _: None,
) -> Access:
    """The ways of the exporters' main shipments to the importer's port.

    importers: countries of the importing economy; minerals: only shipments of these, None for any; most: how many
    shipments at most, the first of each exporter before the second of any.
    """
    port = main_port(corridors.network, importers)
    known = {place.id for place in corridors.network.places}
    wanted = [s for s in shipments if (minerals is None or s.mineral in minerals) and s.place in known]
    of_exporter = {e: [s for s in wanted if s.country == e] for e in dict.fromkeys(exporters)}
    without = tuple(e for e, own in of_exporter.items() if not own)
    if port is None:
        return Access(corridors, None, (), without, ())
    ways, unreached = [], []
    for shipment in _in_turn(list(of_exporter.values()), most):
        progress(f"routes: {shipment.mineral} from {shipment.place}")
        try:
            ways.append(_way(corridors, shipment, port))
        except NoAnswerError as reason:
            unreached.append((shipment, str(reason)))
    return Access(corridors, port, tuple(ways), without, tuple(unreached))


def _in_turn(own: Sequence[Sequence[Shipment]], most: int) -> list[Shipment]:
    """The first of each exporter, then the second of each, up to `most`; told exporter by exporter."""
    longest = max(map(len, own), default=0)
    taken = [(e, rank) for rank in range(longest) for e, of_one in enumerate(own) if rank < len(of_one)][:most]
    return [own[e][rank] for e, rank in sorted(taken)]


def _way(corridors: Corridors, shipment: Shipment, port: str) -> Way:
    names = (shipment.place, port, shipment.mineral)
    routes = route(corridors, *names, stage=shipment.stage)
    upgrades = [
        upgrade_table(corridors, *names, stage=shipment.stage, close=other.best_without).select(
            pl.lit(number, pl.Int64).alias("corridor"), pl.all()
        )
        for number, other in enumerate(routes.alternatives, start=1)
        if other.best_without is not None
    ]
    return Way(shipment, routes, pl.concat(upgrades), state_table(corridors, *names, stage=shipment.stage))
