"""The kinds of array that the kernels work with."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


def frozen(values: object) -> FloatArray:
    """A read-only float copy, so that a record built on it cannot change under its reader.

    One row for every scenario, as `np.broadcast_to` makes it, is copied once.
    """
    if isinstance(values, np.ndarray) and is_one_row(values):
        return np.broadcast_to(frozen(values[0]), values.shape)
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy


def is_one_row(values: FloatArray) -> bool:
    """Whether a table is one row, repeated without being copied."""
    return values.ndim == 2 and values.shape[0] > 1 and values.strides[0] == 0
