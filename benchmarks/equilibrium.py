"""Disruptions of one market cleared per second, against two peers and the limit of the machine.

    python benchmarks/equilibrium.py

2,048 scenarios of random output losses and export caps on world rare-earth trade in 2009, against two ways to solve the
same equilibrium one scenario at a time: CVXPY with Clarabel, as a convex programme, and SciPy's `optimize.root` with an
analytic Jacobian. Clarabel is not exact for consumers of kilograms beside those of thousands of tonnes. Its time is
therefore measured on the whole market, and again on the market without flows below 0.01 % of trade, where its prices
are compared too. Scenarios that it fails on are counted.

The limit is the time of two dense products of the share matrix with each scenario's prices in every evaluation, at the
rate at which this machine multiplies large matrices. Times are processor time, so that other work on the machine counts
less, except where one process is compared with a pool of two.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np
from cvxpy.error import SolverError

from _equilibrium_market import losses_and_caps, rare_earths
from sogdia.equilibrium import Market, Shocks, base_consumption, solve
from sogdia.equilibrium.reference import ReferenceScenario, solve_reference
from support.cvxpy_market import clear

SCENARIOS, CONIC, ROOT = 2_048, 8, 50
ROUNDS = 7
DUST = 1e-4
"""Flows below this share of trade are left out where a conic solver is the peer."""
SEEN = 1e-5
"""Prices are compared for consumers with at least this share of trade."""


def main() -> None:
    market, home = rare_earths()
    shocks = losses_and_caps(market, home, SCENARIOS)
    answer = solve(market, shocks)
    assert answer.solved.all(), answer.hint
    ours = best(lambda: solve(market, shocks)) / SCENARIOS
    many = losses_and_caps(market, home, 4 * SCENARIOS)
    alone = best(lambda: solve(market, many), perf_counter) / many.scenarios
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        both = best(lambda: solve(market, many, executor=pool), perf_counter) / many.scenarios
    seen = base_consumption(market) >= SEEN * market.flows.sum()
    prices = answer.use_cost[:, seen]
    root, root_gap, root_failed = one_by_one(ROOT, lambda s: by_root(market, shocks, s)[seen], prices)
    conic, whole_gap, conic_failed = one_by_one(CONIC, lambda s: by_cvxpy(market, shocks, s)[seen], prices)
    clean, clean_home = rare_earths(DUST)
    clean_shocks = losses_and_caps(clean, clean_home, SCENARIOS)
    clean_prices = solve(clean, clean_shocks).use_cost
    clean_ours = best(lambda: solve(clean, clean_shocks)) / SCENARIOS
    clean_conic, clean_gap, clean_failed = one_by_one(CONIC, lambda s: by_cvxpy(clean, clean_shocks, s), clean_prices)
    evaluations = float(answer.iterations.mean())
    bound = 4 * market.lanes * market.consumers * evaluations / dgemm_rate()
    print(f"{'':34}{'per scenario':>14}{'ratio':>9}{'log price apart':>17}")
    print(f"{'Sogdia':34}{ours * 1e6:>11.1f} us")
    print(f"{'Sogdia, one process, by the clock':34}{alone * 1e6:>11.1f} us")
    print(f"{'Sogdia, two processes':34}{both * 1e6:>11.1f} us{alone / both:>9.2f}")
    print(f"{'scipy.optimize.root, Jacobian':34}{root * 1e6:>11.0f} us{root / ours:>9.0f}{root_gap:>17.1e}")
    print(f"{'CVXPY and Clarabel':34}{conic * 1e6:>11.0f} us{conic / ours:>9.0f}{whole_gap:>17.1e}")
    print(f"{'Sogdia, without dust':34}{clean_ours * 1e6:>11.1f} us")
    ratio = clean_conic / clean_ours
    print(f"{'CVXPY and Clarabel, without dust':34}{clean_conic * 1e6:>11.0f} us{ratio:>9.0f}{clean_gap:>17.1e}")
    failed = f"{conic_failed} and {clean_failed} of {CONIC}"
    print(f"no answer: Clarabel {failed}, scipy.optimize.root {root_failed} of {ROOT}")
    print(f"{evaluations:.1f} evaluations a scenario; {bound / ours:.0%} of the dense-product limit")
    print(
        json.dumps(
            {
                "name": "equilibrium",
                "ours": ours,
                "peer": conic,
                "ratio": conic / ours,
                "unit": "s per scenario",
                "peer_failed": conic_failed / CONIC,
                "ours_without_dust": clean_ours,
                "ratio_without_dust": ratio,
                "peer_scipy_root": root,
                "ratio_scipy_root": root / ours,
                "evaluations": evaluations,
                "share_of_dense_product_limit": bound / ours,
                "two_processes_speedup": alone / both,
                "log_price_apart_cvxpy_without_dust": clean_gap,
            }
        )
    )


def best(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """The shortest of several runs, in seconds of processor time unless the clock says otherwise."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def one_by_one(count: int, price: Callable[[int], np.ndarray], ours: np.ndarray) -> tuple[float, float, int]:
    """Seconds per scenario of a peer, the largest distance of its log prices from ours, and how often it has none."""
    start = process_time()
    theirs = np.array([price(s) for s in range(count)])
    seconds = (process_time() - start) / count
    answered = np.isfinite(theirs).all(axis=1)
    apart = np.abs(np.log(theirs[answered] / ours[:count][answered]))
    return seconds, float(apart.max(initial=0.0)), int((~answered).sum())


def by_cvxpy(market: Market, shocks: Shocks, scenario: int) -> np.ndarray:
    """Use costs from the convex programme, at Clarabel's own tolerance; NaN where it fails."""
    try:
        return clear(market, shocks, scenario, tolerance=1e-8).use_cost
    except SolverError:
        return np.full(market.consumers, np.nan)


def by_root(market: Market, shocks: Shocks, scenario: int) -> np.ndarray:
    """Use costs from `scipy.optimize.root` with an analytic Jacobian."""
    return solve_reference(market, ReferenceScenario(supply=shocks.supply[scenario], cap=shocks.cap[scenario])).use_cost


def dgemm_rate(size: int = 1_000) -> float:
    """Floating-point operations per second in a large matrix product."""
    a = np.random.default_rng(0).random((size, size))
    out = np.empty_like(a)
    return 2 * size**3 / best(lambda: np.matmul(a, a, out=out))


if __name__ == "__main__":
    main()
