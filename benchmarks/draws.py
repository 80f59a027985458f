"""Time of one shock with 10,000 draws of the elasticities, from the store to the tables of bands.

    python benchmarks/draws.py [--draws 10000]

The shock is a Chinese cut of rare earths by 40 % in 2009. The best of three runs is shown, as wall clock, as processor
time of this process, and as processor time of the equilibria alone: every draw has its own elasticities, so every draw
is a market of its own. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sogdia.market.shared_limit as clearing
from sogdia import Study
from sogdia.equilibrium import Equilibria, Market, Shocks, solve

WARM_UP, ROUNDS = 10, 3
GOAL = 2.0
"""Seconds on two cores."""


def main() -> None:
    """Read the number of draws, time the shock, print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000)
    draws = parser.parse_args().draws
    equilibria: list[float] = []

    def timed(market: Market, shocks: Shocks) -> Equilibria:
        start = process_time()
        answer = solve(market, shocks)
        equilibria.append(process_time() - start)
        return answer

    clearing.solve = timed  # type: ignore[assignment]
    study = Study("JPN")
    study.shock("rare_earths", cut="CHN=0.4", year=2009, draws=WARM_UP)
    runs = []
    for _ in range(ROUNDS):
        equilibria.clear()
        wall, processor = perf_counter(), process_time()
        answer = study.shock("rare_earths", cut="CHN=0.4", year=2009, draws=draws)
        runs.append((perf_counter() - wall, process_time() - processor, sum(equilibria)))
    wall, processor, alone = (min(values) for values in zip(*runs, strict=True))
    paid = answer.rows.filter(role="importer", variable="price_paid").row(0, named=True)
    print(f"{draws:,} draws in {wall:.2f} s, {processor:.2f} s of processor, {alone:.2f} s of them for equilibria")
    print(
        json.dumps(
            {
                "name": "draws", "ours": round(processor, 3), "peer": None, "ratio": None,
                "unit": f"processor seconds for {draws} draws of one shock",
                "draws": draws, "seconds": round(wall, 3), "processor_seconds": round(processor, 3),
                "equilibria_seconds": round(alone, 3), "goal_seconds": GOAL,
                "microseconds_per_draw": round(1e6 * alone / draws, 1),
                "price_paid": [paid["low"], paid["central"], paid["high"]],
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
