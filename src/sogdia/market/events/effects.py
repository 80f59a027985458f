"""The effects of an event are arrays: factors on producers, lanes and consumers; those of several events combine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.market.lanes import Lanes
from sogdia.market.traded import Floats, TradedMarket

CLOSED = 1e-9
"""What is left of base below which a lane counts as closed."""


@dataclass(frozen=True, slots=True)
class SharedCap:
    """lanes: those whose sum is limited. left: what may pass of it, relative to base [-], above 0."""

    lanes: tuple[int, ...]
    left: float


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Relative to base: supply, ceiling (producers,); cap, cost (lanes,); demand (consumers,).

    cost: delivered cost without duties. duty: rate of the export duty, a fraction of the export price (lanes,).
    outside: (consumers,) [t], what reaches them outside the market. shared: limits on the sum of several lanes.
    """

    supply: Floats
    ceiling: Floats
    cap: Floats
    cost: Floats
    duty: Floats
    demand: Floats
    outside: Floats
    shared: tuple[SharedCap, ...] = ()

    @classmethod
    def none(cls, market: TradedMarket, lanes: Lanes) -> Effects:
        """No effect at all."""
        producers, lane_count, consumers = len(market.producers), len(lanes.producer), len(market.consumers)
        return cls(
            supply=np.ones(producers),
            ceiling=np.full(producers, np.inf),
            cap=np.full(lane_count, np.inf),
            cost=np.ones(lane_count),
            duty=np.zeros(lane_count),
            demand=np.ones(consumers),
            outside=np.zeros(consumers),
        )


def capped(none: Effects, chosen: NDArray[np.int64], left: float) -> Effects:
    """The effects with a limit on the sum of lanes: a cap on the lane where there is one, else a shared one.

    A limit below CLOSED of base is none at all: nobody ships that.
    """
    left = 0.0 if left < CLOSED else left
    if len(chosen) > 1 and 0.0 < left < np.inf:
        return replace(none, shared=(*none.shared, SharedCap(tuple(int(lane) for lane in chosen), left)))
    cap = none.cap.copy()
    cap[chosen] = left
    return replace(none, cap=cap)


def left_by_lane(effects: Effects) -> Floats:
    """What the limits leave of each lane relative to base, shared ones in proportion, (lanes,)."""
    left = effects.cap.copy()
    for shared in effects.shared:
        left[list(shared.lanes)] = np.minimum(left[list(shared.lanes)], shared.left)
    return left


class Event(ABC):
    """Something that happens to a market. Subclasses are frozen records with one way to act."""

    @abstractmethod
    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        """What it does to this market."""

    @abstractmethod
    def touches(self) -> frozenset[tuple[str, str]]:
        """(what it sets, where): two events that set the same thing at the same place contradict each other."""

    @abstractmethod
    def describe(self) -> str:
        """One clause in plain words."""

    @property
    def plain(self) -> Event:
        """The event without the stage that it may name."""
        return self

    def named_countries(self) -> frozenset[str]:
        """ISO codes of the countries that it names."""
        own = getattr(self, "country", None)
        return frozenset(where for _, where in self.touches()) | ({own} if own else set())

    def stage_required(self, first: str) -> tuple[str, str] | None:
        """Why it must name its stage in a chain, and how, say the first one; None where it need not."""
        return None

    def splits(self, market: TradedMarket) -> tuple[tuple[int, frozenset[int]], ...]:
        """Export lanes it needs cut in two: (producer, consumers)."""
        return ()

    def notes(self, market: TradedMarket) -> tuple[str, ...]:
        """What of it has no effect on this market by itself, in sentences."""
        return ()


def combine(effects: Iterable[Effects]) -> Effects:
    """Effects of events that happen together: factors multiply, the tighter limit holds, quantities and duties add."""
    first, *rest = effects
    for other in rest:
        first = Effects(
            supply=first.supply * other.supply,
            ceiling=np.minimum(first.ceiling, other.ceiling),
            cap=np.minimum(first.cap, other.cap),
            cost=first.cost * other.cost,
            duty=first.duty + other.duty,
            demand=first.demand * other.demand,
            outside=first.outside + other.outside,
            shared=(*first.shared, *other.shared),
        )
    return first
