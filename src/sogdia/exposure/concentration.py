"""How concentrated is a supply? Shares, Herfindahl-Hirschman index, the largest supplier and what is left without it.

Arrays are flat: one entry per flow, and `record` says which market (importer, mineral, year) a flow belongs to, so
that every importer and mineral is computed at once. A market without any supply has NaN, not zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def totals(amount: Floats, record: Ints, records: int) -> Floats:
    """Sum of `amount` (flows,) in each record -> (records,)."""
    return np.bincount(record, weights=amount, minlength=records).astype(np.float64)


def shares(amount: Floats, record: Ints, records: int) -> Floats:
    """s[f] = amount[f] / sum of its record (flows,); NaN where the record sums to zero.

    >>> shares(np.array([3.0, 1.0, 5.0]), np.array([0, 0, 1]), 2).tolist()
    [0.75, 0.25, 1.0]
    """
    total = totals(amount, record, records)
    return np.asarray(amount / np.where(total > 0, total, np.nan)[record])


def herfindahl(amount: Floats, record: Ints, records: int) -> Floats:
    """Herfindahl-Hirschman index, sum of squared shares: 1/n for n equal suppliers, 1 for a single one (records,).

    >>> herfindahl(np.array([1.0, 1.0, 7.0]), np.array([0, 0, 1]), 3).tolist()
    [0.5, 1.0, nan]
    """
    total = totals(amount, record, records)
    squares = totals(amount**2, record, records)
    return np.asarray(squares / np.where(total > 0, total, np.nan) ** 2)


def largest(amount: Floats, record: Ints, records: int) -> tuple[Ints, Floats]:
    """Flow index of each record's largest supplier (-1 for none) and its share (records,). Ties: the first flow wins.

    The supply left without it, the N-1 measure, is 1 - share.
    """
    most = np.full(records, -np.inf)
    np.maximum.at(most, record, amount)
    leaders = np.flatnonzero(amount == most[record])[::-1]
    winner = np.full(records, -1, dtype=np.intp)
    winner[record[leaders]] = leaders
    share = np.full(records, np.nan)
    present = winner >= 0
    share[present] = shares(amount, record, records)[winner[present]]
    winner[np.isnan(share)] = -1
    return winner, share
