"""Sums that come out the same to the last bit, whatever the order of the rows and the number of threads.

Adding floating-point numbers in another order changes the last bits of the sum. Two rules keep every answer equal byte
by byte: columns are summed in the order of their values (`total`, `known_total`), and only frames that have been read
(`collect`) are grouped and joined, since the lazy engine splits groups between threads.
"""

from __future__ import annotations

import polars as pl


def total(column: str | pl.Expr) -> pl.Expr:
    """The sum of the known values of a column, smallest first; 0 where none is known.

    >>> pl.DataFrame({"v": [1e16, 1.0, -1e16, None]}).select(total("v")).item()
    0.0
    """
    return _values(column).sort().sum()


def known_total(column: str | pl.Expr) -> pl.Expr:
    """The sum of the known values of a column, smallest first; null where all are null: missing is not zero."""
    return pl.when(_values(column).count() > 0).then(total(column))


def _values(column: str | pl.Expr) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column
