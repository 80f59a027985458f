"""How the main shipments of some countries reach one importer: the routes of each, and what would change them.

Which shipments stand for a country is a curated table; its order is the order of importance. An upgrade is asked about
on every corridor of a shipment, not only on the cheapest one: most change a way that is not the cheapest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sogdia.answer import Answer, each_once, plain_rows
from sogdia.corridors.compare import Pair, pair
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.deliveries import deliveries
from sogdia.corridors.notes import note_on_evidence, notes_on_papers
from sogdia.corridors.problem import cheapest_port
from sogdia.corridors.provenance import ids_of
from sogdia.corridors.routes import Routes
from sogdia.corridors.search import route
from sogdia.corridors.states import changes_of
from sogdia.corridors.upgrades import gains_of
from sogdia.errors import NoAnswerError
from sogdia.network import Corridors, Shipment
from sogdia.progress import MeasuredStep, Progress

if TYPE_CHECKING:
    import polars as pl

MOST_SHIPMENTS = 5


@dataclass(frozen=True, eq=False)
class Way:
    """The routes of one shipment; what would change them is worked out when it is asked for. asked: the priced ends."""

    shipment: Shipment
    routes: Routes
    asked: Pair = field(repr=False)

    @cached_property
    def upgrades(self) -> pl.DataFrame:
        """`upgrade_table` for each corridor while what is better is closed, with the number of the alternative as
        `corridor`: 1 is the cheapest way today.
        """
        import polars as pl

        return pl.concat(
            gains_of(self.asked, self.routes.corridors, other.best_without).select(
                pl.lit(number, pl.Int64).alias("corridor"), pl.all()
            )
            for number, other in enumerate(self.routes.alternatives, start=1)
            if other.best_without is not None
        )

    @cached_property
    def states(self) -> pl.DataFrame:
        """`state_table`."""
        return changes_of(self.asked, self.routes.corridors)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Access(Answer):
    """How the exporters reach the importer. destination: place id of the main port, None where the network has no
    port of the importer; each shipment goes to the cheapest of its ports;
    without_place: exporters without a shipment; unreached: shipments without a route, and why.
    """

    corridors: Corridors
    destination: str | None
    ways: tuple[Way, ...]
    without_place: tuple[str, ...]
    unreached: tuple[tuple[Shipment, str], ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How many shipments are shown, and the port that they go to."""
        port = "a port that the network does not have" if self.destination is None else self.destination
        return f"Routes of {len(self.ways)} main shipments to {port}"

    def table(self) -> pl.DataFrame:
        """The tables of the routes of all shipments, one below the other."""
        import polars as pl

        from sogdia.answer import tidy

        tables = [way.routes.table() for way in self.ways]
        return pl.concat(tables) if tables else tidy(pl.DataFrame())

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of the shipments, of their routes and of the upgrades that were asked about."""
        of_ways = [ids for way in self.ways for ids in (way.shipment.source_ids, way.routes.sources())]
        return each_once(*of_ways, *(ids_of(upgrade) for upgrade in self.corridors.upgrades if self.ways))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values; what is not known is None."""
        from sogdia.data.provenance import citations

        return {
            "destination": self.destination,
            "shipments": [
                {
                    **way.routes.to_dict(),
                    "states": plain_rows(way.states),
                    "upgrades_asked": plain_rows(way.upgrades),
                }
                for way in self.ways
            ],
            "without_place": list(self.without_place),
            "unreached": [
                {"place": s.place, "mineral": s.mineral, "stage": s.stage, "reason": why} for s, why in self.unreached
            ],
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }


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
    """The ways of the exporters' main shipments, each to the cheapest place of delivery of the importer.

    importers: countries of the importing economy; minerals: only shipments of these, None for any; most: how many
    shipments at most, the first of each exporter before the second of any.
    """
    ports = deliveries(corridors.network, importers)
    port = next(iter(ports), None)
    known = {place.id for place in corridors.network.places}
    wanted = [s for s in shipments if (minerals is None or s.mineral in minerals) and s.place in known]
    of_exporter = {e: [s for s in wanted if s.country == e] for e in dict.fromkeys(exporters)}
    without = tuple(e for e, own in of_exporter.items() if not own)
    if port is None:
        return Access(corridors, None, (), without, (), _notes((), without, ()))
    ways: list[Way] = []
    unreached: list[tuple[Shipment, str]] = []
    asked = list(_in_turn(list(of_exporter.values()), most))
    for at, shipment in enumerate(asked):
        progress(MeasuredStep(f"routes: {shipment.mineral} from {shipment.place}", at / len(asked)))
        try:
            ways.append(_way(corridors, shipment, ports))
        except NoAnswerError as reason:
            unreached.append((shipment, str(reason)))
    notes = _notes(ways, without, unreached)
    return Access(corridors, port, tuple(ways), without, tuple(unreached), notes)


def _notes(
    ways: Sequence[Way], without_place: Sequence[str], unreached: Sequence[tuple[Shipment, str]]
) -> tuple[str, ...]:
    """What is missing, what had to be assumed, and how much of the evidence is assumption."""
    missing = [f"The table of shipments has no shipment of {country}." for country in without_place]
    missing += [f"{s.mineral} {s.stage} from {s.place} is not shown: {why}" for s, why in unreached]
    papers = [notes_on_papers(way.routes.corridors, way.shipment.place) for way in ways]
    rows = dict.fromkeys(row for way in ways for row in way.routes.used())
    return each_once(missing, *papers, [note_on_evidence(rows)] if rows else [])


def _in_turn(own: Sequence[Sequence[Shipment]], most: int) -> list[Shipment]:
    """The first of each exporter, then the second of each, up to `most`; listed exporter by exporter."""
    longest = max(map(len, own), default=0)
    taken = [(e, rank) for rank in range(longest) for e, of_one in enumerate(own) if rank < len(of_one)][:most]
    return [own[e][rank] for e, rank in sorted(taken)]


def _way(corridors: Corridors, shipment: Shipment, ports: Sequence[str]) -> Way:
    cargo = cargo_of(corridors.rates, shipment.mineral, shipment.stage)
    port = cheapest_port(corridors, shipment.place, ports, cargo)
    routes = route(corridors, shipment.place, port, shipment.mineral, stage=shipment.stage)
    return Way(shipment, routes, pair(corridors, shipment.place, port, cargo))
