"""Disruptions of one market cleared per second, against two peers and the least work that the method could do.

    python benchmarks/equilibrium.py

Scenarios of random output losses and export caps on world rare-earth trade in 2009, in batches of 256 to 16,384, to a
tolerance of 1e-9 and of 1e-6; against two ways to solve the same equilibrium one scenario at a time: CVXPY with
Clarabel, as a convex programme, and SciPy's `optimize.root` with an analytic Jacobian. Clarabel is not exact for
consumers of kilograms beside those of thousands of tonnes: its time is measured on the whole market, its prices are
compared on the market without flows below 0.01 % of trade. Scenarios that it fails on are counted.

The least work is that of the sparse products and of the exponentials and logarithms in as many evaluations and steps
as were made, at the rates at which this machine does them alone in the same run. All else is overhead: passes over
arrays, producers with several lanes, the reading of answers. Times are processor time, the best of some runs, so that
other work on the machine counts less. Results of every batch size are compared to the last bit.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np
from cvxpy.error import SolverError

from _equilibrium_market import losses_and_caps, rare_earths
from sogdia.equilibrium import Equilibria, Market, Shocks, solve
from sogdia.equilibrium.layout import arrange
from sogdia.equilibrium.products import times
from sogdia.equilibrium.reference import ReferenceScenario, solve_reference
from sogdia.equilibrium.settle import MANY
from sogdia.equilibrium.settle import TIGHT as STEADY
from sogdia.equilibrium.shocks import take
from sogdia.errors import NoAnswerError
from support.cvxpy_market import clear

BATCHES = (256, 1_024, 4_096, 16_384)
TYPICAL, TIGHT, LOOSE = 4_096, 1e-9, 1e-6
GOALS = {"microseconds_tight": 100, "microseconds_loose": 60, "ratio": 5_000}
CONIC, ROOT, ROUNDS = 2, 8, 3
IN_DOUBLE = 2
"""Evaluations of a scenario in double precision; those before are in single."""
DUST = 1e-4
"""Flows below this share of trade are left out where a conic solver's prices are compared."""


def main() -> None:
    """Measure, print a table and, last, one JSON object."""
    market, home = rare_earths()
    shocks = losses_and_caps(market, home, max(BATCHES))
    whole, ours = solve(market, shocks, TIGHT), {}
    assert whole.solved.all(), whole.hint
    same = True
    for size in BATCHES:
        part = take(shocks, slice(0, size))
        same &= identical(whole, solve(market, part, TIGHT), size)
        ours[size] = best(lambda part=part: solve(market, part, TIGHT)) / size  # type: ignore[misc]
    part = take(shocks, slice(0, TYPICAL))
    loose = best(lambda: solve(market, part, LOOSE)) / TYPICAL
    root, root_failed, _ = one_by_one(ROOT, lambda s: by_root(market, shocks, s), whole.use_cost)
    conic, conic_failed, _ = one_by_one(CONIC, lambda s: by_cvxpy(market, shocks, s), whole.use_cost)
    clean, clean_home = rare_earths(DUST)
    clean_shocks = losses_and_caps(clean, clean_home, TYPICAL)
    clean_prices = solve(clean, clean_shocks, TIGHT).use_cost
    clean_ours = best(lambda: solve(clean, clean_shocks, TIGHT)) / TYPICAL
    clean_conic, clean_failed, apart = one_by_one(CONIC, lambda s: by_cvxpy(clean, clean_shocks, s), clean_prices)
    evaluations = float(whole.iterations.mean())
    least = least_work(market, evaluations)
    tight = ours[TYPICAL]
    for size, seconds in ours.items():
        print(f"{f'Sogdia, tolerance {TIGHT:g}, {size:,} scenarios':46}{seconds * 1e6:>12.1f} us")
    print(f"{f'Sogdia, tolerance {LOOSE:g}, {TYPICAL:,} scenarios':46}{loose * 1e6:>12.1f} us")
    print(f"{'Sogdia, without dust':46}{clean_ours * 1e6:>12.1f} us")
    print(f"{'scipy.optimize.root, Jacobian':46}{root * 1e6:>12.0f} us{root / tight:>10.0f} times")
    print(f"{'CVXPY and Clarabel':46}{conic * 1e6:>12.0f} us{conic / tight:>10.0f} times")
    print(
        f"{'CVXPY and Clarabel, without dust':46}{clean_conic * 1e6:>12.0f} us{clean_conic / clean_ours:>10.0f} times"
    )
    none = f"Clarabel {conic_failed} and {clean_failed} of {CONIC}, root {root_failed} of {ROOT}"
    print(f"log prices without dust apart by {apart:.1e}; no answer: {none}")
    alone = f"sparse products and exponentials alone {least * 1e6:.1f} us"
    print(f"{evaluations:.1f} evaluations; {alone}, {least / tight:.0%} of the time")
    print(
        json.dumps(
            {
                "name": "equilibrium", "ours": tight, "peer": conic, "ratio": conic / tight,
                "unit": "processor seconds per scenario", "goals": GOALS,
                "ours_by_batch": {str(size): seconds for size, seconds in ours.items()},
                "flatness": max(ours.values()) / min(ours.values()), "same_bits": same, "ours_loose": loose,
                "peer_failed": conic_failed / CONIC, "ours_without_dust": clean_ours,
                "ratio_without_dust": clean_conic / clean_ours, "log_price_apart_cvxpy_without_dust": apart,
                "peer_scipy_root": root, "ratio_scipy_root": root / tight, "evaluations": evaluations,
                "least_work": least, "share_of_least_work": least / tight,
            }
        )
    )  # fmt: skip


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest of several runs, in seconds of processor time."""
    took = []
    for _ in range(rounds):
        start = process_time()
        work()
        took.append(process_time() - start)
    return min(took)


def identical(whole: Equilibria, part: Equilibria, size: int) -> bool:
    """Whether the first scenarios' answers are the same to the last bit."""
    names = ("price", "wedge", "delivered", "price_paid", "use_cost", "purchases", "lane_quantity", "iterations")
    return all(np.array_equal(getattr(whole, name)[:size], getattr(part, name)) for name in names)


