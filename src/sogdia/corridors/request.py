"""A question for routes in a person's words, answered: places, closures, upgrades and products by name."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia import arguments
from sogdia.codes import Region
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.deliveries import deliveries, ports_of
from sogdia.corridors.problem import cheapest_port
from sogdia.corridors.routes import Routes
from sogdia.corridors.search import route
from sogdia.data import Store
from sogdia.errors import NoAnswerError, UnknownNameError, unknown
from sogdia.network import Corridors, Rates, closure_named, embedded_shipments, listed, place_named
from sogdia.network.naming import listed_with_places
from sogdia.text import folded


def route_between(
    corridors: Corridors,
    store: Store,
    importer: Region,
    origin: str,
    destination: str | None = None,
    *,
    mineral: str,
    stage: str | None = None,
    close: str | Sequence[str] = (),
    upgrade: str | Sequence[str] = (),
    k: int | None = None,
) -> Routes:
    """The alternatives of `search.route` between places that are named as a person names them.

    origin, destination: `KAZ:Khromtau`, `khromtau` or the name on the map, by default the cheapest port of the
    importer, or place at its border where it has no port; mineral: as the cargo table or the store calls it; stage: by
    default that at which the table of shipments has the origin ship the mineral, else its first in the cargo table;
    close, upgrade: ids or names, one text with commas or several texts. `UnknownNameError` with the nearest names for
    what does not exist.
    """
    network = corridors.network
    start = place_named(network, arguments.name("origin", origin, "KAZ:Khromtau")).id
    product = cargo_mineral(corridors.rates, store, arguments.name("mineral", mineral, "chromium"))
    named = None if stage is None else arguments.name("stage", stage, "ore")
    product_stage = shipped_stage(corridors.rates, start, product) if named is None else named
    shut = [
        closure_named(corridors, name) for name in listed_with_places(network, arguments.names("close", close, "CHN"))
    ]
    built = [corridors.upgrade(name).id for name in listed(arguments.names("upgrade", upgrade, "customs"))]
    if destination is None:
        cargo = cargo_of(corridors.rates, product, product_stage)
        end = cheapest_port(corridors, start, _deliveries(corridors, importer, start), cargo, shut, built)
    else:
        end = place_named(network, arguments.name("destination", destination, "JPN:Yokohama")).id
    return route(
        corridors,
        start,
        end,
        product,
        stage=product_stage,
        close=shut,
        upgrade=built,
        k=None if k is None else arguments.whole_number("k", k, 3),
    )


def cargo_mineral(rates: Rates, store: Store, text: str) -> str:
    """The mineral of the cargo table that a text names, by its key there or by a name that the store knows."""
    carried = {row.mineral for row in rates.cargo_values}
    key = folded(text).replace(" ", "_")
    if key in carried:
        return key
    try:
        key = store.mineral(text).key
    except UnknownNameError as reason:
        raise unknown("mineral of the cargo table", text, carried) from reason
    if key not in carried:
        raise NoAnswerError(f"no route for {key}: the cargo table does not say how it travels and what it is worth.")
    return key


def shipped_stage(rates: Rates, origin: str, mineral: str) -> str | None:
    """The stage at which the table of shipments has a place ship a mineral, None where it does not say or carry it."""
    carried = {row.stage for row in rates.cargo_values if row.mineral == mineral}
    shipped = [s.stage for s in embedded_shipments() if (s.place, s.mineral) == (origin, mineral)]
    return next((stage for stage in shipped if stage in carried), None)


def _deliveries(corridors: Corridors, importer: Region, origin: str) -> tuple[str, ...]:
    places = deliveries(corridors.network, importer.members)
    if not places:
        raise NoAnswerError(
            f"the network has no port of {importer.name} and no way across its border: name the destination."
        )
    if not ports_of(corridors.network, importer.members) and origin.partition(":")[0] in importer.members:
        raise NoAnswerError(
            f"{origin} lies in {importer.name}, which the network has no port of: name the destination."
        )
    return places
