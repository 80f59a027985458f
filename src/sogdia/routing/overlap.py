"""The path size of a route: the part of it that no other shares, so that near-duplicates do not count twice.

A logit treats every route as a choice of its own, so a way that splits in two near its end would draw twice the
cargo. The path size takes that back (Ben-Akiva & Bierlaire 1999, Handbook of Transportation Science, chapter 2):

    PS[r] = sum over arcs a of r of (length[a] / length[r]) / routes that take a

It is 1 for a route that shares nothing and 1/n for each of n identical ones, and enters the logit as ln PS beside
-theta * cost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sogdia.routing.graph import FloatArray


def path_sizes(uses: ArrayLike, length: ArrayLike) -> FloatArray:
    """PS of each route, shape (routes,), above 0 and at most 1.

    uses: shape (routes, arcs), true where the route takes the arc; length: shape (arcs,), in any measure, 0 or more.
    A route without length shares nothing. ValueError where a length is negative or not finite.

    >>> path_sizes([[1, 1, 0], [1, 0, 1], [0, 0, 0]], [30.0, 10.0, 70.0]).round(3).tolist()
    [0.625, 0.85, 1.0]
    """
    lengths = np.asarray(length, dtype=np.float64)
    taken = np.asarray(uses, dtype=np.bool_).reshape(-1, lengths.size)
    if not ((lengths >= 0) & np.isfinite(lengths)).all():
        raise ValueError("lengths must be finite and 0 or more")
    own = np.where(taken, lengths, 0.0)
    whole = own.sum(axis=1)
    counted = own @ (1.0 / np.maximum(taken.sum(axis=0), 1))
    sizes: FloatArray = np.divide(counted, whole, out=np.ones_like(whole), where=whole > 0)
    return sizes
