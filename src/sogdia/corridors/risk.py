"""The chance that a way is closed within twelve months, and the days of stock that cover what may come late.

A state begins as a Poisson process of rate r a year. States of one common cause count once, with their largest r. A
way on which the causes i shut something is closed at least once within a year with probability

    p = 1 - exp(-sum of r[i])

at the low, central and high rates. Left out are states that hold today or that do not bind the buyer, stops that are
shorter than a parameter says (they are delays), and a country's own closure for what is bound for that country.
States without a rate are unknown; `unknown_states` names them. A buyer who is late one time in twenty needs a stock of

    buffer days = z sqrt(sum of s[k]^2) / 24 + p D,        s[k] = (high - low) / (2 * 1.645)

where s[k] is the deviation of the hours of each wait at a border or a place, waits being independent, z the deviations
that stock covers, and D the days until cargo comes by another way. Holding it costs what as many days of transit do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, BoolArray, FloatArray, by_level
from sogdia.corridors.measure import Route
from sogdia.corridors.platforms import Platforms
from sogdia.network import Effect, Network, Rates, State, links_touched
from sogdia.uncertain import Range
from sogdia.units import HOURS_PER_DAY

SHORTEST_CLOSURE = "shortest_closure_days"
DAYS_TO_CHANGE = "days_to_change_way"
DEVIATIONS = "late_days_in_deviations"
NORMAL_95 = 1.645
DEFAULTS = {SHORTEST_CLOSURE: 0.0, DAYS_TO_CHANGE: 30.0, DEVIATIONS: 1.65}
"""What holds for rates of one's own that lack the parameter."""


@dataclass(frozen=True, slots=True, eq=False)
class Risk:
    """rates: events a year by cause, shape (levels,); shuts: by cause, shape (arcs,), the arcs that it shuts;
    weight: shape (arcs,), a sum over a path approximates -log(1 - p): the criterion of a path search.
    """

    rates: Mapping[str, FloatArray]
    shuts: Mapping[str, BoolArray]
    weight: FloatArray

    def closure(self, arcs: Sequence[int]) -> Range | None:
        """Chance that a path with these arcs is closed within twelve months; None where no state is known to."""
        met = [self.rates[cause] for cause, members in self.shuts.items() if members[list(arcs)].any()]
        if not met:
            return None
        low, central, high = (float(p) for p in 1.0 - np.exp(-np.sum(met, axis=0)))
        return Range(low, central, high)

    def chance(self, arcs: Sequence[int]) -> float:
        """The central chance, 0 where no state is known to close the path."""
        known = self.closure(arcs)
        return 0.0 if known is None else known.central


def chance_within_a_year(events_per_year: float) -> float:
    """Probability that something that begins so often begins within twelve months.

    >>> round(chance_within_a_year(0.06), 4)
    0.0582
    """
    return float(-np.expm1(-events_per_year))


def risk(
    network: Network, split: Platforms, states: Iterable[State], rates: Rates | None = None, *,
    bloc: str = "", destination: str = "",
) -> Risk:  # fmt: skip
    """The risk of every arc from the states that may yet shut something. bloc, destination: of the buyer, the latter
    a country.
    """
    shortest = parameter(rates, SHORTEST_CLOSURE)
    per_year: dict[str, FloatArray] = {}
    shuts: dict[str, BoolArray] = {}
    inside: dict[str, BoolArray] = {}
    nothing = np.zeros(split.graph.arcs, dtype=np.bool_)
    for state in states:
        closing = [
            effect
            for effect in state.effects
            if effect.attribute == "closed" and (effect.target_kind, effect.target) != ("country", destination)
        ]
        if not closing or state.events_per_year is None or state.duration_days.central < shortest:
            continue
        if state.holds_now == "shut" or bloc in state.usable_by:
            continue
        cause, rate = state.common_cause, np.array(by_level(state.events_per_year))
        per_year[cause] = np.maximum(rate, per_year.get(cause, np.zeros(len(LEVELS))))
        for effect in closing:
            shuts[cause] = shuts.get(cause, nothing) | _arcs_of(network, split, effect)
            inside[cause] = inside.get(cause, nothing) | _starts_inside(network, split, effect)
    weight = np.zeros(split.graph.arcs)
    for cause, members in shuts.items():
        weight[members & ~inside[cause]] += per_year[cause][CENTRAL]
    return Risk(per_year, shuts, weight)


def buffer_days(route: Route, closure: Range | None, rates: Rates) -> float:
    """Days of stock that a buyer holds against what comes late by this way."""
    waits = [step.waits for step in route.steps]
    spread = sum(((wait.high - wait.low) / (2 * NORMAL_95)) ** 2 for wait in waits)
    late = parameter(rates, DEVIATIONS) * float(np.sqrt(spread)) / HOURS_PER_DAY
    return late + (0.0 if closure is None else closure.central) * parameter(rates, DAYS_TO_CHANGE)


def parameter(rates: Rates | None, name: str) -> float:
    """The central figure of a parameter, its default where the rates lack it."""
    known = () if rates is None else rates.parameters
    return next((row.value.central for row in known if row.name == name), DEFAULTS[name])


def unknown_states(states: Iterable[State]) -> tuple[str, ...]:
    """The states whose rate nobody has stated: they are missing from every figure of risk."""
    return tuple(state.id for state in states if state.events_per_year is None)


def _arcs_of(network: Network, split: Platforms, effect: Effect) -> BoolArray:
    by_link = np.zeros(len(network.links) + 1, dtype=np.bool_)  # the last one is met by handling, at -1
    by_link[list(links_touched(network, effect.target_kind, effect.target))] = True
    return by_link[split.arc_link]


def _starts_inside(network: Network, split: Platforms, effect: Effect) -> BoolArray:
    """The arcs that start where a country or place is shut: a path on them has met the cause on the way in.

    A war that shuts a country and the strait off its ports is so charged once to who sails from one of them.
    """
    if effect.target_kind not in ("country", "place"):
        return np.zeros(split.graph.arcs, dtype=np.bool_)
    within = np.array([effect.target in (place.id, place.country) for place in network.places], dtype=np.bool_)
    starts: BoolArray = within[split.place_of[split.graph.tail]]
    return starts
