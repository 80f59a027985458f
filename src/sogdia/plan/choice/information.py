"""What it would be worth, at most, to know each year and what becomes of projects before the choice.

    at most  value of the plan - rho( sum over markets of min over c of (cost[c] + loss[year, c]) )

with rho = (1 - lambda) mean + lambda tail loss. Who knows the year chooses the best combination of each market for it;
limits are left aside, and a project of several markets is paid in equal parts by them, so that the true worth is lower.
"""

from __future__ import annotations

import numpy as np

from sogdia.plan.choice.case import Booleans, Floats, PlanCase
from sogdia.plan.choice.tail import tail_loss


def perfect_information(case: PlanCase, chosen: Booleans) -> float:
    """The bound, for a choice of one ordinary year."""
    rows = case.rows(chosen) or []
    touched = np.zeros(len(case.names))
    for table in case.tables:
        touched[table.projects] += 1.0
    share = case.cost / np.where(touched > 0, touched, 1.0)
    alone = np.where(touched > 0, 0.0, case.cost)
    taken, known = (
        np.full(len(case.weight), case.cost @ chosen),
        np.full(len(case.weight), np.minimum(alone, 0.0).sum()),
    )
    for row, table in zip(rows, case.tables, strict=True):
        best = (table.loss + table.holds @ share[table.projects]).min(axis=1)
        taken += table.loss[table.of_year, row]
        known += best[table.of_year]
    return max(_worth(case, taken) - _worth(case, known), 0.0)


def _worth(case: PlanCase, loss: Floats) -> float:
    return (1.0 - case.risk) * float(case.years @ loss) + case.risk * tail_loss(loss, case.years, case.tail)
