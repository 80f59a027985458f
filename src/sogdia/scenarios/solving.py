"""The blocks of a run solved: those that are not finished yet, in any order, each written as soon as it is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import DataError, SolveError
from sogdia.progress import MeasuredStep, Notice
from sogdia.scenarios.block import BlockLosses, solve_block
from sogdia.scenarios.run_folder import FinishedParts, StateBlock, finished_parts, write_part
from sogdia.scenarios.sample import SampledYears
from sogdia.scenarios.setup import EnsembleSetup

BLOCK = 256
AHEAD = 16
"""Blocks that wait at the workers: enough to keep them busy, few enough to stay small."""
MAX_FAILED_SHARE = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class SolvedStates:
    """losses: of each market, all its states; told: what is to be said of the parts that were there."""

    losses: tuple[BlockLosses, ...]
    told: tuple[str, ...]


def blocks_of(setup: EnsembleSetup, sample: SampledYears, size: int = BLOCK) -> tuple[StateBlock, ...]:
    """The states of every market in blocks."""
    return tuple(
        StateBlock(number, market.mineral, first, min(first + size, len(of.states)))
        for number, (market, of) in enumerate(zip(setup.markets, sample.states, strict=True))
        for first in range(0, len(of.states), size)
    )


def solve_states(
    folder: Path | None,
    setup: EnsembleSetup,
    sample: SampledYears,
    *,
    size: int,
    executor: Executor | None,
    progress: Callable[[str], None],
) -> SolvedStates:
    """Solve what is missing and put everything together in the order of the states. folder: None keeps no parts."""
    blocks = blocks_of(setup, sample, size)
    there = FinishedParts({}) if folder is None else finished_parts(folder, blocks)
    losses = dict(there.losses)
    told = tuple(f"The part {name} was damaged and is computed again." for name in there.damaged)
    for line in told:
        progress(Notice(line))
    missing = [block for block in blocks if (block.mineral, block.first) not in losses]
    done = len(blocks) - len(missing)
    if done:
        progress(Notice(f"{done} of {len(blocks)} blocks were finished before"))
    for block, found in _solved(missing, setup, sample, executor):
        if folder is not None:
            write_part(folder, block, found)
        losses[block.mineral, block.first] = found
        done += 1
        progress(MeasuredStep(f"{done} of {len(blocks)} blocks of states", done / len(blocks)))
    return SolvedStates(tuple(_joined(blocks, losses, number) for number in range(len(setup.markets))), told)


def require_few_failures(solved: SolvedStates) -> int:
    """How many states have no answer; SolveError where they are more than 0.1 % of all."""
    failed = sum(int(np.isnan(each.loss_kusd).sum()) for each in solved.losses)
    states = sum(len(each.loss_kusd) for each in solved.losses)
    if failed > MAX_FAILED_SHARE * states:
        raise SolveError(
            f"{failed} of {states} states of the markets have no answer, more than {MAX_FAILED_SHARE:.1%}: no prices "
            "within tolerance were found. Leave out the minerals concerned; the parts in the run folder name them."
        )
    return failed


def _solved(  # type: ignore[no-untyped-def]
    missing: Sequence[StateBlock], setup: EnsembleSetup, sample: SampledYears, executor: Executor | None
):
    """(block, losses) as they come."""

    def asked(block: StateBlock) -> tuple[object, NDArray[np.int32]]:
        return setup.markets[block.market].problem, sample.states[block.market].states[block.first : block.last]

    if executor is None:
        for block in missing:
            yield block, solve_block(*asked(block))  # type: ignore[arg-type]
        return
    waiting, left = dict[Future[BlockLosses], StateBlock](), deque(missing)
    try:
        while left or waiting:
            while left and len(waiting) < AHEAD:
                block = left.popleft()
                waiting[executor.submit(solve_block, *asked(block))] = block  # type: ignore[arg-type]
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    except BrokenExecutor as why:
        raise DataError(
            "a worker ended before its time (killed, or out of memory). What is finished is on the disk: "
            "go on with `sogdia resume`, with fewer workers if the memory was short."
        ) from why
    finally:
        for future in waiting:
            future.cancel()


def _joined(blocks: Sequence[StateBlock], losses: dict[tuple[str, int], BlockLosses], market: int) -> BlockLosses:
    own = [losses[block.mineral, block.first] for block in blocks if block.market == market]
    return BlockLosses(*(np.concatenate([getattr(each, name) for each in own]) for name in BlockLosses.__slots__))
