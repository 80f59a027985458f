"""Products of a sparse matrix with a block of columns.

SciPy's own operator spends ten times as long on looking at its arguments as a product with a few columns takes, so that
the routine below it is called where this SciPy has it; it is not part of SciPy's interface.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from sogdia.equilibrium.arrays import FloatArray

try:
    from scipy.sparse._sparsetools import csr_matvecs
except ImportError:
    csr_matvecs = None


def times(matrix: sparse.csr_array, block: FloatArray, out: FloatArray | None = None) -> FloatArray:
    """`matrix @ block` for a block (columns of the matrix, width) of the matrix's precision, in `out` if given.

    out: rows follow each other in memory; ValueError where they do not.
    """
    rows, columns = matrix.shape
    width = block.shape[1]
    if out is None:
        out = np.zeros((rows, width), dtype=block.dtype)
    elif out.flags.c_contiguous:
        out.fill(0.0)
    else:
        raise ValueError("the rows of `out` do not follow each other in memory")
    if csr_matvecs is None:
        out += matrix @ block
    else:
        csr_matvecs(rows, columns, width, matrix.indptr, matrix.indices, matrix.data, block.ravel(), out.ravel())
    return out
