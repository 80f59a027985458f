"""Limits that cannot hold together: which ones, and by how much the rest would have to give.

Limits are taken away one by one for as long as the others still clash, so that none of those left could be missed. Then
each of them may give at a price, and the least that they give together, each measured by its own size, is told.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, vstack

from sogdia.errors import NoAnswerError
from sogdia.plan.choice.case import Limit
from sogdia.plan.choice.programme import Programme, limit_row
from sogdia.plan.choice.quiet import silenced

SMALL = 1e-7


def clash(programme: Programme) -> NoAnswerError:
    """The error that names the limits that clash."""
    case = programme.case
    left = list(case.limits)
    for limit in case.limits:
        without = [other for other in left if other is not limit]
        if not _feasible(programme, without):
            left = without
    if not left:
        return NoAnswerError("no combination of projects fits the tables of the markets, even without any limit.")
    parts = [f"{limit.name}: {_short(limit, by)}" for limit, by in zip(left, _given(programme, left), strict=True)]
    names = "; ".join(limit.name for limit in left)
    which = "cannot be met by any plan" if len(left) == 1 else "cannot hold together"
    return NoAnswerError(
        f"these limits {which}: {names}. At the least they would have to give: {'; '.join(parts)}. Change one of them."
    )


def _short(limit: Limit, by: float) -> str:
    amount = f"{by:.6g} {limit.unit}".strip()
    return f"by {amount}" if by > SMALL else "nothing, if the others give"


def _feasible(programme: Programme, limits: Sequence[Limit]) -> bool:
    return _relaxed(programme, limits, elastic=False) is not None


def _given(programme: Programme, limits: Sequence[Limit]) -> list[float]:
    """By how much each limit gives, in its own unit."""
    found = _relaxed(programme, limits, elastic=True)
    return [0.0] * len(limits) if found is None else found


def _relaxed(programme: Programme, limits: Sequence[Limit], *, elastic: bool) -> list[float] | None:
    """What each limit gives in the plan that breaks them least; None where there is no plan."""
    case, columns = programme.case, programme.theta
    joint = len(programme.low) - len(case.limits)
    sizes = [_size(limit) for limit in limits]
    fixed = csr_matrix((0, columns)) if joint == 0 else programme.fixed[:joint, :columns]
    rows = vstack([fixed, *(limit_row(case, programme.starts, columns, limit) for limit in limits)], format="csr")
    low = np.concatenate([programme.low[:joint], [limit.low for limit in limits]])
    high = np.concatenate([programme.high[:joint], [limit.high for limit in limits]])
    count = 2 * len(limits)
    give = np.zeros((joint + len(limits), count))
    for k, size in enumerate(sizes):
        give[joint + k, 2 * k], give[joint + k, 2 * k + 1] = size, -size
    kinds = np.concatenate([np.ones(len(case.names)), np.zeros(columns - len(case.names) + count)])
    top = np.concatenate([np.ones(columns), np.full(count, np.inf if elastic else 0.0)])
    with silenced():
        found = milp(
            np.concatenate([np.zeros(columns), np.ones(count)]),
            integrality=kinds,
            bounds=Bounds(np.zeros(columns + count), top),
            constraints=[LinearConstraint(hstack([rows, csr_matrix(give)], format="csr"), low, high)],
        )
    if found.x is None:
        return None
    given = found.x[columns:]
    return [float(max(given[2 * k], given[2 * k + 1])) * size for k, size in enumerate(sizes)]


def _size(limit: Limit) -> float:
    ends = [abs(end) for end in (limit.low, limit.high) if np.isfinite(end) and end != 0]
    return max(ends, default=1.0)
