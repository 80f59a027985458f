"""Products of sparse matrices with blocks."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import products


@pytest.mark.parametrize("routine", ["SciPy's routine", "its operator"])
@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_product_is_that_of_dense_arrays(
    routine: str, precision: type[np.floating], monkeypatch: pytest.MonkeyPatch
) -> None:
    if routine == "its operator":
        monkeypatch.setattr(products, "csr_matvecs", None)
    draw = np.random.default_rng(5)
    dense = np.where(draw.random((7, 11)) < 0.4, draw.random((7, 11)), 0.0).astype(precision)
    block = draw.random((11, 3)).astype(precision)
    out = np.full((7, 3), 9.0, dtype=precision)
    matrix = products.Sparse.of(dense)
    for found in (products.times(matrix, block), products.times(matrix, block, out), out):
        assert found.dtype == precision
        assert np.allclose(found, dense @ block, rtol=1e-6)


def test_a_result_whose_rows_lie_apart_is_refused() -> None:
    matrix = products.Sparse.of(np.eye(3))
    with pytest.raises(ValueError, match="follow each other"):
        products.times(matrix, np.ones((3, 2)), np.zeros((3, 4))[:, ::2])
