"""The years again with projects that make events rarer or shorter: the state of each market under each set of them.

An event of a sampled year is kept, shortened or dropped by a number drawn once for the project, the stream, the year
and the event (and the target, where each target has its own luck). It is the same under every combination, and by
thinning the rates are then the project's own exactly. A shortened event keeps its beginning. The weights of years stay,
since what may happen is drawn as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError
from sogdia.plan.markets.effects import EventChange
from sogdia.scenarios.distinct import distinct_rows
from sogdia.scenarios.sample import DrawnStream, StreamHit, Targets
from sogdia.scenarios.sampling import Occurrences, share_at, uniforms_at, years_at
from sogdia.scenarios.setup import EnsembleSetup
from sogdia.scenarios.states import NOTHING, MarketStates, market_states
from sogdia.scenarios.stream import EventStream, Hit

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
MOST_ROUNDS = 4
MOST_TOGETHER = 6
"""Such projects of one market: their sets are all told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class EventProject:
    """A project that changes events."""

    project: str
    changes: tuple[EventChange, ...]

    def of(self, stream: EventStream) -> tuple[EventChange, ...]:
        """The changes that concern a stream."""
        own = (change for change in self.changes if change.hazard == stream.hazard)
        return tuple(change for change in own if not change.causes or stream.cause in change.causes)


@dataclass(frozen=True, slots=True, eq=False)
class MarketVariants:
    """states: codes of the distinct states under any set of projects, (states, codes); projects: that change events of
    this market; of_year: number of the state of each year, (years, 2 ** projects): in column `sum of 2 ** k` those of
    the set that holds the projects k.
    """

    states: NDArray[np.int32]
    projects: tuple[str, ...]
    of_year: Integers


@dataclass(frozen=True, slots=True, eq=False)
class _Changed:
    """A hit of some events. amount: share of the target that they take; by: numbers of the projects that change it;
    left: of the days, under each of these, (events,) each, 0 drops the event.
    """

    market: int
    slot: int
    years: Integers
    start: Floats
    length: Floats
    amount: Floats
    by: tuple[int, ...]
    left: tuple[Floats, ...]

    def parts(self, there: Sequence[bool]) -> Floats:
        """Part of the year that is taken, (events,), given which projects are there."""
        days = np.ones(len(self.years))
        for project, left in zip(self.by, self.left, strict=True):
            if there[project]:
                days = days * left
        end = self.start + self.length * days
        overlap = np.clip(np.minimum(1.0, end) - np.maximum(0.0, self.start), 0.0, 1.0)
        return np.asarray(np.where(days > 0, overlap * self.amount, 0.0))


def market_variants(
    setup: EnsembleSetup, streams: Sequence[DrawnStream], sampled: Sequence[MarketStates],
    projects: Sequence[EventProject], years: int, seed: int,
) -> tuple[MarketVariants, ...]:  # fmt: skip
    """The states of each market under each set of the projects that change something there in these years.

    streams: as drawn; sampled: the states without any of the projects. InputError for more than MOST_TOGETHER such
    projects of a market.
    """
    if not projects:
        return tuple(_unchanged(before) for before in sampled)
    plain, changed = _hits(setup, streams, projects, years, seed)
    touching = [_touching(m, changed, len(projects)) for m in range(len(setup.markets))]
    made = []
    for market, (before, own) in enumerate(zip(sampled, touching, strict=True)):
        if not own:
            made.append(_unchanged(before))
            continue
        if len(own) > MOST_TOGETHER:
            name = setup.markets[market].mineral
            rule = f"at most {MOST_TOGETHER} projects change the events of one market"
            names = ", ".join(projects[k].project for k in own)
            raise InputError([Fault(name, rule, "Make some of them one project.", column="effect", value=names)])
        kept = [(h.years, h.slot, h.parts) for h in plain if h.market == market]
        some = [c for c in changed if c.market == market]
        variants = [before]
        for number in range(1, 2 ** len(own)):
            there = [k in own and bool(number >> own.index(k) & 1) for k in range(len(projects))]
            moved = [(c.years, c.slot, c.parts(there)) for c in some]
            variants.append(market_states(years, [*kept, *((y[p > 0], s, p[p > 0]) for y, s, p in moved)]))
        made.append(_joined(variants, tuple(projects[k].project for k in own)))
    return tuple(made)


def _unchanged(states: MarketStates) -> MarketVariants:
    return MarketVariants(states.states, (), states.of_year.astype(np.int64)[:, np.newaxis])


