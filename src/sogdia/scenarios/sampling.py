"""The years of a stream: in which of them its events hold, and for which part of the year.

A sampled year is any year of a world in which events come and go, independent of the other years. An event of rate l
that lasts D years overlaps a year where it began within 1 + D years before its end, so that the events of a stream that
hold in a year are Poisson with mean

    m = sum over possibilities of l E[1 + D],

the one that holds is chosen in proportion to l (1 + D), and its beginning s is uniform in (-D, 1), where the year is
(0, 1). Its part of the year is min(1, s + D) - max(0, s). So an event of several years fills most years that it
touches. D and the share lost are drawn by inversion of a curve through low, central and high at 0, 1/2 and 1, straight
in the logarithm for days.

Every year takes four uniforms a round: the number of events, which and how long, when, how much. They come from
Philox keyed by (seed, SHA-256 of the stream's name) and advanced to the year, so that neither another stream, nor
another number of years, nor the order of work changes them. Several events in one year take a round each, up to ROUNDS;
a stream whose events seldom hold has one round.

Rare streams are drawn with odds F times theirs: q = F p / (1 - p + F p) instead of p = 1 - exp(-m); a year is weighted
by p / q where events hold and (1 - p) / (1 - q) where none do.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sogdia.scenarios.stream import YEAR_DAYS, EventStream, Hit
from sogdia.uncertain import Range

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

UNIFORMS = 4
"""Of a round: as many as one step of Philox's counter gives."""
ROUNDS = 4
"""Events of one stream in one year that are told apart; a further one is not counted."""
SELDOM = 0.02
"""Mean number of events below which a second one in a year is not drawn."""
QUANTILES = 8
"""Lengths of an event that are told apart when it is chosen in proportion to its length."""
MANY = 50
"""Possibilities of a stream from which each counts with its central length alone."""
AT = np.array([0.0, 0.5, 1.0])
"""Quantiles of the low, central and high end of a range."""
JUMP_YEARS = 30
"""Years that are drawn in the time that a jump over them takes."""
KNOWN = 4096
"""Lengths that are kept, once worked out."""


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """A stream as arrays: an entry for each possibility and quantile of its length. mean: number of events that hold in
    a year, m; cumulative: of the entries' chances, 0..1; length: of the longest hit [years]; possibility, quantile: of
    each entry.
    """

    stream: EventStream
    mean: float
    cumulative: Floats
    length: Floats
    possibility: Integers
    quantile: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """What of a stream holds in which year, one entry for each event. years: 0-based; possibility: which one; length,
    start: in years, 0 is the beginning of the sampled year; quantile: of the length; level: of the share lost, 0..1.
    held: the years in which any holds. weight: by which a year counts where none holds, and where one does.
    """

    years: Integers
    possibility: Integers
    length: Floats
    start: Floats
    quantile: Floats
    level: Floats
    weight: tuple[float, float]
    held: Integers


def timetable(stream: EventStream) -> Timetable:
    """The entries that an event of the stream is chosen from."""
    count = 1 if len(stream.possibilities) > MANY else QUANTILES
    quantile = _quantiles(count)
    known = stream.possibilities
    rate = np.array([possibility.rate_per_year for possibility in known], dtype=np.float64)[:, np.newaxis]
    length = np.stack([_longest(tuple(dict.fromkeys(hit.days for hit in each.hits)), count) for each in known])
    weight = (rate * (1.0 + length) / count).ravel()
    total = float(weight.sum())
    cumulative = np.cumsum(weight) / total if total > 0 else np.ones(len(weight))
    which = np.repeat(np.arange(len(known), dtype=np.int64), count)
    return Timetable(stream, total, cumulative, length.ravel(), which, np.tile(quantile, len(known)))


def _quantiles(count: int) -> Floats:
    return np.asarray((np.arange(count) + 0.5) / count)


@lru_cache(maxsize=KNOWN)
def _longest(days: tuple[Range, ...], count: int) -> Floats:
    """The longest of some lengths at each quantile [years]; many events share them."""
    return np.asarray(np.max([years_at(each, _quantiles(count)) for each in days], axis=0))


def uniforms(seed: int, name: str, years: int, rounds: int = 1, first: int = 0) -> Floats:
    """The uniforms of a stream, (years, rounds, UNIFORMS), from year `first` on."""
    source = _source(seed, name)
    source.advance(first * rounds)
    return np.random.Generator(source).random((years, rounds, UNIFORMS))


