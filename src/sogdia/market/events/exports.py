"""Which of a country's exports does an event concern? All of them, or those to the destinations it names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import NoAnswerError
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


def export_split(
    market: TradedMarket, country: str, destinations: Sequence[str]
) -> tuple[tuple[int, frozenset[int]], ...]:
    """Named destinations need a lane of their own; those that buy nothing anywhere are left out."""
    if not destinations:
        return ()
    known = frozenset(market.consumers.index(d) for d in destinations if d in market.consumers)
    return ((market.producer(country), known),)


def export_lanes(
    market: TradedMarket, laid: Lanes, country: str, destinations: Sequence[str] = ()
) -> NDArray[np.int64]:
    """The lanes; NoAnswerError where the country exports nothing to any of the destinations."""
    producer = market.producer(country)
    wanted = None
    if destinations:
        wanted = np.isin(np.array(market.consumers), list(destinations))
    chosen = laid.of(producer, wanted)
    if chosen.size == 0:
        to = f" to {', '.join(destinations)}" if destinations else ""
        raise NoAnswerError(
            f"{country} exports no {market.mineral}{to} in the data for {market.span()}: the event has no effect."
        )
    return chosen
