"""All closures, states and upgrades that hold together, as factors on the network.

A corridor state and an upgrade are both lists of effects. `conditions` multiplies the factors of everything
that holds at once; a closure wins over an opening. The network itself is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sogdia.network import Effect, Network, links_touched, to_arrays
from sogdia.uncertain import Range

LEVELS = ("low", "central", "high")
CENTRAL = LEVELS.index("central")
FACTORS_OF_LINKS = (
    "hours_factor",
    "cost_factor",
    "border_hours_factor",
    "border_cost_factor",
    "trade_cost_factor",
)
FACTORS_OF_PLACES = ("handling_hours_factor", "handling_cost_factor")

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class ByLevel(NamedTuple):
    """A range as the three figures of an array axis."""

    low: float
    central: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """The network as it stands under a set of effects.

    is_open: shape (links,), False where closed or planned and not yet opened;
    capacity_t_per_year: shape (links,), central figure, NaN where unknown;
    of_links: by name of `FACTORS_OF_LINKS`, shape (levels, links), 1 = as today;
    of_places: by name of `FACTORS_OF_PLACES`, shape (levels, places);
    changed: the names of these factors that are not 1 throughout;
    of_origins: by country, factor on the export papers of what it exports, shape (levels,).
    """

    is_open: BoolArray
    capacity_t_per_year: FloatArray
    of_links: Mapping[str, FloatArray]
    of_places: Mapping[str, FloatArray]
    changed: frozenset[str]
    of_origins: Mapping[str, FloatArray]

    def of_origin(self, country: str) -> FloatArray:
        """Factor on the export papers of what the country exports, shape (levels,)."""
        return self.of_origins.get(country, np.ones(len(LEVELS)))


def conditions(network: Network, effects: Iterable[Effect] = ()) -> Conditions:
    """Everything that `effects` change together; without effects, the network of today.

    Factors multiply, level by level (low with low); a stated capacity replaces before factors multiply it. A
    trade-cost factor holds on the links touched, a factor on formalities where cargo of the country is loaded.
    """
    arrays = to_arrays(network)
    links, places = len(network.links), len(network.places)
    of_links = dict.fromkeys(FACTORS_OF_LINKS, np.broadcast_to(1.0, (len(LEVELS), links)))
    of_places = dict.fromkeys(FACTORS_OF_PLACES, np.broadcast_to(1.0, (len(LEVELS), places)))
    changed: set[str] = set()
    of_origins: dict[str, FloatArray] = {}
    is_open, closed = ~arrays.planned, np.zeros(links, dtype=np.bool_)
    capacity, capacity_factor = arrays.capacity_t_per_year.copy(), np.ones(links)
    for effect in effects:
        touched = list(links_touched(network, effect.target_kind, effect.target))
        if effect.value is None:
            (closed if effect.attribute == "closed" else is_open)[touched] = True
        elif effect.attribute == "capacity_t_per_year":
            capacity[touched] = effect.value.central
        elif effect.attribute == "capacity_factor":
            capacity_factor[touched] *= effect.value.central
        elif effect.attribute == "formalities_factor":
            known = of_origins.get(effect.target, np.ones(len(LEVELS)))
            of_origins[effect.target] = known * by_level(effect.value)
        else:
            name, factor = effect.attribute, np.array(by_level(effect.value))[:, None]
            of_targets = of_places if name in of_places else of_links
            if name not in changed:
                changed.add(name)
                of_targets[name] = of_targets[name].copy()
            here = _places_touched(network, effect, touched) if name in of_places else touched
            of_targets[name][:, here] *= factor
    return Conditions(
        is_open & ~closed, capacity * capacity_factor, of_links, of_places, frozenset(changed), of_origins
    )


def by_level(figure: Range) -> ByLevel:
    """The three figures of a range in the order of `LEVELS`.

    >>> by_level(Range(1.0, 2.0, 4.0))
    ByLevel(low=1.0, central=2.0, high=4.0)
    """
    return ByLevel(figure.low, figure.central, figure.high)


def _places_touched(network: Network, effect: Effect, touched: Iterable[int]) -> list[int]:
    """The place itself, all places of a country, or the ends of the links touched."""
    if effect.target_kind == "place":
        names = {effect.target}
    elif effect.target_kind == "country":
        names = {place.id for place in network.places if place.country == effect.target}
    else:
        names = {end for link in touched for end in (network.links[link].start, network.links[link].end)}
    return [position for position, place in enumerate(network.places) if place.id in names]
