"""Sums that come out the same to the last bit, whatever the order of the rows and the number of threads.

Adding floating-point numbers in another order changes the last bits of the sum. Two rules keep every answer equal byte
by byte: columns are summed in the order of their values (`total`, `known_total`), and only frames that have been read
(`collect`) are grouped and joined, since the lazy engine splits groups between threads. Where there are very many small
groups, `totals_by` adds in the order of the rows instead, which is that of the file: a sort of every group costs more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
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


def totals_by(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The known totals of every other column by the keys, sorted by them; null where all values are null.

    frame: a collected frame whose rows have an order of their own, as those of a file have.

    >>> totals_by(pl.DataFrame({"k": ["b", "a", "b"], "v": [1.0, None, 2.0]}), ["k"]).rows()
    [('a', None), ('b', 3.0)]
    """
    rows = frame.sort(keys, maintain_order=True)
    group = rows.select(pl.struct(keys).rle_id()).to_series().to_numpy().astype(np.int64)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    columns = []
    for name in (name for name in frame.columns if name not in keys):
        values, known = rows[name].cast(pl.Float64), rows[name].is_not_null().to_numpy()
        if not len(starts):
            columns.append(pl.Series(name, [], pl.Float64))
            continue
        sums = np.add.reduceat(values.fill_null(0.0).to_numpy(), starts)
        some = np.add.reduceat(known.astype(np.int64), starts) > 0
        columns.append(pl.select(pl.when(pl.Series(some)).then(pl.Series(sums)).alias(name)).to_series())
    return rows[starts].select(keys).with_columns(columns)


def _values(column: str | pl.Expr) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column
