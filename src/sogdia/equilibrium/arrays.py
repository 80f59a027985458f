"""The kinds of array that the kernels work with."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


def frozen(values: object) -> FloatArray:
    """A read-only float copy, so that a record built on it cannot change under its reader."""
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy
