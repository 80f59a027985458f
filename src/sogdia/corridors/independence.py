"""Single closures that leave no route, and the largest set of independent corridors.

Two corridors are independent if they share no transit country and no strait at risk. A route depends on
whatever, closed alone, leaves no route: a country, a strait, a border, a port or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors import groups
from sogdia.corridors.cost import Priced
from sogdia.corridors.groups import Groups
from sogdia.corridors.measure import Route, measure
from sogdia.network import Effect, State
from sogdia.routing import Path, critical_arcs, shortest_trees

EVERY_ALTERNATIVE = 60


@dataclass(frozen=True, slots=True)
class Closure:
    """One thing that may be closed alone, and the best route then; None where no route is left."""

    kind: str
    name: str
    best: Route | None


def transit_groups(priced: Priced, origin: str, destination: str, states: Iterable[State]) -> Groups:
    """What corridors may share: the countries between origin and destination, and the straits at risk.

    A strait is at risk if some state of known probability closes or limits it, as war does the Turkish Straits.
    """
    network, split = priced.network, priced.platforms
    ends = (network.place(origin).country, network.place(destination).country)
    at_risk = {effect.target for effect in _of_straits(states)}
    return groups.together(
        groups.countries(network, split, without=ends),
        groups.only(groups.chokepoints(network, split), at_risk),
    )


def that_may_shut(transit: Groups, states: Iterable[State]) -> Groups:
    """Those of the groups that may shut completely: countries, and straits that some state of known probability shuts.

    Two ways are of the same kind if they use the same of these groups. A strait that is only limited is not among
    them: ships still pass it.
    """
    shut = {effect.target for effect in _of_straits(states) if effect.attribute == "closed"}
    kinds = zip(transit.kinds, transit.names, strict=True)
    return groups.only(transit, {name for kind, name in kinds if kind == "country" or name in shut})


def _of_straits(states: Iterable[State]) -> list[Effect]:
    known = [state for state in states if state.events_per_year is not None]
    return [effect for state in known for effect in state.effects if effect.target_kind == "chokepoint"]


def single_closures(priced: Priced, path: Path, origin: str, destination: str) -> tuple[Closure, ...]:
    """The best route when each country, strait, border or port of a path is closed alone.

    Only what the best route uses can matter: anything else, closed, leaves the best route as it is.
    """
    network, split = priced.network, priced.platforms
    home = network.place(origin).country
    ends = (home, network.place(destination).country)
    candidates = groups.together(
        groups.countries(network, split, without=ends),
        groups.chokepoints(network, split),
        groups.borders(network, split),
        groups.ports(network, split, without=(origin, destination)),
    )
    used = np.flatnonzero(candidates.members[:, list(path.arcs)].any(axis=1))
    weight = priced.weight(home)
    closures = []
    for group in used.tolist():
        closed = np.where(candidates.members[group], np.inf, weight)
        other = shortest_trees(split.graph, closed, [path.nodes[0]]).path(0, path.nodes[-1])
        best = measure(priced, other, home) if other.found else None
        closures.append(Closure(candidates.kinds[group], candidates.names[group], best))
    return tuple(closures)


def critical_links(priced: Priced, path: Path) -> tuple[str, ...]:
    """Ids of the links that every open route between the ends of a path takes, in order."""
    split = priced.platforms
    usable = np.isfinite(priced.closed_as_infinite(np.zeros(split.graph.arcs)))
    critical = critical_arcs(split.graph, usable, path.nodes[0], path.nodes[-1]) or ()
    links = [int(split.arc_link[arc]) for arc in critical if split.arc_link[arc] >= 0]
    return tuple(priced.network.links[link].id for link in links)


def most_independent(used: Sequence[frozenset[int]]) -> tuple[int, ...]:
    """Positions of a largest set of routes no two of which use a group in common, the cheapest such set
    first.

    used: the groups of each route, cheapest route first.

    >>> most_independent([frozenset({0, 1}), frozenset({1, 2}), frozenset({2})])
    (0, 2)
    """
    best: tuple[int, ...] = ()

    def extend(chosen: tuple[int, ...], taken: frozenset[int], start: int) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = chosen
        for position in range(start, len(used)):
            if len(chosen) + len(used) - position <= len(best):
                return
            if not used[position] & taken:
                extend((*chosen, position), taken | used[position], position + 1)

    extend((), frozenset(), 0)
    return best
