"""What does a corridor state or an upgrade do to the market? The corridors' lane table as events on a market.

Every exporter whose mines the network knows and that sells to the importer gets one event: the delivered cost of its
way times `tau`, and, where the network knows what can pass, a capacity relative to what it ships today. No route
closes the way. A state that stops a country's supply with its transit (an export-control dispute) also stops that
country's exports to the importer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.corridors import Corridors, cargo_of, lanes, main_port, origins_of
from sogdia.errors import NoAnswerError
from sogdia.market import TradedMarket
from sogdia.market.events import Event, ExportLimit, TransportChange


@dataclass(frozen=True, slots=True)
class CorridorEvents:
    """events for a scenario; lanes: the rows of the lane table they were made from; notes: who is not concerned."""

    events: tuple[Event, ...]
    lanes: pl.DataFrame
    notes: tuple[str, ...]


def corridor_events(
    market: TradedMarket,
    corridors: Corridors,
    importer: Region,
    *,
    state: str | None = None,
    upgrade: str | None = None,
    origins: Sequence[str] | None = None,
) -> CorridorEvents:
    """The events of one corridor state, one upgrade, or both together.

    origins: mines and plants to count instead of all that the network has. NoAnswerError when the network has no port
    of the importer, or when nothing that the corridor carries is sold to it today.
    """
    stopped = corridors.state(state).supply_countries if state is not None else ()
    if upgrade is not None:
        corridors.upgrade(upgrade)
    port = main_port(corridors.network, importer.members)
    if port is None:
        raise NoAnswerError(f"the network has no port of {importer.name}: the corridor cannot be put on its market.")
    places = origins_of(corridors.network)
    if origins is not None:
        places = {c: tuple(p for p in own if p in origins) for c, own in places.items() if set(own) & set(origins)}
    cargo = cargo_of(corridors.rates, market.mineral, market.stage)
    sold = _sold(market, importer)
    concerned = {c: own for c, own in places.items() if sold.get(c, 0.0) > 0}
    table = (
        lanes(corridors, [port], [cargo], origins=concerned, cases=[(state, upgrade)]) if concerned else pl.DataFrame()
    )
    buyers = tuple(m for m in importer.members if m in market.consumers)
    events: list[Event] = [_way(row, sold, buyers) for row in table.iter_rows(named=True)]
    closed = [c for c in stopped if sold.get(c, 0.0) > 0]
    events = [e for e in events if not (isinstance(e, TransportChange) and e.country in closed)]
    events += [ExportLimit(country, share=1.0, destinations=_served(market, country, buyers)) for country in closed]
    silent = sorted(set(places) - set(concerned))
    note = f"No sales to {importer.name} today by {', '.join(silent)}: the corridor changes nothing there."
    if not events:
        raise NoAnswerError(
            f"{market.mineral}: nothing that the corridor carries is sold to {importer.name} today. {note}"
        )
    return CorridorEvents(tuple(events), table, (note,) if silent else ())


def _sold(market: TradedMarket, importer: Region) -> dict[str, float]:
    """What each country sells to the importer [t a year]."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    abroad = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    return {c: float(t) for c, t in zip(market.producers, abroad, strict=True)}


def _served(market: TradedMarket, country: str, buyers: tuple[str, ...]) -> tuple[str, ...]:
    """The buyers that a country sells to."""
    row = market.flows[market.producer(country)]
    return tuple(b for b in buyers if b != country and row[market.consumer(b)] > 0)


def _way(row: dict[str, object], sold: dict[str, float], buyers: tuple[str, ...]) -> TransportChange:
    exporter = str(row["exporter"])
    to = tuple(b for b in buyers if b != exporter)
    if row["status"] == "no route":
        return TransportChange(exporter, capacity=0.0, destinations=to)
    limit = row["capacity_t_per_year"]
    room = float("inf") if limit is None else float(str(limit)) / sold[exporter]
    return TransportChange(
        exporter, cost_factor=float(str(row["tau"])), capacity=room if room < 1 else float("inf"), destinations=to
    )