def uniforms_at(seed: int, name: str, years: Integers, count: int, rounds: int) -> Floats:
    """The uniforms of some of the years of a stream of `count` years, (entries, rounds, UNIFORMS). years: rising."""
    if len(years) * JUMP_YEARS > count:
        return np.asarray(uniforms(seed, name, count, rounds)[years])
    source = _source(seed, name)
    generator, found, at = np.random.Generator(source), np.empty((len(years), rounds, UNIFORMS)), 0
    for row, year in enumerate(years.tolist()):
        if year < at:
            found[row] = found[row - 1]
            continue
        source.advance((year - at) * rounds)
        generator.random(out=found[row])
        at = year + 1
    return found


def _source(seed: int, name: str) -> np.random.Philox:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    return np.random.Philox(key=[seed, key])


def occurrences(table: Timetable, seed: int, years: int, odds_factor: float, first: int = 0) -> Occurrences:
    """Draw the years. odds_factor: by which the odds of an event are raised, 1 for plain sampling."""
    mean = table.mean
    p = -math.expm1(-mean)
    q = odds_factor * p / (1.0 - p + odds_factor * p) if 0 < p < 1 else p
    draws = uniforms(seed, table.stream.name, years, 1 if mean < SELDOM else ROUNDS, first)
    number = _numbers(draws[:, 0, 0], mean, p, q, draws.shape[1])
    held = np.flatnonzero(number > 0)
    year = np.repeat(held, number[held])
    turn = np.arange(len(year)) - np.repeat(np.cumsum(number[held]) - number[held], number[held])
    own = draws[year, turn]
    entry = np.minimum(np.searchsorted(table.cumulative, own[:, 1], side="right"), len(table.cumulative) - 1)
    length = table.length[entry]
    return Occurrences(
        years=year.astype(np.int64),
        possibility=table.possibility[entry],
        length=length,
        start=own[:, 2] * (1.0 + length) - length,
        quantile=table.quantile[entry],
        level=own[:, 3],
        weight=((1.0 - p) / (1.0 - q) if q < 1 else 1.0, p / q if q > 0 else 1.0),
        held=held.astype(np.int64),
    )


def parts(found: Occurrences, chosen: Integers, hit: Hit) -> Floats:
    """Part of the year that a hit takes of its target in the chosen occurrences: overlap x share x factor, 0..1."""
    length = years_at(hit.days, found.quantile[chosen])
    start = found.start[chosen]
    overlap = np.clip(np.minimum(1.0, start + length) - np.maximum(0.0, start), 0.0, 1.0)
    return np.asarray(overlap * share_at(hit.share, found.level[chosen]) * hit.factor)


def years_at(days: Range, quantile: Floats) -> Floats:
    """Length in years at a quantile: straight in the logarithm through low, central and high; 0 stays 0."""
    ends, logarithmic = _ends(days)
    found = np.interp(quantile, AT, ends)
    return np.asarray(np.exp(found) if logarithmic else found)


@lru_cache(maxsize=KNOWN)
def _ends(days: Range) -> tuple[Floats, bool]:
    """Low, central and high [years], and whether as logarithms."""
    ends = np.array([days.low, days.central, days.high]) / YEAR_DAYS
    return (ends, False) if ends[0] <= 0 else (np.log(ends), True)


def years_at_each(years: Floats, quantile: Floats) -> Floats:
    """The same for many hits at once: years, (hits, 3), low, central and high; quantile: one for each, (hits,)."""
    low, mid, high = years.T
    whole = low > 0
    ends = [np.where(whole, np.log(np.where(whole, end, 1.0)), end) for end in (low, mid, high)]
    found = np.where(
        quantile < 0.5, ends[0] + 2.0 * quantile * (ends[1] - ends[0]),
        ends[1] + (2.0 * quantile - 1.0) * (ends[2] - ends[1]),
    )  # fmt: skip
    return np.asarray(np.where(whole, np.exp(found), found))


def number_chances(mean: float) -> Floats:
    """Chance of each number of events of a stream in a year, as they are drawn: with a limit (see ROUNDS, SELDOM)."""
    most = 1 if mean < SELDOM else ROUNDS
    chances = [math.exp(-mean) * mean**k / math.factorial(k) for k in range(most)]
    return np.array([*chances, 1.0 - sum(chances)])


def share_at(share: Range, quantile: Floats) -> Floats:
    """Share at a quantile, straight through low, central and high."""
    return np.asarray(np.interp(quantile, [0.0, 0.5, 1.0], [share.low, share.central, share.high]))


def _numbers(u: Floats, mean: float, p: float, q: float, most: int) -> Integers:
    """Number of events by inversion: none below 1 - q, else Poisson given that there is one, `most` at most."""
    number = np.zeros(len(u), dtype=np.int64)
    some = u >= 1.0 - q
    if not some.any():
        return number
    rest = (u[some] - (1.0 - q)) / q * p
    cumulative = np.cumsum([math.exp(-mean) * mean**k / math.factorial(k) for k in range(1, most)])
    number[some] = 1 + np.searchsorted(cumulative, rest, side="right")
    return number
