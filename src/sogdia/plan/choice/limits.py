"""Limits on a choice, each with a name: budgets, financing, prerequisites, exclusions, floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from sogdia.plan.choice.case import Floats, Limit

BUDGET = "budget"
"""Name of the budget in all."""


def budget(cost: Floats, most: float, name: str = BUDGET, unit: str = "MUSD") -> Limit:
    """What is spent is at most `most`: in all, in a year, or of one financier, by the costs given."""
    return Limit(name, np.asarray(cost, dtype=float), high=most, unit=unit)


def at_least(values: Floats, least: float, name: str, unit: str = "") -> Limit:
    """A floor on a sum over the chosen projects."""
    return Limit(name, np.asarray(values, dtype=float), low=least, unit=unit)


def at_most(
    values: Floats, most: float, name: str, unit: str = "", of_combination: Mapping[str, Floats] | None = None
) -> Limit:
    """A limit on a sum over the chosen projects and the combinations of the markets."""
    return Limit(name, np.asarray(values, dtype=float), high=most, unit=unit, of_combination=dict(of_combination or {}))


def prerequisite(count: int, project: int, needs: int, name: str) -> Limit:
    """A project only with another: x[project] <= x[needs]."""
    row = np.zeros(count)
    row[project], row[needs] = 1.0, -1.0
    return Limit(name, row, high=0.0, unit="projects")


def exclusion(count: int, projects: Sequence[int], name: str, most: int = 1) -> Limit:
    """At most `most` of some projects."""
    row = np.zeros(count)
    row[list(projects)] = 1.0
    return Limit(name, row, high=float(most), unit="projects")


def financing(
    spent: Floats, most_of: Mapping[str, Floats], limits: Mapping[str, float], unit: str = "MUSD"
) -> list[Limit]:
    """What each financier brings is at most its limit, whoever of them pays for what.

    spent: of each project (projects,); most_of: of each project by financier, (projects,), the most that it may bring;
    limits: by financier, those without one bring what they may. Where all of them together may not bring what is
    spent, the rest is the backers' own. A way to pay exists exactly where for every set of limited financiers what
    nobody else may bring is within their limits (a cut of the flow from projects to financiers):

        sum of x max(0, asked - most of those outside the set) <= sum of the limits inside it
    """
    whole = np.sum([np.asarray(most) for most in most_of.values()], axis=0) if most_of else np.zeros_like(spent)
    asked = np.minimum(spent, whole)
    found = []
    for size in range(1, len(limits) + 1):
        for some in combinations(limits, size):
            outside = whole - np.sum([most_of[name] for name in some], axis=0)
            left = np.maximum(asked - outside, 0.0)
            if left.any():
                names = f"what {' and '.join(some)} {'brings' if size == 1 else 'bring'}"
                found.append(Limit(names, left, high=sum(limits[name] for name in some), unit=unit))
    return found
