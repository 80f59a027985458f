"""Routes that would be cheaper than the best of today, and the states that keep the buyer from using them."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.corridors.alternatives import Alternative, NotUsable
from sogdia.corridors.measure import Route, measure
from sogdia.corridors.problem import RouteProblem
from sogdia.corridors.standing import closings, touches
from sogdia.network import State
from sogdia.routing import shortest_path


def cheaper_not_usable(problem: RouteProblem, best: Alternative | None) -> tuple[NotUsable, ...]:
    """The cheapest route with each state of today lifted alone, and with all lifted, where it is cheaper than the best.

    best: of those that can be used, None where there is none: then every route on paper is given.
    """
    shut = problem.today.shut
    asked: list[tuple[str, ...]] = [(state.id,) for state in shut]
    if len(shut) > 1:
        asked.append(tuple(state.id for state in shut))
    found: dict[tuple[str, ...], NotUsable] = {}
    for lifted in asked:
        way = _cheapest(problem, lifted)
        if way is None or (best is not None and way.cost_usd_per_t.central >= best.route.cost_usd_per_t.central):
            continue
        states = _closing(problem, way, shut)
        names = tuple(state.id for state in states)
        if names and names not in found:
            saves = None if best is None else best.route.cost_usd_per_t.central - way.cost_usd_per_t.central
            found[names] = NotUsable(way, names, "; ".join(_reason(state) for state in states), saves)
    return tuple(sorted(found.values(), key=lambda each: each.route.cost_usd_per_t.central))


def _cheapest(problem: RouteProblem, lifted: Sequence[str]) -> Route | None:
    other = problem.reopened(lifted)
    path = shortest_path(other.graph, other.weight, other.source, other.target)
    home = problem.corridors.network.place(problem.origin).country
    return measure(other.priced, path, home) if path.found else None


def _closing(problem: RouteProblem, way: Route, shut: Sequence[State]) -> list[State]:
    links = [problem.corridors.network.link(name) for name in way.links]
    return [state for state in shut if any(touches(effect, link) for effect in closings((state,)) for link in links)]


def _reason(state: State) -> str:
    since = f", since {state.since}" if state.since else ""
    return f"{state.name}{since} ({state.now_note})" if state.now_note else f"{state.name}{since}"
