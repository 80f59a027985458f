"""A choice in periods: when each project starts, what then operates, and what is spent when.

    x[p, t]  project p starts in period t (binary)          y[p, t]  it operates in period t
    y[p, t] = sum of x[p, s] over s + build[p] <= t < s + build[p] + life[p],      sum over t of x[p, t] <= 1
    cost and losses of period t count with the weight w[t]; the weights add up to 1

Losses of a period are those of a year in which what operates is there; each period has its own tail. What limits a
choice limits what operates in each period, floors in the last alone; what is spent is limited in all and by period.
With one period and nothing to build, this is the choice of one ordinary year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.plan.choice.case import Booleans, Floats, Integers, Limit, PlanCase


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """build, life: periods of each project, (projects,); spent: money once, (projects,), evenly over the periods of
    building; names: of the periods; weights: of each, adding up to 1; most: that may be spent in all; most_by_period:
    in each; None for no limit.
    """

    build: Integers
    life: Integers
    spent: Floats
    names: tuple[str, ...]
    weights: tuple[float, ...]
    most: float | None = None
    most_by_period: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StagedCase:
    """case: of the choice; start: column of x, (projects, periods), -1 where a start would never operate; operates:
    column of y, (projects, periods).
    """

    case: PlanCase
    start: Integers
    operates: Integers

    def starts(self, chosen: Booleans) -> Integers:
        """Period in which each project starts, (projects,), -1 for never."""
        begun = np.where(self.start >= 0, np.asarray(chosen)[self.start], False)
        return np.where(begun.any(axis=1), begun.argmax(axis=1), -1)

    def operating(self, chosen: Booleans) -> Booleans:
        """What operates in each period, (projects, periods)."""
        return np.asarray(chosen, dtype=bool)[self.operates]

    def plan_of(self, starts: Integers, timing: Timing) -> Booleans:
        """The choice in which each project starts in a period, -1 for never."""
        chosen = np.zeros(len(self.case.names), dtype=bool)
        for project, period in enumerate(starts.tolist()):
            if period >= 0:
                chosen[self.start[project, period]] = True
                chosen[self.operates[project, running(timing, project, period)]] = True
        return chosen


def running(timing: Timing, project: int, start: int) -> Integers:
    """The periods in which a project operates that starts in one."""
    first = start + int(timing.build[project])
    return np.arange(first, min(first + int(timing.life[project]), len(timing.names)))


def staged(case: PlanCase, timing: Timing) -> StagedCase:
    """The staged choice of a case for one ordinary year, without its budget."""
    projects, periods = len(case.names), len(timing.names)
    start = np.full((projects, periods), -1, dtype=np.int64)
    able = [(p, t) for p in range(projects) for t in range(periods) if len(running(timing, p, t))]
    for column, (p, t) in enumerate(able):
        start[p, t] = column
    operates = len(able) + np.arange(projects * periods).reshape(projects, periods)
    columns = len(able) + projects * periods
    cost = np.zeros(columns)
    for t, weight in enumerate(timing.weights):
        cost[operates[:, t]] = weight * case.cost
    names = (
        *(f"{case.names[p]}, start {timing.names[t]}" for p, t in able),
        *(f"{name} in {period}" for name in case.names for period in timing.names),
    )
    tables = tuple(
        replace(table, name=_name(table.name, timing.names[t], periods), projects=operates[table.projects, t], group=t)
        for t in range(periods)
        for table in case.tables
    )
    limits = [
        *_links(case, timing, start, operates, columns),
        *_spending(timing, start, columns),
        *(limit for each in case.limits for limit in _by_period(each, timing, operates, columns)),
    ]
    whole = replace(case, names=names, cost=cost, tables=tables, limits=tuple(limits), groups=timing.weights)
    return StagedCase(whole, start, operates)


def _links(case: PlanCase, timing: Timing, start: Integers, operates: Integers, columns: int) -> list[Limit]:
    """What operates has started and is built; nothing starts twice."""
    links = []
    for p, name in enumerate(case.names):
        rows = np.zeros((len(timing.names), columns))
        once = np.zeros(columns)
        for t in range(len(timing.names)):
            rows[t, operates[p, t]] = 1.0
            if start[p, t] >= 0:
                once[start[p, t]] = 1.0
        for t in np.flatnonzero(start[p] >= 0).tolist():
            rows[running(timing, p, t), start[p, t]] = -1.0
        links += [Limit(f"{name} operates once it is built", row, 0.0, 0.0, "projects") for row in rows]
        if once.sum() > 1:
            links.append(Limit(f"{name} starts once", once, high=1.0, unit="projects"))
    return links


def _spending(timing: Timing, start: Integers, columns: int) -> list[Limit]:
    """Budgets in all and by period."""
    whole, by_period = np.zeros(columns), np.zeros((len(timing.names), columns))
    for p, t in zip(*np.nonzero(start >= 0), strict=True):
        whole[start[p, t]] = timing.spent[p]
        building = max(int(timing.build[p]), 1)
        by_period[t : t + building, start[p, t]] = timing.spent[p] / building
    limits = [] if timing.most is None else [Limit("budget", whole, high=timing.most, unit="MUSD")]
    if timing.most_by_period is not None:
        limits += [
            Limit(f"budget {name}", row, high=timing.most_by_period, unit="MUSD")
            for name, row in zip(timing.names, by_period, strict=True)
        ]
    return limits


def _by_period(limit: Limit, timing: Timing, operates: Integers, columns: int) -> list[Limit]:
    """A limit on what operates in each period; a floor in the last alone."""
    last, found = len(timing.names) - 1, []
    for t, name in enumerate(timing.names):
        low = limit.low if t == last else -np.inf
        if not np.isfinite([low, limit.high]).any():
            continue
        row = np.zeros(columns)
        row[operates[:, t]] = limit.of_project
        of = {_name(market, name, last + 1): values for market, values in limit.of_combination.items()}
        found.append(Limit(_name(limit.name, name, last + 1), row, low, limit.high, limit.unit, of))
    return found


def _name(name: str, period: str, periods: int) -> str:
    return name if periods == 1 else f"{name}, {period}"


def spread(values: Sequence[float], rate: float, years: int) -> tuple[float, ...]:
    """Weights of periods of some years each, by their number: discounted years, adding up to 1. values: first year of
    each, from 0.

    >>> spread([0.0, 3.0], 0.0, 3)
    (0.5, 0.5)
    """
    whole = [sum((1.0 + rate) ** -(first + k) for k in range(years)) for first in values]
    return tuple(each / sum(whole) for each in whole)
