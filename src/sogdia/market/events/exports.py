"""The exports that an event concerns: all of a country, or those to the destinations it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import NoAnswerError
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket

if TYPE_CHECKING:
    from sogdia.market.events.effects import Event

MOST_NAMED = 8


def export_split(
    market: TradedMarket, country: str, destinations: Sequence[str]
) -> tuple[tuple[int, frozenset[int]], ...]:
    """Named destinations need a lane of their own; those that buy nothing anywhere are left out."""
    if not destinations:
        return ()
    known = frozenset(market.consumers.index(d) for d in destinations if d in market.consumers)
    return ((market.producer(country), known),)


def export_lanes(
    market: TradedMarket, lanes: Lanes, country: str, destinations: Sequence[str] = ()
) -> NDArray[np.int64]:
    """The lanes; NoAnswerError where the country exports nothing to any of the destinations."""
    producer = market.producer(country)
    wanted = None
    if destinations:
        wanted = np.isin(np.array(market.consumers), list(destinations))
    require_exports(market, country, destinations)
    return lanes.of(producer, wanted)


def base_exports(market: TradedMarket, country: str, destinations: Sequence[str] = ()) -> float:
    """What the country exports to the destinations, to all where none is named [t]."""
    sold = np.where(market.home(), 0.0, market.flows)[market.producer(country)]
    return float(sold[np.isin(np.array(market.consumers), list(destinations))].sum() if destinations else sold.sum())


def require_exports(market: TradedMarket, country: str, destinations: Sequence[str] = ()) -> None:
    """NoAnswerError where the country exports nothing to any of the destinations."""
    if base_exports(market, country, destinations) > 0:
        return
    to = f" to {', '.join(destinations)}" if destinations else ""
    if market.buyer is not None:
        raise NoAnswerError(
            f"{market.buyer} buys no {market.mineral} of {country} on record, and what {country} exports{to} beyond "
            f"that is not known: ask for a fall of its output instead, e.g. an output of {country}=0.5."
        )
    raise NoAnswerError(
        f"{country} exports no {market.mineral}{to} in the data for {market.span()}: the event has no effect."
    )


def unserved(market: TradedMarket, country: str, destinations: Sequence[str]) -> tuple[str, ...]:
    """A note on the destinations to which the country exports nothing."""
    none = [d for d in destinations if base_exports(market, country, (d,)) == 0]
    if not none:
        return ()
    if market.buyer is not None:
        return (f"What {first_few(none)} buys of {country} is in the pooled rest: nothing changes there.",)
    return (
        f"{country} exports no {market.mineral} to {first_few(none)} in the data for {market.span()}: "
        "nothing changes there.",
    )


def first_few(countries: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = f" and {len(countries) - MOST_NAMED} more" if len(countries) > MOST_NAMED else ""
    return f"{', '.join(countries[:MOST_NAMED])}{more}"


def changes_nothing(event: Event, nothing: bool) -> tuple[str, ...]:
    """A note on an event that leaves the market as it is."""
    return (f"{event.describe()}: changes nothing.",) if nothing else ()


def loose_limit(
    event: Event, market: TradedMarket, country: str, destinations: Sequence[str], cap: float
) -> tuple[str, ...]:
    """A note on a limit (relative to base) that is not below base exports."""
    if not 1.0 <= cap < float("inf"):
        return ()
    base = base_exports(market, country, destinations)
    return (f"{event.describe()}: base exports are {base:,.0f} t, so that it binds only where they would grow.",)
