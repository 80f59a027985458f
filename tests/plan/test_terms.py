"""Limits beside the budget: their values, and that financing is possible exactly where the limits say so."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from sogdia.errors import InputError
from sogdia.plan.choice import financing
from sogdia.plan.terms import EVERY, terms_of


def can_be_paid(asked: np.ndarray, most: np.ndarray, limits: list[float]) -> bool:
    """Whether a way to pay exists: who pays how much for what, within each project's shares and each purse."""
    projects, purses = most.shape
    each = np.kron(np.eye(projects), np.ones(purses))
    purse = np.kron(np.ones(projects), np.eye(purses))
    known = np.isfinite(limits)
    found = linprog(
        np.zeros(projects * purses), A_eq=each, b_eq=asked, A_ub=purse[known], b_ub=np.array(limits)[known],
        bounds=list(zip(np.zeros(most.size), most.ravel(), strict=True)),
    )  # fmt: skip
    return bool(found.status == 0)


def test_the_limits_on_financiers_hold_exactly_where_someone_can_pay_for_everything() -> None:
    rng = np.random.default_rng(3)
    both = 0
    for _ in range(40):
        spent, share = rng.uniform(1.0, 10.0, 3), rng.uniform(0.0, 0.8, (3, 3))
        capital = spent * rng.uniform(1.0, 3.0, 3)
        most = share * capital[:, np.newaxis]
        purses = dict(zip("ABC", rng.uniform(0.5, 12.0, 3).tolist(), strict=True))
        limited = dict(list(purses.items())[: int(rng.integers(1, 4))])
        rows = financing(spent, {name: most[:, k] for k, name in enumerate("ABC")}, limited)
        for bits in itertools.product([0.0, 1.0], repeat=3):
            chosen = np.array(bits)
            asked = np.minimum(spent, most.sum(axis=1)) * chosen
            limits = [limited.get(name, np.inf) for name in "ABC"]
            held = all(row.of_project @ chosen <= row.high + 1e-9 for row in rows)
            assert held == can_be_paid(asked, most * chosen[:, np.newaxis], limits)
            both += held
    assert 50 < both < 320


def test_the_values_of_terms_are_checked() -> None:
    with pytest.raises(InputError, match="dependence") as told:
        terms_of(dependence=1.5)
    assert "1.5" in str(told.value)
    with pytest.raises(InputError, match="KAZ"):
        terms_of(floors={"KAZ": -1.0})
    with pytest.raises(InputError, match="mapping"):
        terms_of(financiers=200.0)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="jobs"):
        terms_of(jobs={"KAZ": "many"})  # type: ignore[dict-item]


def test_terms_say_what_was_asked() -> None:
    terms = terms_of(dependence=0.5, floors={"KAZ": 50}, must="mine")
    assert terms.dependence == {EVERY: 0.5}
    assert terms.to_dict() == {"floors": {"KAZ": 50.0}, "dependence": {"every": 0.5}, "must": ["mine"]}
    assert terms_of().to_dict() == {}
