"""The measures of one route: cost by component, time, emissions, way and narrowest link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import FloatArray
from sogdia.corridors.cost import COMPONENTS, WAITS, Priced
from sogdia.errors import NoAnswerError
from sogdia.network.rates import OPERATIONS
from sogdia.routing import Path
from sogdia.uncertain import Range
from sogdia.units import HOURS_PER_DAY


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One link travelled or one operation at a place: start equals end for an operation.

    doing: the mode of a link, or the operation; waits: the hours that are no running time;
    capacity_t_per_year: of a link, None where unknown.
    """

    start: str
    end: str
    doing: str
    link: str | None
    border: str | None
    km: float
    hours: Range
    waits: Range
    usd_per_t: Range
    capacity_t_per_year: float | None


@dataclass(frozen=True, slots=True)
class Route:
    """A route from origin to destination, per tonne of cargo.

    cost_usd_per_t: generalised cost, the sum of `components_usd_per_t`; hours: by `cost.WAITS`; countries,
    chokepoints, borders, ports: in the order of the way; capacity_t_per_year: of the narrowest link whose
    capacity is known, None where none is: at most this passes, as `links_of_unknown_capacity` may be narrower.
    """

    steps: tuple[RouteStep, ...]
    path: Path
    cost_usd_per_t: Range
    components_usd_per_t: Mapping[str, Range]
    hours: Mapping[str, Range]
    co2_kg_per_t: Range
    km: float
    km_by_mode: Mapping[str, float]
    countries: tuple[str, ...]
    chokepoints: tuple[str, ...]
    borders: tuple[str, ...]
    ports: tuple[str, ...]
    capacity_t_per_year: float | None
    narrowest_link: str | None

    @property
    def links(self) -> tuple[str, ...]:
        """Ids of the links travelled, in order."""
        return tuple(step.link for step in self.steps if step.link is not None)

    @property
    def unknown_capacity_on(self) -> tuple[str, ...]:
        """Ids of the links whose capacity nobody states."""
        return tuple(s.link for s in self.steps if s.link is not None and s.capacity_t_per_year is None)

    @property
    def links_of_unknown_capacity(self) -> int:
        """How many links have no known capacity."""
        return len(self.unknown_capacity_on)

    @property
    def days(self) -> Range:
        """Door to door, in days."""
        parts = self.hours.values()
        return Range(
            sum(part.low for part in parts) / HOURS_PER_DAY,
            sum(part.central for part in parts) / HOURS_PER_DAY,
            sum(part.high for part in parts) / HOURS_PER_DAY,
        )

    @property
    def via(self) -> str:
        """Countries passed and the last port of loading, as a short name.

        The way of a route that never goes to sea is its countries alone.
        """
        way = " - ".join(self.countries)
        sea = [step for step in self.steps if step.doing == "sea"]
        return f"{way} by {sea[-1].start.partition(':')[2]}" if sea else way


def measure(priced: Priced, path: Path, origin_country: str) -> Route:
    """All measures of a path on the priced network."""
    if not path.found:
        raise NoAnswerError("there is no route to measure")
    network, split, arcs = priced.network, priced.platforms, list(path.arcs)
    links = [network.links[split.arc_link[arc]] for arc in arcs if split.arc_link[arc] >= 0]
    components = priced.components(origin_country, arcs).sum(axis=2)
    hours = priced.hours[:, :, arcs].sum(axis=2)
    capacity, narrowest = _narrowest(priced, path)
    km_by_mode: dict[str, float] = {}
    for link in links:
        km_by_mode[link.mode] = km_by_mode.get(link.mode, 0.0) + link.km
    return Route(
        steps=_steps(priced, path, origin_country),
        path=path,
        cost_usd_per_t=_range(components.sum(axis=1)),
        components_usd_per_t={name: _range(components[:, i]) for i, name in enumerate(COMPONENTS)},
        hours={name: _range(hours[:, i]) for i, name in enumerate(WAITS)},
        co2_kg_per_t=_range(priced.co2[:, arcs].sum(axis=1)),
        km=sum(km_by_mode.values()),
        km_by_mode=km_by_mode,
        countries=_countries(priced, path),
        chokepoints=tuple(dict.fromkeys(name for link in links for name in link.chokepoints)),
        borders=tuple(dict.fromkeys(link.border for link in links if link.border is not None)),
        ports=_ports(priced, path),
        capacity_t_per_year=capacity,
        narrowest_link=narrowest,
    )


def shared_km(a: Route, b: Route) -> float:
    """Length in km of the links that two routes have in common."""
    links = {step.link: step.km for step in a.steps if step.link is not None}
    return sum(links.get(link, 0.0) for link in dict.fromkeys(step.link for step in b.steps if step.link is not None))


def _steps(priced: Priced, path: Path, origin_country: str) -> tuple[RouteStep, ...]:
    network, split = priced.network, priced.platforms
    spent = priced.hours[:, :, list(path.arcs)]
    costs = priced.components(origin_country, list(path.arcs)).sum(axis=1)
    hours, waits = spent.sum(axis=1), spent[:, 1:].sum(axis=1)
    steps = []
    for i, (arc, tail, head) in enumerate(zip(path.arcs, path.nodes, path.nodes[1:], strict=False)):
        position = int(split.arc_link[arc])
        link = network.links[position] if position >= 0 else None
        steps.append(
            RouteStep(
                start=network.places[split.place_of[tail]].id,
                end=network.places[split.place_of[head]].id,
                doing=OPERATIONS[split.arc_operation[arc]] if link is None else link.mode,
                link=None if link is None else link.id,
                border=None if link is None else link.border,
                km=0.0 if link is None else link.km,
                hours=_range(hours[:, i]),
                waits=_range(waits[:, i]),
                usd_per_t=_range(costs[:, i]),
                capacity_t_per_year=_known(priced.conditions.capacity_t_per_year[position]) if link else None,
            )
        )
    return tuple(steps)


def _countries(priced: Priced, path: Path) -> tuple[str, ...]:
    """The countries of the places passed, and those that links need besides."""
    network, split = priced.network, priced.platforms
    names: list[str] = []
    for arc, tail, head in zip(path.arcs, path.nodes, path.nodes[1:], strict=False):
        here, there = (network.places[split.place_of[node]].country for node in (tail, head))
        position = int(split.arc_link[arc])
        between = [] if position < 0 else [c for c in network.links[position].countries if c not in (here, there)]
        names += [here, *between, there]
    return tuple(dict.fromkeys(names))


def _ports(priced: Priced, path: Path) -> tuple[str, ...]:
    """The places where a ship is boarded or left."""
    network, split = priced.network, priced.platforms
    ports = []
    for arc, tail, head in zip(path.arcs, path.nodes, path.nodes[1:], strict=False):
        position = int(split.arc_link[arc])
        if position >= 0 and network.links[position].mode in ("sea", "ferry"):
            ports += [network.places[split.place_of[node]].id for node in (tail, head)]
    return tuple(dict.fromkeys(ports))


def _narrowest(priced: Priced, path: Path) -> tuple[float | None, str | None]:
    positions = [int(priced.platforms.arc_link[arc]) for arc in path.arcs if priced.platforms.arc_link[arc] >= 0]
    capacity = priced.conditions.capacity_t_per_year[positions]
    known = np.flatnonzero(np.isfinite(capacity))
    if not known.size:
        return None, None
    narrowest = int(known[np.argmin(capacity[known])])
    return float(capacity[narrowest]), priced.network.links[positions[narrowest]].id


def _known(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _range(figures: FloatArray) -> Range:
    low, central, high = figures.tolist()
    return Range(low, central, high)
