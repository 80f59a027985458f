from __future__ import annotations

import numpy as np
import pytest

from sogdia.exposure.concentration import herfindahl, largest, shares, totals

AMOUNT = np.array([30.0, 50.0, 20.0, 7.0])
RECORD = np.array([0, 0, 0, 2])


def test_each_record_is_summed_by_itself():
    assert totals(AMOUNT, RECORD, 4).tolist() == [100.0, 0.0, 7.0, 0.0]
    assert shares(AMOUNT, RECORD, 4).tolist() == [0.3, 0.5, 0.2, 1.0]
    assert herfindahl(AMOUNT, RECORD, 4) == pytest.approx([0.38, np.nan, 1.0, np.nan], nan_ok=True)


def test_the_leader_is_given_by_its_flow():
    winner, share = largest(AMOUNT, RECORD, 4)
    assert winner.tolist() == [1, -1, 3, -1]
    assert share == pytest.approx([0.5, np.nan, 1.0, np.nan], nan_ok=True)


def test_of_equal_suppliers_the_first_is_named():
    assert largest(np.array([5.0, 5.0]), np.array([0, 0]), 1)[0].tolist() == [0]


def test_flows_of_nothing_have_no_leader():
    winner, share = largest(np.zeros(2), np.array([0, 0]), 1)
    assert winner.tolist() == [-1]
    assert np.isnan(share).all()


def test_inputs_are_not_changed():
    before = AMOUNT.copy()
    herfindahl(AMOUNT, RECORD, 4)
    largest(AMOUNT, RECORD, 4)
    assert AMOUNT.tolist() == before.tolist()
