"""A generic conic solver must find the same split and the same scarcity prices."""

from __future__ import annotations

import cvxpy as cp
import numpy as np
import pytest

from sogdia.routing import SplitStatus, logit_split


def instance(seed: int):
    """Three demands with three routes each; the third route of each is uncongested, so all demand fits."""
    rng = np.random.default_rng(seed)
    demand_of = np.repeat(np.arange(3), 3)
    uses = rng.random((9, 6)) < 0.5
    uses[2::3] = False
    demand = rng.uniform(5, 20, 3)
    capacity = rng.uniform(1, 12, 6)
    return rng.uniform(10, 30, 9), demand_of, demand, uses, capacity


@pytest.mark.parametrize("seed", range(12))
def test_the_conic_solver_finds_the_same_split(seed):
    cost, demand_of, demand, uses, capacity = instance(seed)
    theta = 0.2
    ours = logit_split(cost, demand_of, demand, uses, capacity, theta=theta)
    assert ours.status is SplitStatus.CONVERGED

    flow = cp.Variable(cost.size)
    limits = uses.T.astype(float) @ flow <= capacity
    whole = np.equal.outer(np.arange(3), demand_of).astype(float) @ flow == demand
    problem = cp.Problem(cp.Minimize(cost @ flow - cp.sum(cp.entr(flow)) / theta), [limits, whole])
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-10, tol_gap_rel=1e-10, tol_feas=1e-10)

    np.testing.assert_allclose(ours.flow, flow.value, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(uses @ ours.shadow_price, uses @ limits.dual_value, rtol=1e-3, atol=1e-4)
