"""Published value: the four-region example of GSIM (Francois and Hall 2003), regions US, JP, EU and rest of world."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.equilibrium import Market
from sogdia.equilibrium.reference import ReferenceScenario, solve_reference
from sogdia.equilibrium.reference_demand import DemandSystem

TRADE = np.array([[0, 50, 200, 300], [500, 0, 150, 200], [300, 100, 200, 200], [50, 100, 110, 20]], dtype=float)
TARIFF = np.array([[1, 1.21, 1.41, 1.22], [1.37, 1, 1.31, 1.23], [1.32, 1.36, 1, 1.18], [1.57, 1.41, 1.25, 1.15]])
US, EU = 0, 2


def price_changes(share_of_cut: float) -> np.ndarray:
    """World-price changes when that share of the US-EU tariffs, both ways, is removed."""
    free = TARIFF.copy()
    free[US, EU] = free[EU, US] = 1.0
    market = Market(TRADE, np.arange(4), sigma=5.0, eta=np.full(4, 1.25), eps=np.full(4, 1.5))
    spending = TRADE * TARIFF
    scenario = ReferenceScenario(
        cost=1 + share_of_cut * (free / TARIFF - 1), cost_share=spending / spending.sum(axis=0)
    )
    return solve_reference(market, scenario, DemandSystem.CES).price - 1


def test_the_linear_solution_is_the_published_one() -> None:
    """GSIM is linear; a vanishing share of the cut, scaled up, is its solution as printed."""
    share = 1e-6
    np.testing.assert_allclose(price_changes(share) / share, [0.0792, -0.0316, 0.0480, -0.0184], atol=5e-5)


def test_the_exact_solution_is_the_known_one() -> None:
    np.testing.assert_allclose(price_changes(1.0), [0.1265, -0.0323, 0.0793, -0.0173], atol=5e-5)


def test_one_percent_of_the_cut_has_one_percent_of_the_linear_effect() -> None:
    """The exact and the linear form part only to second order: within half a percent here."""
    linear = np.array([0.0792, -0.0316, 0.0480, -0.0184])
    assert price_changes(0.01) * 100 == pytest.approx(linear, rel=6e-3)
