"""Small choices of projects, drawn at random."""

from __future__ import annotations

import itertools

import numpy as np

from sogdia.plan.choice import LossTable, PlanCase, budget, combinations, exclusion, figures_of, prerequisite


def small_case(seed: int, *, most_projects: int = 7, years: int = 60) -> PlanCase:
    """A choice with a budget, a prerequisite and an exclusion."""
    rng = np.random.default_rng(seed)
    projects, markets, years = (
        int(rng.integers(1, most_projects + 1)),
        int(rng.integers(1, 4)),
        int(rng.integers(5, years)),
    )
    tables = []
    for number in range(markets):
        count = int(rng.integers(0, min(projects, 4) + 1))
        own = np.sort(rng.choice(projects, count, replace=False))
        holds, states = combinations(count), int(rng.integers(1, 6))
        left = np.where(holds[np.newaxis], 1.0 - 0.5 * rng.random((states, 1, count)), 1.0).prod(axis=2)
        loss = rng.exponential(10.0, (states, 1)) * left - rng.random((states, 1))
        tables.append(LossTable(f"market {number}", own, holds, loss, rng.integers(0, states, years)))
    cost = rng.exponential(1.5, projects)
    limits = [budget(cost, float(cost.sum() * rng.random()))]
    if projects > 2:
        limits += [prerequisite(projects, 0, 1, "0 needs 1"), exclusion(projects, [1, 2], "1 or 2")]
    risk, tail = float(rng.random()), float(rng.choice([0.0, 0.5, 0.9]))
    names = tuple(str(number) for number in range(projects))
    return PlanCase(names, cost, tuple(tables), rng.random(years) + 0.1, tuple(limits), risk, tail)


def best_by_trying(case: PlanCase) -> float:
    """The least value of all choices within the limits."""
    values = []
    for bits in itertools.product([False, True], repeat=len(case.names)):
        chosen = np.array(bits)
        if all(limit.low <= limit.of_project @ chosen <= limit.high + 1e-12 for limit in case.limits):
            values.append(figures_of(case, chosen).value)
    return min(values)
