"""Products of a sparse matrix with a block of columns.

SciPy's own operator spends ten times as long on looking at its arguments as a product with a few columns takes, so that
the routine below it is called where this SciPy has it; it is not part of SciPy's interface.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sogdia.equilibrium.arrays import FloatArray

try:
    from scipy.sparse._sparsetools import csr_matvecs
except ImportError:
    csr_matvecs = None


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """A matrix by rows: `data[indptr[r] : indptr[r + 1]]` stand in row r, in the columns `indices`.

    SciPy takes 0.1 ms to make one, which a market of a few scenarios would notice.
    """

    shape: tuple[int, int]
    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    data: FloatArray

    @classmethod
    def of(cls, values: FloatArray) -> Sparse:
        """The entries of a matrix that are not 0."""
        rows, columns = np.nonzero(values)
        ends = np.cumsum(np.bincount(rows, minlength=len(values)))
        indptr = np.concatenate([[0], ends]).astype(np.int32)
        return cls(values.shape, indptr, columns.astype(np.int32), values[rows, columns])

    def single(self) -> Sparse:
        """The matrix in single precision."""
        return Sparse(self.shape, self.indptr, self.indices, self.data.astype(np.float32))


def times(matrix: Sparse, block: FloatArray, out: FloatArray | None = None) -> FloatArray:
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
        out += sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=matrix.shape) @ block
    else:
        csr_matvecs(rows, columns, width, matrix.indptr, matrix.indices, matrix.data, block.ravel(), out.ravel())
    return out
