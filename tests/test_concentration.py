"""Shares, concentration and the largest supplier, worked out by hand for flat groups and for rows."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.concentration import herfindahl, largest, row_herfindahl, row_shares, shares, totals

AMOUNT = np.array([30.0, 50.0, 20.0, 7.0])
RECORD = np.array([0, 0, 0, 2])


def test_each_record_is_summed_by_itself() -> None:
    assert totals(AMOUNT, RECORD, 4).tolist() == [100.0, 0.0, 7.0, 0.0]
    assert shares(AMOUNT, RECORD, 4).tolist() == [0.3, 0.5, 0.2, 1.0]
    assert herfindahl(AMOUNT, RECORD, 4) == pytest.approx([0.38, np.nan, 1.0, np.nan], nan_ok=True)


def test_the_leader_is_given_by_its_flow() -> None:
    winner, share = largest(AMOUNT, RECORD, 4)
    assert winner.tolist() == [1, -1, 3, -1]
    assert share == pytest.approx([0.5, np.nan, 1.0, np.nan], nan_ok=True)


def test_of_equal_suppliers_the_first_is_named() -> None:
    assert largest(np.array([5.0, 5.0]), np.array([0, 0]), 1)[0].tolist() == [0]


def test_flows_of_nothing_have_no_leader() -> None:
    winner, share = largest(np.zeros(2), np.array([0, 0]), 1)
    assert winner.tolist() == [-1]
    assert np.isnan(share).all()


def test_shares_and_concentration_of_nothing_are_unknown_in_rows_as_in_records() -> None:
    assert row_shares(np.zeros(3)) == pytest.approx([np.nan] * 3, nan_ok=True)
    assert row_herfindahl(np.array([[2.0, 2.0], [0.0, 0.0]])) == pytest.approx([0.5, np.nan], nan_ok=True)
    assert np.isnan(shares(np.zeros(3), np.zeros(3, dtype=np.intp), 1)).all()


def test_rows_and_records_give_the_same_figures() -> None:
    rows = np.array([[30.0, 50.0, 20.0], [7.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    record = np.repeat(np.arange(3), 3)
    np.testing.assert_allclose(row_shares(rows).ravel(), shares(rows.ravel(), record, 3), rtol=1e-15)
    np.testing.assert_allclose(row_herfindahl(rows), herfindahl(rows.ravel(), record, 3), rtol=1e-15)


def test_inputs_are_not_changed() -> None:
    before = AMOUNT.copy()
    herfindahl(AMOUNT, RECORD, 4)
    largest(AMOUNT, RECORD, 4)
    row_shares(AMOUNT)
    assert AMOUNT.tolist() == before.tolist()


def test_a_trickle_of_one_source_is_as_concentrated_as_any_flow() -> None:
    assert row_herfindahl(np.array([[1e-199, 0.0], [1.0, 0.0]])).tolist() == [1.0, 1.0]
