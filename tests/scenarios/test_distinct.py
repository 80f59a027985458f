"""Distinct rows by counting are those of a sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sogdia.scenarios import distinct
from sogdia.scenarios.distinct import distinct_rows


@given(st.integers(0, 40), st.integers(0, 5), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_rows_and_numbers_are_those_of_a_sort(rows, columns, values, seed):
    table = np.random.default_rng(seed).integers(-1, values, (rows, columns))
    first, number = distinct_rows(table)
    found = sorted(set(map(tuple, table.tolist())))
    assert [tuple(row) for row in table[first].tolist()] == found
    assert [found[k] for k in number.tolist()] == [tuple(row) for row in table.tolist()]
    assert [(number == k).argmax() for k in range(len(first))] == first.tolist()


def test_numbers_too_many_for_a_table_are_sorted(monkeypatch):
    table = np.random.default_rng(1).integers(0, 50, (500, 4))
    counted = distinct_rows(table)
    monkeypatch.setattr(distinct, "MOST", 100)
    for own, other in zip(counted, distinct_rows(table), strict=True):
        np.testing.assert_array_equal(own, other)
