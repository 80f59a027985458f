"""The search for the alternatives from a mine to a port.

An alternative is the cheapest route while some transit countries or straits are shut; beside these stand
routes of another kind that none beats in cost, time and risk together. No route is an error with a remedy,
never 0 km.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.conditions import CENTRAL, BoolArray, FloatArray, conditions
from sogdia.corridors.cost import Priced, cargo_of, price
from sogdia.corridors.groups import Groups
from sogdia.corridors.independence import (
    EVERY_ALTERNATIVE,
    critical_links,
    most_independent,
    single_closures,
    that_may_shut,
    transit_groups,
)
from sogdia.corridors.measure import measure
from sogdia.corridors.notes import note_on_evidence, notes_on_papers, notes_on_repairs
from sogdia.corridors.platforms import platforms
from sogdia.corridors.provenance import used_rows
from sogdia.corridors.risk import risk
from sogdia.corridors.routes import Routes
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue, Corridors
from sogdia.network.closures import effects_of_closing, effects_of_upgrades, once
from sogdia.routing import Graph, Path, PathStatus, closure_alternatives, non_dominated_paths, shortest_path
from sogdia.routing.closure import groups_used
from sogdia.routing.pareto import Vector, dominates

DEFAULT_ALTERNATIVES = 6
FRONT_LABELS = 20_000


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
    problem = _problem(corridors, origin, destination, cargo_of(corridors.rates, mineral, stage), close, upgrade)
    if not problem.solvable:
        raise NoAnswerError(_no_route(problem, close, upgrade))
    transit = transit_groups(problem.priced, origin, destination, corridors.states)
    may_shut = that_may_shut(transit, corridors.states).members
    by_closure = _by_closure(problem, transit, may_shut, wanted)
    alternatives = tuple(_alternatives(problem, transit, may_shut, by_closure)[:k])
    best = next(iter(by_closure.avoided))
    closures = single_closures(problem.priced, best, origin, destination)
    used = used_rows(corridors, alternatives, problem.cargo, origin, upgrade)
    return Routes(
        corridors=corridors,
        origin=origin,
        destination=destination,
        cargo=problem.cargo,
        closed=close,
        upgrades=upgrade,
        alternatives=alternatives,
        status=by_closure.status,
        closures=closures,
        independent_corridors=len(by_closure.independent),
        hangs_on=(
            *((closure.kind, closure.name) for closure in closures if closure.best is None),
            *(("link", link) for link in critical_links(problem.priced, best)),
        ),
        notes=(*notes_on_repairs(corridors), *notes_on_papers(corridors, origin), note_on_evidence(used)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class RouteProblem:
    """One origin, destination and cargo on the priced network. source, target: the nodes of the two ends;
    weight: generalised cost of each arc, shape (arcs,) [USD per t].
    """

    corridors: Corridors
    origin: str
    destination: str
    cargo: CargoValue
    priced: Priced
    source: int
    target: int
    weight: FloatArray

    @property
    def graph(self) -> Graph:
        """The graph on which cargo moves."""
        return self.priced.platforms.graph

    @property
    def solvable(self) -> bool:
        """Do open links join the two ends?"""
        return shortest_path(self.graph, self.weight, self.source, self.target).found


@dataclass(frozen=True, slots=True, eq=False)
class ByClosure:
    """The paths that some closures make the cheapest, the cheapest first, with the names of these closures.

    independent: the groups used by each path of a largest set of paths no two of which use a group in common;
    status: whether as many paths as wanted were found.
    """

    avoided: Mapping[Path, tuple[str, ...]]
    independent: tuple[frozenset[int], ...]
    status: PathStatus


def _problem(
    corridors: Corridors,
    origin: str,
    destination: str,
    cargo: CargoValue,
    close: Sequence[str],
    upgrade: Sequence[str],
) -> RouteProblem:
    """The priced network under these closures and upgrades, and the nodes of both ends."""
    network = corridors.network
    ends = network.place(origin), network.place(destination)
    if origin == destination:
        raise NoAnswerError(f"origin and destination are both {origin}: nothing has to be carried")
    home = ends[0].country
    corridors.rates.formality(home)
    effects = (
        *effects_of_upgrades(corridors.upgrades, upgrade),
        *effects_of_closing(network, close, corridors.states),
    )
    split = platforms(network)
    priced = price(network, corridors.rates, cargo, conditions(network, effects), split)
    position = {place.id: index for index, place in enumerate(network.places)}
    nodes = split.entry(position[origin]), split.exit(position[destination])
    return RouteProblem(corridors, origin, destination, cargo, priced, *nodes, priced.weight(home))


def _by_closure(problem: RouteProblem, transit: Groups, may_shut: BoolArray, wanted: int) -> ByClosure:
    """The cheapest path of each kind, as many as wanted, and a largest set of independent ones."""
    most = max(wanted, EVERY_ALTERNATIVE)
    ends = problem.source, problem.target
    every = closure_alternatives(problem.graph, problem.weight, transit.members, *ends, k=most)
    independent = most_independent([other.uses for other in every.alternatives])
    first_of_kind = {groups_used(may_shut, other.path): i for i, other in reversed([*enumerate(every.alternatives)])}
    cheapest = sorted(first_of_kind.values())[:wanted]
    chosen = [every.alternatives[i] for i in sorted({*cheapest, *independent})]
    return ByClosure(
        avoided={other.path: _names(transit, other.avoids) for other in chosen},
        independent=tuple(every.alternatives[i].uses for i in independent),
        status=PathStatus.FOUND if len(every.alternatives) >= wanted else every.status,
    )


def _alternatives(
    problem: RouteProblem, transit: Groups, may_shut: BoolArray, by_closure: ByClosure
) -> list[Alternative]:
    """The paths by closure and the other kinds that no path beats, measured, the cheapest first."""
    priced, weight, corridors = problem.priced, problem.weight, problem.corridors
    home = corridors.network.place(problem.origin).country
    danger = risk(corridors.network, priced.platforms, corridors.states)
    hours = priced.closed_as_infinite(priced.hours[CENTRAL].sum(axis=0))
    criteria = (weight, hours, danger.weight)
    front = non_dominated_paths(problem.graph, criteria, problem.source, problem.target, FRONT_LABELS)
    # the front is searched by the sum of `danger.weight`, but compared by the figures that are shown
    figures = {
        path: (float(weight[list(path.arcs)].sum()), float(hours[list(path.arcs)].sum()), danger.shut(path.arcs))
        for path in (*by_closure.avoided, *front.paths)
    }
    unbeaten = [path for path in front.paths if not _beaten(figures[path], figures.values())]
    complete = True if front.status is PathStatus.FOUND else None
    alternatives = [
        Alternative(
            route=measure(priced, path, home),
            shut_share=figures[path][-1],
            best_without=by_closure.avoided.get(path),
            non_dominated=False if _beaten(figures[path], figures.values()) else complete,
            independent=groups_used(transit.members, path) in by_closure.independent,
        )
        for path in (*by_closure.avoided, *_besides(unbeaten, may_shut, by_closure.avoided))
    ]
    return sorted(alternatives, key=lambda other: other.route.cost_usd_per_t.central)


def _no_route(problem: RouteProblem, close: Sequence[str], upgrade: Sequence[str]) -> str:
    """Why there is no route, and which closure, lifted alone, would bring one back."""
    ends = f"from {problem.origin} to {problem.destination}"
    if not close:
        return f"no route {ends}: no open links join them. Add links, or open planned ones."
    freeing = []
    for name in close:
        others = [other for other in close if other != name]
        names = (problem.origin, problem.destination)
        if _problem(problem.corridors, *names, problem.cargo, others, upgrade).solvable:
            freeing.append(name)
    remedy = f"Reopening {' or '.join(freeing)} alone gives one." if freeing else "Reopen more than one of them."
    return f"no route {ends} while {', '.join(close)} is closed. {remedy}"


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
