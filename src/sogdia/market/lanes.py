"""Lanes are groups of a producer's flows that an event treats alike, and that share one limit.

Every producer has a lane for its home sales and one for its exports. An event that names destinations splits the
export lane, so that a limit on them leaves the others free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Market
from sogdia.market.traded import Floats, TradedMarket


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """producer: number of each lane's producer (lanes,); members: which consumers it serves (lanes, consumers)."""

    producer: NDArray[np.int64]
    members: NDArray[np.bool_]
    home: NDArray[np.bool_]

    def of(self, producer: int, destinations: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """A producer's export lanes; with destinations, those that serve only them."""
        chosen = (self.producer == producer) & ~self.home
        if destinations is not None:
            chosen &= ~(self.members & ~destinations).any(axis=1)
        return np.flatnonzero(chosen)


def lanes_of(market: TradedMarket, splits: Iterable[tuple[int, frozenset[int]]] = ()) -> Lanes:
    """Lanes of a market. splits: (producer, consumers) whose export lane is cut in two, in and out of the set."""
    wanted: dict[int, list[frozenset[int]]] = {}
    for producer, destinations in splits:
        wanted.setdefault(producer, []).append(destinations)
    home = market.home()
    owner, members, at_home = [], [], []
    for producer in range(len(market.producers)):
        sold = market.flows[producer] > 0
        away = sold & ~home[producer]
        if producer not in wanted and away.any():
            owner.append(producer)
            members.append(away)
            at_home.append(False)
        abroad = np.flatnonzero(away) if producer in wanted else np.zeros(0, dtype=np.int64)
        signature = [tuple(c in group for group in wanted.get(producer, [])) for c in abroad]
        for kind in sorted(set(signature)):
            served = np.zeros(len(market.consumers), dtype=bool)
            served[[c for c, s in zip(abroad, signature, strict=True) if s == kind]] = True
            owner.append(producer)
            members.append(served)
            at_home.append(False)
        if (sold & home[producer]).any():
            owner.append(producer)
            members.append(sold & home[producer])
            at_home.append(True)
    return Lanes(np.array(owner, dtype=np.int64), np.array(members), np.array(at_home))


def array_market(market: TradedMarket, lanes: Lanes, sigma: float, eta: Floats, eps: Floats) -> Market:
    """The market as the kernel takes it: flows by lane and consumer [t]."""
    flows = np.where(lanes.members, market.flows[lanes.producer], 0.0)
    return Market(flows, lanes.producer, sigma, eta, eps)
