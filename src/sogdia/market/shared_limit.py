"""A shared limit caps the sum of several lanes: its licences go to whoever pays most for them.

The kernel rations each lane by a wedge of its own. Where other events have split the lanes that one limit holds for,
they share one wedge w >= 1, the price of a licence over that of the product, and w is found so that

    sum over the lanes of x = K sum over the lanes of X   where w > 1,   at most that where w = 1

It enters as a factor on the delivered cost of each of them, by a secant in ln w for all draws at once, so that a
limit on all buyers gives the same answer whatever lanes are split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Equilibria, Market, Shocks, SolveStatus
from sogdia.equilibrium.shocks import take
from sogdia.errors import SolveError
from sogdia.market.events.effects import SharedCap
from sogdia.market.threads import solve
from sogdia.market.traded import Floats

TOLERANCE = 1e-9
"""Of the log of the sum over its limit."""
MOST_ROUNDS = 60
FIRST_SLOPE = -2.0
"""Of the log of the sum in ln w, before two points are known."""
LONGEST_STEP = 2.0
MOST_HALVINGS = 6
FLATTEST, STEEPEST = -0.02, -50.0


def solve_shared(base: Market, shocks: Shocks, shared: Sequence[SharedCap]) -> Equilibria:
    """The equilibria with every shared limit kept; SolveError where a wedge is not found."""
    if not shared:
        return solve(base, shocks)
    groups = [np.array(cap.lanes) for cap in shared]
    limit = np.log([cap.left * base.flows[lanes].sum() for cap, lanes in zip(shared, groups, strict=True)])
    log_w = np.zeros((shocks.scenarios, len(groups)))
    slope = np.full_like(log_w, FIRST_SLOPE)
    answer = solve(base, shocks)
    over = _over(answer, groups, limit)
    for _ in range(MOST_ROUNDS):
        missed = np.where(log_w > 0, np.abs(over), np.maximum(over, 0.0)) > TOLERANCE
        open_rows = np.flatnonzero(missed.any(axis=1))
        if not len(open_rows):
            return _with_wedge(answer, groups, log_w)
        before, missed_by = log_w[open_rows].copy(), over[open_rows].copy()
        step = np.clip(-missed_by / slope[open_rows], -LONGEST_STEP, LONGEST_STEP)
        log_w[open_rows] = np.maximum(before + step, 0.0)
        again, log_w[open_rows] = _nearer(base, take(shocks, open_rows), groups, before, log_w[open_rows])
        answer = _put(answer, open_rows, again)
        over[open_rows] = _over(again, groups, limit)
        moved = log_w[open_rows] - before
        with np.errstate(divide="ignore", invalid="ignore"):
            found = (over[open_rows] - missed_by) / moved
        slope[open_rows] = np.clip(np.where(moved != 0, found, slope[open_rows]), STEEPEST, FLATTEST)
    raise SolveError(
        f"no price of licences keeps a limit that several lanes share in {len(open_rows)} of {shocks.scenarios} draws: "
        "write one limit for each group of buyers instead."
    )


def _nearer(
    base: Market, shocks: Shocks, groups: Sequence[NDArray[np.int64]], before: Floats, ahead: Floats
) -> tuple[Equilibria, Floats]:
    """The answers at the wedges ahead, or nearer to those before, where answers were, in draws that find none ahead."""
    log_w = ahead.copy()
    answer = solve(base, _dearer(shocks, groups, log_w))
    for _ in range(MOST_HALVINGS):
        lost = np.flatnonzero(answer.status == SolveStatus.NOT_CONVERGED)
        if not len(lost):
            break
        log_w[lost] = (before[lost] + log_w[lost]) / 2
        answer = _put(answer, lost, solve(base, _dearer(take(shocks, lost), groups, log_w[lost])))
    return answer, log_w


def _over(answer: Equilibria, groups: Sequence[NDArray[np.int64]], limit: Floats) -> Floats:
    """Log of each group's sum over its limit, (draws, groups); 0 in a draw without an answer."""
    sums = np.stack([answer.lane_quantity[:, lanes].sum(axis=1) for lanes in groups], axis=1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.maximum(np.where(answer.solved[:, np.newaxis], np.log(sums) - limit, 0.0), -1e3))


def _dearer(shocks: Shocks, groups: Sequence[NDArray[np.int64]], log_w: Floats) -> Shocks:
    if shocks.cost is None:
        raise ValueError("a posed market has every effect")
    cost = np.array(shocks.cost, order="C")
    for number, lanes in enumerate(groups):
        cost[:, lanes] *= np.exp(log_w[:, number])[:, np.newaxis]
    return replace(shocks, cost=cost)


def _with_wedge(answer: Equilibria, groups: Sequence[NDArray[np.int64]], log_w: Floats) -> Equilibria:
    wedge = answer.wedge.copy()
    for number, lanes in enumerate(groups):
        wedge[:, lanes] *= np.exp(log_w[:, number])[:, np.newaxis]
    return replace(answer, wedge=wedge)


def _put(answer: Equilibria, rows: NDArray[np.int64], again: Equilibria) -> Equilibria:
    """The answer with the rows of some draws replaced."""
    arrays = {name: value.copy() for name in answer.__slots__ if isinstance(value := getattr(answer, name), np.ndarray)}
    for name, value in arrays.items():
        value[rows] = getattr(again, name)
    hint = {draw: why for draw, why in answer.hint.items() if draw not in set(rows.tolist())}
    return replace(answer, **arrays, hint={**hint, **{int(rows[draw]): why for draw, why in again.hint.items()}})
