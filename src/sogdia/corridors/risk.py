"""The share of days on which a route is shut.

A state that begins with probability p a year and lasts d days holds, in the long run, for a share of days

    u = p d / (365 + p d)

States of one common cause count once, with their largest u. A route is usable on a day if no cause shuts it:

    shut = 1 - product over causes that shut some link of the route of (1 - u)

States without a probability are unknown and left out; `unknown_states` names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import BoolArray, FloatArray
from sogdia.corridors.platforms import Platforms
from sogdia.network import Effect, Network, State, links_touched
from sogdia.units import HOURS_PER_DAY, HOURS_PER_YEAR

DAYS_PER_YEAR = HOURS_PER_YEAR / HOURS_PER_DAY


@dataclass(frozen=True, slots=True, eq=False)
class Risk:
    """unavailable: share of days by cause; shuts: by cause, shape (arcs,), the arcs that it shuts;
    weight: shape (arcs,), a sum over a path approximates -log(1 - shut): the criterion of a path search.
    """

    unavailable: Mapping[str, float]
    shuts: Mapping[str, BoolArray]
    weight: FloatArray

    def shut(self, arcs: Sequence[int]) -> float:
        """Share of days on which a path with these arcs is shut, 0..1.

        A cause counts once, however many links of the path it shuts.
        """
        open_share = 1.0
        for cause, members in self.shuts.items():
            if members[list(arcs)].any():
                open_share *= 1.0 - self.unavailable[cause]
        return 1.0 - open_share


def unavailability(annual_probability: float, duration_days: float) -> float:
    """Long-run share of days in a state.

    >>> unavailability(1.0, 365.0)
    0.5
    """
    down = annual_probability * duration_days
    return down / (DAYS_PER_YEAR + down)


def risk(network: Network, split: Platforms, states: Iterable[State]) -> Risk:
    """The risk of every arc from the states that shut something, at their central figures."""
    unavailable: dict[str, float] = {}
    shuts: dict[str, BoolArray] = {}
    inside: dict[str, BoolArray] = {}
    nothing = np.zeros(split.graph.arcs, dtype=np.bool_)
    for state in states:
        closing = [effect for effect in state.effects if effect.attribute == "closed"]
        if not closing or state.annual_probability is None:
            continue
        share = unavailability(state.annual_probability.central, state.duration_days.central)
        cause = state.common_cause
        unavailable[cause] = max(share, unavailable.get(cause, 0.0))
        for effect in closing:
            shuts[cause] = shuts.get(cause, nothing) | _arcs_of(network, split, effect)
            inside[cause] = inside.get(cause, nothing) | _starts_inside(network, split, effect)
    weight = np.zeros(split.graph.arcs)
    for cause, members in shuts.items():
        weight[members & ~inside[cause]] -= np.log1p(-unavailable[cause])
    return Risk(unavailable, shuts, weight)


def unknown_states(states: Iterable[State]) -> tuple[str, ...]:
    """The states whose probability nobody has stated: they are missing from every figure of risk."""
    return tuple(state.id for state in states if state.annual_probability is None)


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
