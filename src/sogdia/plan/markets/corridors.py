"""What upgrades of the corridors do to the ways of sellers to the importer: cheaper years, and closings less closed.

With c the least generalised cost of a seller's ways and v the value of its cargo, under a set U of upgrades

    lane cost    (v + c under U) / (v + c today)                           in every year, at long-run elasticities
    cost factor  (v + c under U and the closing) / (v + c under U)         while a way is closed
    passes       places served under U and the closing / places served today

Two upgrades act one by one: what each changes of a factor is multiplied, and of what passes the most does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from sogdia.plan.markets.effects import MarketEffect
from sogdia.scenarios.problem import WayChange


def lane_cost(effects: Sequence[MarketEffect]) -> dict[str, float]:
    """The cost factor of each country's way with all of the projects."""
    countries = dict.fromkeys(country for effect in effects for country in effect.lane_cost)
    return {c: prod(effect.lane_cost.get(c, 1.0) for effect in effects) for c in countries}


def ways_with(ways: Sequence[WayChange], effects: Sequence[MarketEffect]) -> tuple[WayChange, ...]:
    """The ways while something is closed, with all of the projects."""
    own = [effect.ways for effect in effects if effect.ways]
    if not own:
        return tuple(ways)
    return tuple(_together(way, [some[way.name] for some in own if way.name in some]) for way in ways)


def _together(way: WayChange, others: Sequence[WayChange]) -> WayChange:
    """others: the same closing with one project each; a country that one does not name is as without it."""
    cost, passes = dict(way.cost_factor), dict(way.passes)
    for other in others:
        for country, factor in other.cost_factor.items():
            cost[country] = cost.get(country, 1.0) * factor / way.cost_factor.get(country, 1.0)
        for country, share in other.passes.items():
            passes[country] = max(passes.get(country, 1.0), share)
    return WayChange(way.name, cost, passes)
