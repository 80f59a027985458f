"""Shares, the Herfindahl-Hirschman index and the largest supplier of markets, on plain arrays.

With `a[i]` what supplier `i` brings to a market (t or USD) and `A = sum_i a[i]`:

    share[i] = a[i] / A                          0..1
    index    = sum_i a[i]^2 / A^2                1/n for n equal suppliers, 1 for a single one

A market without any supply has NaN, not zero. Markets come in two shapes. *Flat*: one entry per flow, and `record`
says which market a flow belongs to, so that many markets of different sizes are computed at once. *Rows*: the last axis
of an array is one market.
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
    """Share of each flow in its record (flows,); NaN where the record sums to zero.

    >>> shares(np.array([3.0, 1.0, 5.0]), np.array([0, 0, 1]), 2).tolist()
    [0.75, 0.25, 1.0]
    """
    return np.asarray(amount / _supplied(totals(amount, record, records))[record])


def herfindahl(amount: Floats, record: Ints, records: int) -> Floats:
    """Herfindahl-Hirschman index of each record (records,); NaN where the record sums to zero.

    >>> herfindahl(np.array([1.0, 1.0, 7.0]), np.array([0, 0, 1]), 3).tolist()
    [0.5, 1.0, nan]
    """
    return _index(totals(amount**2, record, records), totals(amount, record, records))


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


def row_shares(amount: Floats) -> Floats:
    """Share of each entry in its row, same shape as `amount` (..., suppliers); NaN in a row that sums to zero.

    >>> row_shares(np.array([[3.0, 1.0], [0.0, 0.0]])).tolist()
    [[0.75, 0.25], [nan, nan]]
    """
    return np.asarray(amount / _supplied(amount.sum(axis=-1, keepdims=True)))


def row_herfindahl(amount: Floats) -> Floats:
    """Herfindahl-Hirschman index of each row (...,) of `amount` (..., suppliers); NaN where the row sums to zero.

    >>> row_herfindahl(np.array([[3.0, 1.0], [0.0, 0.0]])).tolist()
    [0.625, nan]
    """
    # Of shares and not of amounts: the square of a trickle of 1e-199 t is no number above zero.
    return np.asarray((row_shares(amount) ** 2).sum(axis=-1))


def _supplied(total: Floats) -> Floats:
    """The totals of markets that have a supply, NaN for the others."""
    return np.where(total > 0, total, np.nan)


def _index(squares: Floats, total: Floats) -> Floats:
    return np.asarray(squares / _supplied(total) ** 2)