def _hits(
    setup: EnsembleSetup, streams: Sequence[DrawnStream], projects: Sequence[EventProject], years: int, seed: int
) -> tuple[list[StreamHit], list[_Changed]]:
    """What streams take that no project changes, and what others take; only streams of some project have the latter."""
    targets, plain, changed = Targets(setup.markets), list[StreamHit](), list[_Changed]()
    for number, each in enumerate(streams):
        stream, drawn = each.table.stream, each.drawn
        if not len(drawn.years):
            continue
        concerned = [(k, changes) for k, project in enumerate(projects) if (changes := project.of(stream))]
        luck = _Luck(projects, stream, drawn, seed, years)
        order = np.argsort(drawn.possibility, kind="stable")
        which, first = np.unique(drawn.possibility[order], return_index=True)
        for possibility, chosen in zip(which.tolist(), np.split(order, first[1:]), strict=True):
            for hit in stream.possibilities[possibility].hits:
                for market, slot in targets.of(hit):
                    one = _changed(market, slot, hit, drawn, chosen, concerned, luck)
                    if one.by:
                        changed.append(one)
                    else:
                        plain.append(StreamHit(number, possibility, market, slot, one.years, one.parts(())))
    return plain, changed


class _Luck:
    """What becomes of each event of a stream under each change, worked out once."""

    def __init__(
        self, projects: Sequence[EventProject], stream: EventStream, drawn: Occurrences, seed: int, years: int
    ) -> None:
        self._projects, self._name, self._seed, self._years = projects, stream.name, seed, years
        self._drawn = drawn
        first = np.flatnonzero(np.diff(drawn.years, prepend=-1))
        counts = np.diff(np.append(first, len(drawn.years)))
        self._turn = np.arange(len(drawn.years)) - np.repeat(first, counts)
        self._known: dict[tuple[int, str], Floats] = {}

    def of(self, project: int, change: EventChange, target: str) -> Floats:
        """A uniform for each event of the stream, (events,)."""
        key = (project, "" if change.together else target)
        if key not in self._known:
            name = f"project:{self._projects[project].project}:{self._name}:{key[1]}"
            each = uniforms_at(self._seed, name, self._drawn.years, self._years, MOST_ROUNDS)[:, :, 0]
            self._known[key] = each[np.arange(len(each)), np.minimum(self._turn, MOST_ROUNDS - 1)]
        return self._known[key]


def _changed(
    market: int, slot: int, hit: Hit, drawn: Occurrences, chosen: Integers,
    concerned: Sequence[tuple[int, tuple[EventChange, ...]]], luck: _Luck,
) -> _Changed:  # fmt: skip
    by, left = [], []
    for project, changes in concerned:
        for change in changes:
            if (not change.targets or hit.at in change.targets) and change.days in (None, hit.days.central):
                days = left_of(change, luck.of(project, change, hit.at)[chosen])
                if (days != 1.0).any():
                    by.append(project)
                    left.append(days)
    length = years_at(hit.days, drawn.quantile[chosen])
    amount = share_at(hit.share, drawn.level[chosen]) * hit.factor
    return _Changed(
        market, slot, drawn.years[chosen], drawn.start[chosen], length, np.asarray(amount), tuple(by), tuple(left)
    )


def left_of(change: EventChange, uniform: Floats) -> Floats:
    """What is left of the days of events, 0 for those that do not happen.

    >>> from sogdia.plan.markets.effects import EventOutcome
    >>> left_of(EventChange("a", (EventOutcome(0.5), EventOutcome(0.25, 0.1))), np.array([0.2, 0.6, 0.8])).tolist()
    [1.0, 0.1, 0.0]
    """
    ends = np.cumsum([outcome.chance for outcome in change.outcomes])
    days = np.array([*(outcome.days_factor for outcome in change.outcomes), 0.0])
    return np.asarray(days[np.searchsorted(ends, uniform, side="right")])


def _touching(market: int, changed: Sequence[_Changed], projects: int) -> list[int]:
    """The projects that change something of a market in these years."""
    own = {project for one in changed if one.market == market for project in one.by}
    return [project for project in range(projects) if project in own]


def _joined(variants: Sequence[MarketStates], projects: tuple[str, ...]) -> MarketVariants:
    """The states of several variants under one numbering, in the order of their codes."""
    width = max(each.states.shape[1] for each in variants)
    padded = [
        np.pad(each.states, ((0, 0), (0, width - each.states.shape[1])), constant_values=NOTHING) for each in variants
    ]
    whole = np.concatenate(padded)
    first, number = distinct_rows(whole)
    starts = np.cumsum([0, *(len(each) for each in padded)])
    columns = [number[start + each.of_year] for start, each in zip(starts[:-1], variants, strict=True)]
    return MarketVariants(whole[first], projects, np.stack(columns, axis=1))
