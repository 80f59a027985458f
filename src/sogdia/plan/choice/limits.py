"""Limits on a choice, each with a name: budgets, prerequisites, exclusions, floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