def least_work(market: Market, evaluations: float, width: int = 512) -> float:
    """Seconds of the products and functions that so many evaluations and the steps between them cannot do without.

    An evaluation takes two products, an exponential and a logarithm a lane, two logarithms and an exponential a
    consumer; a round of conjugate gradients, in single precision throughout, two products.
    """
    layout, rng = arrange(market), np.random.default_rng(0)

    def seconds(kind: type[np.float32] | type[np.float64]) -> tuple[float, float]:
        shares = layout.single if kind is np.float32 else layout.double
        lanes = rng.uniform(0.5, 1.5, (layout.lanes.size, width)).astype(kind)
        consumers = rng.uniform(0.5, 1.5, (layout.several, width)).astype(kind)

        def product() -> None:
            times(shares.costs, lanes)
            times(shares.sales, consumers)

        def functions() -> None:
            np.exp(lanes), np.log(lanes), np.log(consumers), np.log(consumers), np.exp(consumers)

        return tuple(best(work, 20) / width for work in (product, functions))  # type: ignore[return-value]

    single, double = seconds(np.float32), seconds(np.float64)
    rounds = (evaluations - IN_DOUBLE) * MANY + (IN_DOUBLE - 1) * STEADY
    return (evaluations - IN_DOUBLE) * sum(single) + IN_DOUBLE * sum(double) + rounds * single[0]


def one_by_one(count: int, price: Callable[[int], np.ndarray], ours: np.ndarray) -> tuple[float, int, float]:
    """Seconds per scenario of a peer, how often it has no answer, and its largest distance of log prices from ours."""
    start = process_time()
    theirs = np.array([price(s) for s in range(count)])
    seconds = (process_time() - start) / count
    answered = np.isfinite(theirs).all(axis=1)
    apart = np.abs(np.log(theirs[answered] / ours[:count][answered]))
    return seconds, int((~answered).sum()), float(apart.max(initial=0.0))


def by_cvxpy(market: Market, shocks: Shocks, scenario: int) -> np.ndarray:
    """Use costs from the convex programme, at Clarabel's own tolerance; NaN where it fails."""
    try:
        return clear(market, shocks, scenario, tolerance=1e-8).use_cost
    except SolverError:
        return np.full(market.consumers, np.nan)


def by_root(market: Market, shocks: Shocks, scenario: int) -> np.ndarray:
    """Use costs from `scipy.optimize.root` with an analytic Jacobian, by steps of the shock; NaN where it fails."""
    wanted = ReferenceScenario(supply=shocks.supply[scenario], cap=shocks.cap[scenario])
    try:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return solve_reference(market, wanted).use_cost
    except NoAnswerError:
        return np.full(market.consumers, np.nan)


if __name__ == "__main__":
    main()
