"""The rows and columns of the programme: x of the projects, z of the combinations of each market, theta of each group.

Money is divided by `scale` so that the tolerances of the solver are small beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_diag, csr_matrix, hstack, vstack

from sogdia.plan.choice.case import Floats, Limit, PlanCase
from sogdia.plan.choice.tail import tail_weights

SCALED_TO = 1e4
"""Largest figure of money in the programme: the solver's tolerance of 1e-6 is then 1e-10 of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """objective: (columns,); fixed: rows that always hold, with low and high; starts: first column of each market's
    combinations; theta: column of the tail loss of the first group; the others follow.
    """

    case: PlanCase
    objective: Floats
    fixed: csr_matrix
    low: Floats
    high: Floats
    starts: tuple[int, ...]
    theta: int
    scale: float

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.theta + len(self.case.groups)

    def shares(self, point: Floats) -> list[Floats]:
        """z of each market, (combinations,)."""
        return [
            point[start : start + len(table.holds)] for start, table in zip(self.starts, self.case.tables, strict=True)
        ]


def programme_of(case: PlanCase) -> Programme:
    """The programme without cuts."""
    count = len(case.names)
    sizes = [len(table.holds) for table in case.tables]
    starts = tuple(int(n) for n in count + np.concatenate([[0], np.cumsum(sizes)])[:-1])
    theta = count + sum(sizes)
    largest = max([float(np.abs(case.cost).max(initial=0.0)), *(float(np.abs(t.loss).max()) for t in case.tables)])
    scale = (largest or 1.0) / SCALED_TO
    columns, weight = theta + len(case.groups), np.array(case.groups)
    objective = np.zeros(columns)
    objective[:count] = case.cost / scale
    for start, table in zip(starts, case.tables, strict=True):
        objective[start : start + len(table.holds)] = (
            (1.0 - case.risk) * weight[table.group] * case.expected(table) / scale
        )
    objective[theta:] = case.risk * weight
    joint, joint_right = _joint_rows(case, theta)
    limits = [limit_row(case, starts, columns, limit) for limit in case.limits]
    fixed = vstack([joint, *limits], format="csr") if limits else joint
    low = np.concatenate([joint_right, [limit.low for limit in case.limits]])
    high = np.concatenate([joint_right, [limit.high for limit in case.limits]])
    return Programme(case, objective, fixed, low, high, starts, theta, scale)


def _joint_rows(case: PlanCase, theta: int) -> tuple[csr_matrix, Floats]:
    """One combination in each market, and it holds a project exactly where that is chosen."""
    blocks = [np.vstack([np.ones(len(table.holds)), table.holds.T]) for table in case.tables]
    names = [np.concatenate([[-1], table.projects]) for table in case.tables]
    named = np.concatenate([*names, np.empty(0, dtype=np.int64)])
    of = np.flatnonzero(named >= 0)
    projects = csr_matrix((np.full(len(of), -1.0), (of, named[of])), shape=(len(named), len(case.names)))
    combined = block_diag(blocks) if blocks else csr_matrix((0, theta - len(case.names)))
    tails = csr_matrix((len(named), len(case.groups)))
    return hstack([projects, combined, tails], format="csr"), np.where(named < 0, 1.0, 0.0)


def limit_row(case: PlanCase, starts: Sequence[int], columns: int, limit: Limit) -> csr_matrix:
    """A limit as a row."""
    row = np.zeros(columns)
    row[: len(case.names)] = limit.of_project
    for start, table in zip(starts, case.tables, strict=True):
        if table.name in limit.of_combination:
            row[start : start + len(table.holds)] = limit.of_combination[table.name]
    return csr_matrix(row)


def year_losses(programme: Programme, point: Floats, group: int) -> Floats:
    """Loss of a group in each year at a point, which may lie between combinations, (years,)."""
    total = np.zeros(len(programme.case.weight))
    for share, table in zip(programme.shares(point), programme.case.tables, strict=True):
        if table.group == group:
            total += (table.loss @ share)[table.of_year]
    return total


def cut_at(programme: Programme, point: Floats, group: int) -> Floats:
    """theta >= mean loss of the years that are the worst at this point: sum of row x point <= 0 with theta at -1."""
    case = programme.case
    inside = tail_weights(year_losses(programme, point, group), case.years, case.tail)
    return _cut(programme, inside, group)


def mean_cut(programme: Programme, group: int) -> Floats:
    """The first cut of a group, with every year in it: a tail loss is never below the mean."""
    return _cut(programme, programme.case.years, group)


def _cut(programme: Programme, inside: Floats, group: int) -> Floats:
    row = np.zeros(programme.columns)
    for start, table in zip(programme.starts, programme.case.tables, strict=True):
        if table.group == group:
            mass = np.bincount(table.of_year, weights=inside, minlength=len(table.loss))
            row[start : start + len(table.holds)] = (mass @ table.loss) / programme.scale
    row[programme.theta + group] = -1.0
    return row
