"""What each project is worth: in the plan (marginal), on average over the order of joining (Shapley), and to be forced.

    Shapley[p] = sum over subsets S of the others of |S|! (n - |S| - 1)! / n! (value(S) - value(S and p))

over the chosen projects; the parts add up to what the plan saves against nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import factorial

import numpy as np

from sogdia.errors import NoAnswerError, SolveError
from sogdia.plan.choice.case import Booleans, Floats, Limit, PlanCase, combinations
from sogdia.plan.choice.choose import choose, figures_of
from sogdia.plan.choice.limits import at_least

MOST_SHARED = 12


def shapley(case: PlanCase, chosen: Booleans) -> Floats:
    """Part of each project in what the plan saves, (projects,), 0 of those not chosen. SolveError above 12 projects."""
    players = np.flatnonzero(chosen)
    count = len(players)
    if count > MOST_SHARED:
        raise SolveError(f"the worth of {count} projects is not shared out: at most {MOST_SHARED} at once.")
    subsets = combinations(count)
    value = np.empty(len(subsets))
    for row, subset in enumerate(subsets):
        held = np.zeros(len(chosen), dtype=bool)
        held[players[subset]] = True
        value[row] = figures_of(case, held).value
    part = np.zeros(len(chosen))
    size = subsets.sum(axis=1)
    for k, player in enumerate(players.tolist()):
        without = np.flatnonzero(~subsets[:, k])
        share = [factorial(int(s)) * factorial(count - int(s) - 1) / factorial(count) for s in size[without]]
        part[player] = float(np.dot(share, value[without] - value[without + 2**k]))
    return part


def marginal(case: PlanCase, chosen: Booleans) -> Floats:
    """By how much the plan is worse where a chosen project alone is left out of it, (projects,), NaN of the others."""
    whole = figures_of(case, chosen).value
    found = np.full(len(chosen), np.nan)
    for project in np.flatnonzero(chosen).tolist():
        left = chosen.copy()
        left[project] = False
        found[project] = figures_of(case, left).value - whole
    return found


def cost_of_having(case: PlanCase, project: int, *, best: float) -> float | None:
    """By how much the best plan with a project is worse than the best of all; None where limits forbid it."""
    row = np.zeros(len(case.names))
    row[project] = 1.0
    try:
        return choose(with_limits(case, [at_least(row, 1.0, "the project is in the plan")])).figures.value - best
    except NoAnswerError:
        return None


def with_limits(case: PlanCase, limits: Sequence[Limit]) -> PlanCase:
    """The case with further limits."""
    return replace(case, limits=(*case.limits, *limits))
