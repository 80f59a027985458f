"""Time of a proven plan by cuts, against the same programme written out year by year and given to the same solver.

    python benchmarks/plan.py                 # 500, 2,000 and 10,000 years
    python benchmarks/plan.py --years 500 --limit 60

The choice is made up: 14 markets of 2 projects each, 28 projects, 60 states a market. Written out naively there is a
row for each year; compact, years with the same states are one. The last line is one JSON object: ours,
peer (compact) and their ratio at the most years, and every row.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from sogdia.errors import SolveError
from sogdia.plan.choice import Choice, LossTable, PlanCase, budget, choose, combinations
from sogdia.plan.choice.extensive import choose_extensive

MARKETS, PROJECTS, STATES = 14, 28, 60
CUTS, COMPACT = "cuts", "written out, compact"
"""Our way, and the peer: the same programme given to the solver in whole."""


def made_up(years: int, seed: int = 1) -> PlanCase:
    """A choice of a size like that of one importer."""
    rng = np.random.default_rng(seed)
    owner = np.arange(PROJECTS) % MARKETS
    tables = []
    for market in range(MARKETS):
        own = np.flatnonzero(owner == market)
        holds = combinations(len(own))
        left = np.where(holds[np.newaxis], 1.0 - 0.4 * rng.random((STATES, 1, len(own))), 1.0).prod(axis=2)
        loss = np.concatenate([[0.0], rng.exponential(20.0, STATES - 1)])[:, np.newaxis] * left
        calm = rng.random(years) < 0.8
        of_year = np.where(calm, 0, rng.integers(1, STATES, years))
        tables.append(LossTable(f"market {market}", own, holds, loss, of_year))
    cost = rng.exponential(1.0, PROJECTS)
    names = tuple(f"project {number}" for number in range(PROJECTS))
    return PlanCase(names, cost, tuple(tables), np.ones(years), (budget(cost, 8.0),), 0.5, 0.95)


def timed(form: str, years: int, run: Callable[[], Choice]) -> dict[str, Any]:
    """How long one way took, its value and its gap as part of the value; null where there is no plan in time."""
    began = time.monotonic()
    row: dict[str, Any] = {"years": years, "form": form}
    try:
        found = run()
        value = found.figures.value
        row |= {"seconds": time.monotonic() - began, "value": value, "gap": found.gap / abs(value)}
        told = f"value {value:.6f}  gap {row['gap']:.2e}"
    except SolveError as why:
        row |= {"seconds": time.monotonic() - began, "value": None, "gap": None}
        told = str(why)
    print(f"{years:>7,} years  {form:<22} {row['seconds']:8.2f} s  {told}", flush=True)
    return row


def main() -> None:
    """Run all sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, nargs="*", default=[500, 2_000, 10_000])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each programme written out")
    asked = parser.parse_args()
    rows = []
    for years in asked.years:
        case = made_up(years)
        rows += [
            timed(CUTS, years, lambda case=case: choose(case)),  # type: ignore[misc]
            timed(COMPACT, years, lambda case=case: choose_extensive(case, seconds=asked.limit)),  # type: ignore[misc]
            timed(
                "written out, naive", years,
                lambda case=case: choose_extensive(case, compact=False, seconds=asked.limit),  # type: ignore[misc]
            ),
        ]  # fmt: skip
    most = [row for row in rows if row["years"] == max(asked.years)]
    ours, peer = (next(row["seconds"] for row in most if row["form"] == form) for form in (CUTS, COMPACT))
    record = {
        "name": "plan", "ours": ours, "peer": peer, "ratio": peer / ours, "unit": "s", "years": max(asked.years),
        "projects": PROJECTS, "markets": MARKETS, "limit_s": asked.limit, "rows": rows,
    }  # fmt: skip
    print(json.dumps(record))


if __name__ == "__main__":
    main()
