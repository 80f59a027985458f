"""A whole block of scenarios reaches its equilibria in few evaluations, by Anderson's method.

Anderson's method on the preconditioned gap `f`: the next log prices are `z + f - sum_k g_k (dz_k + df_k)`, with the
`g` that make `f - sum_k g_k df_k` shortest, from the last changes of prices and gap (Walker and Ni 2011,
doi:10.1137/10078356X). Scenarios leave the block as they settle; those that do not are left to Newton's method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.block import Block, columns
from sogdia.equilibrium.demand import within_range
from sogdia.equilibrium.equilibria import SolveStatus
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.precondition import Modes, gains, spread
from sogdia.equilibrium.response import response, start, terms_of

DEPTH = 5
"""Changes remembered; deeper saves no evaluations that pay for the longer sums."""
NARROWEST = 8
"""Columns are kept at least so many, by repetition, so that every sum runs the same way in every block."""
WORTHWHILE = 0.8
"""Settled scenarios are dropped once the open ones are at most this share of the columns."""
COLLINEAR = 1e-10
"""A change with less than this share of its square outside the newer ones is not used."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """z: log delivered prices and t: log demand there, (L, width); choices: the sums of
    `pull`, (J, width); settled: whether they are the answer, (width,);
    evaluations: spent on each, (width,)."""

    z: FloatArray
    t: FloatArray
    choices: FloatArray
    settled: BoolArray
    evaluations: IntArray

    def status(self) -> IntArray:
        """Solved, or not yet, (width,)."""
        return np.where(self.settled, SolveStatus.SOLVED, SolveStatus.NOT_CONVERGED)


def settle(layout: Layout, slow: Modes, block: Block, width: int, tolerance: float, limit: int) -> Settled:
    """Iterate every scenario until its largest relative mismatch of quantity is at most `tolerance`.

    A scenario is given up after `limit` evaluations, or at once where numbers leave the range of floating point:
    demand cut off at its smallest number meets supply at prices that are no answer.
    """
    answer = start(block, layout, width)
    demand, choices = np.zeros_like(answer), np.ones((layout.consumers.size, width))
    settled = np.zeros(width, dtype=bool)
    evaluations = np.full(width, limit)

    place = np.arange(max(width, NARROWEST)) % width
    unsettled = np.arange(place.size) < width
    part = columns(block, place)
    terms, gain, z = terms_of(layout, part), gains(slow, part), np.take(answer, place, axis=1)
    f_before, step = None, z
    changes: list[tuple[FloatArray, FloatArray]] = []
    products: list[list[FloatArray]] = []
    for evaluation in range(1, limit + 1):
        at = response(layout, terms, z)
        miss = at.gap
        done = unsettled & (~(at.mismatch > tolerance) | ~at.sound)
        if done.any():
            sound = done & at.sound & np.isfinite(at.mismatch) & within_range(at.t, terms.parked)
            answer[:, place[sound]] = z[:, sound]
            demand[:, place[sound]] = at.t[:, sound]
            choices[:, place[sound]] = at.choices[:, sound]
            settled[place[sound]] = True
            evaluations[place[done]] = evaluation
            unsettled = unsettled & ~done
        remaining = int(unsettled.sum())
        if remaining == 0:
            break
        f = spread(slow, gain, miss)
        if terms.parked is not None:
            np.copyto(f, 0.0, where=terms.parked)
        if f_before is not None:
            df = np.subtract(f, f_before, out=f_before)
            step += df
            changes = [(df, step), *changes[: DEPTH - 1]]
            products = _remember(products, [df_k for df_k, _ in changes])
        f_before = f
        step = f.copy()
        for weight, (_, dz_df) in zip(_weights(products, [_dot(df, f) for df, _ in changes]), changes, strict=True):
            step -= np.multiply(weight, dz_df, out=miss)
        z += step
        if place.size > NARROWEST and max(remaining, NARROWEST) <= WORTHWHILE * place.size:
            keep = np.argsort(~unsettled, kind="stable")[: max(remaining, NARROWEST)]
            place, unsettled = place[keep], unsettled[keep]
            terms, z, step, f_before = columns(terms, keep), _take(z, keep), _take(step, keep), _take(f_before, keep)
            gain = _take(gain, keep) if gain.shape[1] > 1 else gain
            changes = [(_take(df, keep), _take(dz_df, keep)) for df, dz_df in changes]
            products = [[value[keep] for value in row] for row in products]
    return Settled(answer, demand, choices, settled, evaluations)


def _take(values: FloatArray, index: IntArray) -> FloatArray:
    return np.take(values, index, axis=1)


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("lb,lb->b", a, b))


def _remember(products: list[list[FloatArray]], df: list[FloatArray]) -> list[list[FloatArray]]:
    """Inner products of the changes, newest first, lower triangle by rows, after `df[0]` joined them."""
    newest = [_dot(df[0], df_k) for df_k in df]
    return [newest[:1], *([newest[k], *products[k - 1][:k]] for k in range(1, len(df)))]


def _weights(products: list[list[FloatArray]], right: list[FloatArray]) -> list[FloatArray]:
    """Solve the normal equations of every column by `L D L'`, leaving out changes that add nothing to newer ones."""
    size = len(right)
    lower = [list(row) for row in products]
    inverse: list[FloatArray] = []
    reduced: list[FloatArray] = []
    for i in range(size):
        for j in range(i + 1):
            for k in range(j):
                lower[i][j] = lower[i][j] - lower[i][k] * lower[j][k] * inverse[k]
        pivot = lower[i][i]
        useful = pivot > COLLINEAR * products[i][i]
        inverse.append(np.divide(1.0, pivot, out=np.zeros_like(pivot), where=useful))
        value = right[i]
        for k in range(i):
            value = value - lower[i][k] * inverse[k] * reduced[k]
        reduced.append(value)
    weights: list[FloatArray] = [np.empty(0)] * size
    for i in reversed(range(size)):
        value = reduced[i]
        for k in range(i + 1, size):
            value = value - lower[k][i] * weights[k]
        weights[i] = value * inverse[i]
    return weights
