"""Distances by sea and the straits on the way, as searoute measures them, with impossible voyages refused.

searoute sails a ship from Aktau to Yokohama as if the Caspian were open, starts from whatever sea lane is
nearest however far inland the port lies, and answers 0 km with a warning when a closed strait leaves no voyage.
Here each of these is a `NoAnswerError`. The library is heavy, so it is imported on the first measurement;
the packaged network reads its sea legs from a table and never needs it.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sogdia.errors import NoAnswerError
from sogdia.network.geometry import great_circle_km
from sogdia.network.records import SEA_PORT_KINDS, Place

SEAROUTE_NAME = {
    "bab_el_mandeb": "babalmandab",
    "bosporus": "bosporus",
    "gibraltar": "gibraltar",
    "hormuz": "ormuz",
    "malacca": "malacca",
    "panama": "panama",
    "suez": "suez",
    "sunda": "sunda",
}
"""searoute's name of each chokepoint that it can close."""
ALWAYS_CLOSED = ("northwest",)
"""The Northwest Passage carries no such trade."""


@dataclass(frozen=True, slots=True)
class InlandSea:
    """A box around water from which no ocean is reached; degrees."""

    id: str
    name: str
    lat_min: float
    lat_max: float
    lon_min: float
    lon_max: float

    def holds(self, lat: float, lon: float) -> bool:
        return self.lat_min <= lat <= self.lat_max and self.lon_min <= lon <= self.lon_max


@dataclass(frozen=True, slots=True)
class SeaRules:
    """snap_limit_km: greatest distance from a port to the sea lane; inland_seas: where no voyage may touch."""

    snap_limit_km: float
    inland_seas: tuple[InlandSea, ...]


@dataclass(frozen=True, slots=True)
class Voyage:
    """One voyage.

    km: along the sea lanes, and straight from each port to the nearest node of a lane; chokepoints passed,
    sorted; snap_start_km, snap_end_km: the two straight parts; path: (lon, lat) of the lane in degrees.
    """

    km: float
    chokepoints: tuple[str, ...]
    snap_start_km: float
    snap_end_km: float
    path: tuple[tuple[float, float], ...]


def voyage(start: Place, end: Place, rules: SeaRules, closed: Collection[str] = ()) -> Voyage:
    """The shortest voyage between two ocean ports that avoids the closed chokepoints.

    Raises `NoAnswerError` where a place is no ocean port, lies on an inland sea or too far from the sea lanes,
    where both ends are one point, where the voyage would cross an inland sea, and where no way is left.
    """
    own = _outward(start, end)
    for place in (start, end):
        _refuse_dry_port(place, rules)
        if place.chokepoint in own and place.chokepoint in closed:
            raise NoAnswerError(f"no voyage: {place.id} is reached only through {place.chokepoint}, closed.")
    path, passages = _route(start, end, closed)
    between = f"{start.id} and {end.id}"
    if len(path) < 2:
        barred = f" with {', '.join(sorted(closed))} closed" if closed else ""
        raise NoAnswerError(f"no voyage between {between}{barred}: no way is left by sea.")
    snaps = [
        great_circle_km(place.lat, place.lon, lat, lon) for place, (lon, lat) in ((start, path[0]), (end, path[-1]))
    ]
    for place, snap in zip((start, end), snaps, strict=True):
        if snap > rules.snap_limit_km:
            raise NoAnswerError(
                f"no voyage from {place.id}: the nearest sea lane is {snap:.0f} km away, more than "
                f"{rules.snap_limit_km:g} km. Correct its position, or reach a port by rail or road."
            )
    for sea in rules.inland_seas:
        if any(sea.holds(lat, lon) for lon, lat in path):
            raise NoAnswerError(f"no voyage between {between}: it would cross the {sea.name}, a closed water.")
    km = sum(snaps) + sum(great_circle_km(a[1], a[0], b[1], b[0]) for a, b in pairwise(path))
    return Voyage(km, tuple(sorted(passages | own)), snaps[0], snaps[1], path)


def _outward(start: Place, end: Place) -> frozenset[str]:
    """The straits that ships must pass to call at one end; ports behind the same strait need not pass it."""
    if start.chokepoint == end.chokepoint:
        return frozenset()
    return frozenset(place.chokepoint for place in (start, end) if place.chokepoint is not None)


def voyages(start: Place, end: Place, rules: SeaRules) -> tuple[Voyage, ...]:
    """Every voyage that some closure of chokepoints would make the shortest, the shortest first.

    From the shortest voyage, each chokepoint that it passes is closed in turn, and so on for the voyages that this
    gives; a voyage is kept if no shorter one passes a subset of its chokepoints. Raises `NoAnswerError` as `voyage`
    does where there is none at all.
    """
    first = voyage(start, end, rules)
    by_passages = {first.chokepoints: first}
    tried: set[frozenset[str]] = set()
    waiting = [frozenset({name}) for name in first.chokepoints if name in SEAROUTE_NAME]
    while waiting:
        closed = waiting.pop()
        if closed in tried:
            continue
        tried.add(closed)
        try:
            leg = voyage(start, end, rules, closed)
        except NoAnswerError:
            continue
        best = by_passages.get(leg.chokepoints)
        if best is None or leg.km < best.km:
            by_passages[leg.chokepoints] = leg
        waiting += [closed | {name} for name in leg.chokepoints if name in SEAROUTE_NAME]
    legs = sorted(by_passages.values(), key=lambda leg: leg.km)
    return tuple(leg for rank, leg in enumerate(legs) if not _dominated(leg, legs[:rank]))


def _dominated(leg: Voyage, shorter: Sequence[Voyage]) -> bool:
    return any(set(other.chokepoints) <= set(leg.chokepoints) for other in shorter)


def _refuse_dry_port(place: Place, rules: SeaRules) -> None:
    for sea in rules.inland_seas:
        if sea.holds(place.lat, place.lon):
            raise NoAnswerError(
                f"no voyage from {place.id}: the {sea.name} has no way to the ocean. Join its ports by ferry links."
            )
    if place.kind not in SEA_PORT_KINDS:
        raise NoAnswerError(
            f"no voyage from {place.id}: it is a place of kind {place.kind}. "
            f"Only {' and '.join(sorted(SEA_PORT_KINDS))} places have sea links."
        )


def _route(start: Place, end: Place, closed: Collection[str]) -> tuple[tuple[tuple[float, float], ...], frozenset[str]]:
    """searoute's path, longitudes in [-180, 180), and the chokepoints on it; an empty path if it has none."""
    from searoute import searoute

    barred = [SEAROUTE_NAME[name] for name in closed if name in SEAROUTE_NAME]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        feature = searoute(
            [start.lon, start.lat],
            [end.lon, end.lat],
            restrictions=[*ALWAYS_CLOSED, *barred],
            return_passages=True,
        )
    path = tuple(((lon + 180) % 360 - 180, lat) for lon, lat in feature["geometry"]["coordinates"])
    traversed = set(feature["properties"]["traversed_passages"])
    return path, frozenset(name for name, theirs in SEAROUTE_NAME.items() if theirs in traversed)
