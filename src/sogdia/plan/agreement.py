"""Where both sides agree on a project: what its backers must bring, and what it is worth to the importer.

    low    yearly cost of support          high   what it saves the importer beside the chosen plan
    nash   halfway, where high is above low: both gain the same

A project whose worth is below its cost has no zone of agreement with this importer alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.plan.choice import PlanCase, figures_of
from sogdia.plan.choice.case import Booleans


@dataclass(frozen=True, slots=True)
class Zone:
    """MUSD a year: low, high, and the Nash split, None where there is no zone."""

    project: str
    low: float
    high: float
    nash: float | None


def worth(case: PlanCase, chosen: Booleans, project: int) -> float:
    """What a project saves the importer a year beside the others that are chosen, at the price of risk, its cost not
    counted. A chosen project that excludes it is taken away first.
    """
    held, without = chosen.copy(), chosen.copy()
    held[project] = True
    if case.rows(held) is None:
        own = [table.projects for table in case.tables if project in table.projects]
        for other in np.flatnonzero(chosen & np.isin(np.arange(len(chosen)), np.concatenate(own))).tolist():
            less = held.copy()
            less[other] = False
            if case.rows(less) is not None:
                held, without = less, less.copy()
                break
    held[project], without[project] = True, False
    most, least = figures_of(case, held), figures_of(case, without)
    return (least.value - least.cost) - (most.value - most.cost)


def zones(case: PlanCase, chosen: Booleans) -> tuple[Zone, ...]:
    """The zone of each project that can be chosen, in their order."""
    found = []
    for number, name in enumerate(case.names):
        low, high = float(case.cost[number]), worth(case, np.asarray(chosen), number)
        found.append(Zone(name, low, high, (low + high) / 2.0 if high > low else None))
    return tuple(found)
