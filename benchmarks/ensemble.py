"""Time of an ensemble of years for Japan, against states solved one by one with SciPy, and on two processes.

    python benchmarks/ensemble.py [--years 10000] [--million]

The peer solves the same states of the same markets one by one with `scipy.optimize.root` (hybr, with the exact
Jacobian), as `sogdia.equilibrium.reference` poses them. It solves a sample of them and is scaled to every year and
mineral that anything hits, as a loop over years would do it. --million: a million years too. Compare wall clock on a
machine that does nothing else; the load is printed. The last line is one JSON object; seconds are wall clock, of a run
from the store to its answer.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from sogdia import Study
from sogdia.equilibrium.reference import ReferenceScenario, solve_reference
from sogdia.equilibrium.shocks import take
from sogdia.errors import NoAnswerError
from sogdia.scenarios.block import parts_of, shocks_of, solve_block
from sogdia.scenarios.ensemble import Ensemble
from sogdia.scenarios.executors import executor_for
from sogdia.scenarios.run import RunOptions
from sogdia.scenarios.solving import blocks_of, solve_states

PEER_STATES = 36
TERMS = ("supply", "cap", "demand")
MILLION = 1_000_000
WORKERS = 2


def main() -> None:
    """Read the number of years, time everything, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=10_000)
    parser.add_argument("--million", action="store_true")
    asked = parser.parse_args()
    found, seconds = timed_run(asked.years)
    print(f"{asked.years:,} years x {len(found.setup.markets)} minerals on {WORKERS} processes: {seconds:.1f} s")
    share = found.to_dict()["distinct_share"]
    print(f"{found.distinct_states:,} distinct states, {share:.2%} of all, {found.failed} failed")
    scaling = efficiency(found, asked.years)
    print(f"parallel efficiency on {WORKERS} processes: {scaling:.2f}")
    ours, peer = against_scipy(found)
    hit = sum(int((of.of_year > 0).sum()) for of in found.sample.states)
    print(
        f"a state: {ours * 1e6:.0f} us, SciPy {peer * 1e3:.1f} ms; {hit:,} years and minerals hit: {peer * hit:.0f} s"
    )
    result = {
        "name": "ensemble", "ours": round(seconds, 2), "peer": round(peer * hit, 1),
        "ratio": round(peer * hit / seconds, 1), "unit": "s", "years": asked.years, "state_us": round(ours * 1e6, 1),
        "scipy_state_us": round(peer * 1e6, 1), "state_ratio": round(peer / ours, 1),
        "distinct_states": found.distinct_states, "distinct_share": share, "load": os.getloadavg()[0],
        "parallel_efficiency": round(scaling, 3), "memory_gb": round(memory_gb(), 2),
    }  # fmt: skip
    if asked.million:
        million, seconds = timed_run(MILLION)
        print(f"{MILLION:,} years: {seconds:.1f} s, {million.distinct_states:,} distinct states, {memory_gb():.2f} GB")
        result |= {"million_seconds": round(seconds, 1), "million_states": million.distinct_states}
        result |= {"memory_gb": round(memory_gb(), 2)}
    print(json.dumps(result))


def timed_run(years: int) -> tuple[Ensemble, float]:
    """A run with its folder, from the store on, and its seconds."""
    folder = Path(tempfile.mkdtemp())
    began = perf_counter()
    answer = Study("JPN").ensemble(years=years, seed=1, workers=WORKERS, out=folder / "run")
    seconds = perf_counter() - began
    shutil.rmtree(folder)
    return answer, seconds


def efficiency(found: Ensemble, years: int) -> float:
    """Time of the blocks in this process over time on the pool x its processes, once the pool is there."""
    options = RunOptions(years=years)
    with executor_for(WORKERS) as executor:
        for _ in (0, 1):
            began = perf_counter()
            solve_states(
                None, found.setup, found.sample, size=options.block, executor=executor, progress=lambda _: None
            )  # the first time starts the pool
            together = perf_counter() - began
    began = perf_counter()
    solve_states(None, found.setup, found.sample, size=options.block, executor=None, progress=lambda _: None)
    return (perf_counter() - began) / (WORKERS * together)


def against_scipy(found: Ensemble) -> tuple[float, float]:
    """Seconds a state, ours in its blocks and the peer's one by one over a sample of them."""
    count, began = 0, perf_counter()
    for block in blocks_of(found.setup, found.sample):
        states = found.sample.states[block.market].states[block.first : block.last]
        solve_block(found.setup.markets[block.market].problem, states)
        count += len(states)
    ours = (perf_counter() - began) / count
    rng, peer, solved = np.random.default_rng(3), 0.0, 0
    for market, of in zip(found.setup.markets, found.sample.states, strict=True):
        chosen = of.states[rng.integers(1, len(of.states), PEER_STATES // len(found.setup.markets))]
        part, problem = parts_of(market.problem, chosen), market.problem
        layout = problem.plain if problem.split is None else problem.split
        shocks = shocks_of(problem, layout, part, np.ones(len(part)))
        for number in range(len(part)):
            one = take(shocks, slice(number, number + 1))
            terms = {name: None if (v := getattr(one, name)) is None else np.array(v[0]) for name in TERMS}
            began = perf_counter()
            try:
                solve_reference(layout.base, ReferenceScenario(**terms))
            except NoAnswerError:
                continue
            peer, solved = peer + perf_counter() - began, solved + 1
    return ours, peer / solved


def memory_gb() -> float:
    """Largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
