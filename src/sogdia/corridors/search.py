"""The search for the alternatives from a mine to a port.

An alternative is the cheapest route that can be used today while some transit countries or straits are shut; beside
these stand routes of another kind that none beats in cost, time and risk together. They are ranked by generalised cost
with the stock that covers what comes late. No route is an error with a remedy, never 0 km.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.conditions import CENTRAL, BoolArray
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.differences import comparisons
from sogdia.corridors.groups import Groups
from sogdia.corridors.independence import critical_links, single_closures, that_may_shut, transit_groups
from sogdia.corridors.measure import Route, measure
from sogdia.corridors.not_usable import cheaper_not_usable
from sogdia.corridors.notes import note_on_evidence, notes_on_papers, notes_on_repairs, notes_on_today
from sogdia.corridors.problem import ByClosure, RouteProblem, by_closure, problem_of
from sogdia.corridors.provenance import used_rows
from sogdia.corridors.risk import Risk, buffer_days, risk
from sogdia.corridors.routes import Routes
from sogdia.corridors.standing import standing_of
from sogdia.errors import NoAnswerError
from sogdia.network import Corridors
from sogdia.network.closures import once
from sogdia.routing import Path, PathStatus, non_dominated_paths
from sogdia.routing.closure import groups_used
from sogdia.routing.pareto import Vector, dominates
from sogdia.units import HOURS_PER_DAY

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
    """The alternatives from one place to another for the product of a mineral, of those that can be used today.

    origin, destination: place ids as `KAZ:Khromtau`; stage: of the product, by default its first in the cargo
    table; close: countries, chokepoints, places, borders, links or corridor states; upgrade: ids of upgrades
    that are taken as built; what is named twice counts once; k: how many alternatives at most, the cheapest first,
    by default the cheapest few by closure, all independent ones and those of another kind that none beats. `k` does
    not change what is counted as independent. Whose states hold today is that of the buyer's bloc, the country of the
    destination. `UnknownNameError` for a name that does not exist, `NoAnswerError` where no route is left, with the
    states that close those on paper.
    """
    if k is not None and k < 1:
        raise NoAnswerError(f"{k} alternatives were asked for: ask for at least one")
    close, upgrade, wanted = once(close), once(upgrade), k or DEFAULT_ALTERNATIVES
    problem = problem_of(corridors, origin, destination, cargo_of(corridors.rates, mineral, stage), close, upgrade)
    if not problem.solvable:
        raise NoAnswerError(_no_route(corridors, problem, close, upgrade))
    transit = transit_groups(problem.priced, origin, destination, problem.corridors.states)
    may_shut = that_may_shut(transit, problem.corridors.states).members
    found = by_closure(problem, transit, may_shut, wanted)
    alternatives = tuple(_alternatives(problem, transit, may_shut, found)[:k])
    closures = single_closures(problem.priced, alternatives[0].route.path, origin, destination)
    used = used_rows(corridors, alternatives, problem.cargo, origin, upgrade)
    return Routes(
        corridors=corridors,
        origin=origin,
        destination=destination,
        cargo=problem.cargo,
        closed=close,
        upgrades=upgrade,
        alternatives=alternatives,
        status=found.status,
        closures=closures,
        independent_corridors=len(found.independent),
        hangs_on=(
            *((closure.kind, closure.name) for closure in closures if closure.best is None),
            *(("link", link) for link in critical_links(problem.priced, alternatives[0].route.path)),
        ),
        cheaper_not_usable=cheaper_not_usable(problem, alternatives[0]),
        notes=(
            *notes_on_repairs(corridors),
            *notes_on_papers(corridors, origin),
            *notes_on_today(problem.today),
            note_on_evidence(used),
        ),
    )


def _alternatives(problem: RouteProblem, transit: Groups, may_shut: BoolArray, found: ByClosure) -> list[Alternative]:
    """The paths by closure and the other kinds that no path beats, measured and compared, the cheapest first."""
    priced, weight, corridors = problem.priced, problem.weight, problem.corridors
    goal = corridors.network.place(problem.destination).country
    danger = risk(
        corridors.network, priced.platforms, corridors.states, corridors.rates,
        bloc=corridors.bloc(goal), destination=goal,
    )  # fmt: skip
    hours = priced.closed_as_infinite(priced.hours[CENTRAL].sum(axis=0))
    front = non_dominated_paths(
        problem.graph, (weight, hours, danger.weight), problem.source, problem.target, FRONT_LABELS
    )
    # the front is searched by the sum of `danger.weight`, but compared by the figures that are shown
    figures = {
        path: (float(weight[list(path.arcs)].sum()), float(hours[list(path.arcs)].sum()), danger.chance(path.arcs))
        for path in (*found.avoided, *front.paths)
    }
    unbeaten = [path for path in front.paths if not _beaten(figures[path], figures.values())]
    complete = True if front.status is PathStatus.FOUND else None
    paths = (*found.avoided, *_besides(unbeaten, may_shut, found.avoided))
    measured = _ranked(problem, danger, paths)
    compared = comparisons(priced, corridors.rates, [route for route, _ in measured], [days for _, days in measured])
    per_day = float(priced.usd_per_t_hour[CENTRAL]) * HOURS_PER_DAY
    alternatives = []
    for (way, days), comparison in zip(measured, compared, strict=True):
        status, reasons = standing_of(corridors, way.links, goal)
        alternatives.append(
            Alternative(
                route=way,
                closure=danger.closure(way.path.arcs),
                status_now=status,
                status_reasons=reasons,
                buffer_days=days,
                buffer_usd_per_t=days * per_day,
                difference=comparison.difference,
                probability_cheapest=comparison.probability_cheapest,
                best_without=found.avoided.get(way.path),
                non_dominated=False if _beaten(figures[way.path], figures.values()) else complete,
                independent=groups_used(transit.members, way.path) in found.independent,
            )
        )
    return alternatives


def _ranked(problem: RouteProblem, danger: Risk, paths: Iterable[Path]) -> list[tuple[Route, float]]:
    """Every path measured with its days of stock, by generalised cost with that stock."""
    home = problem.corridors.network.place(problem.origin).country
    per_day = float(problem.priced.usd_per_t_hour[CENTRAL]) * HOURS_PER_DAY
    ways = [measure(problem.priced, path, home) for path in paths]
    days = [buffer_days(way, danger.closure(way.path.arcs), problem.corridors.rates) for way in ways]
    return sorted(zip(ways, days, strict=True), key=lambda pair: pair[0].cost_usd_per_t.central + pair[1] * per_day)


def _no_route(corridors: Corridors, problem: RouteProblem, close: Sequence[str], upgrade: Sequence[str]) -> str:
    """Why there is no route, and which closure, lifted alone, would bring one back."""
    ends = f"from {problem.origin} to {problem.destination}"
    on_paper = cheaper_not_usable(problem, None)
    if on_paper:
        ways = "; ".join(f"{way.route.via}: {way.reason}" for way in on_paper)
        return f"no route {ends} can be used today. On paper there is {ways}."
    if not close:
        return f"no route {ends}: no open links join them. Add links, or open planned ones."
    freeing = []
    for name in close:
        others = [other for other in close if other != name]
        names = (problem.origin, problem.destination)
        if problem_of(corridors, *names, problem.cargo, others, upgrade).solvable:
            freeing.append(name)
    remedy = f"Reopening {' or '.join(freeing)} alone gives one." if freeing else "Reopen more than one of them."
    return f"no route {ends} while {', '.join(close)} is closed. {remedy}"


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
