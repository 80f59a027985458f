"""A question for routes on the priced network: its ends, what is closed today, the paths that closures make best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.corridors.conditions import BoolArray, FloatArray, conditions
from sogdia.corridors.cost import Charges, Priced, charges
from sogdia.corridors.groups import Groups
from sogdia.corridors.independence import EVERY_ALTERNATIVE, most_independent
from sogdia.corridors.platforms import platforms
from sogdia.corridors.relevant import met, relevant
from sogdia.corridors.standing import Today, closings, today_for
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue, Corridors, Effect
from sogdia.network.closures import effects_of_closing, effects_of_upgrades
from sogdia.routing import Graph, Path, PathStatus, closure_alternatives, shortest_path, shortest_trees
from sogdia.routing.closure import groups_used


@dataclass(frozen=True, slots=True, eq=False)
class RouteProblem:
    """One origin, destination and cargo on the priced network. corridors: the part that can be used; asked: the
    effects of what is named as closed or built; today: what holds today; source, target: the nodes of the two
    ends; weight: generalised cost of each arc, shape (arcs,) [USD per t].
    """

    corridors: Corridors
    origin: str
    destination: str
    cargo: CargoValue
    charges: Charges
    asked: tuple[Effect, ...]
    today: Today
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

    def reopened(self, states: Iterable[str] | None = None) -> RouteProblem:
        """The same without what these states, by default all, close today."""
        kept = () if states is None else tuple(s for s in self.today.shut if s.id not in set(states))
        effects = (*self.asked, *closings(kept), *self.today.barred)
        priced = self.charges.under(conditions(self.corridors.network, effects))
        home = self.corridors.network.place(self.origin).country
        return replace(self, priced=priced, weight=priced.weight(home))


@dataclass(frozen=True, slots=True, eq=False)
class ByClosure:
    """The paths that some closures make the cheapest, the cheapest first, with the names of these closures.

    independent: the groups used by each path of a largest set of paths no two of which use a group in common;
    status: whether as many paths as wanted were found.
    """

    avoided: Mapping[Path, tuple[str, ...]]
    independent: tuple[frozenset[int], ...]
    status: PathStatus


def problem_of(
    corridors: Corridors,
    origin: str,
    destination: str,
    cargo: CargoValue,
    close: Sequence[str],
    upgrade: Sequence[str],
) -> RouteProblem:
    """The priced network under these closures and upgrades and what holds today, and the nodes of both ends."""
    network = corridors.network
    ends = network.place(origin), network.place(destination)
    if origin == destination:
        raise NoAnswerError(f"origin and destination are both {origin}: nothing has to be carried")
    home = ends[0].country
    corridors.rates.formality(home)
    near = relevant(corridors, destination, (home,))
    network = near.network
    asked = met(_asked(corridors, close, upgrade), near)
    today = today_for(near, origin, destination, cargo.mineral)
    split = platforms(network)
    whole = charges(network, corridors.rates, cargo, split)
    priced = whole.under(conditions(network, (*asked, *today.effects)))
    position = {place.id: index for index, place in enumerate(network.places)}
    nodes = split.entry(position[origin]), split.exit(position[destination])
    return RouteProblem(near, origin, destination, cargo, whole, asked, today, priced, *nodes, priced.weight(home))


def cheapest_port(
    corridors: Corridors,
    origin: str,
    ports: Sequence[str],
    cargo: CargoValue,
    close: Sequence[str] = (),
    upgrade: Sequence[str] = (),
) -> str:
    """The port that a tonne reaches at least generalised cost today; the first where none can be reached."""
    network = corridors.network
    others = [port for port in ports if port != origin]
    if len(others) < 2:
        return ports[0] if not others else others[0]
    home = network.place(origin).country
    split = platforms(network)
    whole = charges(network, corridors.rates, cargo, split)
    asked = _asked(corridors, close, upgrade)
    position = {place.id: index for index, place in enumerate(network.places)}
    best, least = others[0], np.inf
    for country in dict.fromkeys(network.place(port).country for port in others):
        own = [port for port in others if network.place(port).country == country]
        today = today_for(corridors, origin, own[0], cargo.mineral)
        weight = whole.under(conditions(network, (*asked, *today.effects))).weight(home)
        tree = shortest_trees(split.graph, weight, [split.entry(position[origin])])
        for port in own:
            path = tree.path(0, split.exit(position[port]))
            if path.found and path.cost < least:
                best, least = port, path.cost
    return best


def by_closure(problem: RouteProblem, transit: Groups, may_shut: BoolArray, wanted: int) -> ByClosure:
    """The cheapest path of each kind, as many as wanted, and a largest set of independent ones."""
    most = max(wanted, EVERY_ALTERNATIVE)
    ends = problem.source, problem.target
    every = closure_alternatives(problem.graph, problem.weight, transit.members, *ends, k=most)
    independent = most_independent([other.uses for other in every.alternatives])
    first_of_kind = {groups_used(may_shut, other.path): i for i, other in reversed([*enumerate(every.alternatives)])}
    cheapest = sorted(first_of_kind.values())[:wanted]
    chosen = [every.alternatives[i] for i in sorted({*cheapest, *independent})]
    return ByClosure(
        avoided={other.path: tuple(transit.names[position] for position in sorted(other.avoids)) for other in chosen},
        independent=tuple(every.alternatives[i].uses for i in independent),
        status=PathStatus.FOUND if len(every.alternatives) >= wanted else every.status,
    )


def _asked(corridors: Corridors, close: Sequence[str], upgrade: Sequence[str]) -> tuple[Effect, ...]:
    return (
        *effects_of_upgrades(corridors.upgrades, upgrade),
        *effects_of_closing(corridors.network, close, corridors.states),
    )
