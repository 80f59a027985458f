"""The distinct rows of a table of whole numbers, found by counting instead of by sorting.

The columns are read as the digits of one number, with as many values as each column has. A table of all these numbers
says which there are; where they become too many for it, those that there are get new numbers in the same order, and
the next column goes on from these. So the rows come in the order in which a sort would bring them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
MOST = 1 << 20
"""Numbers that are counted in a table; beyond it they are sorted."""


def distinct_rows(table: NDArray[np.integer[Any]]) -> tuple[Integers, Integers]:
    """Where the first of each distinct row stands, (distinct,), by rising rows, and the number of each row, (rows,).

    >>> first, number = distinct_rows(np.array([[3, 1], [0, 2], [3, 1], [0, -1]]))
    >>> first.tolist(), number.tolist()
    ([3, 1, 0], [2, 1, 2, 0])
    """
    number, size = np.zeros(len(table), dtype=np.int64), min(len(table), 1)
    for column in table.T if len(table) else ():
        low = int(column.min())
        width = int(column.max()) - low + 1
        if width == 1:
            continue
        if size * width > MOST:
            number, size = _closed_up(number, size)
        number, size = number * width + (column - low), size * width
    number, size = _closed_up(number, size)
    first = np.empty(size, dtype=np.int64)
    first[number[::-1]] = np.arange(len(table))[::-1]
    return first, number


def _closed_up(number: Integers, size: int) -> tuple[Integers, int]:
    """The numbers without gaps, in the same order, and how many there are."""
    if size > MOST:
        found, closed = np.unique(number, return_inverse=True)
        return closed.astype(np.int64), len(found)
    there = np.zeros(size, dtype=np.bool_)
    there[number] = True
    rank = np.cumsum(there)
    return rank[number] - 1, int(rank[-1]) if size else 0
