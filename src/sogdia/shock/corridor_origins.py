"""The places where an exporter's way starts: the mines and plants that ship this mineral at this stage.

The table of shipments names them. Of an exporter it takes, in this order: its places for the mineral at the stage; its
places for the mineral at another stage; all its mines and plants. In a market of several stages together an exporter
ships at the stage of its first row that is among them, which is its main one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sogdia.answer import each_once
from sogdia.corridors import origins_of
from sogdia.network import CargoValue, Corridors, Shipment, place_named


@dataclass(frozen=True, slots=True)
class Origins:
    """What an exporter ships, as which cargo, from which places of the network. note: how these were chosen.
    source_ids: of the cargo's value and of the shipments that name the places.
    """

    exporter: str
    cargo: CargoValue
    places: tuple[str, ...]
    note: str
    source_ids: tuple[str, ...]


def market_origins(
    corridors: Corridors,
    shipments: Iterable[Shipment],
    exporters: Iterable[str],
    mineral: str,
    stages: Sequence[str],
    named: Sequence[str] = (),
) -> tuple[Origins, ...]:
    """The origins of each exporter that the network has places of and the cargo table a value for.

    stages: those that the market trades; without a row of the exporter the first one with a cargo value counts. named:
    places, by id or name, that stand for their countries before anything the tables say; UnknownNameError for one that
    the network does not have.
    """
    asked = [place_named(corridors.network, place) for place in named]
    every = origins_of(corridors.network)
    known = {place.id for place in corridors.network.places}
    rows = [s for s in shipments if s.mineral == mineral and s.place in known]
    chosen = []
    for exporter in exporters:
        own = [s for s in rows if s.country == exporter]
        cargo = _cargo(corridors, mineral, [*(s.stage for s in own if s.stage in stages), *stages])
        given = tuple(place.id for place in asked if place.country == exporter)
        if cargo is None or not (given or own or exporter in every):
            continue
        shipping = [s for s in own if s.stage == cargo.stage] or own
        places = given or tuple(dict.fromkeys(s.place for s in shipping)) or every[exporter]
        start = f"The way of {exporter} is that of {mineral} ({cargo.stage}) from "
        if given:
            basis = f"{', '.join(places)}."
        elif shipping:
            basis = ", ".join(f"{s.place} ({s.stage}: {s.note})" if s.note else s.place for s in shipping) + "."
        else:
            basis = f"all its {len(places)} mines and plants: the table of shipments has no {mineral} of {exporter}."
        sources = each_once(cargo.source_ids, *(shipment.source_ids for shipment in shipping if not given))
        chosen.append(Origins(exporter, cargo, places, start + basis, sources))
    return tuple(chosen)


def _cargo(corridors: Corridors, mineral: str, stages: Sequence[str]) -> CargoValue | None:
    """The cargo of the first of these stages that the cargo table has."""
    values = {row.stage: row for row in corridors.rates.cargo_values if row.mineral == mineral}
    return next((values[stage] for stage in stages if stage in values), None)
