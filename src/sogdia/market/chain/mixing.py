"""Anderson's mixing reaches a fixed point x = G(x) in few steps, for many problems at once.

With f = G(x) - x, and dX, dF the last changes of x and f by column, the next point is

    x' = x - dX w + b (f - dF w),     w = argmin |f - dF w|

Anderson, D. G. (1965), J. ACM 12(4), 547-560. The step b is 1, and half as long after every PATIENCE steps, which ends
a to and fro. Where x' would leave x + b f by more than a longest step in any coordinate, or the miss has grown, x + b f
is taken, itself no further than that step away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.market.traded import Floats

DEPTH = 5
DAMP = 1e-12
GROWN = 2.0
PATIENCE = 30
SHORTEST = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The last points and their misses f, newest last, (problems, size) each; the least miss so far, (problems,)."""

    points: tuple[Floats, ...] = ()
    misses: tuple[Floats, ...] = ()
    least: Floats | None = None
    steps: int = 0


def mixed(
    memory: Memory, x: Floats, g: Floats, keep: NDArray[np.bool_], longest: float
) -> tuple[Floats, Memory]:  # fmt: skip
    """The next point of each problem in `keep`, and the memory of those. x, g = G(x): (problems, size).

    Problems stand in the order in which they were kept the step before.

    >>> x, memory = np.array([[0.0]]), Memory()
    >>> for _ in range(4):
    ...     x, memory = mixed(memory, x, 1.0 - 0.9 * x, np.array([True]), longest=5.0)
    >>> round(x.item(), 6)
    0.526316
    """
    points = tuple(old[keep] for old in (*memory.points, x))[-DEPTH:]
    misses = tuple(old[keep] for old in (*memory.misses, g - x))[-DEPTH:]
    here, f = points[-1], misses[-1]
    size = np.abs(f).max(axis=1)
    least = size if memory.least is None else np.minimum(memory.least[keep], size)
    part = max(0.5 ** (memory.steps // PATIENCE), SHORTEST)
    after = Memory(points, misses, least, memory.steps + 1)
    plain = here + part * np.clip(f, -longest, longest)
    if len(points) == 1:
        return np.asarray(plain), after
    d_x = np.stack([here - old for old in points[:-1]], axis=2)
    d_f = np.stack([f - old for old in misses[:-1]], axis=2)
    gram = np.einsum("pik,pil->pkl", d_f, d_f)
    scale = np.trace(gram, axis1=1, axis2=2)[:, np.newaxis, np.newaxis]
    gram += (DAMP * scale + np.finfo(float).tiny) * np.eye(gram.shape[1])
    weight = np.linalg.solve(gram, np.einsum("pik,pi->pk", d_f, f)[:, :, np.newaxis])
    proposed = here + part * f - ((d_x + part * d_f) @ weight)[:, :, 0]
    tame = np.isfinite(proposed).all(axis=1) & (np.abs(proposed - plain).max(axis=1) <= longest)
    tame &= size <= GROWN * least
    return np.asarray(np.where(tame[:, np.newaxis], proposed, plain)), after
