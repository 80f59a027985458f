"""What it costs to bring a mineral from a seller's mine or plant to the buyer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sogdia.answer import each_once
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.deliveries import deliveries
from sogdia.corridors.problem import cheapest_port
from sogdia.corridors.search import route
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.matching.pair import OFFER, SidedFigure
from sogdia.network import Corridors, Shipment

STATS = ("low", "central", "high")


def way_figures(
    corridors: Corridors,
    shipments: Sequence[Shipment],
    seller: Sequence[str],
    buyer: Sequence[str],
    minerals: Collection[str],
) -> dict[str, tuple[tuple[SidedFigure, ...], str | None]]:
    """Cost of the cheapest way by mineral, and where it starts: of the first shipment on record that has a route."""
    ports = deliveries(corridors.network, buyer)
    known = {place.id for place in corridors.network.places}
    ways: dict[str, tuple[tuple[SidedFigure, ...], str | None]] = {}
    for mineral in minerals:
        own = [s for s in shipments if s.mineral == mineral and s.country in seller and s.place in known]
        reason = "the table of shipments has no mine or plant of this seller for it"
        ways[mineral] = (
            no_way(reason if ports else "the network has no port of the buyer and no way across its border"),
            None,
        )
        for shipment in own if ports else ():
            try:
                cargo = cargo_of(corridors.rates, mineral, shipment.stage)
                port = cheapest_port(corridors, shipment.place, ports, cargo)
                routes = route(corridors, shipment.place, port, mineral, stage=shipment.stage, k=1)
            except (NoAnswerError, UnknownNameError) as why:
                ways[mineral] = (no_way(str(why)), shipment.place)
                continue
            cost = routes.best.route.cost_usd_per_t
            sources = each_once(shipment.source_ids, routes.sources())
            ways[mineral] = (
                tuple(
                    SidedFigure(OFFER, f"route_cost_{stat}", "USD per t", float(getattr(cost, stat)), None, sources)
                    for stat in STATS
                ),
                f"{shipment.place} ({shipment.stage})",
            )
            break
    return ways


def no_way(reason: str) -> tuple[SidedFigure, ...]:
    """The figures where no cost is known, and why."""
    return tuple(SidedFigure(OFFER, f"route_cost_{stat}", "USD per t", None, None, (), reason) for stat in STATS)
