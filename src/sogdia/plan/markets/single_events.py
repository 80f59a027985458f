"""The chances of a market's states in years with one event at most, computed instead of counted in sampled years.

Streams are independent of each other. With P0[s] the chance that a stream has no event in a year that takes a slot of
the market, and P1[s] that it has exactly one,

    no event           product of all P0
    one, of stream s   P1[s] / P0[s] x product of all P0,

and the state that one event makes follows from its entry, its beginning and the level of its share (see
`sogdia.scenarios.sampling`), which are integrated by the midpoint rule. Years with two events and more stay sampled:
their chance is known, their losses are the mean of the sampled years with two and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.scenarios.distinct import distinct_rows
from sogdia.scenarios.sample import Targets
from sogdia.scenarios.sampling import Timetable, number_chances, years_at_each
from sogdia.scenarios.setup import EnsembleSetup
from sogdia.scenarios.states import CLASS_COUNT, NOTHING, classes_of
from sogdia.scenarios.stream import YEAR_DAYS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
BEGINNINGS, LEVELS = 64, 8
"""Midpoints of the beginning of an event and of the level of its share."""
FEW, FEWER = 800, (12, 4)
"""Entries of a stream above which fewer midpoints do: the entries themselves are many."""
Chances = dict[tuple[int, ...], float]


@dataclass(frozen=True, slots=True, eq=False)
class SingleEvents:
    """codes: of the states, as in `sogdia.scenarios.states`, the one without events first; chance: of each in a year;
    several: chance of two events and more.
    """

    codes: NDArray[np.int32]
    chance: Floats
    several: float


@dataclass(frozen=True, slots=True, eq=False)
class SingleStates:
    """state: numbers in the case of the market, (states,); chance: of each in a year; several: chance of a year with
    two events and more; of_several: which sampled years are such, (years,).
    """

    state: Integers
    chance: Floats
    several: float
    of_several: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Hits:
    """The hits of a stream's entries: entry, by number; parts of the year at each midpoint, (hits, midpoints); taken:
    of each market the hits that take a slot of it, and which.
    """

    entry: Integers
    taken: dict[int, tuple[list[int], list[int]]]
    parts: Floats


def single_events(setup: EnsembleSetup, tables: Sequence[Timetable]) -> tuple[SingleEvents, ...]:
    """The states of each market in years with one event at most. tables: of the streams."""
    count, targets = len(setup.markets), Targets(setup.markets)
    none, chances = np.zeros(count), [Chances() for _ in range(count)]
    for table in tables:
        if table.mean <= 0:
            continue
        chance = np.diff(table.cumulative, prepend=0.0)
        hits = _hits(table, targets)
        numbers = number_chances(table.mean)
        for market in sorted(hits.taken):
            outcomes, relevant = _outcomes(hits, chance, *hits.taken[market])
            k = np.arange(len(numbers))
            without = float((numbers * (1.0 - relevant) ** k).sum())
            one = float((k[1:] * numbers[1:] * relevant * (1.0 - relevant) ** (k[1:] - 1)).sum())
            none[market] += np.log(without)
            for state, part in outcomes.items():
                chances[market][state] = chances[market].get(state, 0.0) + part * one / without
    return tuple(_joined(float(np.exp(none[m])), chances[m]) for m in range(count))


def _joined(none: float, odds: Chances) -> SingleEvents:
    """The states with their chances; events too small for a class leave the state as it is."""
    states = sorted(state for state in odds if state)
    codes = np.full((1 + len(states), max(map(len, states), default=0)), NOTHING, dtype=np.int32)
    for row, state in enumerate(states):
        codes[1 + row, : len(state)] = state
    chance = none * np.array([1.0 + odds.get((), 0.0), *(odds[state] for state in states)])
    return SingleEvents(codes, chance, max(1.0 - float(chance.sum()), 0.0))


def _hits(table: Timetable, targets: Targets) -> _Hits:
    """Every hit of every entry that takes a slot of a market."""
    entry, ends, factor = list[int](), list[tuple[float, ...]](), list[float]()
    taken: dict[int, tuple[list[int], list[int]]] = {}
    entries_of: dict[int, list[int]] = {}
    for number, possibility in enumerate(table.possibility.tolist()):
        entries_of.setdefault(possibility, []).append(number)
    for possibility, entries in entries_of.items():
        for hit in table.stream.possibilities[possibility].hits:
            pairs, (days, share) = targets.of(hit), (hit.days, hit.share)
            for each in entries if pairs else ():
                for market, slot in pairs:
                    rows, slots = taken.setdefault(market, ([], []))
                    rows.append(len(entry))
                    slots.append(slot)
                entry.append(each)
                ends.append((days.low, days.central, days.high, share.low, share.central, share.high))
                factor.append(hit.factor)
    if not entry:
        return _Hits(np.zeros(0, dtype=np.int64), {}, np.zeros((0, 1)))
    at, figures = np.array(entry, dtype=np.int64), np.array(ends)
    beginnings, levels = (BEGINNINGS, LEVELS) if len(table.length) <= FEW else FEWER
    u, v = (np.arange(beginnings) + 0.5) / beginnings, (np.arange(levels) + 0.5) / levels
    length = years_at_each(figures[:, :3] / YEAR_DAYS, table.quantile[at])[:, np.newaxis]
    start = u * (1.0 + table.length[at, np.newaxis]) - table.length[at, np.newaxis]
    overlap = np.clip(np.minimum(1.0, start + length) - np.maximum(0.0, start), 0.0, 1.0)
    low, mid, high = figures[:, 3:].T[:, :, np.newaxis]
    share = np.where(v < 0.5, low + 2.0 * v * (mid - low), mid + (2.0 * v - 1.0) * (high - mid))
    part = overlap[:, :, np.newaxis] * (share * np.array(factor)[:, np.newaxis])[:, np.newaxis, :]
    return _Hits(at, taken, part.reshape(len(at), -1))


def _outcomes(hits: _Hits, chance: Floats, rows: list[int], slots: list[int]) -> tuple[Chances, float]:
    """States of one market given one event of the stream that takes a slot of it, and the chance that an event does.

    rows: the hits that take a slot of it; slots: which.
    """
    own, which = np.unique(hits.entry[rows], return_inverse=True)
    known, column = np.unique(slots, return_inverse=True)
    parts = np.zeros((len(own), len(known), hits.parts.shape[1]))
    if len(rows) == len(set(zip(which.tolist(), column.tolist(), strict=True))):
        parts[which, column] = hits.parts[rows]
    else:
        np.add.at(parts, (which, column), hits.parts[rows])
    classes = classes_of(np.minimum(parts, 1.0))
    key = np.zeros((len(own), hits.parts.shape[1]), dtype=object if len(known) > MOST_DIGITS else np.int64)
    for digit in range(len(known)):
        key = key * CLASS_COUNT + classes[:, digit]
    weight = np.broadcast_to(chance[own, np.newaxis] / hits.parts.shape[1], key.shape)
    found, number = _numbered(key.ravel(), len(known))
    mass = np.bincount(number, weights=weight.ravel(), minlength=len(found))
    relevant = float(chance[own].sum())
    return {_state(int(k), known): float(m / relevant) for k, m in zip(found, mass, strict=True)}, min(relevant, 1.0)


def _numbered(key: Integers, digits: int) -> tuple[Integers, Integers]:
    """The distinct keys, and which of them each is."""
    if digits > MOST_DIGITS:
        found, number = np.unique(key, return_inverse=True)
        return found, number
    first, number = distinct_rows(key[:, np.newaxis])
    return key[first], number


MOST_DIGITS = 24
"""Slots whose classes fit into one whole number of 64 bits."""


def _state(key: int, slots: Integers) -> tuple[int, ...]:
    """The codes of a key, in rising order."""
    codes = []
    for slot in reversed(slots.tolist()):
        key, kind = divmod(key, CLASS_COUNT)
        if kind:
            codes.append(int(slot) * CLASS_COUNT + kind)
    return tuple(reversed(codes))
