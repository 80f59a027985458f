"""The sampled years of an ensemble: the state of each market in each year, and the weight of each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.sampling import Occurrences, Timetable, occurrences, parts, timetable
from sogdia.scenarios.setup import EnsembleMarket, EnsembleSetup
from sogdia.scenarios.states import MarketStates, market_states
from sogdia.scenarios.stream import Hit

Floats = NDArray[np.float64]
ODDS_FACTOR = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class SampledYears:
    """states: of each market, in the order of the setup; weight: of each year (years,), 1 on average;
    frequency: of each stream, (streams,), mean number of events that hold in a year; expected: what that should be;
    raised: whether the stream was drawn more often than it comes. events: of each year that take a slot of each market,
    (markets, years).
    """

    states: tuple[MarketStates, ...]
    weight: Floats
    frequency: Floats
    expected: Floats
    raised: NDArray[np.bool_]
    events: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnStream:
    """A stream, what of it holds in which year, and whether it was drawn more often than it comes."""

    table: Timetable
    drawn: Occurrences
    rare: bool


@dataclass(frozen=True, slots=True, eq=False)
class StreamHit:
    """What a stream takes of one slot of one market: parts of the year, (entries,), in which years; possibility: which
    of the stream's.
    """

    stream: int
    possibility: int
    market: int
    slot: int
    years: NDArray[np.int64]
    parts: Floats


def drawn_streams(
    setup: EnsembleSetup, years: int, seed: int, odds_factor: float = ODDS_FACTOR, first: int = 0
) -> tuple[DrawnStream, ...]:
    """Draw the streams in `years` years from year `first` on."""
    return tuple(_drawn(timetable(stream), years, seed, odds_factor, first) for stream in setup.streams)


def _drawn(table: Timetable, years: int, seed: int, odds_factor: float, first: int) -> DrawnStream:
    rare = is_rare(table)
    return DrawnStream(table, occurrences(table, seed, years, odds_factor if rare else 1.0, first), rare)


def sampled_years(
    setup: EnsembleSetup, years: int, seed: int, odds_factor: float = ODDS_FACTOR, first: int = 0
) -> SampledYears:
    """Draw `years` years from year `first` on."""
    return years_of(setup, drawn_streams(setup, years, seed, odds_factor, first), years)


def years_of(setup: EnsembleSetup, streams: Sequence[DrawnStream], years: int) -> SampledYears:
    """The years from their drawn streams."""
    log_weight = np.zeros(years)
    hits: list[list[tuple[NDArray[np.int64], int, Floats]]] = [[] for _ in setup.markets]
    targets = Targets(setup.markets)
    events = np.zeros((len(setup.markets), years), dtype=np.uint8)
    for number, stream in enumerate(streams):
        drawn = stream.drawn
        if stream.rare:
            none, some = np.log(drawn.weight)
            log_weight += none
            log_weight[drawn.held] += some - none
        counted = set[tuple[int, int]]()
        for hit in _hits(number, stream, targets):
            if (hit.possibility, hit.market) not in counted:
                counted.add((hit.possibility, hit.market))
                np.add.at(events[hit.market], hit.years, 1)
            hits[hit.market].append((hit.years, hit.slot, hit.parts))
    return SampledYears(
        states=tuple(market_states(years, of_market) for of_market in hits),
        weight=np.exp(log_weight),
        frequency=np.array([len(stream.drawn.years) / years for stream in streams]),
        expected=np.array([stream.table.mean for stream in streams]),
        raised=np.array([stream.rare for stream in streams], dtype=bool),
        events=events,
    )


def stream_hits(setup: EnsembleSetup, years: int, seed: int, odds_factor: float) -> list[StreamHit]:
    """What each stream takes in the same years, drawn once more: equal keys give equal numbers."""
    targets, streams = Targets(setup.markets), drawn_streams(setup, years, seed, odds_factor)
    return [hit for number, stream in enumerate(streams) for hit in _hits(number, stream, targets)]


class Targets:
    """The (market, slot) pairs that a hit takes, by market and slot, looked up once for each target."""

    def __init__(self, markets: Sequence[EnsembleMarket]) -> None:
        self._markets = markets
        self._known: dict[tuple[str, str, str | None], tuple[tuple[int, int], ...]] = {}
        self._named: dict[str, list[int]] = {}
        for number, market in enumerate(markets):
            for name in dict.fromkeys((*(slot.name for slot in market.slots), *market.way_of)):
                self._named.setdefault(name, []).append(number)

    def of(self, hit: Hit) -> tuple[tuple[int, int], ...]:
        """The pairs of one hit."""
        key = (hit.kind, hit.target, hit.mineral)
        if key not in self._known:
            concerned = self._named.get(hit.target, ())
            self._known[key] = tuple((m, s) for m in concerned for s in self._markets[m].slots_hit(hit))
        return self._known[key]


def is_rare(table: Timetable) -> bool:
    """Whether a stream strikes several things at once and seldom holds: then it is drawn more often."""
    chance = -np.expm1(-table.mean)
    return bool(table.stream.common and 0.0 < chance <= annual_rate("rare_probability").value.central)


def _hits(number: int, stream: DrawnStream, targets: Targets) -> Iterator[StreamHit]:
    """Everything that the drawn events take. number: of the stream."""
    drawn = stream.drawn
    order = np.argsort(drawn.possibility, kind="stable")
    which, first = np.unique(drawn.possibility[order], return_index=True)
    ends = np.append(first, len(order))[1:]
    for possibility, start, end in zip(which.tolist(), first.tolist(), ends.tolist(), strict=True):
        chosen = order[start:end]
        for hit in stream.table.stream.possibilities[possibility].hits:
            taken = targets.of(hit)
            if taken:
                part = parts(drawn, chosen, hit)
                for market, slot in taken:
                    yield StreamHit(number, possibility, market, slot, drawn.years[chosen], part)
