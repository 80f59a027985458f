"""The range of the difference between routes, and how often each is the cheapest.

Routes share rates: if rail through Kazakhstan is dear, it is so for all that take it. So every rate is drawn once in a
draw, and all routes are priced by it. With u uniform on 0..1, independent between rates, a rate is

    x = central + (2 u - 1) (central - low)   for u < 1/2,      central + (2 u - 1) (high - central)   otherwise

so that half of the draws lie on each side of the central figure, and the difference of two routes is that of

    sum of money + (hours + 24 buffer days) * value * capital cost / 8760.

The differences are the 5 and 95 % quantiles; the seed is fixed, so that an answer is the same each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import LEVELS, FloatArray, by_level
from sogdia.corridors.cost import CAPITAL_COST, MONEY, WAITS, Priced, boarding_tariff, tariff_between
from sogdia.corridors.measure import Route
from sogdia.network import Rates
from sogdia.network.rates import OPERATIONS
from sogdia.network.records import MODES
from sogdia.uncertain import HIGH, LOW, Range
from sogdia.units import HOURS_PER_DAY, HOURS_PER_YEAR

DRAWS = 1000
SEED = 20
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A route against the first. difference: in USD per tonne; probability_cheapest: 0..1."""

    difference: Range
    probability_cheapest: float


def comparisons(
    priced: Priced, rates: Rates, routes: Sequence[Route], buffer_days: Sequence[float]
) -> list[Comparison]:
    """Every route against the first, the cheapest at central figures."""
    if not routes:
        return []
    random = np.random.default_rng(SEED)
    money, hours = (_drawn(random, parts) for parts in _parts(priced, rates, routes))
    value = _spread(random.random(DRAWS), *by_level(priced.cargo.usd_per_t))
    capital = _spread(random.random(DRAWS), *by_level(rates.parameter(CAPITAL_COST).value))
    per_hour = value * capital / HOURS_PER_YEAR
    total = money + (hours + HOURS_PER_DAY * np.array(buffer_days)) * per_hour[:, None]
    central = _central(priced, routes, buffer_days)
    apart = total - total[:, :1]
    low, high = np.quantile(apart, [LOW, HIGH], axis=0)
    first = np.bincount(np.argmin(total, axis=1), minlength=len(routes)) / DRAWS
    return [
        Comparison(Range(min(float(low[i]), c), c, max(float(high[i]), c)), float(first[i]))
        for i, c in enumerate((central - central[0]).tolist())
    ]


def _central(priced: Priced, routes: Sequence[Route], buffer_days: Sequence[float]) -> FloatArray:
    per_day = priced.usd_per_t_hour[LEVELS.index("central")] * HOURS_PER_DAY
    cost: FloatArray = np.array([route.cost_usd_per_t.central for route in routes]) + np.array(buffer_days) * per_day
    return cost


def _parts(priced: Priced, rates: Rates, routes: Sequence[Route]) -> tuple[list[FloatArray], list[FloatArray]]:
    """What each route pays and waits by rate: one array of shape (levels, routes) a rate."""
    money: dict[Key, FloatArray] = {}
    hours: dict[Key, FloatArray] = {}
    for number, route in enumerate(routes):
        for arc in route.path.arcs:
            for table, figures, names in ((money, priced.money, MONEY), (hours, priced.hours, WAITS)):
                for row, name in enumerate(names):
                    figure = figures[:, row, arc]
                    if figure.any():
                        key = _rate_of(priced, rates, arc, name)
                        table.setdefault(key, np.zeros((len(LEVELS), len(routes))))[:, number] += figure
    return list(money.values()), list(hours.values())


def _rate_of(priced: Priced, rates: Rates, arc: int, name: str) -> Key:
    """The row of a table that a figure of an arc rests on."""
    split, network = priced.platforms, priced.network
    position = int(split.arc_link[arc])
    if position < 0:
        place = network.places[int(split.arc_place[arc])]
        if name == "freight":
            tariff = boarding_tariff(rates, priced.cargo, MODES[int(split.arc_boards[arc])], place)
            return ("tariff",) if tariff is None else ("tariff", tariff.mode, tariff.group)
        return (
            (name, place.country) if name == "formalities" else (name, place.kind, OPERATIONS[split.arc_operation[arc]])
        )
    link = network.links[position]
    start, end = (network.places[split.place_of[nodes[arc]]] for nodes in (split.graph.tail, split.graph.head))
    if name == "freight":
        tariff = tariff_between(rates, priced.cargo, link.mode, start, end)
        return ("tariff", tariff.mode, tariff.group)
    if name == "running":
        return (name, link.speed_class or link.id)
    return (name, link.border or "", start.country) if name == "border" else (name, *link.chokepoints)


def _drawn(random: np.random.Generator, parts: Sequence[FloatArray]) -> FloatArray:
    """The sum of the parts in each draw, shape (draws, routes)."""
    routes = parts[0].shape[1] if parts else 0
    total = np.zeros((DRAWS, routes))
    for low, central, high in parts:
        total += _spread(random.random(DRAWS)[:, None], low, central, high)
    return total


def _spread(
    u: FloatArray, low: FloatArray | float, central: FloatArray | float, high: FloatArray | float
) -> FloatArray:
    """The value at the share u of a range of which half lies on each side of the central figure."""
    side = np.where(u < 0.5, np.subtract(central, low), np.subtract(high, central))
    value: FloatArray = central + (2.0 * u - 1.0) * side
    return value
