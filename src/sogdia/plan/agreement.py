"""Where both sides agree on a project: what its backers must bring, and what it is worth to the importer.

    low    yearly cost of support          high   what it saves the importer beside the chosen plan
    nash   halfway, where high is above low: both gain the same

A project whose worth is below its cost has no zone of agreement with this importer alone. What the partner gains by the
project (value added, a range) stands beside it: where it is above what is lacking, the partner could pay the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sogdia.plan.choice import Figures, PlanCase, figures_of
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
    with_it, without = beside(case, chosen, project)
    most, least = figures_of(case, with_it), figures_of(case, without)
    return (least.value - least.cost) - (most.value - most.cost)


def beside(case: PlanCase, chosen: Booleans, project: int) -> tuple[Booleans, Booleans]:
    """The plan with a project and without it; a chosen project that excludes it is in neither."""
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
    return held, without


def zones(case: PlanCase, chosen: Booleans) -> tuple[Zone, ...]:
    """The zone of each project that can be chosen, in their order."""
    found = []
    for number, name in enumerate(case.names):
        low, high = float(case.cost[number]), worth(case, np.asarray(chosen), number)
        found.append(Zone(name, low, high, (low + high) / 2.0 if high > low else None))
    return tuple(found)


def agreement_in_all(before: Figures, figures: Figures) -> dict[str, Any]:
    """Of the whole plan: what backers bring and what it is worth to the importer, halfway, and both sides' surplus."""
    low, high = figures.cost, (before.value - before.cost) - (figures.value - figures.cost)
    agreed = high > low
    return {
        "low": low, "high": high, "nash": (low + high) / 2.0 if agreed else None,
        "importer_surplus_musd": (high - low) / 2.0 if agreed else None,
        "backers_surplus_musd": (high - low) / 2.0 if agreed else None,
    }  # fmt: skip
