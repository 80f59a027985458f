"""The same programme written out year by year: the check of the cuts, and what they are timed against.

    theta = v + sum over k of W[k] u[k] / (1 - alpha),   u[k] >= loss of year k - v,   u >= 0

Compact: years with the same state in every market are one. It is small enough for hundreds of distinct years only. One
group of tables alone is written out.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack

from sogdia.errors import SolveError
from sogdia.plan.choice.case import Integers, PlanCase
from sogdia.plan.choice.choose import Choice, figures_of
from sogdia.plan.choice.clash import clash
from sogdia.plan.choice.programme import programme_of
from sogdia.plan.choice.quiet import silenced

INFEASIBLE = 2


def choose_extensive(case: PlanCase, *, compact: bool = True, seconds: float = 600.0) -> Choice:
    """The choice by one large programme. seconds: after which the best plan so far is taken, with its gap."""
    if len(case.groups) > 1:
        raise SolveError("a plan in periods is not written out year by year.")
    programme = programme_of(case)
    columns_of = [table.of_year for table in case.tables] or [np.zeros(len(case.weight), dtype=np.int64)]
    years: Integers = np.stack(columns_of, axis=1)
    weight = case.years
    if compact:
        years, number = np.unique(years, axis=0, return_inverse=True)
        weight = np.bincount(number.ravel(), weights=weight, minlength=len(years)).astype(np.float64)
    count, first = len(years), programme.theta
    columns = first + 1 + count
    objective = np.zeros(columns)
    objective[:first] = programme.objective[:first]
    objective[first] = case.risk
    objective[first + 1 :] = case.risk * weight / (1.0 - case.tail)
    own = np.zeros((count, first))
    for k, (start, table) in enumerate(zip(programme.starts, case.tables, strict=True)):
        own[:, start : start + len(table.holds)] = table.loss[years[:, k]] / programme.scale
    spread = hstack([csr_matrix(own), csr_matrix(np.full((count, 1), -1.0)), -identity(count, format="csr")])
    fixed = hstack([programme.fixed[:, :first], csr_matrix((programme.fixed.shape[0], 1 + count))])
    low = np.concatenate([programme.low, np.full(count, -np.inf)])
    high = np.concatenate([programme.high, np.zeros(count)])
    projects = len(case.names)
    least, most, kinds = np.zeros(columns), np.full(columns, np.inf), np.zeros(columns)
    most[:projects], kinds[:projects], least[first] = 1.0, 1.0, -np.inf
    with silenced():
        found = milp(
            objective,
            integrality=kinds,
            bounds=Bounds(least, most),
            constraints=[LinearConstraint(vstack([fixed, spread], format="csr"), low, high)],
            options={"mip_rel_gap": 0.0, "time_limit": seconds},
        )
    if found.status == INFEASIBLE:
        raise clash(programme)
    if found.x is None:
        raise SolveError(f"no plan within {seconds:g} s: {found.message}")
    chosen = np.asarray(found.x[:projects] > 0.5)
    figures, bound = figures_of(case, chosen), float(found.mip_dual_bound) * programme.scale
    return Choice(chosen, figures, min(bound, figures.value), max(figures.value - bound, 0.0), 0)
