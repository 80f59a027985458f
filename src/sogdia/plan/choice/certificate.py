"""How far a plan may be from the best because years are sampled: replications (Mak, Morton and Wood 1999).

The years are cut into batches. In each, the plan is worth G = value of the plan - value of the batch's own best plan
more than it need be, G >= 0; the mean of G bounds from above how far the plan is from the best of all years that may
come, with its standard error by Student's distribution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from sogdia.plan.choice.case import Booleans, LossTable, PlanCase
from sogdia.plan.choice.choose import choose, figures_of

BATCHES = 10
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class SampleGap:
    """gap: mean of G; error: its standard error; most: upper end at 95 %; batches: how many; same: in how many the
    best plan of the batch is the plan. worse, worst: by how much the best plans of the batches are worse than the plan
    by all years, on average and at most; taken: in how many of them each project is, (projects,).
    """

    gap: float
    error: float
    most: float
    batches: int
    same: int
    worse: float
    worst: float
    taken: tuple[int, ...]


def sample_gap(case: PlanCase, chosen: Booleans, batches: int = BATCHES) -> SampleGap:
    """The gap of a plan over batches of consecutive years. Years are independent, so that batches are."""
    edges = np.linspace(0, len(case.weight), batches + 1).astype(np.int64)
    gaps, same, worse, best, taken = [], 0, [], list[Booleans](), np.zeros(len(chosen), dtype=np.int64)
    value = figures_of(case, chosen).value
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = replace(
            case,
            weight=case.weight[first:last],
            tables=tuple(_years_of(table, first, last) for table in case.tables),
        )
        own = choose(part, near=(chosen, *best))
        best = [own.chosen]
        same += bool((own.chosen == chosen).all())
        taken += own.chosen
        worse.append(max(figures_of(case, own.chosen).value - value, 0.0))
        gaps.append(max(figures_of(part, chosen).value - own.bound, 0.0))
    mean, error = float(np.mean(gaps)), float(np.std(gaps, ddof=1) / np.sqrt(batches))
    most = mean + float(stdtrit(batches - 1, CONFIDENCE)) * error
    return SampleGap(
        mean, error, most, batches, same, float(np.mean(worse)), float(np.max(worse)), tuple(taken.tolist())
    )  # fmt: skip


def _years_of(table: LossTable, first: int, last: int) -> LossTable:
    """The table of some years alone; what is computed stays."""
    known = table.computed
    part = None if known is None else replace(known, of_rest=known.of_rest[first:last])
    return replace(table, of_year=table.of_year[first:last], computed=part)
