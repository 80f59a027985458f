"""The state of a market in each sampled year, and the distinct states that have to be solved.

A state of a market says which part of the year each of its slots is hit: a slot is the exports or the output of a
producer, a way to the importer, or world demand. Parts that several events take of one slot are added up and put into
classes (see `sogdia.hazards.outage`). A state is written as its codes, slot x CLASS_COUNT + class, in rising order;
states are numbered in the order of their codes, the state without any first, so that numbers depend neither on the
order of the years nor on how they were drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sogdia.hazards import CLASSES
from sogdia.scenarios.distinct import distinct_rows

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CLASS_COUNT = len(CLASSES)
NOTHING = -1
"""Fills the rows of shorter states."""
BOUNDS = np.array([CLASSES[1] / 2, *(np.sqrt(a * b) for a, b in pairwise(CLASSES[1:]))], dtype=np.float64)
"""Where one class ends and the next begins: half of the smallest, then the geometric means of neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class MarketStates:
    """states: codes of each distinct state, (states, most codes), NOTHING at the end of a row; of_year: number of the
    state of each year, (years,).
    """

    states: NDArray[np.int32]
    of_year: NDArray[np.int32]


def classes_of(parts: Floats) -> Integers:
    """Number of the class of each part of a year, 0 for nothing.

    >>> classes_of(np.array([0.0, 7 / 365.25, 0.3, 1.0])).tolist()
    [0, 1, 3, 5]
    """
    return np.asarray(np.searchsorted(BOUNDS, parts, side="right"))


def market_states(years: int, hits: Sequence[tuple[Integers, int, Floats]]) -> MarketStates:
    """The states of one market. hits: (years, slot, parts of the year), one for each stream and slot that it hits."""
    if not hits:
        return MarketStates(np.zeros((1, 0), dtype=np.int32), np.zeros(years, dtype=np.int32))
    slots = 1 + max(slot for _, slot, _ in hits)
    where = np.concatenate([year * slots + slot for year, slot, _ in hits])
    amount = np.concatenate([part for _, _, part in hits])
    order = np.argsort(where, kind="stable")
    where, amount = where[order], amount[order]
    first = np.flatnonzero(np.diff(where, prepend=-1))
    kinds = classes_of(np.minimum(np.add.reduceat(amount, first), 1.0)) if len(first) else np.zeros(0, dtype=np.int64)
    place = where[first][kinds > 0]
    return _numbered(years, place // slots, (place % slots) * CLASS_COUNT + kinds[kinds > 0])


def _numbered(years: int, year: Integers, code: Integers) -> MarketStates:
    """The states from (year, code) pairs in rising order."""
    count = np.bincount(year, minlength=years)
    width = int(count.max(initial=0))
    hit = np.flatnonzero(count)
    rows = np.full((len(hit), width), NOTHING, dtype=np.int32)
    within = np.arange(len(year)) - np.repeat(np.cumsum(count[hit]) - count[hit], count[hit])
    rows[np.repeat(np.arange(len(hit)), count[hit]), within] = code
    whole = np.concatenate([np.full((1, width), NOTHING, dtype=np.int32), rows])
    first, number = distinct_rows(whole)
    of_year = np.zeros(years, dtype=np.int32)
    of_year[hit] = number[1:]
    return MarketStates(whole[first], of_year)
