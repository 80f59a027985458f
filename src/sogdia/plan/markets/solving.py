"""The states of markets solved in this process or by a pool of workers, with equal answers to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass

from sogdia.errors import DataError
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, StockLosses, stock_losses


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """case: with the states that are wanted; effects: of the projects that change the market; stocks_t: that may stand
    beside them.
    """

    case: MarketCase
    effects: tuple[MarketEffect, ...]
    stocks_t: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many states there are to solve, at most."""
        return len(self.case.part) * len(self.stocks_t)


def solved(jobs: Sequence[Job], executor: Executor | None = None) -> list[StockLosses]:
    """The answers in the order of the jobs. DataError where a worker ends before its time."""
    if executor is None:
        return [solve_job(job) for job in jobs]
    # The largest first, so that no worker is left with one at the end.
    order = sorted(range(len(jobs)), key=lambda number: -jobs[number].size)
    try:
        waiting = {number: executor.submit(solve_job, jobs[number]) for number in order}
        return [waiting[number].result() for number in range(len(jobs))]
    except BrokenExecutor as why:
        raise DataError(
            "a worker ended before its time (killed, or out of memory): plan again with fewer workers."
        ) from why


def solve_job(job: Job) -> StockLosses:
    """What a worker does."""
    return stock_losses(job.case, job.effects, job.stocks_t)
