"""How does it get out? The alternatives from a mine to a port, what they share, the premium of independence.

An alternative is the cheapest route while some transit countries or straits are shut; beside these stand
routes of another kind that none beats in cost, time and risk together. No route is an error with a remedy,
never 0 km.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.conditions import CENTRAL, BoolArray, conditions
from sogdia.corridors.cost import Priced, cargo_of, price
from sogdia.corridors.groups import Groups
from sogdia.corridors.independence import (
    EVERY_ALTERNATIVE,
    Closure,
    critical_links,
    most_independent,
    single_closures,
    that_may_shut,
    transit_groups,
)
from sogdia.corridors.measure import measure
from sogdia.corridors.platforms import platforms
from sogdia.corridors.risk import risk
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue
from sogdia.network.closures import effects_of_closing, effects_of_upgrades, once
from sogdia.network.corridors import Corridors
from sogdia.routing import (
    Path,
    PathStatus,
    closure_alternatives,
    non_dominated_paths,
    shortest_path,
)
from sogdia.routing.closure import groups_used
from sogdia.routing.pareto import Vector, dominates

if TYPE_CHECKING:
    import polars as pl

DEFAULT_ALTERNATIVES = 6
FRONT_LABELS = 20_000


@dataclass(frozen=True, slots=True)
class Routes:
    """The answer to `route`: alternatives in order of generalised cost, and what single closures would do.

    independent_corridors: the largest number of routes no two of which share a transit country or a strait at
    risk; hangs_on: everything whose closure alone leaves no route, as (kind, name).
    """

    corridors: Corridors = field(repr=False)
    origin: str
    destination: str
    cargo: CargoValue
    closed: tuple[str, ...]
    upgrades: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    status: PathStatus
    closures: tuple[Closure, ...]
    independent_corridors: int
    hangs_on: tuple[tuple[str, str], ...]

    @property
    def best(self) -> Alternative:
        """The alternative of least generalised cost."""
        return self.alternatives[0]

    def table(self) -> pl.DataFrame:
        """One row per alternative."""
        from sogdia.corridors.tables import alternatives_table

        return alternatives_table(self.alternatives)

    def breakdown(self) -> pl.DataFrame:
        """One row per alternative, component and stat: USD per tonne."""
        from sogdia.corridors.tables import breakdown_table

        return breakdown_table(self.alternatives)

    def legs(self) -> pl.DataFrame:
        """One row per alternative and step of the way."""
        from sogdia.corridors.tables import legs_table

        return legs_table(self.alternatives)

    def shared(self) -> pl.DataFrame:
        """One row per pair of alternatives: what they have in common."""
        from sogdia.corridors.tables import shared_table

        return shared_table(self.alternatives, (self.origin, self.destination))

    def premium(self) -> pl.DataFrame:
        """One row per country, strait, border or port of the best route: what its closure would cost."""
        from sogdia.corridors.tables import premium_table

        return premium_table(self.best, self.closures)

    def split(self, t_per_year: float, spread: float | None = None) -> pl.DataFrame:
        """One row per alternative: how a yearly quantity divides over them under capacity; see `choice`."""
        from sogdia.corridors.split import split_table

        return split_table(self.alternatives, t_per_year, spread)

    def sources(self) -> pl.DataFrame:
        """One row per figure used: its table, key, source and evidence."""
        from sogdia.corridors.provenance import sources_table

        return sources_table(self.corridors, self.alternatives, self.cargo, self.origin)

    def geojson(self) -> dict[str, object]:
        """The alternatives as a GeoJSON feature collection."""
        from sogdia.corridors.geojson import routes_geojson

        return routes_geojson(self.corridors, self.alternatives)


def route(
    corridors: Corridors,
    origin: str,
    destination: str,
    mineral: str,
    *,
    stage: str | None = None,
    close: Sequence[str] = (),
    upgrade: Sequence[str] = (),
    k: int | None = None,
) -> Routes:
    """The alternatives from one place to another for the product of a mineral.

    origin, destination: place ids as `KAZ:Khromtau`; stage: of the product, by default its first in the cargo
    table; close: countries, chokepoints, places, borders, links or corridor states; upgrade: ids of upgrades
    that are taken as built; what is named twice counts once; k: how many alternatives at most, the cheapest first,
    by default the cheapest few by closure, all independent ones and those of another kind that none beats. `k` does
    not change what is counted as independent. `UnknownNameError` for a name that does not exist, `NoAnswerError`
    where no route is left.
    """
    if k is not None and k < 1:
        raise NoAnswerError(f"{k} alternatives were asked for: ask for at least one")
    close, upgrade, wanted = once(close), once(upgrade), k or DEFAULT_ALTERNATIVES
    cargo = cargo_of(corridors.rates, mineral, stage)
    priced, source, target = _prepare(corridors, origin, destination, cargo, close, upgrade)
    home = corridors.network.place(origin).country
    weight = priced.weight(home)
    if not shortest_path(priced.platforms.graph, weight, source, target).found:
        raise NoAnswerError(_no_route(corridors, origin, destination, cargo, close, upgrade))
    danger = risk(corridors.network, priced.platforms, corridors.states)
    transit = transit_groups(priced, origin, destination, corridors.states)
    graph = priced.platforms.graph
    every = closure_alternatives(graph, weight, transit.members, source, target, k=max(wanted, EVERY_ALTERNATIVE))
    apart = most_independent([other.uses for other in every.alternatives])
    may_shut = that_may_shut(transit, corridors.states).members
    first_of_kind = {groups_used(may_shut, other.path): i for i, other in reversed([*enumerate(every.alternatives)])}
    cheapest = sorted(first_of_kind.values())[:wanted]
    chosen = [every.alternatives[i] for i in sorted({*cheapest, *apart})]
    avoided = {other.path: _names(transit, other.avoids) for other in chosen}
    hours = priced.closed_as_infinite(priced.hours[CENTRAL].sum(axis=0))
    front = non_dominated_paths(graph, (weight, hours, danger.weight), source, target, FRONT_LABELS)
    # the front is searched by the sum of `danger.weight`, and judged by the figures that are shown
    figures = {
        path: (float(weight[list(path.arcs)].sum()), float(hours[list(path.arcs)].sum()), danger.shut(path.arcs))
        for path in (*avoided, *front.paths)
    }
    unbeaten = [path for path in front.paths if not _beaten(figures[path], figures.values())]
    complete = True if front.status is PathStatus.FOUND else None
    found = [
        Alternative(
            route=measure(priced, path, home),
            shut_share=figures[path][-1],
            best_without=avoided.get(path),
            non_dominated=False if _beaten(figures[path], figures.values()) else complete,
            independent=groups_used(transit.members, path) in {every.alternatives[i].uses for i in apart},
        )
        for path in (*avoided, *_besides(unbeaten, may_shut, avoided))
    ]
    found.sort(key=lambda other: other.route.cost_usd_per_t.central)
    closures = single_closures(priced, chosen[0].path, origin, destination)
    return Routes(
        corridors=corridors,
        origin=origin,
        destination=destination,
        cargo=cargo,
        closed=close,
        upgrades=upgrade,
        alternatives=tuple(found[:k]),
        status=PathStatus.FOUND if len(every.alternatives) >= wanted else every.status,
        closures=closures,
        independent_corridors=len(apart),
        hangs_on=(
            *((closure.kind, closure.name) for closure in closures if closure.best is None),
            *(("link", link) for link in critical_links(priced, chosen[0].path)),
        ),
    )


def _prepare(
    corridors: Corridors,
    origin: str,
    destination: str,
    cargo: CargoValue,
    close: Sequence[str],
    upgrade: Sequence[str],
) -> tuple[Priced, int, int]:
    """The priced network under these closures and upgrades, and the nodes of both ends."""
    network = corridors.network
    ends = network.place(origin), network.place(destination)
    if origin == destination:
        raise NoAnswerError(f"origin and destination are both {origin}: nothing has to be carried")
    corridors.rates.formality(ends[0].country)
    effects = (
        *effects_of_upgrades(corridors.upgrades, upgrade),
        *effects_of_closing(network, close, corridors.states),
    )
    split = platforms(network)
    priced = price(network, corridors.rates, cargo, conditions(network, effects), split)
    position = {place.id: index for index, place in enumerate(network.places)}
    return priced, split.entry(position[origin]), split.exit(position[destination])


def _no_route(
    corridors: Corridors,
    origin: str,
    destination: str,
    cargo: CargoValue,
    close: Sequence[str],
    upgrade: Sequence[str],
) -> str:
    """Why there is no route, and which closure, lifted alone, would bring one back."""
    if not close:
        return f"no route from {origin} to {destination}: no open links join them. Add links, or open planned ones."
    freeing = []
    for name in close:
        others = [other for other in close if other != name]
        priced, source, target = _prepare(corridors, origin, destination, cargo, others, upgrade)
        weight = priced.weight(corridors.network.place(origin).country)
        if shortest_path(priced.platforms.graph, weight, source, target).found:
            freeing.append(name)
    remedy = f"Reopening {' or '.join(freeing)} alone gives one." if freeing else "Reopen more than one of them."
    return f"no route from {origin} to {destination} while {', '.join(close)} is closed. {remedy}"


def _names(transit: Groups, positions: Iterable[int]) -> tuple[str, ...]:
    return tuple(transit.names[position] for position in sorted(positions))


def _beaten(figures: Vector, others: Iterable[Vector]) -> bool:
    """Is some other at most this in every figure and less in one?"""
    return any(dominates(other, figures) and not dominates(figures, other) for other in others)


def _besides(front: Iterable[Path], members: BoolArray, known: Iterable[Path]) -> tuple[Path, ...]:
    """The cheapest path of each kind not yet known: a kind is the set of groups it uses."""
    kinds = {groups_used(members, path) for path in known}
    paths = []
    for path in front:
        uses = groups_used(members, path)
        if uses not in kinds:
            kinds.add(uses)
            paths.append(path)
    return tuple(paths)
