"""Many draws are solved by several threads at once, to the same last bit as by one.

The kernel works block by block, each by itself, and NumPy lets other threads run meanwhile. A solve of few blocks ends
before threads pay, and beside a worker process stand others on the other cores: both go on in one thread.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

from sogdia.equilibrium import Equilibria, Market, Shocks
from sogdia.equilibrium import solve as solve_blocks
from sogdia.equilibrium.clear import BLOCK
from sogdia.errors import wrong_argument

MOST = 4
"""Threads: more of them wait for the interpreter."""
FEW = 2
"""Blocks for each thread, below which one thread does them all."""
NAME = "SOGDIA_THREADS"
"""The variable of the environment that says how many threads there are; 1 turns them off."""


def solve(market: Market, shocks: Shocks, tolerance: float = 1e-10) -> Equilibria:
    """The equilibrium of every scenario, by as many threads as it is worth. Arguments are those of the kernel."""
    count = min(threads(), -(-shocks.scenarios // (FEW * BLOCK)))
    if count < 2:
        return solve_blocks(market, shocks, tolerance)
    with ThreadPoolExecutor(count, thread_name_prefix="sogdia-equilibria") as pool:
        return solve_blocks(market, shocks, tolerance, executor=pool)


def threads() -> int:
    """How many threads a solve may take: what the environment says, 1 in a worker process, else one for each core.

    InputError where the environment says anything but a whole number from 1 up.
    """
    told = os.environ.get(NAME, "").strip()
    if told:
        if not told.isdecimal() or int(told) < 1:
            rule, remedy = "a number of threads is a whole number, 1 or more", "Leave it out for one for each core."
            raise wrong_argument(NAME, rule, remedy, told)
        return int(told)
    if multiprocessing.parent_process() is not None:
        return 1
    return min(cores(), MOST)


def cores() -> int:
    """Cores that this process may run on, where the system tells, else those of the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
